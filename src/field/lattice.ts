import type { Points } from "./problem.ts";

/** Points that fill a rectangular lattice (a line is one with one row). */
export interface Lattice {
  readonly xs: Float64Array;
  /** Absent on a line. */
  readonly ys?: Float64Array;
  /** Number of the point at (i, j), at `j * xs.length + i`. */
  readonly order: Int32Array;
}

/** The lattice that the points fill exactly once each; undefined where they are scattered. */
export function latticeOf(points: Points): Lattice | undefined {
  const xs = distinct(points.x);
  const ys = points.y ? distinct(points.y) : undefined;
  if (xs.length * (ys?.length ?? 1) !== points.x.length) return undefined;
  const order = new Int32Array(points.x.length).fill(-1);
  for (let k = 0; k < points.x.length; k++) {
    const place = (ys ? nearest(ys, points.y![k]!) : 0) * xs.length + nearest(xs, points.x[k]!);
    if (order[place] !== -1) return undefined;
    order[place] = k;
  }
  return ys ? { xs, ys, order } : { xs, order };
}

/** Distinct values, rising; closer than 1e-6 of their range is equal (positions are read from text). */
export function distinct(values: ArrayLike<number>): Float64Array {
  const sorted = Float64Array.from(values).sort();
  const close = 1e-6 * (sorted[sorted.length - 1]! - sorted[0]!);
  return sorted.filter((v, i) => i === 0 || v - sorted[i - 1]! > close);
}

function nearest(sorted: Float64Array, v: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= v) low = middle;
    else high = middle;
  }
  return v - sorted[low]! <= sorted[high]! - v ? low : high;
}
