import { studentTail } from "./beta-function.ts";
import { normalCdf } from "./normal.ts";
import { orthonormalBasis, removeSpan } from "./orthonormal.ts";

/** Points that do not belong to the others. */
export interface Outliers {
  /** Indices of the outlying points, the farthest first; empty where there is none. */
  readonly indices: readonly number[];
  /** Probability that clean noise gives points this far out. */
  readonly p: number;
  /** The most extreme point, outlying or not, and its distance in its own standard deviations, judged without itself. */
  readonly worst: number;
  readonly distance: number;
}

/**
 * Generalised extreme studentised deviate (Rosner, Technometrics 25, 165 (1983)): the farthest point is taken away, the rest fitted again along the
 * law's tangents, and so on; the outliers are all points up to the last one that noise explains with less than `limit`. Judging each point
 * without itself and without those already gone, several outliers cannot hide behind each other's contribution to the scatter.
 * @param residual whitened, orthogonal to the tangents; @param tangents column-major, whitened.
 * @param absolute the residuals are in units of a known standard deviation; otherwise their scale is estimated from the rest.
 */
export function findOutliers(residual: Float64Array, tangents: Float64Array, absolute: boolean, limit: number): Outliers {
  const m = residual.length;
  const left = residual.slice();
  const columns = tangents.slice();
  const most = Math.max(1, Math.min(10, Math.floor(m / 10)));
  const order: number[] = [];
  const gone = new Uint8Array(m);
  let [p, count, worst, distance] = [1, 0, 0, 0];
  for (let k = 0; k < most; k++) {
    const basis = orthonormalBasis(columns, m);
    removeSpan(left, basis);
    const found = farthest(left, basis, gone, absolute, m - k);
    if (found === undefined) break;
    order.push(found.index);
    if (k === 0) [worst, distance] = [found.index, found.distance];
    if (found.p < limit) [count, worst, distance] = [k + 1, order[0]!, Math.max(distance, found.distance)];
    p = Math.min(p, found.p);
    gone[found.index] = 1;
    left[found.index] = 0;
    for (let j = found.index; j < columns.length; j += m) columns[j] = 0;
    // Nothing more to find: the next point is nearer still, and its scatter is that of the rest.
    if (found.p > 0.5 && absolute) break;
  }
  return { indices: order.slice(0, count), p, worst, distance };
}

function farthest(left: Float64Array, basis: readonly Float64Array[], gone: Uint8Array, absolute: boolean, points: number) {
  const dof = points - basis.length;
  if (dof < 2) return undefined;
  let [index, largest, square] = [-1, 0, 0];
  for (let i = 0; i < left.length; i++) {
    if (gone[i] === 1) continue;
    const r = left[i]! ** 2;
    square += r;
    let free = 1;
    for (const q of basis) free -= q[i]! ** 2;
    // A point that the law follows whatever its value cannot be judged.
    if (!(free > 1e-6)) continue;
    if (r / free > largest) [index, largest] = [i, r / free];
  }
  if (index < 0) return undefined;
  if (absolute) return { index, distance: Math.sqrt(largest), p: Math.min(1, 2 * normalCdf(-Math.sqrt(largest)) * points) };
  const rest = square - largest;
  const t = rest > 0 ? Math.sqrt((largest * (dof - 1)) / rest) : Number.POSITIVE_INFINITY;
  return { index, distance: t, p: Math.min(1, (Number.isFinite(t) ? studentTail(t, dof - 1) : 0) * points) };
}
