import { random } from "../core/random.ts";
import { cholesky, choleskySolve } from "../numerics/cholesky.ts";
import type { FieldMinimum } from "./evaluator.ts";
import { times } from "./gauss-newton.ts";
import type { Bath, TwoFieldModel } from "./two-fields-model.ts";

/** A second field in direction of which the data were looked at. */
export interface ScoreDirection {
  /** With the slope that the data want, to first order. */
  readonly bath: Bath;
  /** Largest U of the data without feedback, J/m^d, and `slope` times it: the relative change of gamma0 there, with its standard deviation. */
  readonly largest: number;
  readonly change: number;
  readonly sigma: number;
  /** (change/sigma)^2: by how much chi2 would fall. */
  readonly gain: number;
}

export interface TwoFieldTest {
  /** The direction of the largest gain. */
  readonly best: ScoreDirection;
  /** Least sigma of all directions: what the data could see at all. */
  readonly finest: number;
  /** Part of simulated noise whose largest gain is above that of the data. */
  readonly probability: number;
}

/** Draws of noise from which the probability is taken. */
export const DRAWS = 20_000;
/** Relative change of gamma0 by which directions are taken as differences. */
const NUDGE = 1e-3;
/** Rounds of the projection on what one field can do, with a Hessian that may come from a coarser grid. */
const PROJECTIONS = 4;

/**
 * Score test of one field against two: the derivative of the model by the slope of gamma0(U) at slope 0, less what the one-field parameters can do
 * (Rao 1948), for every decay rate and diffusion of U on a grid. Under one field these two do not exist (Davies 1977, Biometrika 64, 247), so that the
 * largest gain is not chi2-distributed: its distribution is drawn from Gaussian noise with the correlation of the directions (Hansen 1996,
 * Econometrica 64, 413).
 */
export function twoFieldTest(minimum: FieldMinimum, model: TwoFieldModel, grid: readonly Omit<Bath, "slope">[]): TwoFieldTest | undefined {
  const { at, weight, prior, factor, evaluator } = minimum;
  const { theta } = at;
  const p = theta.length;
  const residual = at.model.map((m, i) => evaluator.data.values[i]! - m);
  const weighted = (v: Float64Array) => v.map((x, i) => weight[i]! * x);
  const pull = times(prior, theta);
  const gradient = at.transposed(weighted(residual)).map((g, j) => g - pull[j]!);

  const directions = grid.map((bath) => {
    const { largest } = model.read(theta, { ...bath, slope: 0 });
    const slope = NUDGE / largest;
    const [up, down] = [1, -1].map((sign) => model.read(theta, { ...bath, slope: sign * slope }).model) as [Float64Array, Float64Array];
    const full = up.map((m, i) => (m - down[i]!) / (2 * NUDGE));
    // The part beyond one field: full - J (J^T W J + P)^-1 J^T W full.
    const taken = new Float64Array(p);
    let beyond = full;
    for (let round = 0; round < PROJECTIONS; round++) {
      const pulled = times(prior, taken);
      const step = choleskySolve(
        factor,
        at.transposed(weighted(beyond)).map((v, j) => v - pulled[j]!),
        p,
      );
      for (let j = 0; j < p; j++) taken[j]! += step[j]!;
      const within = at.along(taken);
      beyond = full.map((v, i) => v - within[i]!);
    }
    const score = dot(weighted(full), residual) - dot(taken, gradient);
    return { bath, largest, full, beyond, score };
  });
  const told = directions.filter((d) => d.largest > 0 && dot(weighted(d.full), d.beyond) > 0);
  if (told.length === 0) return undefined;
  const covariance = told.map((a) => told.map((b) => (dot(weighted(a.full), b.beyond) + dot(weighted(b.full), a.beyond)) / 2));
  const sigmas = told.map((_, i) => 1 / Math.sqrt(covariance[i]![i]!));
  const scores = told.map(({ bath, largest, score }, i): ScoreDirection => {
    const [sigma, change] = [sigmas[i]!, score * sigmas[i]! ** 2];
    return { bath: { ...bath, slope: change / largest }, largest, change, sigma, gain: (change / sigma) ** 2 };
  });
  const best = scores.reduce((a, b) => (b.gain > a.gain ? b : a));
  const correlation = Float64Array.from(covariance.flatMap((row, i) => row.map((c, j) => c * sigmas[i]! * sigmas[j]!)));
  return { best, finest: Math.min(...sigmas), probability: chanceOf(best.gain, correlation, told.length) };
}

function dot(a: Float64Array, b: Float64Array): number {
  let s = 0;
  for (let i = 0; i < a.length; i++) s += a[i]! * b[i]!;
  return s;
}

/** How often the largest of correlated standard normal numbers, squared, is above `gain`. */
function chanceOf(gain: number, correlation: Float64Array, count: number): number {
  const root = rootOf(correlation, count);
  const { normal } = random(1);
  const z = new Float64Array(count);
  let above = 0;
  for (let draw = 0; draw < DRAWS; draw++) {
    for (let i = 0; i < count; i++) z[i] = normal();
    let largest = 0;
    for (let i = 0; i < count; i++) {
      let x = 0;
      for (let j = 0; j <= i; j++) x += root[i * count + j]! * z[j]!;
      largest = Math.max(largest, x * x);
    }
    if (largest >= gain) above++;
  }
  return above / DRAWS;
}

/** Cholesky factor of a correlation matrix whose directions may nearly coincide: the diagonal is raised until there is one. */
function rootOf(correlation: Float64Array, count: number): Float64Array {
  for (let raise = 1e-10; ; raise *= 10) {
    const root = cholesky(
      correlation.map((c, k) => (k % (count + 1) === 0 ? c + raise : c)),
      count,
    );
    if (root) return root;
  }
}
