import { random } from "../core/random.ts";
import { cholesky, forwardSolve } from "../numerics/cholesky.ts";
import type { FieldMinimum } from "./evaluator.ts";
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
  /** Part of the simulated noise whose largest gain is above that of the data. */
  readonly probability: number;
}

/** Draws of noise from which the probability is taken. */
export const DRAWS = 20_000;
/** Relative change of gamma0 by which directions are taken as differences. */
const NUDGE = 1e-3;

/**
 * Score test of one field against two: the derivative d of the model by the slope of gamma0(U) at slope 0, less what the one-field parameters can do
 * (Rao 1948), for second fields of several decay rates and diffusions. Under one field these two do not exist (Davies 1977, Biometrika 64, 247), so that
 * the largest gain is not chi2-distributed: its distribution is drawn from Gaussian noise with the correlation of the directions (Hansen 1996,
 * Econometrica 64, 413).
 * @param model for d alone: the data's own grid is fine enough
 */
export function twoFieldTest(minimum: FieldMinimum, model: TwoFieldModel, baths: readonly Omit<Bath, "slope">[]): TwoFieldTest | undefined {
  const { at, weight, factor, evaluator } = minimum;
  const { theta } = at;
  const residual = at.model.map((m, i) => evaluator.data.values[i]! - m);
  const weighted = (v: Float64Array) => v.map((x, i) => weight[i]! * x);
  const whiten = (v: Float64Array) => forwardSolve(factor, at.transposed(weighted(v)), theta.length);

  const directions = baths.flatMap((bath) => {
    const base = model.read(theta, { ...bath, slope: 0 });
    const { largest } = base;
    if (!(largest > 0)) return [];
    const there = model.read(theta, { ...bath, slope: NUDGE / largest }).model;
    const full = there.map((m, i) => (m - base.model[i]!) / NUDGE);
    // v = d - J H^-1 J^T W d; what H of a coarser grid leaves of J in it counts in the variance v^T (W - W J H^-1 J^T W) v of its score.
    const taken = whiten(full);
    const within = at.along(backSolve(factor, taken));
    const beyond = full.map((v, i) => v - within[i]!);
    const left = whiten(beyond);
    return [{ bath, largest, weighted: weighted(beyond), beyond, left, reach: dot(weighted(beyond), full) - dot(left, taken) }];
  });
  const covarianceOf = (a: (typeof directions)[number], b: (typeof directions)[number]) => dot(a.weighted, b.beyond) - dot(a.left, b.left);
  const told = directions.filter((d) => d.reach > 0 && covarianceOf(d, d) > 0);
  if (told.length === 0) return undefined;
  const spreads = told.map((d) => Math.sqrt(covarianceOf(d, d)));
  const scores = told.map((d, i): ScoreDirection => {
    const score = dot(d.weighted, residual);
    const change = score / d.reach;
    return {
      bath: { ...d.bath, slope: change / d.largest },
      largest: d.largest,
      change,
      sigma: spreads[i]! / d.reach,
      gain: (score / spreads[i]!) ** 2,
    };
  });
  const best = scores.reduce((a, b) => (b.gain > a.gain ? b : a));
  const correlation = Float64Array.from(told.flatMap((a, i) => told.map((b, j) => covarianceOf(a, b) / (spreads[i]! * spreads[j]!))));
  return { best, finest: Math.min(...scores.map((s) => s.sigma)), probability: chanceOf(best.gain, correlation, told.length) };
}

/** Solves L^T x = b. */
function backSolve(l: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  const x = b.slice();
  for (let i = n - 1; i >= 0; i--) {
    x[i]! /= l[i * n + i]!;
    for (let k = 0; k < i; k++) x[k]! -= l[i * n + k]! * x[i]!;
  }
  return x;
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
