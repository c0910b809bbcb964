import { cholesky, choleskySolve } from "../numerics/cholesky.ts";
import type { Evaluator } from "./evaluator.ts";
import { mostProbableStrength } from "./evidence.ts";
import { type Descent, descend, times } from "./gauss-newton.ts";
import { noiseOf, weightsOf } from "./noise.ts";
import { addPrior, type Parametrisation } from "./parametrisation.ts";

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

/** Rounds of the noise and the strength. */
const ROUNDS = 8;
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
  const { field, weak } = parametrisation;
  const p = parametrisation.parameters.length;
  let { theta, noise, strength } = start;
  for (let round = 1; ; round++) {
    const weight = weightsOf(evaluator.data, noise);
    const at = evaluator.at(theta);
    const information = at.information(weight);
    const before = strength;
    if (field) {
      const gradient = at.transposed(at.model.map((m, i) => weight[i]! * (m - evaluator.data.values[i]!)));
      const pull = times(weak, theta);
      strength = mostProbableStrength(
        information.map((v, k) => v + weak[k]!),
        gradient.map((v, j) => v + pull[j]!),
        theta,
        field,
        before > 0 ? before : undefined,
      );
    }
    const prior = priorOf(parametrisation, strength);
    const effective = effectiveNumber(information, prior, p);
    const steps = descend({ evaluator, weight, prior }, theta, { information, tolerance: 0.02 });
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
      const settled = !field || Math.abs(Math.log(strength / before)) < SETTLED;
      if ((quiet && settled && (first < CLOSE || round > 1)) || round === ROUNDS)
        return { ...fit, noise: next, weight: weightsOf(evaluator.data, next) };
      noise = next;
      yield fit;
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

/** tr((I + P)^-1 I): how many parameters the data determine. */
export function effectiveNumber(information: Float64Array, prior: Float64Array, p: number): number {
  const factor = cholesky(
    information.map((v, k) => v + prior[k]!),
    p,
  );
  if (!factor) return p;
  let trace = 0;
  for (let j = 0; j < p; j++) trace += choleskySolve(factor, information.subarray(j * p, (j + 1) * p), p)[j]!;
  return trace;
}
