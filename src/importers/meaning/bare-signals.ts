import type { ColumnData } from "../../tables/dataset.ts";
import { type Measured, type Signal, signalsOf } from "../xarray/signals.ts";

/**
 * Like `signalsOf`, for formats that say which arrays were measured: one without a unit, or with one that is not known, is a real signal too.
 * @throws ImportError when an angle's unit can be neither read nor inferred
 */
export function measuredSignals(
  measured: readonly Measured[],
  file: string,
): { signals: readonly Signal[]; others: readonly ColumnData[] } {
  const { signals, others } = signalsOf(measured, file);
  const bare = others.filter((c) => c.inferred !== undefined || c.unit === "1");
  const plain = bare.map((c) => ({ name: c.name, columns: [{ ...c, role: "voltage" as const }], notes: [] }));
  return { signals: [...signals, ...plain], others: others.filter((c) => !bare.includes(c)) };
}
