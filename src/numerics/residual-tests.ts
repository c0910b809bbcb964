import { normalCdf } from "./normal.ts";
import { length } from "./orthonormal.ts";

/** The strongest extra shape in residuals, and how long the searched curve was. */
export interface ExtraShape {
  /** Index of the best shape. */
  readonly best: number;
  /** (u.r)^2 of the best unit vector u orthogonal to the fitted law's tangents. */
  readonly gain: number;
  /** Length of the searched curve, rad. */
  readonly length: number;
}

/**
 * Score test for one more component: each candidate shape, whitened and made orthogonal to what the law already explains, is projected on the residual.
 * @param residual whitened residual at the minimum; @param basis orthonormal tangents of the law there.
 */
export function searchExtraShape(
  residual: Float64Array,
  weight: Float64Array,
  basis: readonly Float64Array[],
  shapes: readonly Float64Array[],
): ExtraShape {
  const m = residual.length;
  const rank = basis.length;
  let [best, gain, arc] = [-1, 0, 0];
  let v = new Float64Array(m);
  let previous = new Float64Array(m);
  let along = new Float64Array(rank);
  let previousAlong = new Float64Array(rank);
  let previousSize = 0;
  for (let k = 0; k < shapes.length; k++) {
    const phi = shapes[k]!;
    let [square, onResidual, turn] = [0, 0, 0];
    for (let i = 0; i < m; i++) {
      const x = weight[i]! * phi[i]!;
      v[i] = x;
      square += x * x;
      onResidual += x * residual[i]!;
      turn += x * previous[i]!;
    }
    // The part orthogonal to the tangents, by Pythagoras; the residual has no part along them.
    let left = square;
    for (let j = 0; j < rank; j++) {
      const q = basis[j]!;
      let s = 0;
      for (let i = 0; i < m; i++) s += v[i]! * q[i]!;
      along[j] = s;
      left -= s * s;
      turn -= s * previousAlong[j]!;
    }
    // Too near to the fitted shape itself: nothing but rounding is left of it.
    if (!(left > 1e-10 * square)) continue;
    const size = Math.sqrt(left);
    if (previousSize > 0) arc += Math.acos(Math.min(1, Math.abs(turn) / size / previousSize));
    const found = (onResidual / size) ** 2;
    if (found > gain) [best, gain] = [k, found];
    [v, previous] = [previous, v];
    [along, previousAlong] = [previousAlong, along];
    previousSize = size;
  }
  return { best, gain, length: arc };
}

/**
 * Probability that independent noise gives residuals as like their neighbours as these (one-sided, positive correlation).
 * Lag-1 correlation with the exact mean and variance for residuals of a law with these tangents (Durbin and Watson 1950), normal tail.
 * @param residual in the order of delay.
 */
export function neighbourTail(
  residual: Float64Array,
  basis: readonly Float64Array[],
): { readonly correlation: number; readonly p: number } {
  const n = residual.length;
  const m = n - basis.length;
  const neighbours = (v: Float64Array, i: number) => ((i > 0 ? v[i - 1]! : 0) + (i < n - 1 ? v[i + 1]! : 0)) / 2;
  let [product, square] = [0, 0];
  for (let i = 0; i < n; i++) {
    product += residual[i]! * neighbours(residual, i);
    square += residual[i]! ** 2;
  }
  let [trace, trace2] = [0, (n - 1) / 2];
  for (let k = 0; k < basis.length; k++) {
    const b = new Float64Array(n);
    for (let i = 0; i < n; i++) b[i] = neighbours(basis[k]!, i);
    trace2 -= 2 * length(b) ** 2;
    for (let l = 0; l < basis.length; l++) {
      let s = 0;
      for (let i = 0; i < n; i++) s += b[i]! * basis[l]![i]!;
      trace2 += s * s;
      if (l === k) trace -= s;
    }
  }
  const mean = trace / m;
  const variance = (2 * (m * trace2 - trace * trace)) / (m * m * (m + 2));
  const correlation = product / square;
  return { correlation, p: 1 - normalCdf((correlation - mean) / Math.sqrt(variance)) };
}
