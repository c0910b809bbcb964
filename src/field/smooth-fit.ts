import { cholesky, choleskyInverse } from "../numerics/cholesky.ts";
import type { Evaluator, Linearisation } from "./evaluator.ts";
import { mostProbableStrength } from "./evidence.ts";
import { DESCENT_ENDINGS, type Descent, descend, times } from "./gauss-newton.ts";
import { noiseOf, weightsOf } from "./noise.ts";
import { addPrior, type Parametrisation } from "./parametrisation.ts";
import { priorSigma } from "./posterior.ts";
import type { Spline } from "./splines.ts";

/** A fit together with what it assumes: size of the noise, strength of the smoothness. */
export interface PriorFit {
  readonly evaluator: Evaluator;
  readonly descent: Descent;
  readonly prior: Float64Array;
  readonly weight: Float64Array;
  readonly noise: readonly number[];
  /** Information of each experiment for a noise of one, near the minimum. */
  readonly shares: readonly Float64Array[];
  /** tau of the smooth field's prior; 0 without one. */
  readonly strength: number;
}

/** Rounds of the noise and the strength at most, on the first grid and on another. */
const [ROUNDS, REFITS] = [8, 4];
/** Change of the number of determined parameters from round to round that is none. */
const SAME = 0.1;
/** The prior never lets log gamma0 bend by more than this standard deviation (a factor of ten): a wrong model asks for more without end. */
const LARGEST_SPREAD = 2.4;
/** Nor is it held to less than this, which is even already: beyond, steps were seen not to lower the objective (rounding of the prior is suspected). */
const SMALLEST_SPREAD = 2e-3;
/** Relative changes of strength and noise, and distance in sigma, below which they have settled. */
const [SETTLED, QUIET, CLOSE] = [0.2, 0.02, 0.3];

/**
 * Fit, size of the noise and strength of the smoothness in turn until all have settled, each round with information of its own.
 * @param start theta, noise, and the strength to begin with (0 = look everywhere)
 */
export function* fitWithPrior(
  evaluator: Evaluator,
  parametrisation: Parametrisation,
  start: { readonly theta: Float64Array; readonly noise: readonly number[]; readonly strength: number },
): Generator<PriorFit, PriorFit> {
  let { theta, noise, strength } = start;
  let counted = 0;
  let widened = false;
  for (let round = 1; ; round++) {
    const weight = weightsOf(evaluator.data, noise);
    const at = evaluator.at(theta);
    const shares: Float64Array[] = [];
    const information = at.information(weight, undefined, (share) => {
      const square = noise[shares.length]! ** 2;
      shares.push(share.map((v) => v * square));
    });
    const before = strength;
    strength = strengthAt(evaluator, at, weight, information, parametrisation, before);
    const prior = priorOf(parametrisation, strength);
    const effective = effectiveNumbers(shares, noise, prior);
    const determined = effective.reduce((a, b) => a + b, 0);
    const moved = Math.abs(determined - (before > 0 ? counted : Number.POSITIVE_INFINITY));
    counted = determined;
    const steps = descend({ evaluator, weight, prior }, theta, { information, tolerance: 0.02, slow: 0.8 });
    let first: number | undefined;
    for (;;) {
      const { value, done } = steps.next();
      first ??= value.distance;
      theta = value.at.theta;
      const fit = { evaluator, descent: value, prior, weight, noise, shares, strength };
      if (!done) {
        yield fit;
        continue;
      }
      const found = noiseOf(evaluator.data, value.at.model, effective);
      // A stated sigma counts as it is until the fit has settled: on the way there, large residuals are no noise.
      const next = found.map((v, e) => (evaluator.data.absolute[e] && !widened ? noise[e]! : v));
      const quiet = isQuiet(noise, next);
      // Where the evidence is flat the strength may wander, and nothing with it.
      const settled = !parametrisation.field || ((isSettled(before, strength) || moved < SAME) && (first < CLOSE || round > 1));
      const over = round >= ROUNDS || !DESCENT_ENDINGS[value.ending!].converged;
      if (over || (quiet && settled)) {
        if (over || widened || isQuiet(noise, found)) return fit;
        widened = true;
      }
      noise = widened ? found : next;
      yield fit;
      break;
    }
  }
}

