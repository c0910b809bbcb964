import type { Column, Condition, Kind, Noise } from "../../src/core/dataset.ts";
import type { GroupLabels } from "../../src/core/estimate.ts";
import { quantity } from "../../src/core/quantity.ts";
import type { Unit } from "../../src/core/units.ts";
import type { Facts, FileEntry, LineFacts, QubitFacts, Readout, Stated } from "../../src/lab/lab.ts";
import type { PowerDataset } from "../../src/routes/power/power.ts";
import { makeDataset } from "../../src/tables/dataset.ts";

/** Datasets and lab facts for tests of the power route, as importers and lab file would hand them over. */
export const LABELS: GroupLabels = { cooldown: "cd07", device: "chipA", qubit: "q1" };

export function stated<U extends Unit>(
  entry: string,
  value: number,
  unit: U,
  sigma = Number.NaN,
): Stated<{ value: number; sigma: number; unit: U }> {
  return { quantity: quantity(value, unit, sigma), entry };
}

/** A column: role, unit, numbers, port. */
export type Col = readonly [role: Column["role"], unit: Unit, values: ArrayLike<number>, port?: string];

export function dataset(
  kind: Kind,
  cols: readonly Col[],
  extra: { power?: number; noise?: Noise; entry?: Partial<FileEntry> } = {},
): PowerDataset {
  const conditions: Condition[] = extra.power === undefined ? [] : [{ name: "power", value: extra.power, unit: "W" }];
  const made = makeDataset({
    kind,
    kindInferred: false,
    labels: { ...LABELS, trace: "" },
    started: "",
    conditions,
    axis: "single",
    noise: extra.noise ?? (cols.some(([role]) => role === "sigma") ? { type: "sigma" } : { type: "unknown" }),
    notes: [],
    columns: cols.map(([role, unit, values, port]) => ({
      name: `${role}${port ?? ""}`,
      role,
      unit,
      values: Float64Array.from(values),
      ...(port === undefined ? {} : { port }),
    })),
  });
  return extra.entry ? { dataset: made, entry: { match: "*", place: "gammawatt.yaml:1:1", ...extra.entry } } : { dataset: made };
}

export const LINE: LineFacts = {
  name: "drive1",
  qubits: ["q1"],
  attenuation: stated("lines.drive1.attenuation", 80, "dB", 0.5),
  attenuation_from: "cold-through",
  power_at: "source",
};

export const READOUT: Readout = {
  p1_given_0: stated("readout.p1_given_0", 0.015, "1", 0.003),
  p0_given_1: stated("readout.p0_given_1", 0.045, "1", 0),
  prepared: "heralded",
};

export function facts(parts: { qubit?: QubitFacts; readout?: Readout; line?: LineFacts | null } = {}): Facts {
  const { qubit = {}, readout = READOUT, line = LINE } = parts;
  return { device: "chipA", qubit: { geometry: "reflection", ...qubit }, readout, ...(line ? { line } : {}) };
}
