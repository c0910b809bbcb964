import { notASumOfSquares } from "../core/messages/least-squares.ts";
import type { Bounds, Problem } from "./least-squares-problem.ts";

/** forward: error about 1e-8 of the column, one evaluation per parameter; central: about 1e-10, two. */
export type DifferenceMethod = "forward" | "central";

/** Fills `out` with m values at p; false where p is outside the domain. */
export type Values = (p: Float64Array, out: Float64Array) => boolean;

/** A function that fills the column-major m x n Jacobian of `values` at p, where the values themselves are `at`; columns of fixed parameters are zero. */
export type Differentiate = (p: Float64Array, at: Float64Array, jacobian: Float64Array, fixed?: ArrayLike<boolean>) => void;

/**
 * Finite differences with a step of its own for every parameter: eps^(1/2) (forward) or eps^(1/3) (central) of the parameter's size, which is the
 * largest magnitude that it has had so far. A parameter that has only been zero gets the step that changes the values by about that share of
 * their norm, so that no absolute constant enters. At a bound, or where the law ends, the difference is taken on the other side: one-sided to
 * first order (forward) or by three points (central). Buffers are made once. A column that cannot be had is NaN.
 */
export function finiteDifferences(values: Values, m: number, n: number, method: DifferenceMethod, bounds: Bounds = {}): Differentiate {
  const share = method === "forward" ? Math.sqrt(Number.EPSILON) : Math.cbrt(Number.EPSILON);
  const size = new Float64Array(n);
  const shifted = new Float64Array(n);
  const one = new Float64Array(m);
  const two = new Float64Array(m);
  /** The step as it is after rounding. */
  const moved = (p: Float64Array, j: number, h: number) => p[j]! + h - p[j]!;
  const at = (p: Float64Array, j: number, h: number, out: Float64Array): boolean => {
    const x = p[j]! + h;
    if (x < (bounds.lower?.[j] ?? Number.NEGATIVE_INFINITY) || x > (bounds.upper?.[j] ?? Number.POSITIVE_INFINITY)) return false;
    shifted.set(p);
    shifted[j] = x;
    if (!values(shifted, out)) return false;
    for (let i = 0; i < m; i++) if (!Number.isFinite(out[i]!)) return false;
    return true;
  };
  /** The size of a parameter that is zero, from its effect. */
  const sizeFromEffect = (p: Float64Array, j: number, f: Float64Array): number => {
    const whole = length(f);
    let h = share;
    for (let k = 0; k < 24; k++) {
      const inside = at(p, j, h, one) || at(p, j, -h, one);
      const change = inside ? distance(one, f) / share : Number.POSITIVE_INFINITY;
      if (inside && (whole === 0 ? change > 0 : change > 0.1 * whole && change < 10 * whole)) break;
      h *= change === 0 ? 1e6 : inside && whole > 0 ? Math.min(1e6, Math.max(1e-6, whole / change)) : 1e-6;
    }
    return h / share;
  };
  return (p, f, jacobian, fixed) => {
    for (let j = 0; j < n; j++) {
      if (fixed?.[j]) {
        jacobian.fill(0, j * m, (j + 1) * m);
        continue;
      }
      size[j] = Math.max(size[j]!, Math.abs(p[j]!)) || sizeFromEffect(p, j, f);
      const h = moved(p, j, share * size[j]!);
      const column = jacobian.subarray(j * m, (j + 1) * m);
      if (method === "forward") {
        const side = at(p, j, h, one) ? h : at(p, j, -h, one) ? -h : Number.NaN;
        for (let i = 0; i < m; i++) column[i] = (one[i]! - f[i]!) / side;
        continue;
      }
      const right = at(p, j, h, one);
      const left = at(p, j, -h, two);
      if (right && left) {
        for (let i = 0; i < m; i++) column[i] = (one[i]! - two[i]!) / (2 * h);
        continue;
      }
      // (-3 f(0) + 4 f(h) - f(2h)) / 2h on the side that exists.
      const side = right ? h : -h;
      const exists = (right || left) && at(p, j, side, one) && at(p, j, 2 * side, two);
      for (let i = 0; i < m; i++) column[i] = exists ? (4 * one[i]! - 3 * f[i]! - two[i]!) / (2 * side) : Number.NaN;
    }
  };
}

/**
 * The Jacobian of a problem without one, from differences of its residuals. That is right for a sum of squares only: the whitened residuals of a
 * likelihood have weights that move with p, so there the law's values must be differentiated (`finiteDifferences`), not the residuals.
 * @throws RangeError where F is not half the sum of squared residuals.
 */
export function jacobianOf(problem: Problem): Differentiate {
  const method = problem.derivatives === "forward" ? "forward" : "central";
  const values: Values = (p, out) => {
    const objective = problem.evaluate(p, out);
    if (!Number.isFinite(objective)) return false;
    requireSumOfSquares(objective, out);
    return true;
  };
  return finiteDifferences(values, problem.points, problem.parameters, method, problem);
}

/** @throws RangeError where an objective is not half the sum of squared residuals. */
export function requireSumOfSquares(objective: number, residual: Float64Array): void {
  let s = 0;
  for (let i = 0; i < residual.length; i++) s += residual[i]! * residual[i]!;
  if (Math.abs(objective - s / 2) > 1e-9 * Math.max(s, Math.abs(objective))) throw new RangeError(notASumOfSquares(objective, s / 2));
}

function length(v: Float64Array): number {
  let s = 0;
  for (let i = 0; i < v.length; i++) s += v[i]! * v[i]!;
  return Math.sqrt(s);
}

function distance(a: Float64Array, b: Float64Array): number {
  let s = 0;
  for (let i = 0; i < a.length; i++) s += (a[i]! - b[i]!) ** 2;
  return Math.sqrt(s);
}
