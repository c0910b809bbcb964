import { mean, median } from "../numerics/quantile.ts";
import type { SeriesAxis, SeriesPoint } from "./series-axis.ts";
import type { TimedSeries } from "./series-reading.ts";

/** Median of |x| over the standard deviation of a normal x. */
const MEDIAN_OF_NORMAL = 0.6744897501960817;

/** Points in units of what neighbours scatter, which a few jumps do not move: numbers near 1, whatever T1 is. */
export interface ScaledSeries extends TimedSeries {
  /** Standard deviation of white noise that differs from neighbour to neighbour as the points do, s. */
  readonly unit: number;
  /** T1 of the value 0, s. */
  readonly centre: number;
  /** Neighbours scatter by no more than the fits' errors. */
  readonly fitsAlone: boolean;
}

/** T1 about its mean. A fit without an error takes the median one; 0 where no fit has one. */
export function scaledSeries(points: readonly SeriesPoint[], axis: SeriesAxis): ScaledSeries {
  const errors = points.map((p) => p.sigma).filter((s) => s > 0);
  const typical = errors.length > 0 ? median(errors) : 0;
  const t1 = points.map((p) => p.t1);
  const neighbours = median(t1.slice(1).map((v, i) => Math.abs(v - t1[i]!))) / MEDIAN_OF_NORMAL / Math.SQRT2;
  const floor = 1e-6 * median(t1);
  const unit = Math.hypot(Math.max(typical, neighbours), floor);
  const centre = mean(t1);
  return {
    values: Float64Array.from(t1, (v) => (v - centre) / unit),
    known: Float64Array.from(points, (p) => ((p.sigma > 0 ? p.sigma : typical) ** 2 + floor ** 2) / unit ** 2),
    slots: axis.slots,
    at: axis.at,
    run: axis.runs.flatMap(([first, last], k) => new Array<number>(last - first + 1).fill(k)),
    ...{ unit, centre, fitsAlone: errors.length > 0 && neighbours <= typical },
  };
}

/** So many standard deviations from both sides make one repeat an excursion; its neighbours agree with each other. */
const FAR = 5;

/** Single points far from the repeats around them: one repeat is no level. */
export function excursionsOf({ values }: ScaledSeries): number[] {
  const out: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const around = [i - 2, i - 1, i + 1, i + 2].filter((k) => k >= 0 && k < values.length).map((k) => values[k]!);
    const [low, high] = [Math.min(...around), Math.max(...around)];
    const beyond = Math.max(low - values[i]!, values[i]! - high);
    if (beyond > FAR && beyond > 2 * (high - low)) out.push(i);
  }
  return out;
}

/** The points of a series but some. */
export function without(series: ScaledSeries, dropped: readonly number[]): ScaledSeries & { readonly indices: readonly number[] } {
  const gone = new Set(dropped);
  const indices = Array.from(series.values.keys()).filter((i) => !gone.has(i));
  return {
    ...series,
    indices,
    values: Float64Array.from(indices, (i) => series.values[i]!),
    known: Float64Array.from(indices, (i) => series.known[i]!),
    slots: indices.map((i) => series.slots[i]!),
    at: indices.map((i) => series.at[i]!),
    run: indices.map((i) => series.run[i]!),
  };
}
