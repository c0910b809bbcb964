import type { Random } from "../core/random.ts";
import { HBAR, KB } from "../physics/constants.ts";
import type { Complex } from "./complex-matrix.ts";
import type { ReadoutErrors } from "./instruments.ts";
import type { CooldownSpec, Equilibrium, LabSpec, QubitSpec, Uncertain } from "./lab-spec.ts";
import { exchangeRates, type TwoLevelRates } from "./master-equation.ts";
import { besideLine, endOfLine, multiport, type Surroundings, separatePorts } from "./ports.ts";
import { atRest, type SimulatedQubit } from "./qubit-experiments.ts";
import { stream } from "./streams.ts";

/** Common inputs as they really are: the stated value plus a draw of its sigma, one draw per entry of the lab file. */
export interface CommonInputs {
  readonly readout: ReadoutErrors;
  /** dB at the line of this qubit in this cooldown. */
  attenuation(cooldown: string, qubit: string): number;
  /** dB from the device's output to the receiver; undefined where nobody calibrated it. */
  gain(cooldown: string, qubit: string): number | undefined;
  /** Amplitude that passes the qubit by. */
  leak(cooldown: string, qubit: string): Complex;
  qubit(cooldown: string, qubit: string): SimulatedQubit;
}

/** The entry of the lab file that holds for a quantity, and what it states. */
export interface Entry {
  readonly path: string;
  readonly stated: Uncertain;
}

export function attenuationEntry(spec: LabSpec, cooldown: string, qubit: string): Entry & { readonly line: string } {
  const found = Object.entries(spec.lines).find(([, line]) => line.qubits.includes(qubit));
  if (found === undefined) throw new RangeError(`no line drives ${qubit}`);
  const [line, { attenuation }] = found;
  const changed = cooldownOf(spec, cooldown).lines[line];
  return changed === undefined
    ? { line, path: `lines.${line}.attenuation`, stated: attenuation }
    : { line, path: `cooldowns.${cooldown}.lines.${line}.attenuation`, stated: changed };
}

export function equilibriumEntry(spec: LabSpec, cooldown: string, qubit: string): Entry & { readonly equilibrium: Equilibrium } {
  const own = cooldownOf(spec, cooldown).qubits[qubit]?.equilibrium;
  const equilibrium = own ?? qubitOf(spec, qubit).equilibrium;
  const key = equilibrium.from === "temperature" ? "temperature" : "equilibrium_population";
  const stated = equilibrium.from === "temperature" ? equilibrium.kelvin : equilibrium.population;
  return { path: `${own === undefined ? "" : `cooldowns.${cooldown}.`}qubits.${qubit}.${key}`, stated, equilibrium };
}

export function cooldownOf(spec: LabSpec, name: string): CooldownSpec {
  const found = spec.cooldowns.find((c) => c.name === name);
  if (found === undefined) throw new RangeError(`no cooldown ${name}`);
  return found;
}

export function qubitOf(spec: LabSpec, name: string): QubitSpec {
  const found = spec.qubits[name];
  if (found === undefined) throw new RangeError(`no qubit ${name}`);
  return found;
}

/** Loss (dB) from the stated power, an average over time where the drive is pulsed, to the power at the qubit while it is driven. */
export function whileDriven({ readout }: LabSpec, attenuation: number): number {
  return attenuation + 10 * Math.log10(readout.dutyCycle ?? 1);
}

