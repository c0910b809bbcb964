import * as say from "../../core/messages/csv.ts";
import { isClock } from "./clock.ts";
import type { Quantity } from "./quantities.ts";

/** Fewer points are no sweep. */
const FEWEST_POINTS = 3;
/** So much of a grid may be missing or measured twice without being something else. */
const WHOLE = 0.7;

/** A thermometer or power meter that varies by no more, as a part of its mean, reads one setting. */
const STEADY = 0.05;

/** A setting that is read back scatters by less than this part of its steps. */
const READ_BACK = 0.1;

/** What tells the traces of a long table apart. */
export interface Outer {
  readonly keys: readonly Quantity[];
  /** First rows of the sweeps, where the only column that differs between them is a monitor: they are repeats. */
  readonly sweeps: readonly number[] | undefined;
}

/** Chooses among columns that vary. @param axis undefined for a table without one: whatever has a value in two rows or more is a key */
export function outerColumns(varying: readonly Quantity[], axis: Float64Array | undefined): Outer {
  if (axis === undefined) return { keys: varying.filter(({ values }) => new Set(values).size * 2 <= values.length), sweeps: undefined };
  const sweeps = sweepsOf(axis);
  const telling = varying.filter(({ values }) => tellsTraces(values, axis, sweeps));
  const settings = telling.filter((quantity) => !isMonitor(quantity));
  if (sweeps.whole)
    for (const quantity of varying)
      if (!telling.includes(quantity) && !isMonitor(quantity)) settings.push(...meanOfSweeps(quantity, sweeps.starts));
  if (settings.length > 0 || telling.length === 0) return { keys: settings, sweeps: undefined };
  const own = sweeps.whole && telling.every(({ values }) => staysIn(values, sweeps.starts));
  return own ? { keys: [], sweeps: sweeps.starts } : { keys: telling, sweeps: undefined };
}

/** A setting that was read back, which differs between sweeps far more than within them, as its mean in each; else nothing. Times go on, and are none. */
function meanOfSweeps(quantity: Quantity, starts: readonly number[]): Quantity[] {
  const { values, role, unit, name } = quantity;
  if (role === "repeat" || isClock(quantity) || unit === "s") return [];
  const means = new Float64Array(values.length);
  const levels: number[] = [];
  let noise = 0;
  starts.forEach((start, k) => {
    const own = values.subarray(start, starts[k + 1]);
    let [sum, low, high] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const x of own) {
      sum += x;
      low = Math.min(low, x);
      high = Math.max(high, x);
    }
    noise = Math.max(noise, high - low);
    levels.push(sum / own.length);
    means.fill(sum / own.length, start, starts[k + 1]);
  });
  levels.sort((a, b) => a - b);
  const step = levels.slice(1).reduce((least, level, k) => Math.min(least, level - levels[k]!), Number.POSITIVE_INFINITY);
  return noise <= READ_BACK * step ? [{ ...quantity, values: means, inferred: say.meanOfReadings(name) }] : [];
}

/** A temperature or power that hardly varies was read back, not set. */
function isMonitor(quantity: Quantity): boolean {
  const { unit, values, role } = quantity;
  if (role === "repeat" || isClock(quantity) || (unit !== "K" && unit !== "W")) return false;
  let [sum, low, high] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    sum += value;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return high - low <= STEADY * Math.abs(sum / values.length);
}

/** Rows in which the axis goes one way; where it turns or stands still, the next one begins. */
interface Sweeps {
  readonly starts: readonly number[];
  /** Every one (but the last, which may have been interrupted) is long enough to be a trace. */
  readonly whole: boolean;
}

function sweepsOf(axis: Float64Array): Sweeps {
  const starts: number[] = [];
  let shortest = Number.POSITIVE_INFINITY;
  for (let start = 0; start < axis.length; ) {
    const direction = Math.sign(axis[start + 1]! - axis[start]!);
    let end = start + 1;
    while (direction !== 0 && end < axis.length && Math.sign(axis[end]! - axis[end - 1]!) === direction) end++;
    starts.push(start);
    if (end < axis.length) shortest = Math.min(shortest, end - start);
    start = end;
  }
  return { starts, whole: starts.length > 1 && shortest >= FEWEST_POINTS };
}

/**
 * Whether a column tells traces apart: it stays while the axis sweeps, or each of its values has the same points of the axis, or it takes the same values
 * in turn while the axis goes on for each. Anything else was read out while one trace was measured.
 */
function tellsTraces(column: Float64Array, axis: Float64Array, sweeps: Sweeps): boolean {
  if (sweeps.starts.length === 1) return false;
  if (sweeps.whole && staysIn(column, sweeps.starts)) return true;
  return new Set(column).size * 2 <= column.length && (sharesPoints(column, axis) || takesTurns(column, axis));
}

/** Whether a column has one value from each start to the next. */
function staysIn(column: Float64Array, starts: readonly number[]): boolean {
  const ends = [...starts.slice(1), column.length];
  return starts.every((start, k) => {
    for (let row = start + 1; row < ends[k]!; row++) if (!Object.is(column[row], column[start])) return false;
    return true;
  });
}

/** Whether all values have nearly the same points of the axis, equally often. The last value to appear may have been interrupted. */
function sharesPoints(column: Float64Array, axis: Float64Array): boolean {
  const groups = new Map<number, Map<number, number>>();
  column.forEach((value, row) => {
    const points = groups.get(value) ?? new Map<number, number>();
    groups.set(value, points);
    points.set(axis[row]!, (points.get(axis[row]!) ?? 0) + 1);
  });
  const all = [...groups.values()];
  const last = all.pop();
  if (last === undefined || all.length === 0) return false;
  const times = new Map<number, number>();
  let agreeing = 0;
  for (const point of new Set(axis)) {
    const counts = all.map((points) => points.get(point) ?? 0);
    const often = commonest(counts);
    times.set(point, often);
    if (often > 0) agreeing += counts.filter((count) => count === often).length;
  }
  const held = [...last].filter(([point, count]) => count <= times.get(point)!).length;
  return agreeing >= WHOLE * times.size * all.length && held >= WHOLE * last.size;
}

function commonest(numbers: readonly number[]): number {
  const tally = new Map<number, number>();
  for (const n of numbers) tally.set(n, (tally.get(n) ?? 0) + 1);
  return [...tally].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

/** Whether the values come in turn (1, 2, 3, 1, 2, 3, ...) and the axis goes one way for each. */
function takesTurns(column: Float64Array, axis: Float64Array): boolean {
  const period = new Set(column).size;
  if (column.length < FEWEST_POINTS * period) return false;
  for (let row = period; row < column.length; row++) if (!Object.is(column[row], column[row - period])) return false;
  return Array.from({ length: period }, (_, k) => axis.filter((_, row) => row % period === k)).every(
    (own) => sweepsOf(own).starts.length === 1,
  );
}
