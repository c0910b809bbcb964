import { forwardSolve } from "../numerics/cholesky.ts";
import type { FieldMinimum, Linearisation } from "./evaluator.ts";

/** What the residuals say about one more direction of the model. */
export interface Score {
  /** Amplitude of the direction over its error after everything fitted has adapted: normal, mean 0, when it is not needed. chi2 falls by its square. */
  readonly z: number;
  /** Best amplitude. */
  readonly amplitude: number;
}

/**
 * Rao's score test at a minimum for a direction d of the model (`model + a d`): `z = d^T W r / sqrt(d^T W d - b^T H^-1 b)` with `b = J^T W d`, H with the
 * prior: the variance of the score in the marginal model too (Woodbury). With `d = model of another hypothesis - model` it is the P test of
 * hypotheses that are not nested (Davidson and MacKinnon, Econometrica 49, 781 (1981)). NaN for a direction that the fit can follow by itself.
 * @param along where J is taken: on another grid where that is cheaper
 */
export function scoreTest(minimum: FieldMinimum, direction: Float64Array, along: Pick<Linearisation, "transposed"> = minimum.at): Score {
  const { at, evaluator, weight, factor } = minimum;
  const weighted = direction.map((d, i) => weight[i]! * d);
  let [score, size] = [0, 0];
  for (let i = 0; i < direction.length; i++) {
    score += weighted[i]! * (evaluator.data.values[i]! - at.model[i]!);
    size += weighted[i]! * direction[i]!;
  }
  const followed = forwardSolve(factor, along.transposed(weighted), at.theta.length).reduce((s, v) => s + v * v, 0);
  const variance = size - followed;
  if (!(variance > 1e-9 * size)) return { z: Number.NaN, amplitude: Number.NaN };
  return { z: score / Math.sqrt(variance), amplitude: score / variance };
}
