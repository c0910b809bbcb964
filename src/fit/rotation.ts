import { commonRotation, principalRotation } from "../core/messages/fit.ts";
import type { Dataset } from "../tables/dataset.ts";
import { averageTraces } from "./average.ts";
import { selectRows } from "./rows.ts";

/** A direction in the I/Q plane, `y = i cos(angle) + q sin(angle)`. */
export interface Rotation {
  readonly cos: number;
  readonly sin: number;
  readonly text: string;
}

/**
 * Direction of largest variance of the fitted rows. The magnitude is never used: it bends the decay and shortens T1 by 8 to 25 % (FORMATS.md).
 * An axis has no sign of its own; physics gives it: a relaxing signal falls with delay, so the earliest third is put above the latest third.
 * @param rows by rising delay.
 */
export function principalAxis(i: Float64Array, q: Float64Array, rows: readonly number[]): Rotation {
  let [mi, mq] = [0, 0];
  for (const r of rows) {
    mi += i[r]!;
    mq += q[r]!;
  }
  mi /= rows.length;
  mq /= rows.length;
  let [ii, qq, iq] = [0, 0, 0];
  for (const r of rows) {
    const [x, y] = [i[r]! - mi, q[r]! - mq];
    ii += x * x;
    qq += y * y;
    iq += x * y;
  }
  const angle = 0.5 * Math.atan2(2 * iq, ii - qq);
  let [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const third = Math.max(1, Math.floor(rows.length / 3));
  const level = (some: readonly number[]) => some.reduce((s, r) => s + i[r]! * cos + q[r]! * sin, 0) / some.length;
  if (level(rows.slice(0, third)) < level(rows.slice(-third))) [cos, sin] = [-cos, -sin];
  const along = (ii + qq) / 2 + Math.hypot((ii - qq) / 2, iq);
  return { cos, sin, text: principalRotation((Math.atan2(sin, cos) * 180) / Math.PI, (100 * along) / (ii + qq)) };
}

/** An axis that was found on more data than one trace: rad, and the number of repeats behind it. */
export interface CommonAxis {
  readonly angle: number;
  readonly repeats: number;
}

/**
 * Principal axis of the average of the repeats of one file: they share their readout, and one axis for all has less noise than one for each.
 * @returns undefined where there is no average, or nothing to rotate.
 */
export function commonAxis(datasets: readonly Dataset[]): CommonAxis | undefined {
  const average = averageTraces(datasets);
  if (!average || (average.calibration && average.calibration.zero.length > 0 && average.calibration.one.length > 0)) return undefined;
  const rows = selectRows(average, []);
  if ("unfit" in rows) return undefined;
  const [i, q] = rows.columns.signal;
  if (!q) return undefined;
  const axis = principalAxis(i.values, q.values, rows.used);
  return { angle: Math.atan2(axis.sin, axis.cos), repeats: datasets.length };
}

export function alongAxis({ angle, repeats }: CommonAxis): Rotation {
  return { cos: Math.cos(angle), sin: Math.sin(angle), text: commonRotation((angle * 180) / Math.PI, repeats) };
}
