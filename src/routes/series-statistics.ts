import { studentTail } from "../numerics/beta-function.ts";
import { chi2Quantile } from "../numerics/chi2-quantile.ts";
import { effectiveSize } from "../numerics/effective-size.ts";
import { chi2Tail } from "../numerics/gamma-function.ts";
import { ONE_SIGMA } from "../numerics/normal.ts";
import { mean, median, quantile, scatter } from "../numerics/quantile.ts";
import { SCATTER_LIMIT } from "./decay-checks.ts";
import type { SeriesAxis, SeriesPoint } from "./series-axis.ts";

/** Value and one standard deviation; NaN where there is none. */
export interface Measured {
  readonly value: number;
  readonly sigma: number;
}

export interface SeriesStatistics {
  readonly n: number;
  readonly mean: Measured;
  readonly median: Measured;
  /** n - 1. */
  readonly scatter: Measured;
  /** Median of the fits' own errors, and their root mean square; NaN where no fit has one. */
  readonly fitError: number;
  readonly fitErrorRms: number;
  /** scatter/fitError. */
  readonly ratio: number;
  /** Probability that the fits' errors alone scatter the rates like this: chi2 about their weighted mean, n - 1 degrees of freedom. */
  readonly chi2: number;
  readonly dof: number;
  readonly probability: number;
  /** What is left of the scatter without the fits' errors; only where the chi2 test excludes that nothing is. */
  readonly intrinsic: Measured | undefined;
  /** How many independent T1 the series is worth for its mean. */
  readonly effective: number;
  /** Slope of T1 against time, s per s (or per repeat). Its error counts the correlation of the residuals; NaN below four effective points. */
  readonly drift: Measured;
  /** Probability of such a slope without one. */
  readonly driftProbability: number;
}

/**
 * Mean, median, scatter and slope of T1 in a series, with errors that count the correlation of neighbours (`effectiveSize` on the axis with its gaps).
 * Median: half the distance between the quantiles 1/2 -+ 1/(2 sqrt N_eff), free of the distribution. Scatter: s/sqrt(2 (N_eff - 1)).
 * Intrinsic: sqrt(s^2 - mean sigma^2), its error from that of s^2. @returns undefined for fewer than two points.
 */
export function seriesStatistics(points: readonly SeriesPoint[], axis: SeriesAxis): SeriesStatistics | undefined {
  const n = points.length;
  if (n < 2) return undefined;
  const t1 = points.map((p) => p.t1);
  const s = scatter(t1);
  const effective = effectiveSize(t1, axis.slots);
  const dofOfScatter = effective - 1;
  const half = 0.5 / Math.sqrt(effective);
  const withError = points.filter((p) => p.sigma > 0);
  const fitError = median(withError.map((p) => p.sigma));
  const fitVariance = mean(withError.map((p) => p.sigma ** 2));
  const test = rateScatter(withError);
  const left = s * s - fitVariance;
  const intrinsic =
    test.probability < SCATTER_LIMIT && left > 0 && withError.length === n
      ? { value: Math.sqrt(left), sigma: intrinsicError(s, fitVariance, dofOfScatter) }
      : undefined;
  return {
    n,
    mean: { value: mean(t1), sigma: s / Math.sqrt(effective) },
    median: { value: median(t1), sigma: (quantile(t1, Math.min(1, 0.5 + half)) - quantile(t1, Math.max(0, 0.5 - half))) / 2 },
    scatter: { value: s, sigma: dofOfScatter > 0 ? s / Math.sqrt(2 * dofOfScatter) : Number.NaN },
    fitError,
    fitErrorRms: Math.sqrt(fitVariance),
    ratio: s / fitError,
    ...test,
    intrinsic,
    effective,
    ...drift(axis.at, t1, axis.slots),
  };
}

/** chi2 of the rates about their weighted mean: the same number as the decay route's check `scatter_exceeds_fit`. */
function rateScatter(points: readonly SeriesPoint[]): Pick<SeriesStatistics, "chi2" | "dof" | "probability"> {
  if (points.length < 2) return { chi2: Number.NaN, dof: 0, probability: Number.NaN };
  const rate = points.map((p) => 1 / p.t1);
  const weight = points.map((p) => (p.t1 ** 2 / p.sigma) ** 2);
  const centre = mean(rate.map((g, i) => g * weight[i]!)) / mean(weight);
  const chi2 = rate.reduce((sum, g, i) => sum + (g - centre) ** 2 * weight[i]!, 0);
  const dof = points.length - 1;
  return { chi2, dof, probability: chi2Tail(chi2, dof) };
}

/** Half the 68 % interval of sqrt(s^2 - v), from the chi-square distribution of s^2. */
function intrinsicError(s: number, v: number, dof: number): number {
  if (!(dof >= 1)) return Number.NaN;
  const at = (p: number) => Math.sqrt(Math.max(0, (s * s * dof) / chi2Quantile(p, dof) - v));
  return (at((1 - ONE_SIGMA) / 2) - at((1 + ONE_SIGMA) / 2)) / 2;
}

/** Below this many independent points a slope has no error that means something. */
const FEWEST = 4;

/**
 * Least-squares line, unweighted as the mean is. Variance of the slope as for white residuals, times N/N_eff of the residuals; Student's t with
 * N_eff - 2 degrees of freedom. Residuals that wander on the scale of the whole series (1/f) make it too small: the Allan deviation shows those.
 */
function drift(
  at: readonly number[],
  t1: readonly number[],
  slots: readonly number[],
): Pick<SeriesStatistics, "drift" | "driftProbability"> {
  const n = t1.length;
  const [centre, level] = [mean(at), mean(t1)];
  let [xx, xy] = [0, 0];
  for (let i = 0; i < n; i++) {
    xx += (at[i]! - centre) ** 2;
    xy += (at[i]! - centre) * (t1[i]! - level);
  }
  const value = xy / xx;
  const residual = t1.map((v, i) => v - level - value * (at[i]! - centre));
  const effective = effectiveSize(residual, slots);
  if (!(effective >= FEWEST)) return { drift: { value, sigma: Number.NaN }, driftProbability: Number.NaN };
  const variance = residual.reduce((s, r) => s + r * r, 0) / (n - 2);
  const sigma = Math.sqrt((variance / xx) * (n / effective));
  return { drift: { value, sigma }, driftProbability: studentTail(value / sigma, effective - 2) };
}
