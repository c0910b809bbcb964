import { cholesky, choleskySolve } from "../numerics/cholesky.ts";
import { type Descent, descend, quadratic, times } from "./gauss-newton.ts";
import type { TwoFieldEvaluator, TwoFieldLinearisation } from "./two-fields-evaluator.ts";
import type { UncertainScale } from "./two-fields-model.ts";

/** Standard deviation of the weak prior on log G_B and log D, which keeps what the data leave open from running away: a factor 50. */
const WEAK = Math.log(50);

/** The one-field prior over all parameters, with the stated errors of the sources' scales and the weak prior of the bath. */
export function jointPrior(oneField: Float64Array, scales: readonly UncertainScale[]): Float64Array {
  const own = Math.round(Math.sqrt(oneField.length));
  const p = own + scales.length + 3;
  const prior = new Float64Array(p * p);
  for (let i = 0; i < own; i++) prior.set(oneField.subarray(i * own, (i + 1) * own), i * p);
  for (const [i, { sigma }] of scales.entries()) prior[(own + i) * (p + 1)] = 1 / sigma ** 2;
  for (const j of [p - 2, p - 1]) prior[j * (p + 1)] = 1 / WEAK ** 2;
  return prior;
}

/** The end of a joint fit of the medium and the bath. */
export interface JointFit {
  readonly evaluator: TwoFieldEvaluator;
  readonly at: TwoFieldLinearisation;
  readonly chi2: number;
  readonly weight: Float64Array;
  readonly prior: Float64Array;
  readonly information: Float64Array;
  readonly factor: Float64Array;
  /** Undefined where it was interrupted. */
  readonly ending: Descent["ending"];
}

export interface FitOptions {
  readonly progress?: (text: string) => void;
  readonly signal?: AbortSignal;
}

/** Distance (sigma) at which the joint fit is over: the Jacobian by differences costs a solve per parameter and step. */
const TOLERANCE = 0.02;

/** Gauss-Newton with the Jacobian of every step; gives way to other work after each. */
export async function jointFit(
  evaluator: TwoFieldEvaluator,
  weight: Float64Array,
  prior: Float64Array,
  start: Float64Array,
  report: (descent: Descent) => void,
  signal?: AbortSignal,
): Promise<JointFit> {
  const descent = descend({ evaluator, weight, prior }, start, { refresh: "always", tolerance: TOLERANCE });
  for (;;) {
    const { value, done } = descent.next();
    if (done || signal?.aborted) {
      const { at, chi2, information, factor, ending } = value;
      return { evaluator, at: evaluator.at(at.theta), chi2, weight, prior, information, factor, ending };
    }
    report(value);
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
export function sigmaAlong(fit: JointFit, gradient: Float64Array): number {
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
