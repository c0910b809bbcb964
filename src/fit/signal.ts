import type { Check } from "../core/check.ts";
import type { Note } from "../core/dataset.ts";
import { calibrationRotation, levelsCoincide, levelsMissing } from "../core/messages/fit.ts";
import type { ColumnData, Dataset } from "../tables/dataset.ts";
import { alongAxis, type CommonAxis, principalAxis } from "./rotation.ts";
import { type DecayColumns, type Rows, selectRows, shotsAt, type Unfit } from "./rows.ts";
import type { Level, Signal, SignalNoise } from "./signal-type.ts";

/** A dataset turned into a real signal. */
export interface PreparedSignal {
  readonly signal: Signal;
  /** The same rows and the calibration rows, which is what an analysis sees that does not know about them; absent where there are none. */
  readonly withCalibration: Signal | undefined;
  readonly zero: Level | undefined;
  readonly one: Level | undefined;
  readonly leftOut: readonly number[];
  /** How a complex signal became real; empty where it was real. */
  readonly rotation: string;
  readonly checks: readonly Check[];
  readonly notes: readonly Note[];
}

/**
 * Population and voltage as they are; I and Q rotated on the calibration points where both levels were measured
 * (then normalised: 0 and 1 are the prepared states), otherwise on the principal axis. Never the magnitude.
 * @param excluded row numbers, from 0, that the lab file takes out.
 * @param common axis of the repeats of a file, used instead of the trace's own; not where there are calibration points.
 */
export function prepareSignal(dataset: Dataset, excluded: readonly number[] = [], common?: CommonAxis): PreparedSignal | Unfit {
  const rows = selectRows(dataset, excluded);
  if ("unfit" in rows) return rows;
  const notes: Note[] = [];
  const both = rows.zero.length > 0 && rows.one.length > 0;
  if (!both && rows.zero.length + rows.one.length > 0) notes.push({ code: "calibration_incomplete", text: levelsMissing() });
  const { y, unit, scale, rotation, calibrated } = realSignal(rows, both, common, notes);
  const noise = (some: readonly number[]) => noiseOf(dataset, rows.columns, some, scale);
  const make = (some: readonly number[]): Signal => ({
    t: pick(rows.columns.delay.values, some),
    y: pick(y, some),
    noise: noise(some),
    unit,
  });
  const t = rows.columns.delay.values;
  const all = [...rows.used, ...rows.zero, ...rows.one].sort((i, j) => t[i]! - t[j]! || i - j);
  return {
    signal: make(rows.used),
    withCalibration: all.length > rows.used.length ? make(all) : undefined,
    zero: calibrated ? levelOf(rows.zero, y, noise(rows.zero)) : undefined,
    one: calibrated ? levelOf(rows.one, y, noise(rows.one)) : undefined,
    leftOut: rows.leftOut,
    rotation,
    checks: rows.checks,
    notes,
  };
}

function pick(values: Float64Array, rows: readonly number[]): Float64Array {
  const out = new Float64Array(rows.length);
  for (let k = 0; k < rows.length; k++) out[k] = values[rows[k]!]!;
  return out;
}

interface Real {
  readonly y: Float64Array;
  readonly unit: "1" | "V";
  /** What a standard deviation of the file's columns is multiplied with. */
  readonly scale: number;
  readonly rotation: string;
  readonly calibrated: boolean;
}

function realSignal(rows: Rows, both: boolean, common: CommonAxis | undefined, notes: Note[]): Real {
  const [first, second] = rows.columns.signal;
  const unit = (c: ColumnData) => (c.unit === "V" ? "V" : "1");
  const centre = (values: Float64Array, some: readonly number[]) => some.reduce((s, i) => s + values[i]!, 0) / some.length;
  if (!second) {
    const distinct = both && centre(first.values, rows.zero) !== centre(first.values, rows.one);
    if (both && !distinct) notes.push({ code: "calibration_coincides", text: levelsCoincide() });
    return { y: first.values, unit: unit(first), scale: 1, rotation: "", calibrated: distinct };
  }
  if (both) {
    const [i0, q0] = [centre(first.values, rows.zero), centre(second.values, rows.zero)];
    const [di, dq] = [centre(first.values, rows.one) - i0, centre(second.values, rows.one) - q0];
    const size = di * di + dq * dq;
    if (size > 0) {
      const y = first.values.map((v, k) => ((v - i0) * di + (second.values[k]! - q0) * dq) / size);
      const angle = (Math.atan2(dq, di) * 180) / Math.PI;
      const rotation = calibrationRotation(angle, rows.zero.length, rows.one.length);
      return { y, unit: "1", scale: 1 / Math.sqrt(size), rotation, calibrated: true };
    }
    notes.push({ code: "calibration_coincides", text: levelsCoincide() });
  }
  const axis = common ? alongAxis(common) : principalAxis(first.values, second.values, rows.used);
  const y = first.values.map((v, k) => v * axis.cos + second.values[k]! * axis.sin);
  return { y, unit: unit(first), scale: 1, rotation: axis.text, calibrated: false };
}

function noiseOf(dataset: Dataset, columns: DecayColumns, some: readonly number[], scale: number): SignalNoise {
  const { noise } = dataset;
  switch (noise.type) {
    case "binomial":
      // Shot noise of I and Q is not binomial: their scatter comes from the residuals.
      if (columns.signal[0].role !== "population") return { type: "unknown" };
      return { type: "binomial", shots: Float64Array.from(some, (i) => shotsAt(columns, i)) };
    case "sigma":
      return { type: "sigma", sigma: pick(columns.sigma!.values, some).map((s) => s * scale) };
    case "relative":
      return columns.signal.length === 1 ? { type: "relative", relative: noise.relative } : { type: "unknown" };
    case "unknown":
      return { type: "unknown" };
  }
}

function levelOf(rows: readonly number[], y: Float64Array, noise: SignalNoise): Level {
  const points = rows.length;
  if (noise.type === "binomial") {
    let [ones, shots] = [0, 0];
    rows.forEach((r, k) => {
      ones += y[r]! * noise.shots[k]!;
      shots += noise.shots[k]!;
    });
    const p = Math.min(Math.max(ones / shots, 0.5 / shots), 1 - 0.5 / shots);
    return { value: ones / shots, points, sigma: Math.sqrt((p * (1 - p)) / shots) };
  }
  const value = rows.reduce((s, r) => s + y[r]!, 0) / points;
  if (noise.type === "sigma") return { value, points, sigma: Math.hypot(...noise.sigma) / points };
  if (noise.type === "relative") return { value, points, sigma: (noise.relative * Math.abs(value)) / Math.sqrt(points) };
  return { value, points, sigma: Number.NaN };
}
