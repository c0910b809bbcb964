import { atDevice } from "./bench.ts";
import { type FilmTruth, filmTruth, stem } from "./film-files.ts";
import type { Experiment, LabSpec } from "./lab-spec.ts";
import { attenuationEntry, type CommonInputs, equilibriumEntry, type RateTruth, rateTruth, whileDriven } from "./lab-truth.ts";
import { respond, type SimulatedQubit } from "./qubit-experiments.ts";
import type { Recording } from "./recording.ts";

/** One drive power on resonance: what the master equation says. */
export interface PointTruth {
  readonly p_source_dbm: number;
  readonly p_device_w: number;
  readonly rabi_rad_s: number;
  /** Physics sign; S11 at the end of a line, S21 elsewhere, background included. */
  readonly s_re: number;
  readonly s_im: number;
  readonly n_e: number;
  readonly work_w: number;
  /** What incident minus reflected (and transmitted) power gives for gamma1_total: biased low, 1/s. */
  readonly gamma1_scalar_difference: number;
}

export interface QubitTruth extends RateTruth {
  readonly frequency_hz: number;
  readonly geometry: string;
  readonly attenuation_db: number;
  readonly attenuation_stated_db: number;
  readonly attenuation_entry: string;
  /** 1/s in each T1 repeat; the mean over many is gamma1_total. */
  readonly gamma1_repeats: readonly number[];
  readonly points: readonly PointTruth[];
}

/** A channel without a rate: what should come of it. */
export interface QuirkTruth {
  readonly cooldown: string;
  readonly qubit: string;
  readonly what: "idle channel" | "echo" | "two time constants" | "odd repeat" | "interrupted sweep" | "no measurement";
  readonly expect: string;
}

/** Everything that was put into a simulated lab, as plain data. SI units, dB for attenuation. */
export interface LabTruth {
  readonly made_by: string;
  readonly seed: number;
  readonly readout: Readonly<Record<string, { readonly true: number; readonly stated: number; readonly sigma: number }>>;
  readonly inputs: Readonly<Record<string, { readonly true: number; readonly stated: number; readonly sigma: number }>>;
  readonly cooldowns: Readonly<Record<string, Readonly<Record<string, QubitTruth>>>>;
  /** Per cooldown and name of the map; absent where no film was measured. */
  readonly films?: Readonly<Record<string, Readonly<Record<string, FilmTruth>>>>;
  readonly quirks: readonly QuirkTruth[];
}

export function qubitTruth(
  spec: LabSpec,
  inputs: CommonInputs,
  cooldown: string,
  name: string,
  recorded: readonly (readonly [Experiment, readonly Recording[]])[],
): QubitTruth {
  const qubit = inputs.qubit(cooldown, name);
  const own = recorded.filter(([e]) => e.what !== "other-file" && e.qubit === name);
  const entry = attenuationEntry(spec, cooldown, name);
  const attenuation = inputs.attenuation(cooldown, name);
  const powers = own.flatMap(([e]) => ("powers" in e ? e.powers : []));
  const rates = rateTruth(qubit);
  return {
    ...rates,
    frequency_hz: qubit.frequency,
    geometry: spec.qubits[name]!.geometry,
    attenuation_db: attenuation,
    attenuation_stated_db: entry.stated.value,
    attenuation_entry: entry.path,
    gamma1_repeats: own.flatMap(([, list]) => list.flatMap((r) => ("sequence" in r && r.sequence === "t1" ? [r.gamma1] : []))),
    points: [...new Set(powers)].map((p) => pointTruth(qubit, rates, whileDriven(spec, attenuation), p)),
  };
}

function pointTruth(qubit: SimulatedQubit, rates: RateTruth, attenuation: number, dBm: number): PointTruth {
  const watts = atDevice(attenuation, dBm);
  const r = respond(qubit, watts, qubit.frequency);
  // End of a line: what comes back; else what goes on, or comes out of the second port.
  const seen = r.s[qubit.ports.length === 1 ? 0 : 1]!;
  const out = r.s.map((s) => s.re ** 2 + s.im ** 2);
  const lost = watts * out.reduce((left, part) => left - part, 1);
  return {
    p_source_dbm: dBm,
    p_device_w: watts,
    rabi_rad_s: r.omega,
    s_re: seen.re,
    s_im: seen.im,
    n_e: r.excited,
    work_w: r.work,
    gamma1_scalar_difference: (rates.gamma1_total * lost) / r.work,
  };
}

/** What the lab file states about shared inputs, and what they really are. */
export function inputTruth(spec: LabSpec, inputs: CommonInputs): Pick<LabTruth, "readout" | "inputs"> {
  const { p1Given0, p0Given1 } = spec.readout;
  const shared: Record<string, { true: number; stated: number; sigma: number }> = {};
  for (const { name: cooldown } of spec.cooldowns)
    for (const qubit of Object.keys(spec.qubits)) {
      const a = attenuationEntry(spec, cooldown, qubit);
      shared[a.path] = { true: inputs.attenuation(cooldown, qubit), stated: a.stated.value, sigma: a.stated.sigma };
      const e = equilibriumEntry(spec, cooldown, qubit);
      if (e.equilibrium.from === "measured") continue;
      const truth = rateTruth(inputs.qubit(cooldown, qubit));
      shared[e.path] = {
        true: e.equilibrium.from === "temperature" ? truth.t_eff : truth.n_eq,
        stated: e.stated.value,
        sigma: e.stated.sigma,
      };
    }
  return {
    readout: {
      p1_given_0: { true: inputs.readout.p1Given0, stated: p1Given0.value, sigma: p1Given0.sigma },
      p0_given_1: { true: inputs.readout.p0Given1, stated: p0Given1.value, sigma: p0Given1.sigma },
    },
    inputs: shared,
  };
}

/** The films of every cooldown that has some. */
export function filmsTruth({ cooldowns }: LabSpec, seed: number): Pick<LabTruth, "films"> {
  const measured = cooldowns.filter(({ films = [] }) => films.length > 0);
  if (measured.length === 0) return {};
  return {
    films: Object.fromEntries(measured.map((c) => [c.name, Object.fromEntries(c.films!.map((f) => [stem(f), filmTruth(f, seed)]))])),
  };
}

export function quirksOf(spec: LabSpec): QuirkTruth[] {
  return spec.cooldowns.flatMap(({ name: cooldown, experiments }) =>
    experiments.flatMap((e) => quirksIn(e).map((quirk) => ({ cooldown, ...quirk }))),
  );
}

function quirksIn(e: Experiment): Omit<QuirkTruth, "cooldown">[] {
  switch (e.what) {
    case "t1-csv":
      return (e.odd ?? []).map((i) => ({ qubit: e.qubit, what: "odd repeat", expect: `repeat ${i} is excluded by the lab file` }));
    case "t1-labber":
      return [
        ...(e.idle === undefined ? [] : [{ qubit: e.idle, what: "idle channel" as const, expect: "refused: no_signal" }]),
        ...(e.planned > e.repeats
          ? [{ qubit: e.qubit, what: "interrupted sweep" as const, expect: `${e.repeats} of ${e.planned} repeats` }]
          : []),
      ];
    case "echo-csv":
    case "echo-quantify":
      return [{ qubit: e.qubit, what: "echo", expect: "listed, never fitted as T1" }];
    case "two-component-csv":
      return [{ qubit: e.qubit, what: "two time constants", expect: "doubtful: not_exponential" }];
    case "other-file":
      return [{ qubit: "", what: "no measurement", expect: `${e.name} is listed as unrecognised` }];
    default:
      return [];
  }
}
