import { normalCdf, normalQuantile } from "../../numerics/normal.ts";
import { quantile } from "../../numerics/quantile.ts";

export type BcaInterval = { readonly low: number; readonly high: number } | { readonly needed: number } | { readonly beyond: true };

/**
 * Bias-corrected and accelerated interval (Efron, J. Am. Stat. Assoc. 82, 171 (1987), eq. 2.3): percentiles at Phi(z0 + z/(1 - a z)), z = z0 ± width.
 * Chosen over the plain percentile because the rate is biased and skewed when the window or the counts are short, and over bootstrap-t because it
 * respects transformations (the interval of T1 is the inverse of the rate's) and needs no standard error of each refit.
 * @param width half width of a normal interval of the wanted level; Student's where the noise was estimated ("expanded" percentiles, Hesterberg 2015).
 * @param acceleration a sixth of the skewness of the estimate's score.
 * @returns how many values are needed where these do not reach into the tails; `beyond` where the bias is as large as the interval, which would not hold the best value.
 */
export function bcaInterval(values: Float64Array, best: number, width: number, acceleration: number): BcaInterval {
  const n = values.length;
  let below = 0;
  for (const v of values) below += v < best ? 1 : v === best ? 0.5 : 0;
  const bias = normalQuantile(below / n);
  if (!(Math.abs(bias) < width)) return { beyond: true };
  const at = (side: -1 | 1) => {
    const z = bias + side * width;
    return normalCdf(bias + z / (1 - acceleration * z));
  };
  const [low, high] = [at(-1), at(1)];
  const tail = Math.min(low, high, 1 - low, 1 - high);
  if (!(tail * (n + 1) >= 1)) return { needed: Math.ceil(2 / tail) };
  return { low: quantile(values, low), high: quantile(values, high) };
}
