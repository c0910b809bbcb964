import type { Bench } from "./bench.ts";
import type { Chain, Digitiser, ReadoutErrors } from "./instruments.ts";
import type { Experiment, LabSpec } from "./lab-spec.ts";
import { type CommonInputs, qubitOf, whileDriven } from "./lab-truth.ts";
import { atRest } from "./qubit-experiments.ts";
import { stream } from "./streams.ts";

const NOISE = 1e-3;

/** The bench at which an experiment of a cooldown is done. */
export function benchOf(spec: LabSpec, inputs: CommonInputs, cooldown: string, e: Experiment, seed: number): Bench {
  if (e.what === "other-file") throw new RangeError("a file that is no measurement has no bench");
  const name = e.qubit;
  const known = spec.qubits[name] !== undefined;
  // A stray qubit, of which the lab file knows nothing, borrows the first one's surroundings.
  const like = known ? name : Object.keys(spec.qubits)[0]!;
  const [attenuation, gain] = [inputs.attenuation(cooldown, like), inputs.gain(cooldown, like)];
  const chain = chainOf(seed, cooldown, name);
  const qubit = inputs.qubit(cooldown, like);
  return {
    qubit,
    readout: spec.readout.prepared === "thermal" ? behindThermalLevels(inputs.readout, atRest(qubit)) : inputs.readout,
    gap: spec.readout.driveToReadout,
    attenuation: whileDriven(spec, attenuation),
    leak: inputs.leak(cooldown, like),
    fluctuation: qubitOf(spec, like).fluctuation,
    chain: gain === undefined ? chain : { ...chain, gain: gain - attenuation },
    digitiser: digitiserOf(seed, cooldown, name),
    stream: (purpose) => stream(seed, `${cooldown}/${name}/${e.what}/${purpose}`),
  };
}

/** What a readout really does whose levels were prepared from rest (n excited), by nothing and by a pi pulse: what was called its errors holds n. */
function behindThermalLevels({ p1Given0, p0Given1 }: ReadoutErrors, n: number): ReadoutErrors {
  const contrast = (1 - p0Given1 - p1Given0) / (1 - 2 * n);
  const zero = p1Given0 - contrast * n;
  return { p1Given0: zero, p0Given1: 1 - contrast - zero };
}

function chainOf(seed: number, cooldown: string, qubit: string): Chain {
  const rng = stream(seed, `chain of ${cooldown}/${qubit}`);
  return { gain: -28 - 4 * rng.uniform(), phase: 2 * Math.PI * rng.uniform(), delay: (35 + 20 * rng.uniform()) * 1e-9, noise: NOISE };
}

/** Voltages of a few millivolts in any direction; the noise of an averaged point is 2.5 % of the distance between 0 and 1. */
export function digitiserOf(seed: number, cooldown: string, qubit: string): Digitiser {
  const rng = stream(seed, `digitiser of ${cooldown}/${qubit}`);
  const angle = 2 * Math.PI * rng.uniform();
  const size = 2e-3 * (1 + rng.uniform());
  const zero = { re: 4e-3 * (rng.uniform() - 0.5), im: 4e-3 * (rng.uniform() - 0.5) };
  return { zero, one: { re: zero.re + size * Math.cos(angle), im: zero.im + size * Math.sin(angle) }, noise: 0.025 * size };
}
