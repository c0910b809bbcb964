import * as say from "../core/messages/two-fields.ts";
import { cholesky, choleskySolve } from "../numerics/cholesky.ts";
import { type Descent, quadratic, times } from "./gauss-newton.ts";
import type { Parametrisation } from "./parametrisation.ts";
import { effectiveNumbers, fitWithPrior } from "./smooth-fit.ts";
import type { TwoFieldEvaluator, TwoFieldLinearisation } from "./two-fields-evaluator.ts";

/** The end of a joint fit of the medium and the bath. */
export interface JointFit {
  readonly evaluator: TwoFieldEvaluator;
  readonly at: TwoFieldLinearisation;
  readonly noise: readonly number[];
  readonly weight: Float64Array;
  /** Strength of the smooth field's prior; 0 without one. */
  readonly strength: number;
  readonly prior: Float64Array;
  readonly information: Float64Array;
  /** Lower Cholesky factor of `information + prior`. */
  readonly factor: Float64Array;
  readonly effective: number;
  /** Undefined where it was interrupted. */
  readonly ending: Descent["ending"];
}

export interface FitOptions {
  readonly progress?: (text: string) => void;
  readonly signal?: AbortSignal;
}

/** From a start to the minimum, with noise and smoothness as the one-field fit has them; gives way to other work after each step. */
export async function jointFit(
  evaluator: TwoFieldEvaluator,
  parametrisation: Parametrisation,
  start: { readonly theta: Float64Array; readonly noise: readonly number[]; readonly strength: number },
  { progress, signal }: FitOptions,
): Promise<JointFit> {
  const steps = fitWithPrior(evaluator, parametrisation, start);
  for (;;) {
    const { value, done } = steps.next();
    const { descent, noise, weight, strength, prior } = value;
    if (done || signal?.aborted) {
      const at = evaluator.at(descent.at.theta);
      const information = at.information(weight);
      const p = at.theta.length;
      const factor =
        cholesky(
          information.map((v, k) => v + prior[k]!),
          p,
        ) ?? descent.factor;
      const effective = effectiveNumbers([information], [1], prior)[0]!;
      return { evaluator, at, noise, weight, strength, prior, information, factor, effective, ending: done ? descent.ending : undefined };
    }
    progress?.(say.fitting(descent.chi2, descent.distance));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Largest change of a logarithm (a factor 1000) over which the data are asked what they allow. */
const FARTHEST = Math.log(1000);
/** Rounds of chord steps for each point of a profile. */
const ROUNDS = 3;

/** 68.3 % interval of one parameter from its profile likelihood, as its change from the minimum: infinite where chi2 does not rise by 1. */
export function profileInterval(fit: JointFit, j: number): readonly [low: number, high: number] {
  const { at, prior, information, evaluator, weight } = fit;
  const p = at.theta.length;
  const own = Float64Array.from(prior);
  // The weak prior of this number is no data.
  own[j * p + j] = 0;
  const held = information.map((v, k) => (Math.floor(k / p) === j || k % p === j ? (k === j * p + j ? 1 : 0) : v + own[k]!));
  const factor = cholesky(held, p);
  if (!factor) return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const full = cholesky(
    information.map((v, k) => v + own[k]! + (k === j * p + j ? 1 / FARTHEST ** 2 : 0)),
    p,
  );
  const column = full
    ? choleskySolve(
        full,
        Float64Array.from({ length: p }, (_, k) => (k === j ? 1 : 0)),
        p,
      )
    : new Float64Array(p);
  const sigma = Math.sqrt(column[j]!);
  const { values } = evaluator.data;
  const objective = (theta: Float64Array, model: Float64Array) =>
    model.reduce((s, m, i) => s + weight[i]! * (m - values[i]!) ** 2, 0) + quadratic(own, theta);
  const least = objective(at.theta, at.model);

  /** The objective at a value of parameter j, minimised over the others with the Jacobian of the minimum. */
  const heightAt = (change: number): number => {
    const theta = at.theta.map((v, k) => v + (change * column[k]!) / column[j]!);
    let lowest = Number.POSITIVE_INFINITY;
    for (let round = 0; ; round++) {
      let model: Float64Array;
      try {
        model = evaluator.at(theta).model;
      } catch (error) {
        if (error instanceof RangeError) return lowest;
        throw error;
      }
      lowest = Math.min(lowest, objective(theta, model) - least);
      if (round === ROUNDS) return lowest;
      const pull = times(own, theta);
      const gradient = at.transposed(model.map((m, i) => weight[i]! * (m - values[i]!))).map((g, k) => (k === j ? 0 : g + pull[k]!));
      const step = choleskySolve(factor, gradient, p);
      for (let k = 0; k < p; k++) theta[k]! -= step[k]!;
    }
  };
  const side = (sign: number): number => {
    let [before, root] = [0, 0];
    for (let change = sigma / 2; change <= FARTHEST; change *= 1.5) {
      const next = Math.sqrt(Math.max(0, heightAt(sign * change)));
      if (next >= 1) return sign * (before + ((change - before) * (1 - root)) / (next - root));
      [before, root] = [change, next];
    }
    return sign * Number.POSITIVE_INFINITY;
  };
  return [side(-1), side(1)];
}

/** Standard deviation of a linear function of theta by its gradient. */
function sigmaAlong(fit: JointFit, gradient: Float64Array): number {
  return Math.sqrt(
    Math.max(
      0,
      choleskySolve(fit.factor, gradient, gradient.length).reduce((s, v, j) => s + v * gradient[j]!, 0),
    ),
  );
}

/** Change of the minimum (theta) where the model reads differently by `difference`: `-H^-1 J^T W difference`. */
function moved(fit: JointFit, difference: Float64Array): Float64Array {
  return choleskySolve(fit.factor, fit.at.transposed(difference.map((v, i) => -fit.weight[i]! * v)), fit.at.theta.length);
}

/** Where the minimum would lie if the model read differently by this, and how far that is at most in sigma of a quoted number. */
export function shiftBy(fit: JointFit, difference: Float64Array): { readonly theta: Float64Array; readonly sigmas: number } {
  const shift = moved(fit, difference);
  const sigmas = fit.evaluator.parameters.map(({ coefficient }, j) =>
    coefficient
      ? 0
      : Math.abs(shift[j]!) /
        sigmaAlong(
          fit,
          Float64Array.from(shift, (_, k) => (k === j ? 1 : 0)),
        ),
  );
  return { theta: fit.at.theta.map((v, j) => v + shift[j]!), sigmas: Math.max(...sigmas) };
}