/** The most probable strength of the smooth field's prior near a point of a fit; 0 where gamma0 is no smooth field. */
function strengthAt(
  evaluator: Evaluator,
  at: Linearisation,
  weight: Float64Array,
  information: Float64Array,
  { field, weak }: Parametrisation,
  before: number,
): number {
  if (!field) return 0;
  const [weakest, strongest] = [LARGEST_SPREAD, SMALLEST_SPREAD].map((spread) => typicalVariance(field) / spread ** 2) as [number, number];
  const gradient = at.transposed(at.model.map((m, i) => weight[i]! * (m - evaluator.data.values[i]!)));
  const pull = times(weak, at.theta);
  const strength = mostProbableStrength(
    information.map((v, k) => v + weak[k]!),
    gradient.map((v, j) => v + pull[j]!),
    at.theta,
    field,
    before > 0 ? before : undefined,
  );
  return Math.min(Math.max(weakest, strength), strongest);
}

const variances = new WeakMap<object, number>();

/** Mean prior variance of log gamma0 over the nodes at a strength of one, without what has no prior. */
function typicalVariance(field: NonNullable<Parametrisation["field"]>): number {
  const known = variances.get(field);
  if (known !== undefined) return known;
  const { x, y, count } = field.spline;
  const along = ({ low, spacing }: Spline, k: number) => low + spacing * k;
  const xs = Float64Array.from({ length: count }, (_, k) => along(x, k % x.count));
  const ys = y && Float64Array.from({ length: count }, (_, k) => along(y, Math.floor(k / x.count)));
  const variance = priorSigma(field, 1, xs, ys).reduce((s, v) => s + v * v, 0) / count;
  variances.set(field, variance);
  return variance;
}

function isQuiet(before: readonly number[], noise: readonly number[]): boolean {
  return noise.every((v, e) => Math.abs(Math.log(v / before[e]!)) < QUIET);
}

function isSettled(before: number, strength: number): boolean {
  return before === strength || Math.abs(Math.log(strength / before)) < SETTLED;
}

/**
 * To the minimum on another grid with the information at hand: its gradients are exact there, and noise and strength of the smoothness are found again
 * (what the first grid got wrong looked like noise, or like structure of gamma0).
 */
export function* refit(
  evaluator: Evaluator,
  parametrisation: Parametrisation,
  fit: PriorFit,
  start: Float64Array,
  tolerance: number,
): Generator<PriorFit, PriorFit> {
  const { shares } = fit;
  let { noise, strength, prior, weight } = fit;
  let { information } = fit.descent;
  let theta = start;
  for (let round = 1; ; round++) {
    const steps = descend({ evaluator, weight, prior }, theta, { information, tolerance, slow: 0.8, renewals: 1 });
    for (;;) {
      const { value, done } = steps.next();
      const state = { ...fit, evaluator, weight, noise, prior, strength, descent: value };
      if (!done) {
        yield state;
        continue;
      }
      const quieter = noiseOf(evaluator.data, value.at.model, effectiveNumbers(shares, noise, prior));
      const quiet = isQuiet(noise, quieter);
      if (!quiet) {
        noise = quieter;
        weight = weightsOf(evaluator.data, noise);
        information = weighted(shares, noise);
      }
      const next = strengthAt(evaluator, value.at, weight, information, parametrisation, strength);
      if ((quiet && isSettled(strength, next)) || round === REFITS) return state;
      [theta, strength, prior] = [value.at.theta, next, priorOf(parametrisation, next)];
      break;
    }
  }
}

/** P of all parameters at one strength of the smooth field's prior. */
function priorOf({ field, weak }: Parametrisation, strength: number): Float64Array {
  const prior = weak.slice();
  if (field) addPrior(prior, Math.round(Math.sqrt(weak.length)), field.from, field.spline.count, field.energy, strength);
  return prior;
}

/** The information of all experiments with their noise. */
function weighted(shares: readonly Float64Array[], noise: readonly number[]): Float64Array {
  const total = new Float64Array(shares[0]!.length);
  shares.forEach((share, e) => {
    const factor = 1 / noise[e]! ** 2;
    for (let k = 0; k < total.length; k++) total[k]! += factor * share[k]!;
  });
  return total;
}

/** tr((I + P)^-1 I_e): how many parameters the data of each experiment determine. @param shares for a noise of one */
export function effectiveNumbers(shares: readonly Float64Array[], noise: readonly number[], prior: Float64Array): number[] {
  const p = Math.round(Math.sqrt(prior.length));
  const factor = cholesky(
    weighted(shares, noise).map((v, k) => v + prior[k]!),
    p,
  );
  if (!factor) return shares.map(() => p / shares.length);
  const covariance = choleskyInverse(factor, p);
  return shares.map((share, e) => share.reduce((trace, v, k) => trace + v * covariance[k]!, 0) / noise[e]! ** 2);
}
