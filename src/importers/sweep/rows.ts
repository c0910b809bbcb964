import type { Condition } from "../../core/dataset.ts";
import { siColumn } from "../meaning/si-column.ts";

/** A swept parameter as a column of a long table: one value per row. */
interface Setpoints {
  readonly name: string;
  readonly unit: string;
  readonly values: Float64Array;
}

/** Rows with equal values of every axis, in order of appearance. */
export function groupRows(rows: readonly number[], axes: readonly Setpoints[]): (readonly number[])[] {
  const [first] = axes;
  if (first === undefined || rows.length === 0) return rows.length === 0 ? [] : [rows];
  const groups = new Map<string | number, number[]>();
  for (const row of rows) {
    const key = axes.length === 1 ? first.values[row]! : axes.map((a) => String(a.values[row])).join(" ");
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups.values()];
}

/** The value of an axis in one row as a condition, in SI where its unit is known. */
export function conditionAt({ name, unit, values }: Setpoints, row: number): Condition {
  const column = siColumn(name, "condition", values.subarray(row, row + 1), unit);
  return { name, value: column.values[0] ?? Number.NaN, unit: column.inferred === undefined ? column.unit : unit };
}
