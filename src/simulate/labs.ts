import { DEFAULT_LAB } from "./default-lab.ts";
import { fieldLab } from "./field-lab.ts";
import type { LabSpec, QubitSpec } from "./lab-spec.ts";
import { labWith, sweptPowers } from "./swept-lab.ts";

/** The labs that `gammawatt simulate --lab` writes. */
export const LABS = {
  default: DEFAULT_LAB,
  ports: ports(),
  meters: meters(),
  field: fieldLab(),
} as const satisfies Record<string, LabSpec>;

/** Five qubits, one in every port geometry, each with T1 and a power sweep. */
function ports(): LabSpec {
  const coupling = { value: 4e3, sigma: 80 };
  const own: readonly Partial<QubitSpec>[] = [
    {},
    { geometry: "two-sided" },
    { geometry: "hanger", mismatch: 0.35 },
    { geometry: "multiport" },
    { geometry: "separate-ports", couplings: { drive: coupling, detect: coupling } },
  ];
  const qubits = own.map((q, i) => [`q${i + 1}`, { ...q, frequency: 4.8e9 + 0.11e9 * i, position: [1e-3 * i, 0] as const }] as const);
  return labWith({ qubits: Object.fromEntries(qubits), line: { gain: { value: 60, sigma: 0.1 } } });
}

/** One qubit, measured in every way: power meter, Rabi, Ramsey, emission after a pulse, population under a far-detuned drive. */
function meters(): LabSpec {
  const powers = sweptPowers(labWith({}));
  const strongest = Math.max(...powers);
  return labWith({
    more: [
      { what: "total-power", qubit: "q1", powers, noise: 0.002, background: 1e-17, shots: 20_000 },
      { what: "rabi", qubit: "q1", power: strongest + 10, delays: { start: 0, stop: 60e-6, points: 121 }, shots: 4000 },
      { what: "ramsey", qubit: "q1", detuning: 5e4, delays: { start: 0, stop: 120e-6, points: 121 }, shots: 4000 },
      { what: "emission", qubit: "q1", delays: { start: 0, stop: 150e-6, points: 31 }, noise: 2e-22 },
      { what: "heating", qubit: "q1", powers, detuning: 5e7, shots: 40_000 },
    ],
  });
}
