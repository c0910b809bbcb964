import { hdf5FamilyMessages as say } from "../../core/messages/import-hdf5.ts";
import type { ColumnData } from "../../tables/dataset.ts";
import { siColumn } from "../meaning/si-column.ts";
import { type Measured, type Signal, signalsOf } from "../xarray/signals.ts";
import { normalised } from "./analysis.ts";

/** An integration weight of a readout: `raw w0`, with several readout devices `Q1 raw w0`. */
const WEIGHT = /^(.*?)\s*\b(raw|lin_trans) w\d+$/i;

/**
 * What PycQED's values mean. Two raw integration weights (`raw w0`, `raw w3`) of one readout and equal unit are its I and Q: PycQED rotates them
 * together, and the corrected data of a file confirm it. `lin_trans w1` and the like are one real signal each, `F|1>` and `F` the share of ones; the
 * rest goes by name and unit.
 */
export function pycqedSignals(
  values: readonly Measured[],
  corrected: Float64Array | undefined,
  file: string,
): { signals: readonly Signal[]; others: readonly ColumnData[] } {
  const weights = values.filter((v) => WEIGHT.test(v.name));
  const readoutOf = (v: Measured) => WEIGHT.exec(v.name)?.[1] ?? "";
  const readouts = [...new Set(weights.map(readoutOf))];
  const weighed = readouts.flatMap((readout) => {
    const own = weights.filter((v) => readoutOf(v) === readout);
    return weightSignals(own, readouts.length === 1 ? corrected : undefined);
  });
  const rest = values.filter((v) => !weights.includes(v)).map((v) => (/^F(\|1>)?$/.test(v.name) ? { ...v, longName: "population" } : v));
  const { signals, others } = signalsOf(rest, file);
  return { signals: [...weighed, ...signals], others };
}

/** The weights of one readout. */
function weightSignals(weights: readonly Measured[], corrected: Float64Array | undefined): Signal[] {
  const [a, b, ...more] = weights;
  const pair = a !== undefined && b !== undefined && more.length === 0 && a.unit === b.unit && [a, b].every((v) => /\braw w/i.test(v.name));
  if (!pair) return weights.map((v) => ({ name: v.name, columns: [siColumn(v.name, "voltage", v.values, v.unit)], notes: [] }));
  const columns = [siColumn(a.name, "i", a.values, a.unit), siColumn(b.name, "q", b.values, b.unit)];
  const confirmed = corrected !== undefined && equal(normalised(columns), corrected);
  const text = confirmed ? say.weightsConfirmed(a.name, b.name) : say.integrationWeights(a.name, b.name);
  return [{ name: `${a.name},${b.name}`, columns, notes: [{ code: confirmed ? "iq_confirmed" : "iq_inferred", text }] }];
}

/** Stored numbers are float32 or float64 of the same computation. */
function equal(a: Float64Array | undefined, b: Float64Array): boolean {
  return a !== undefined && a.length === b.length && a.every((x, k) => Math.abs(x - b[k]!) < 1e-6 * (1 + Math.abs(x)));
}
