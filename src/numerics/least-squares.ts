import type { Ending, Minimum, Options, Problem } from "./least-squares-problem.ts";
import { applyQTransposed, pivotedQr, rEntry } from "./qr.ts";
import { trustStep } from "./trust-step.ts";

export { ENDINGS, type Ending, type Minimum, type Options, type Problem } from "./least-squares-problem.ts";

/**
 * Trust-region Levenberg-Marquardt in scaled variables with gain ratio and rejected steps (More 1978), simple bounds by an active set and projection.
 * Every ending is a value (`Minimum.ending`); nothing is thrown for a failed fit.
 * 1 start, 2 step inside the trust region, 3 gain ratio, 4 accept or reject, 5 convergence, 6 distance to the minimum.
 */
export function leastSquares(problem: Problem, start: ArrayLike<number>, options: Options = {}): Minimum {
  const { ftol = 1e-14, xtol = 1e-12, gtol = 1e-14, factor = 1, maxEvaluations = 400 } = options;
  const m = problem.points;
  const n = problem.parameters;
  const lower = (j: number) => problem.lower?.[j] ?? Number.NEGATIVE_INFINITY;
  const upper = (j: number) => problem.upper?.[j] ?? Number.POSITIVE_INFINITY;
  // 1
  let p = Float64Array.from({ length: n }, (_, j) => Math.min(Math.max(start[j]!, lower(j)), upper(j)));
  let residual = new Float64Array(m);
  let jacobian = new Float64Array(m * n);
  let objective = problem.evaluate(p, residual, jacobian);
  let evaluations = 1;
  let iterations = 0;
  let held: number[] = [];
  const finish = (ending: Ending): Minimum => {
    const { distance } =
      ending === "bad_start" || ending === "not_finite" ? { distance: Number.NaN } : newton(jacobian, residual, m, n, held);
    return { ending, p, objective, residual, jacobian, distance, iterations, evaluations, atBound: held };
  };
  if (m < n) return finish("too_few_points");
  if (!Number.isFinite(objective)) return finish("bad_start");
  if (!allFinite(jacobian)) return finish("not_finite");

  const scale = new Float64Array(n);
  let radius = 0;
  let damping = 0;
  let trialResidual = new Float64Array(m);
  let trialJacobian = new Float64Array(m * n);
  const factors = new Float64Array(m * n);
  const qtr = new Float64Array(m);
  for (;;) {
    iterations++;
    for (let j = 0; j < n; j++) scale[j] = Math.max(scale[j]!, norm(jacobian, j * m, m) || (scale[j]! === 0 ? 1 : 0));
    if (iterations === 1) {
      let size = 0;
      for (let j = 0; j < n; j++) size += (scale[j]! * p[j]!) ** 2;
      radius = factor * (Math.sqrt(size) || 1);
    }
    held = heldByBounds(p, jacobian, residual, m, n, lower, upper);
    const free = held.length === 0 ? undefined : [...Array(n).keys()].filter((j) => !held.includes(j));
    if (gradientCosine(jacobian, residual, m, n, held) <= gtol) return finish(norm(residual, 0, m) === 0 ? "exact" : "gradient");
    const count = free?.length ?? n;
    if (!free) factors.set(jacobian);
    const qr = pivotedQr(free ? columns(jacobian, m, free) : factors, m, count);
    qtr.set(residual);
    applyQTransposed(qr, qtr);
    const freeScale = free ? Float64Array.from(free, (j) => scale[j]!) : scale;

    for (;;) {
      // 2
      const trust = trustStep(qr, qtr, freeScale, radius, damping);
      damping = trust.damping;
      const trial = p.slice();
      let projected = false;
      for (let k = 0; k < count; k++) {
        const j = free ? free[k]! : k;
        const wanted = p[j]! + trust.step[k]!;
        trial[j] = Math.min(Math.max(wanted, lower(j)), upper(j));
        if (trial[j] !== wanted) projected = true;
      }
      const step = new Float64Array(n);
      for (let j = 0; j < n; j++) step[j] = trial[j]! - p[j]!;
      const length = stepLength(step, scale);
      if (iterations === 1) radius = Math.min(radius, trust.length);
      const trialObjective = problem.evaluate(trial, trialResidual, trialJacobian);
      evaluations++;
      // 3
      const size = Math.abs(objective) || Number.MIN_VALUE;
      const actual = Number.isFinite(trialObjective) ? (objective - trialObjective) / size : -1;
      const { value, slope } = predicted(jacobian, residual, step, m, n);
      const expected = value / size;
      const gain = expected > 0 ? actual / expected : 0;
      if (gain <= 0.25) {
        const shrink =
          actual >= 0 ? 0.5 : Math.max(0.1, Math.min(0.5, (0.5 * slope) / (slope + 0.5 * (objective - trialObjective)) || 0.1));
        radius = shrink * Math.min(radius, 10 * length);
        damping /= shrink;
      } else if (damping === 0 || gain >= 0.75) {
        radius = projected ? Math.max(radius, 2 * length) : 2 * length;
        damping *= 0.5;
      }
      // 4
      const accepted = gain >= 1e-4 && allFinite(trialJacobian);
      if (accepted) {
        p = trial;
        objective = trialObjective;
        [residual, trialResidual] = [trialResidual, residual];
        [jacobian, trialJacobian] = [trialJacobian, jacobian];
      }
      // 5
      const sizeOfP = stepLength(p, scale);
      if (accepted || actual >= 0) {
        if (norm(residual, 0, m) === 0) return finish("exact");
        if (Math.abs(actual) <= ftol && expected <= ftol && gain <= 2) return finish("reduction");
      }
      if (radius <= xtol * sizeOfP || (accepted && length <= xtol * sizeOfP && damping === 0)) return finish("step");
      if (Math.abs(actual) <= Number.EPSILON && expected <= Number.EPSILON && gain <= 2) return finish("rounding");
      if (radius <= Number.EPSILON * sizeOfP || length === 0) return finish("rounding");
      if (evaluations >= maxEvaluations) return finish("too_many_evaluations");
      if (accepted) break;
    }
  }
}

