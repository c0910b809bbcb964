import { choleskySolve } from "../numerics/cholesky.ts";
import type { Evaluator, FieldMinimum } from "./evaluator.ts";
import { posteriorSigmas } from "./posterior-sigmas.ts";

/** How far a finer solution would move the minimum, extrapolated to the exact one. */
export interface DiscretisationShift {
  /** In theta: add it to the minimum for the next start. */
  readonly shift: Float64Array;
  /** Largest shift of a quoted number, and root mean square over the coefficients of log gamma0, in units of their sigma. */
  readonly numbers: number;
  readonly field: number;
  /** The larger of the two. */
  readonly largest: number;
}

/** Shifts beyond this part of sigma call for a finer grid. */
export const LARGEST_SHIFT = 0.3;

/**
 * The Newton step that the minimum would take on a finer grid (or with halved steps), `-H^-1 (g_finer - g)`: one gradient there and one here, no refit.
 * Errors of second order shrink with the square of the width, so that the whole error is `1/(1 - ratio^2)` of the difference.
 * @param ratio of the widths of cells (or steps), finer over here
 */
export function discretisationShift(minimum: FieldMinimum, finer: Evaluator, ratio: number): DiscretisationShift {
  const { at, evaluator, weight, factor } = minimum;
  const { values } = evaluator.data;
  const there = finer.at(at.theta);
  const pull = (model: Float64Array) => model.map((m, i) => weight[i]! * (m - values[i]!));
  const [g, gThere] = [at.transposed(pull(at.model)), there.transposed(pull(there.model))];
  const n = at.theta.length;
  const extrapolation = 1 / (1 - ratio ** 2);
  const shift = choleskySolve(
    factor,
    g.map((v, j) => extrapolation * (v - gThere[j]!)),
    n,
  );
  const sigmas = posteriorSigmas(factor, n);
  let [numbers, sum, count] = [0, 0, 0];
  const mean = new Float64Array(n);
  evaluator.parameters.forEach(({ kind, coefficient }, j) => {
    const inSigma = Math.abs(shift[j]!) / sigmas[j]!;
    if (!coefficient) numbers = Math.max(numbers, inSigma);
    else if (kind === "gamma0") {
      sum += inSigma ** 2;
      count++;
      mean[j] = 1;
    }
  });
  // The mean of log gamma0 is that of its coefficients: a common shift can be large in its error and small in theirs.
  if (count > 0) numbers = Math.max(numbers, Math.abs(dot(mean, shift)) / Math.sqrt(dot(mean, choleskySolve(factor, mean, n))));
  const field = count > 0 ? Math.sqrt(sum / count) : 0;
  return { shift, numbers, field, largest: Math.max(numbers, field) };
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((s, v, j) => s + v * b[j]!, 0);
}
