import { choleskySolve } from "../numerics/cholesky.ts";
import type { FieldMinimum, Linearisation } from "./evaluator.ts";
import { times } from "./gauss-newton.ts";

/** What the residuals say about one more direction of the model. */
export interface Score {
  /** Amplitude of the direction over its error after everything fitted has adapted: normal, mean 0, when it is not needed. chi2 falls by its square. */
  readonly z: number;
  /** Best amplitude. */
  readonly amplitude: number;
}

/** A direction d of the model as everything that is fitted follows it by `follow`. */
export interface Followed {
  /** `d - J follow`: what is left of it. */
  readonly left: Float64Array;
  readonly follow: Float64Array;
  /** `|left|^2_W + follow^T P follow`: one over the variance of the direction's amplitude. */
  readonly size: number;
  /** `|d|^2_W`. */
  readonly whole: number;
  /** `left^T W r + follow^T P theta`: how much the residuals ask for the direction, also where the minimum is not quite reached. */
  readonly score: number;
}

/** Part of a direction that must be left; below, it is rounding and what the Hessian of another grid leaves. */
export const LEAST_LEFT = 1e-6;
/** Rounds of following: each shrinks what a Hessian from another grid or theta gets wrong, whose effect on the size is of second order. */
const ROUNDS = 2;

/**
 * Minimises `|d - J f|^2_W + f^T P f` by chord steps with the minimum's Hessian.
 * @param along where J is taken: on another grid where that is cheaper
 */
export function followed(
  minimum: FieldMinimum,
  direction: Float64Array,
  along: Pick<Linearisation, "transposed" | "along"> = minimum.at,
  rounds = ROUNDS,
): Followed {
  const { weight, factor, prior } = minimum;
  const p = minimum.at.theta.length;
  const sizeOf = (d: Float64Array) => d.reduce((s, v, i) => s + weight[i]! * v * v, 0);
  let follow: Float64Array = new Float64Array(p);
  let left = direction;
  let held = follow;
  for (let round = 0; round < rounds; round++) {
    const pull = along.transposed(left.map((v, i) => weight[i]! * v)).map((v, j) => v - held[j]!);
    const step = choleskySolve(factor, pull, p);
    follow = follow.map((v, j) => v + step[j]!);
    held = times(prior, follow);
    const moved = along.along(follow);
    left = direction.map((d, i) => d - moved[i]!);
  }
  const { model, theta } = minimum.at;
  const { values } = minimum.evaluator.data;
  return {
    left,
    follow,
    size: sizeOf(left) + dot(follow, held),
    whole: sizeOf(direction),
    score: left.reduce((s, v, i) => s + weight[i]! * v * (values[i]! - model[i]!), 0) + dot(theta, held),
  };
}

/**
 * Rao's score test at a minimum for a direction d of the model (`model + a d`): `z = d^T W r / sqrt(min_f |d - J f|^2_W + f^T P f)`, which is the variance
 * of the score in the marginal model too (Woodbury). With `d = model of another hypothesis - model` it is the P test of hypotheses that are not nested
 * (Davidson and MacKinnon, Econometrica 49, 781 (1981)). NaN for a direction that the fit can follow by itself.
 */
export function scoreTest(
  minimum: FieldMinimum,
  direction: Float64Array,
  along: Pick<Linearisation, "transposed" | "along"> = minimum.at,
): Score {
  const { size, whole, score } = followed(minimum, direction, along);
  if (!(size > LEAST_LEFT * whole)) return { z: Number.NaN, amplitude: Number.NaN };
  return { z: score / Math.sqrt(size), amplitude: score / size };
}

function dot(a: Float64Array, b: Float64Array): number {
  let s = 0;
  for (let i = 0; i < a.length; i++) s += a[i]! * b[i]!;
  return s;
}
