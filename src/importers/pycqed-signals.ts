import { hdf5FamilyMessages as say } from "../core/messages/import-hdf5.ts";
import type { ColumnData } from "../tables/dataset.ts";
import { normalised } from "./pycqed-analysis.ts";
import { siColumn } from "./si-column.ts";
import { type Measured, type Signal, signalsOf } from "./xarray-signals.ts";

/**
 * What PycQED's values mean. Two integration weights (`raw w0`, `raw w3`) of equal unit are the I and Q of one readout: PycQED rotates them together,
 * and the corrected data of a file confirm it. `lin_trans w1` and the like are one real signal each; the rest goes by name and unit.
 */
export function pycqedSignals(
  values: readonly Measured[],
  corrected: Float64Array | undefined,
  file: string,
): { signals: readonly Signal[]; others: readonly ColumnData[] } {
  const [a, b, ...more] = values;
  if (a !== undefined && b !== undefined && more.length === 0 && [a, b].every((v) => /^raw w\d+$/i.test(v.name)) && a.unit === b.unit) {
    const columns = [siColumn(a.name, "i", a.values, a.unit), siColumn(b.name, "q", b.values, b.unit)];
    const confirmed = corrected !== undefined && equal(normalised(columns), corrected);
    const text = confirmed ? say.weightsConfirmed(a.name, b.name) : say.integrationWeights(a.name, b.name);
    const notes = [{ code: confirmed ? "iq_confirmed" : "iq_inferred", text }];
    return { signals: [{ name: `${a.name},${b.name}`, columns, notes }], others: [] };
  }
  const weights = values.filter((v) => /^(lin_trans|raw) w\d+$/i.test(v.name));
  const { signals, others } = signalsOf(
    values.filter((v) => !weights.includes(v)),
    file,
  );
  const real = weights.map((v) => ({ name: v.name, columns: [siColumn(v.name, "voltage", v.values, v.unit)], notes: [] }));
  return { signals: [...real, ...signals], others };
}

/** Stored numbers are float32 or float64 of the same computation. */
function equal(a: Float64Array | undefined, b: Float64Array): boolean {
  return a !== undefined && a.length === b.length && a.every((x, k) => Math.abs(x - b[k]!) < 1e-6 * (1 + Math.abs(x)));
}
