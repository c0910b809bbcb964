import { random } from "../core/random.ts";
import { quantile } from "../numerics/quantile.ts";
import type { FieldMinimum } from "./evaluator.ts";
import { coarseGrid } from "./grid-choice.ts";
import type { FieldMap, FieldNumber } from "./outcome.ts";
import { lawsOn, type Parametrisation } from "./parametrisation.ts";
import type { FieldProblem } from "./problem.ts";
import { sampled, sampling } from "./sampling.ts";
import type { Mixture } from "./strength-mixture.ts";

/** Standard deviation of log gamma0 beyond which the mean of gamma0 is no linear function of it any more. */
export const VAGUE = 0.3;
/** Relative error of the mean from which on it matters where it comes from. */
const MATTERS = 0.1;
const DRAWS = 400;
const ONE_SIGMA_TAIL = 0.1587;

/**
 * The mean of gamma0 over the domain where part of it is hardly seen: median and 68.3 % quantiles of draws from the posterior, on the data's own grid.
 * exp of the most probable logarithm is no mean there, and the delta method no error.
 * @param value the mean at the minimum, on its grid
 */
export function drawnMean(
  problem: FieldProblem,
  parametrisation: Parametrisation,
  minimum: FieldMinimum,
  mixture: Mixture,
  value: number,
): Pick<FieldNumber, "value" | "sigma" | "low" | "high"> {
  const { grid } = coarseGrid(problem);
  const laws = lawsOn(grid, parametrisation, problem.experiments);
  const { theta } = minimum.at;
  const meanOf = (at: Float64Array) => laws.at(at).gamma0.reduce((s, g, k) => s + g * grid.volumes[k]!, 0);
  const here = meanOf(theta);
  const source = random(1);
  // The others may be open without end (gamma2 where diffusion is not seen), and gamma0 does not depend on them.
  const own = parametrisation.parameters.map(({ kind }) => kind === "gamma0");
  const means: number[] = [];
  for (let k = 0; k < DRAWS; k++) {
    const moved = mixture.draw(source).map((d, j) => (own[j] ? theta[j]! + d : theta[j]!));
    try {
      means.push((value * meanOf(moved)) / here);
    } catch (error) {
      // A draw outside the law's domain (gamma0 not positive) is no draw.
      if (!(error instanceof RangeError)) throw error;
    }
  }
  const [low, middle, high] = [quantile(means, ONE_SIGMA_TAIL), quantile(means, 0.5), quantile(means, 1 - ONE_SIGMA_TAIL)];
  return { value: middle, sigma: (high - low) / 2, low, high };
}

/**
 * Part of the variance of the mean (of its logarithm) that comes from points where the map shows the prior (`priorShare` above the limit) and gamma0 is
 * vague. 0 where the mean is known to a tenth: then it does not matter what knows it.
 */
export function priorPartOfMean(
  minimum: FieldMinimum,
  rows: ReadonlyMap<number, Float64Array>,
  { x, y, gamma0, sigma, priorShare }: Pick<FieldMap, "x" | "y" | "gamma0" | "sigma" | "priorShare">,
  mixture: Mixture,
  limit: number,
): number {
  const at = sampling(minimum.evaluator.resolution.grid, y ? { x, y } : { x }, false);
  const total = gamma0.reduce((s, g) => s + g, 0);
  const n = minimum.at.theta.length;
  const [whole, prior] = [new Float64Array(n), new Float64Array(n)];
  for (const [j, row] of rows)
    sampled(at, row).forEach((v, i) => {
      const share = (gamma0[i]! * v) / total;
      whole[j]! += share;
      if (priorShare[i]! > limit && sigma[i]! > VAGUE * gamma0[i]!) prior[j]! += share;
    });
  const variance = mixture.covariance(whole, whole);
  return variance > MATTERS ** 2 ? mixture.covariance(prior, whole) / variance : 0;
}
