import { median } from "../numerics/quantile.ts";
import type { SeriesAxis, SeriesPoint } from "./series-axis.ts";

/** The noise that a jump has to stand out of. */
export interface JumpNoise {
  /** Variance of every point, s^2: its fit's own, and what neighbouring repeats scatter beyond it. */
  readonly variance: readonly number[];
  /** Correlation of neighbouring repeats, 0 .. 0.95. */
  readonly correlation: number;
  /** Neighbours scatter by no more than the fits' errors. */
  readonly fitsAlone: boolean;
}

/** Median of |x| over the standard deviation of a normal x. */
const MEDIAN_OF_NORMAL = 0.6744897501960817;
/** Fewer differences than this tell nothing about correlation. */
const FEWEST = 10;
/** A correlation nearer to 1 is no noise about a level. */
const MOST = 0.95;

/**
 * From medians of absolute differences of repeats one and two cadences apart, which a few jumps do not move: for first-order autoregressive noise
 * of variance v and correlation rho their variances are 2 v (1 - rho) and 2 v (1 - rho^2), the ratio is 1 + rho (Chakar et al., Bernoulli 23, 1408,
 * 2017). Negative correlation is taken as none.
 * @param atLeast correlation known from elsewhere.
 */
export function jumpNoise(points: readonly SeriesPoint[], axis: SeriesAxis, atLeast = 0): JumpNoise {
  const one = differences(points, axis, 1);
  const two = differences(points, axis, 2);
  const [first, second] = [spread(one), spread(two)];
  const ratio = second / first;
  const seen = one.length >= FEWEST && two.length >= FEWEST && ratio > 1 ? ratio - 1 : 0;
  const correlation = Math.min(MOST, Math.max(seen, atLeast));
  const total = first / (2 * (1 - correlation));
  const known = points.map((p) => p.sigma ** 2).filter((v) => v > 0);
  const typical = median(known);
  const extra = known.length === 0 ? total : Math.max(0, total - typical);
  const floor = 1e-12 * median(points.map((p) => p.t1 ** 2));
  const variance = points.map((p) => (p.sigma > 0 ? p.sigma ** 2 : known.length > 0 ? typical : 0) + extra + floor);
  return { variance, correlation, fitsAlone: extra === 0 };
}

function differences(points: readonly SeriesPoint[], axis: SeriesAxis, lag: number): number[] {
  const out: number[] = [];
  for (let i = lag; i < points.length; i++)
    if (!axis.even || axis.slots[i]! - axis.slots[i - lag]! === lag) out.push(Math.abs(points[i]!.t1 - points[i - lag]!.t1));
  return out;
}

const spread = (absolute: readonly number[]): number => (absolute.length === 0 ? 0 : (median(absolute) / MEDIAN_OF_NORMAL) ** 2);
