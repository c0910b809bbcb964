import { studentHalfWidth } from "../numerics/beta-function.ts";
import { cholesky, choleskySolve, forwardSolve } from "../numerics/cholesky.ts";
import type { FieldMinimum } from "./evaluator.ts";
import { times } from "./gauss-newton.ts";
import type { FieldNumber, ScaleSensitivity } from "./outcome.ts";
import { numberOf, slopeOf } from "./parameters.ts";
import { lawsOn, type Parametrisation } from "./parametrisation.ts";
import type { FieldProblem } from "./problem.ts";
import { sourceScales } from "./source-scales.ts";
import { pointShares, unbent } from "./spline-field.ts";

/** Second moments of theta about the minimum, and of linear functions of it (strength-mixture.ts). */
export interface Posterior {
  /** Standard deviation of `direction . theta`, everything else marginalised. */
  sigma(direction: Float64Array): number;
  /** Covariance of two of them. */
  covariance(a: Float64Array, b: Float64Array): number;
}

/** Half width of a 68.3 % interval in standard deviations: 1 where all noise is stated, else Student's factor. */
export function halfWidth({ evaluator, effective }: Pick<FieldMinimum, "evaluator" | "effective">): number {
  const { absolute, values } = evaluator.data;
  return absolute.every(Boolean) ? 1 : studentHalfWidth(0.682689492, Math.max(1, values.length - effective));
}

/** Derivative of log gamma0 in each cell with respect to theta: one row per parameter of gamma0, by index. */
export function logGamma0Rows(problem: FieldProblem, parametrisation: Parametrisation, minimum: FieldMinimum): Map<number, Float64Array> {
  const { at, evaluator } = minimum;
  const laws = lawsOn(evaluator.resolution.grid, parametrisation, problem.experiments);
  const fields = laws.at(at.theta);
  const rows = new Map<number, Float64Array>();
  parametrisation.parameters.forEach(({ kind }, j) => {
    if (kind === "gamma0")
      rows.set(
        j,
        laws.change(at.theta, j, fields).gamma0!.map((v, k) => v / fields.gamma0[k]!),
      );
  });
  return rows;
}

/** The mean of gamma0 over the domain (1/s), and the derivative of its logarithm with respect to theta. */
export function meanGamma0(minimum: FieldMinimum, rows: ReadonlyMap<number, Float64Array>): { value: number; direction: Float64Array } {
  const { medium, theta } = minimum.at;
  const { volumes } = minimum.evaluator.resolution.grid;
  const whole = volumes.reduce((a, b) => a + b, 0);
  const value = medium.gamma0.reduce((s, v, k) => s + v * volumes[k]!, 0) / whole;
  const direction = new Float64Array(theta.length);
  for (const [j, row] of rows) direction[j] = row.reduce((s, v, k) => s + v * medium.gamma0[k]! * volumes[k]!, 0) / (whole * value);
  return { value, direction };
}

/** The unit vector of entry j. */
export function entry(j: number, p: number): Float64Array {
  const out = new Float64Array(p);
  out[j] = 1;
  return out;
}

/** The mean of gamma0 first, then every parameter that is a number by itself. Intervals of logarithms are multiplied out, never below zero. */
export function numbersOf(minimum: FieldMinimum, mean: ReturnType<typeof meanGamma0>, posterior: Posterior): FieldNumber[] {
  const width = halfWidth(minimum);
  const { theta } = minimum.at;
  const logarithmic = (name: string, unit: FieldNumber["unit"], value: number, relative: number): FieldNumber => ({
    name,
    unit,
    value,
    sigma: value * relative,
    low: value * Math.exp(-width * relative),
    high: value * Math.exp(width * relative),
  });
  const numbers = [logarithmic("gamma0_mean", "1/s", mean.value, posterior.sigma(mean.direction))];
  minimum.evaluator.parameters.forEach((parameter, j) => {
    if (parameter.coefficient) return;
    const value = numberOf(parameter, theta[j]!);
    const sd = posterior.sigma(entry(j, theta.length));
    if (parameter.log) numbers.push(logarithmic(parameter.name, parameter.unit, value, sd));
    else {
      const sigma = Math.abs(slopeOf(parameter, theta[j]!)) * sd;
      numbers.push({ name: parameter.name, unit: parameter.unit, value, sigma, low: value - width * sigma, high: value + width * sigma });
    }
  });
  return numbers;
}

