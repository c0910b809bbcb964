import { cholesky, choleskySolve } from "../numerics/cholesky.ts";
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
  /** tau of the smooth field's prior; 0 without one. */
  readonly strength: number;
}

/** Rounds of the noise and the strength at most, on the first grid and on another. */
const [ROUNDS, REFITS] = [8, 3];
/** The prior never lets log gamma0 bend by more than this standard deviation (a factor of ten): a wrong model asks for more without end. */
const LARGEST_SPREAD = 2.4;
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
  const p = parametrisation.parameters.length;
  let { theta, noise, strength } = start;
  for (let round = 1; ; round++) {
    const weight = weightsOf(evaluator.data, noise);
    const at = evaluator.at(theta);
    const shares: Float64Array[] = [];
    const information = at.information(weight, undefined, (share) => shares.push(share));
    const before = strength;
    strength = strengthAt(evaluator, at, weight, information, parametrisation, before);
    const prior = priorOf(parametrisation, strength);
    const effective = effectiveNumbers(shares, information, prior, p);
    const steps = descend({ evaluator, weight, prior }, theta, { information, tolerance: 0.02, slow: 0.8 });
    let first: number | undefined;
    for (;;) {
      const { value, done } = steps.next();
      first ??= value.distance;
      theta = value.at.theta;
      const fit = { evaluator, descent: value, prior, weight, noise, strength };
      if (!done) {
        yield fit;
        continue;
      }
      const next = noiseOf(evaluator.data, value.at.model, effective);
      const quiet = next.every((v, e) => Math.abs(Math.log(v / noise[e]!)) < QUIET);
      const settled = isSettled(before, strength);
      const alone = !parametrisation.field && evaluator.data.absolute.every(Boolean);
      const over = !DESCENT_ENDINGS[value.ending!].converged || round === ROUNDS;
      if (over || alone || (quiet && settled && (first < CLOSE || round > 1)))
        return { ...fit, noise: next, weight: weightsOf(evaluator.data, next) };
      noise = next;
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
  const weakest = typicalVariance(field) / LARGEST_SPREAD ** 2;
  const gradient = at.transposed(at.model.map((m, i) => weight[i]! * (m - evaluator.data.values[i]!)));
  const pull = times(weak, at.theta);
  const strength = mostProbableStrength(
    information.map((v, k) => v + weak[k]!),
    gradient.map((v, j) => v + pull[j]!),
    at.theta,
    field,
    before > 0 ? before : undefined,
  );
  return Math.max(weakest, strength);
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

function isSettled(before: number, strength: number): boolean {
  return before === strength || Math.abs(Math.log(strength / before)) < SETTLED;
}

/**
 * To the minimum on another grid with the information at hand: its gradients are exact there, and the strength of the smoothness is found again with them
 * (what the first grid got wrong looked like structure of gamma0).
 */
export function* refit(
  evaluator: Evaluator,
  parametrisation: Parametrisation,
  fit: PriorFit,
  start: Float64Array,
  tolerance: number,
): Generator<PriorFit, PriorFit> {
  const { weight } = fit;
  const { information } = fit.descent;
  let [theta, prior, strength] = [start, fit.prior, fit.strength];
  for (let round = 1; ; round++) {
    const steps = descend({ evaluator, weight, prior }, theta, { information, tolerance, slow: 0.8, renewals: 2 });
    for (;;) {
      const { value, done } = steps.next();
      const state = { ...fit, evaluator, prior, strength, descent: value };
      if (!done) {
        yield state;
        continue;
      }
      const next = strengthAt(evaluator, value.at, weight, information, parametrisation, strength);
      if (isSettled(strength, next) || round === REFITS) return state;
      [theta, strength, prior] = [value.at.theta, next, priorOf(parametrisation, next)];
      break;
    }
  }
}

/** P of all parameters at one strength of the smooth field's prior. */
export function priorOf({ field, weak }: Parametrisation, strength: number): Float64Array {
  const prior = weak.slice();
  if (field) addPrior(prior, Math.round(Math.sqrt(weak.length)), field.from, field.spline.count, field.energy, strength);
  return prior;
}

/** tr((I + P)^-1 I_e): how many parameters the data of each experiment determine. */
export function effectiveNumbers(parts: readonly Float64Array[], information: Float64Array, prior: Float64Array, p: number): number[] {
  const factor = cholesky(
    information.map((v, k) => v + prior[k]!),
    p,
  );
  if (!factor) return parts.map(() => p / parts.length);
  return parts.map((part) => {
    let trace = 0;
    for (let j = 0; j < p; j++) trace += choleskySolve(factor, part.subarray(j * p, (j + 1) * p), p)[j]!;
    return trace;
  });
}
