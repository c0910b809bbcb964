import { columnOf } from "../../tables/dataset.ts";
import type { PowerDataset } from "./input.ts";

/** Source power of every row, W: a power column, else the dataset's condition `power`, else the lab file's `power:`; NaN = not known. */
export function powersOf({ dataset, entry }: PowerDataset, rows: number): ArrayLike<number> {
  const column = columnOf(dataset, "power");
  if (column) return column.values;
  const condition = dataset.conditions.find((c) => c.name === "power" && c.unit === "W");
  return new Float64Array(rows).fill(condition?.value ?? entry?.power?.value ?? Number.NaN);
}

/** Whether two stated powers are the same setting: within 0.01 dB, less than any source repeats. */
export function samePower(a: number, b: number): boolean {
  return a === b || Math.abs(a - b) <= 0.0023 * Math.abs(b);
}
