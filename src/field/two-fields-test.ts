import { random } from "../core/random.ts";
import { cholesky, choleskySolve, forwardSolve } from "../numerics/cholesky.ts";
import type { FieldMinimum, Linearisation } from "./evaluator.ts";
import { times } from "./gauss-newton.ts";
import type { Bath, TwoFieldModel, UncertainScale } from "./two-fields-model.ts";

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
/** Rounds towards the best scales. */
const ROUNDS = 3;
/** Relative change of gamma0 by which directions are taken as differences. */
const NUDGE = 1e-3;

/**
 * Score test of one field against two: the derivative d of the model by the slope of gamma0(U) at slope 0, less what the one-field parameters can do
 * (Rao 1948), for second fields of several decay rates and diffusions. Under one field these two do not exist (Davies 1977, Biometrika 64, 247), so that
 * the largest gain is not chi2-distributed: its distribution is drawn from Gaussian noise with the correlation of the directions (Hansen 1996,
 * Econometrica 64, 413).
 * Errors of the sources' scales are part of what one field can do: where they are wrong, the fit at the stated ones is moved to the best first.
 * @param at the one-field model at the minimum on the data's own grid
 * @param model for d: the data's own grid is fine enough
 * @param finest for the residuals: what discretisation leaves over would pass for a second field
 */
export function twoFieldTest(
  minimum: FieldMinimum,
  at: Linearisation,
  model: TwoFieldModel,
  finest: TwoFieldModel,
  baths: readonly Omit<Bath, "slope">[],
  scales: readonly UncertainScale[],
): TwoFieldTest | undefined {
  const { weight, prior } = minimum;
  const s = scales.length;
  // Of this very Jacobian: with that of another grid the projection would leave some of it over.
  const factor = cholesky(
    at.information(weight).map((v, k) => v + prior[k]!),
    at.theta.length,
  );
  if (!factor) return undefined;
  const weighted = (v: Float64Array) => v.map((x, i) => weight[i]! * x);
  const whiten = (v: Float64Array) => forwardSolve(factor, at.transposed(weighted(v)), at.theta.length);
  // v = d - J H^-1 J^T W d; what H of a coarser grid leaves of J in it counts in the products v^T (W - W J H^-1 J^T W) v.
  const beyondOneField = (full: Float64Array): Beyond => {
    const whitened = whiten(full);
    const taken = backSolve(factor, whitened);
    const within = at.along(taken);
    const beyond = full.map((v, i) => v - within[i]!);
    const left = whiten(beyond);
    const held = weighted(beyond);
    return { beyond, left, taken, weighted: held, reach: dot(held, full) - dot(left, whitened) };
  };
  const product = (a: Beyond, b: Beyond) => dot(a.weighted, b.beyond) - dot(a.left, b.left);

  const ofScales = scales.map(({ name }) => beyondOneField(at.alongScale(name)));
  const scaleFactor = cholesky(
    Float64Array.from({ length: s * s }, (_, k) => {
      const [i, j] = [Math.floor(k / s), k % s];
      return product(ofScales[i]!, ofScales[j]!) + (i === j ? 1 / scales[i]!.sigma ** 2 : 0);
    }),
    s,
  );
  if (!scaleFactor) return undefined;

  // The minimum of one field with the scales free within their errors, by chord steps.
  const theta = at.theta.slice();
  const logs = new Float64Array(s);
  const scalesNow = () => new Map(scales.map(({ name }, i) => [name, Math.exp(logs[i]!)]));
  const residualNow = () => finest.readOneField(theta, scalesNow()).map((m, i) => finest.data.values[i]! - m);
  const scaleScores = (residual: Float64Array) =>
    Float64Array.from(ofScales, ({ weighted: held }, i) => dot(held, residual) - logs[i]! / scales[i]!.sigma ** 2);
  let residual = residualNow();
  for (let round = 0; round < ROUNDS; round++) {
    const change = choleskySolve(scaleFactor, scaleScores(residual), s);
    const pull = times(prior, theta);
    const step = choleskySolve(
      factor,
      at.transposed(weighted(residual)).map((g, j) => g - pull[j]!),
      theta.length,
    );
    for (let j = 0; j < theta.length; j++) theta[j]! += step[j]! - ofScales.reduce((sum, { taken }, i) => sum + taken[j]! * change[i]!, 0);
    for (let i = 0; i < s; i++) logs[i]! += change[i]!;
    residual = residualNow();
  }

  const whitenedScores = forwardSolve(scaleFactor, scaleScores(residual), s);
  const directions = baths.flatMap((bath) => {
    const base = model.read(theta, { ...bath, slope: 0 }, scalesNow());
    const { largest } = base;
    if (!(largest > 0)) return [];
    const there = model.read(theta, { ...bath, slope: NUDGE / largest }, scalesNow()).model;
    const own = beyondOneField(there.map((m, i) => (m - base.model[i]!) / NUDGE));
    const away = forwardSolve(
      scaleFactor,
      ofScales.map((scale) => product(own, scale)),
      s,
    );
    return [
      { bath, largest, own, away, score: dot(own.weighted, residual) - dot(away, whitenedScores), reach: own.reach - dot(away, away) },
    ];
  });
  const covarianceOf = (a: (typeof directions)[number], b: (typeof directions)[number]) => product(a.own, b.own) - dot(a.away, b.away);
  const told = directions.filter((d) => d.reach > 0 && covarianceOf(d, d) > 0);
  if (told.length === 0) return undefined;
  const spreads = told.map((d) => Math.sqrt(covarianceOf(d, d)));
  const scores = told.map(({ bath, largest, score, reach }, i): ScoreDirection => {
    const change = score / reach;
    return { bath: { ...bath, slope: change / largest }, largest, change, sigma: spreads[i]! / reach, gain: (score / spreads[i]!) ** 2 };
  });
  const best = scores.reduce((a, b) => (b.gain > a.gain ? b : a));
  const correlation = Float64Array.from(told.flatMap((a, i) => told.map((b, j) => covarianceOf(a, b) / (spreads[i]! * spreads[j]!))));
  return { best, finest: Math.min(...scores.map((d) => d.sigma)), probability: chanceOf(best.gain, correlation, told.length) };
}

/** The part of a direction of the model that one field cannot follow. */
interface Beyond {
  readonly beyond: Float64Array;
  readonly weighted: Float64Array;
  /** `L^-1 J^T W` of it. */
  readonly left: Float64Array;
  /** What one field follows: `H^-1 J^T W d`. */
  readonly taken: Float64Array;
  /** Its product with the whole direction. */
  readonly reach: number;
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
