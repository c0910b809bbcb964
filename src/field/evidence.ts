import { cholesky, forwardSolve } from "../numerics/cholesky.ts";

/** Decades of the strength about that at which data and prior have equal traces: above, rounding would reach what has no prior. */
const FURTHEST = 8;

/** The data near a point as a quadratic form of a field's coefficients alone, everything else marginalised: `c^T S c / 2 - b^T c`. */
interface Reduced {
  readonly count: number;
  readonly s: Float64Array;
  readonly b: Float64Array;
}

/**
 * Strength tau of the smoothness prior `tau c^T E c` of log gamma0 that makes the data most probable: the marginal likelihood with everything else
 * integrated out, in the Laplace approximation about `theta` (MacKay 1992, Neural Computation 4, 415; Wood 2011, J. R. Stat. Soc. B 73, 3):
 * `-2 log Z = -b^T (S + tau E)^-1 b + log det(S + tau E) - rank log tau`. Constants and tilts have no prior.
 * @param information `J^T W J` plus priors other than the field's; @param gradient its gradient at theta, both over all parameters, the field's last
 * @param near tau to look about, within a factor of 1000; absent = over 16 decades
 */
export function mostProbableStrength(
  information: Float64Array,
  gradient: Float64Array,
  theta: Float64Array,
  field: { readonly from: number; readonly energy: Float64Array; readonly rank: number },
  near?: number,
): number {
  const reduced = reduce(information, gradient, theta, field.from);
  const { count, s, b } = reduced;
  let [data, bend] = [0, 0];
  for (let k = 0; k < count; k++) {
    data += s[k * count + k]!;
    bend += field.energy[k * count + k]!;
  }
  const unit = data / bend;
  const cost = (decades: number): number => {
    const tau = unit * 10 ** decades;
    const factor = cholesky(
      s.map((v, k) => v + tau * field.energy[k]!),
      count,
    );
    if (!factor) return Number.POSITIVE_INFINITY;
    const x = forwardSolve(factor, b, count);
    let value = -field.rank * Math.log(tau);
    for (let k = 0; k < count; k++) value += 2 * Math.log(factor[k * count + k]!) - x[k]! ** 2;
    return value;
  };
  const middle = near === undefined ? 0 : Math.log10(near / unit);
  const reach = near === undefined ? FURTHEST : 3;
  let best = { at: middle, cost: Number.POSITIVE_INFINITY };
  for (let at = middle - reach; at <= Math.min(middle + reach, FURTHEST); at++) {
    const value = cost(at);
    if (value < best.cost) best = { at, cost: value };
  }
  for (let width = 0.5; width > 0.02; width /= 2)
    for (const at of [best.at - width, Math.min(best.at + width, FURTHEST)]) {
      const value = cost(at);
      if (value < best.cost) best = { at, cost: value };
    }
  return unit * 10 ** best.at;
}

/** Schur complement of everything before the field's coefficients, by the Cholesky factor of the whole: its last block is the factor of S. */
function reduce(information: Float64Array, gradient: Float64Array, theta: Float64Array, from: number): Reduced {
  const p = theta.length;
  const count = p - from;
  const others = new Float64Array(from * from);
  let largest = 0;
  for (let i = 0; i < from; i++) largest = Math.max(largest, information[i * p + i]!);
  for (let i = 0; i < from; i++) {
    others.set(information.subarray(i * p, i * p + from), i * from);
    others[i * from + i]! += 1e-14 * largest;
  }
  const factor = cholesky(others, from);
  if (!factor) throw new RangeError("the data do not determine the numbers beside gamma0");
  // Rows L^-1 I_oc, one per coefficient.
  const coupled = new Float64Array(count * from);
  for (let c = 0; c < count; c++)
    coupled.set(forwardSolve(factor, information.subarray((from + c) * p, (from + c) * p + from), from), c * from);
  const pulled = forwardSolve(factor, gradient, from);
  const s = new Float64Array(count * count);
  const b = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j <= i; j++) {
      let v = information[(from + i) * p + from + j]!;
      for (let k = 0; k < from; k++) v -= coupled[i * from + k]! * coupled[j * from + k]!;
      s[i * count + j] = v;
      s[j * count + i] = v;
    }
    let g = gradient[from + i]!;
    for (let k = 0; k < from; k++) g -= coupled[i * from + k]! * pulled[k]!;
    b[i] = -g;
  }
  for (let i = 0; i < count; i++) for (let j = 0; j < count; j++) b[i]! += s[i * count + j]! * theta[from + j]!;
  return { count, s, b };
}