function norm(a: Float64Array, from: number, length: number): number {
  let s = 0;
  for (let i = from; i < from + length; i++) s += a[i]! * a[i]!;
  return Math.sqrt(s);
}

function stepLength(x: Float64Array, scale: Float64Array): number {
  let s = 0;
  for (let j = 0; j < x.length; j++) s += (x[j]! * scale[j]!) ** 2;
  return Math.sqrt(s);
}

function allFinite(a: Float64Array): boolean {
  for (let i = 0; i < a.length; i++) if (!Number.isFinite(a[i]!)) return false;
  return true;
}

function columns(a: Float64Array, m: number, which: readonly number[]): Float64Array {
  const out = new Float64Array(m * which.length);
  which.forEach((j, k) => {
    out.set(a.subarray(j * m, (j + 1) * m), k * m);
  });
  return out;
}

/** Largest |cos| of the angle between the residual and a free column of J. */
function gradientCosine(jacobian: Float64Array, residual: Float64Array, m: number, n: number, held: readonly number[]): number {
  const size = norm(residual, 0, m);
  if (size === 0) return 0;
  let largest = 0;
  for (let j = 0; j < n; j++) {
    if (held.includes(j)) continue;
    const column = norm(jacobian, j * m, m);
    if (column === 0) continue;
    largest = Math.max(largest, Math.abs(gradientOf(jacobian, residual, m, j)) / column / size);
  }
  return largest;
}

function gradientOf(jacobian: Float64Array, residual: Float64Array, m: number, j: number): number {
  let s = 0;
  for (let i = 0; i < m; i++) s += jacobian[j * m + i]! * residual[i]!;
  return s;
}

function heldByBounds(
  p: Float64Array,
  jacobian: Float64Array,
  residual: Float64Array,
  m: number,
  n: number,
  lower: (j: number) => number,
  upper: (j: number) => number,
): number[] {
  const held: number[] = [];
  for (let j = 0; j < n; j++) {
    if (p[j]! > lower(j) && p[j]! < upper(j)) continue;
    const gradient = gradientOf(jacobian, residual, m, j);
    if ((p[j]! <= lower(j) && gradient >= 0) || (p[j]! >= upper(j) && gradient <= 0)) held.push(j);
  }
  return held;
}

/** Reduction of F that the linear model expects from the step, and its first-order part. */
function predicted(jacobian: Float64Array, residual: Float64Array, step: Float64Array, m: number, n: number) {
  let first = 0;
  let second = 0;
  for (let i = 0; i < m; i++) {
    let js = 0;
    for (let j = 0; j < n; j++) js += jacobian[j * m + i]! * step[j]!;
    first += js * residual[i]!;
    second += js * js;
  }
  return { value: -first - second / 2, slope: first };
}

/** 6: size of the Gauss-Newton step in units of sigma: |Q^T r| over the free parameters. */
function newton(jacobian: Float64Array, residual: Float64Array, m: number, n: number, held: readonly number[]) {
  const free = [...Array(n).keys()].filter((j) => !held.includes(j));
  const qr = pivotedQr(columns(jacobian, m, free), m, free.length);
  const b = residual.slice();
  applyQTransposed(qr, b);
  let s = 0;
  for (let k = 0; k < Math.min(m, free.length); k++) if (Math.abs(rEntry(qr, k, k)) > 0) s += b[k]! ** 2;
  return { distance: Math.sqrt(s) };
}
