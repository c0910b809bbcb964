import type { Experiment, LabSpec, LineSpec, QubitSpec } from "./lab-spec.ts";
import { type PowerSweep, powerExperiments, powersFor } from "./power-experiments.ts";

const QUBIT: QubitSpec = {
  frequency: 5.0123e9,
  anharmonicity: -220e6,
  geometry: "reflection",
  position: [0, 0],
  gammaR: 8e3,
  gammaNr: 20e3,
  gammaPhi: 6e3,
  equilibrium: { from: "measured", population: { value: 0.02, sigma: 0.003 } },
  fluctuation: 0.03,
};
const LINE: Omit<LineSpec, "qubits"> = { attenuation: { value: 80, sigma: 0.05 }, origin: "cold-through" };
const SATURATIONS = [0.05, 0.15, 0.4, 1, 2.5, 6, 16];

export interface LabParts {
  readonly qubits?: Readonly<Record<string, Partial<QubitSpec>>>;
  readonly line?: Partial<LineSpec>;
  readonly saturations?: readonly number[];
  readonly sweep?: Partial<PowerSweep>;
  /** Beside scattering, populations and T1. */
  readonly more?: readonly Experiment[];
}

/** One cooldown of qubits on one line, each with twelve T1 traces and a power sweep; 41 points per trace, noise of 2 % of the line's depth. */
export function labWith({ qubits = { q1: {} }, line = {}, saturations = SATURATIONS, sweep = {}, more = [] }: LabParts): LabSpec {
  const specs = Object.fromEntries(Object.entries(qubits).map(([name, own]) => [name, { ...QUBIT, ...own }]));
  const experiments = Object.entries(specs).flatMap(([name, q]): Experiment[] => {
    const powers = powersFor(q, saturations, 0.02, LINE.attenuation.value);
    const t1 = 1 / (q.gammaR + q.gammaNr);
    return [
      { what: "t1-csv", qubit: name, repeats: 12, delays: { start: 0, stop: 6 * t1, points: 41 }, shots: 4000 },
      ...powerExperiments(name, q, 0.02, { powers, shots: 20_000, points: 41, noise: 0.02, stated: false, ...sweep }),
    ];
  });
  return {
    device: "chipA",
    readout: {
      p1Given0: { value: 0.015, sigma: 0.001 },
      p0Given1: { value: 0.045, sigma: 0.002 },
      driveToReadout: 40e-9,
      driveDuration: 800e-6,
      ifBandwidth: 100,
    },
    qubits: specs,
    lines: { drive1: { qubits: Object.keys(specs), ...LINE, ...line } },
    cooldowns: [{ name: "cd07", started: "2026-09-03", note: "", lines: {}, qubits: {}, experiments: [...experiments, ...more] }],
    exclude: [],
  };
}

/** Source powers (dBm) of its sweeps. */
export function sweptPowers(lab: LabSpec): number[] {
  return lab.cooldowns.flatMap((c) => c.experiments.flatMap((e) => (e.what === "scattering" ? e.powers : [])));
}
