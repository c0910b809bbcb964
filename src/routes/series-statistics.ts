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

/** A size above zero with both ends of its 68 % interval; high Infinity: there is no upper bound. */
export interface Bounded {
  readonly value: number;
  readonly low: number;
  readonly high: number;
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
  /** What is left of the scatter without the fits' errors: exactly where the chi2 test excludes that nothing is, and every fit has an error. */
  readonly intrinsic: Bounded | undefined;
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
 * Intrinsic: sqrt(s^2 - mean sigma^2), see `fluctuation`. @returns undefined for fewer than two points.
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
  const excluded = test.probability < SCATTER_LIMIT && withError.length === n;
  return {
    n,
    mean: { value: mean(t1), sigma: s / Math.sqrt(effective) },
    median: { value: median(t1), sigma: (quantile(t1, Math.min(1, 0.5 + half)) - quantile(t1, Math.max(0, 0.5 - half))) / 2 },
    scatter: { value: s, sigma: dofOfScatter > 0 ? s / Math.sqrt(2 * dofOfScatter) : Number.NaN },
    fitError,
    fitErrorRms: Math.sqrt(fitVariance),
    ratio: s / fitError,
    ...test,
    intrinsic: excluded ? fluctuation(points, s * s, fitVariance, dofOfScatter) : undefined,
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

/**
 * Fluctuation of T1 itself, t = sqrt(s^2 - v). Its 68 % interval: t^2 times the chi-square factors of the degrees of freedom of a series that
 * correlates, and times exp(+-e) for the fits' errors, e the relative error that they give t^2; both in quadrature of their logarithms. So it is skew,
 * never reaches zero, and without one degree of freedom has no upper end. Where errors that differ from fit to fit leave s^2 - v below its own error,
 * t comes from the weighted rates (Paule and Mandel, J. Res. NBS 87, 377, 1982), which is above zero exactly where their chi2 is above its mean.
 */
function fluctuation(points: readonly SeriesPoint[], total: number, v: number, dof: number): Bounded {
  const n = points.length;
  const noise = (left: number) => Math.sqrt((2 * v * v + 4 * v * left) / (n - 1));
  let left = total - v;
  if (!(left > noise(0))) left = weightedExcess(points);
  const relative = noise(left) / left;
  const least = Math.max(1, dof);
  const [above, below] = [(1 + ONE_SIGMA) / 2, (1 - ONE_SIGMA) / 2].map((p) => chi2Quantile(p, least) / least) as [number, number];
  return {
    value: Math.sqrt(left),
    low: Math.sqrt(left * Math.exp(-Math.hypot(Math.log(above), relative))),
    high: dof >= 1 ? Math.sqrt(left * Math.exp(Math.hypot(Math.log(below), relative))) : Number.POSITIVE_INFINITY,
  };
}

/** Variance of T1 that brings chi2 of the rates about their weighted mean to n - 1, s^2. */
function weightedExcess(points: readonly SeriesPoint[]): number {
  const centre = mean(points.map((p) => p.t1));
  const at = (excess: number) =>
    rateScatter(points.map((p) => ({ ...p, sigma: Math.hypot(p.sigma, (excess * p.t1 ** 2) / centre ** 2) }))).chi2;
  let [low, high] = [0, scatter(points.map((p) => p.t1)) * 10];
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2;
    if (at(middle) > points.length - 1) low = middle;
    else high = middle;
  }
  return high ** 2;
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