/**
 * How the result moves with the stated size s of a source: the mean of gamma0 and every gamma2, as logarithms. Where an error is stated, by the
 * centre of its prior: `d E[theta] / d ln s = cov(theta, theta_s) / sigma^2`. Where the source is held, `d theta / d ln s = -H^-1 J^T W dm/d ln s`: a
 * strong direction, for which H is that of the very model (`newtonStep`), not one from nearby.
 */
export function scaleSensitivities(
  problem: FieldProblem,
  minimum: FieldMinimum,
  mean: Float64Array,
  posterior: Posterior,
): ScaleSensitivity[] {
  const { at, weight, evaluator } = minimum;
  const known = problem.experiments.flatMap(({ sources }) => sources.filter(({ scale }) => scale === "known").map(({ name }) => name));
  const scales = sourceScales(problem, minimum);
  const numbers: [string, Float64Array][] = [["gamma0_mean", mean]];
  evaluator.parameters.forEach(({ kind, name }, j) => {
    if (kind === "gamma2") numbers.push([name, entry(j, mean.length)]);
  });
  return [...new Set(known)].map((name) => {
    const sigma = scales.find((s) => s.name === name)?.sigma ?? Number.NaN;
    const own = evaluator.parameters.findIndex(({ stated }) => stated?.source === name);
    if (own >= 0) {
      const unit = entry(own, mean.length);
      const follows = (d: Float64Array) => posterior.covariance(d, unit) / evaluator.parameters[own]!.stated!.sigma ** 2;
      return { name, by: Object.fromEntries(numbers.map(([number, direction]) => [number, follows(direction)])), sigma };
    }
    const move = newtonStep(minimum, at.transposed(at.alongScale(name).map((v, i) => weight[i]! * v)));
    const along = (d: Float64Array) => -move.reduce((s, v, j) => s + v * d[j]!, 0);
    return { name, by: Object.fromEntries(numbers.map(([number, direction]) => [number, along(direction)])), sigma };
  });
}

/** Steps of the conjugate gradients below, and the part of the first residual at which they end. */
const [STEPS, SMALL] = [40, 1e-5];

/** `(J^T W J + P)^-1 b` with the products of the minimum's own tangents and adjoints: conjugate gradients, the factor at hand as preconditioner. */
function newtonStep({ at, weight, prior, factor }: FieldMinimum, b: Float64Array): Float64Array {
  const n = b.length;
  const dot = (x: Float64Array, y: Float64Array) => x.reduce((s, v, k) => s + v * y[k]!, 0);
  const x = new Float64Array(n);
  const residual = b.slice();
  let z = choleskySolve(factor, residual, n);
  let direction = z;
  let size = dot(residual, z);
  const first = size;
  for (let k = 0; k < STEPS && size > SMALL ** 2 * first; k++) {
    const held = times(prior, direction);
    const curved = at.transposed(at.along(direction).map((v, i) => weight[i]! * v)).map((v, j) => v + held[j]!);
    const step = size / dot(direction, curved);
    for (let j = 0; j < n; j++) {
      x[j]! += step * direction[j]!;
      residual[j]! -= step * curved[j]!;
    }
    z = choleskySolve(factor, residual, n);
    const next = dot(residual, z);
    const previous = direction;
    direction = z.map((v, j) => v + (next / size) * previous[j]!);
    size = next;
  }
  return x;
}

/**
 * Standard deviation that the smoothness prior alone gives log gamma0 at points, without the constant and the tilts that it leaves free:
 * `b^T (tau E)^+ b`; NaN without a prior.
 */
export function priorSigma(field: Parametrisation["field"], strength: number, x: Float64Array, y: Float64Array | undefined): Float64Array {
  if (!field || !(strength > 0)) return new Float64Array(x.length).fill(Number.NaN);
  const { spline, energy } = field;
  const { count } = spline;
  const free = unbent(spline);
  let size = 0;
  for (let k = 0; k < count; k++) size += energy[k * count + k]! / count;
  const filled = energy.map((v, k) => v + free.reduce((s, n) => s + size * n[Math.floor(k / count)]! * n[k % count]!, 0));
  const factor = cholesky(filled, count);
  if (!factor) return new Float64Array(x.length).fill(Number.NaN);
  const shares = pointShares(spline, x, y);
  return x.map((_, i) => {
    const b = shares.subarray(i * count, (i + 1) * count);
    const w = forwardSolve(factor, b, count);
    const held = free.reduce((s, n) => s + n.reduce((t, v, k) => t + v * b[k]!, 0) ** 2 / size, 0);
    const variance = w.reduce((s, v) => s + v * v, 0) - held;
    return Math.sqrt(Math.max(0, variance) / strength);
  });
}