/** Draws the truth behind everything that the lab file states with an uncertainty. */
export function drawInputs(spec: LabSpec, seed: number): CommonInputs {
  const drawn = ({ path, stated }: Entry) => stated.value + stated.sigma * stream(seed, `shared input ${path}`).normal();
  const within = (x: number, low: number, high: number) => Math.min(high, Math.max(low, x));
  const readout = {
    p1Given0: within(drawn({ path: "readout.p1_given_0", stated: spec.readout.p1Given0 }), 0, 0.5),
    p0Given1: within(drawn({ path: "readout.p0_given_1", stated: spec.readout.p0Given1 }), 0, 0.5),
  };
  return {
    readout,
    attenuation: (cooldown, qubit) => drawn(attenuationEntry(spec, cooldown, qubit)),
    gain: (cooldown, qubit) => {
      const { line } = attenuationEntry(spec, cooldown, qubit);
      const { gain } = spec.lines[line]!;
      return gain && drawn({ path: `lines.${line}.gain`, stated: gain });
    },
    leak: (cooldown, qubit) => {
      const { line } = attenuationEntry(spec, cooldown, qubit);
      const { isolation } = spec.lines[line]!;
      if (isolation === undefined) return { re: 0, im: 0 };
      const angle = 2 * Math.PI * stream(seed, `leak of ${line}`).uniform();
      return { re: 10 ** (-isolation / 20) * Math.cos(angle), im: 10 ** (-isolation / 20) * Math.sin(angle) };
    },
    qubit: (cooldown, name) => {
      const q = qubitOf(spec, name);
      const coupled = (port: "drive" | "detect") => drawn({ path: `qubits.${name}.couplings.${port}`, stated: q.couplings![port] });
      const couplings = q.couplings && { drive: coupled("drive"), detect: coupled("detect") };
      const gammaR = couplings ? couplings.drive + couplings.detect : q.gammaR;
      const gammaNr = q.gammaNr * (cooldownOf(spec, cooldown).qubits[name]?.loss ?? 1);
      const entry = equilibriumEntry(spec, cooldown, name);
      const value = drawn(entry);
      const n = entry.equilibrium.from === "temperature" ? occupation(q.frequency, value) : fromPopulation(within(value, 0, 0.45));
      // Baths of different temperature: the occupation that the qubit shows is their mean, weighted with the rates.
      const heat = q.lineHeat ?? 1;
      const cold = heat === 1 ? n : (n * (gammaR + gammaNr)) / (heat * gammaR + gammaNr);
      const rates = { gammaR, gammaNr, gammaPhi: q.gammaPhi, nR: heat * cold, nNr: cold };
      return {
        ports: surroundings(q, couplings, stream(seed, `network of ${name}`)),
        frequency: q.frequency,
        rates,
        wander: q.wander ?? 0,
        heating: q.heating ?? 0,
      };
    },
  };
}

function surroundings(q: QubitSpec, couplings: { readonly drive: number; readonly detect: number } | undefined, rng: Random): Surroundings {
  switch (q.geometry) {
    case "reflection":
      return endOfLine();
    case "two-sided":
    case "hanger":
      return besideLine(q.mismatch);
    case "multiport":
      return multiport(rng, q.ports ?? 3);
    case "separate-ports":
      if (couplings === undefined) throw new RangeError("separate ports need their couplings");
      return separatePorts(couplings.drive, couplings.detect);
  }
}

/** Bose occupation at `frequency` (Hz) and temperature (K). */
function occupation(frequency: number, kelvin: number): number {
  return 1 / Math.expm1((HBAR * 2 * Math.PI * frequency) / (KB * Math.max(kelvin, 1e-3)));
}

/** Occupation of the baths under which the qubit rests at `population` = n/(1 + 2 n). */
function fromPopulation(population: number): number {
  return population / (1 - 2 * population);
}

/** The numbers that an analysis should find, SI. */
export interface RateTruth {
  readonly gamma_r: number;
  readonly gamma_nr: number;
  readonly gamma_phi: number;
  readonly gamma_down: number;
  readonly gamma_up: number;
  readonly gamma1_total: number;
  readonly gamma1: number;
  readonly gamma2: number;
  readonly t1: number;
  readonly n_eq: number;
  readonly n_th: number;
  readonly t_eff: number;
  readonly f_nonradiative: number;
}

export function rateTruth(qubit: SimulatedQubit): RateTruth {
  const r: TwoLevelRates = qubit.rates;
  const { down, up } = exchangeRates(r);
  const total = down + up;
  return {
    gamma_r: r.gammaR,
    gamma_nr: r.gammaNr,
    gamma_phi: r.gammaPhi,
    gamma_down: down,
    gamma_up: up,
    gamma1_total: total,
    gamma1: down - up,
    gamma2: total / 2 + r.gammaPhi,
    t1: 1 / total,
    n_eq: atRest(qubit),
    // With two baths that of the one that would make n_eq.
    n_th: r.nR === r.nNr ? r.nNr : up / (down - up),
    t_eff: (HBAR * 2 * Math.PI * qubit.frequency) / (KB * Math.log(down / up)),
    f_nonradiative: r.gammaNr / (r.gammaR + r.gammaNr),
  };
}
