import { seriesMessages } from "../core/messages/series.ts";
import { mean } from "../numerics/quantile.ts";
import type { NotComputed } from "./series-allan.ts";
import type { SeriesAxis, SeriesPoint } from "./series-axis.ts";
import { excursionsOf, type ScaledSeries, scaledSeries, without } from "./series-noise.ts";
import { bestReading, type Reading, switchesOf } from "./series-reading.ts";
import type { Measured } from "./series-statistics.ts";
import { switching, type TwoLevels, twoLevels } from "./series-two-levels.ts";

/** T1 between two jumps. */
export interface Level {
  /** Indices of its first and last point; points in `excursions` are not part of it. */
  readonly first: number;
  readonly last: number;
  readonly t1: Measured;
}

export interface Jump {
  /** Index of the last point before and the first one after it. */
  readonly before: number;
  readonly after: number;
  /** Middle of the two, on the axis of the series. */
  readonly at: number;
  readonly size: Measured;
  /** It happened in a gap, or the pause is not known: when, nobody saw. */
  readonly acrossGap: boolean;
}

export type JumpStudy =
  | NotComputed
  | {
      readonly state: "given";
      /** What describes the series best; only this one may be told as a fact. Jumps are those of `levels` and `switching`. */
      readonly reading: Reading["kind"];
      readonly levels: readonly Level[];
      readonly jumps: readonly Jump[];
      /** Single points that fit to no level: one repeat is not a level. */
      readonly excursions: readonly number[];
      readonly twoLevels: TwoLevels | undefined;
      /** Correlation of neighbours about the reading; 0 unless noise that wanders describes the series better than white noise. */
      readonly noise: { readonly correlation: number; readonly fitsAlone: boolean };
    };

export const JUMPS_FEWEST = 16;

/**
 * What a series of T1 is: one value, a straight line, levels with jumps, switching between two levels; in white or in slowly wandering noise. All are
 * compared by their likelihood with a cost for every number they need (`bestReading`).
 */
export function seriesJumps(points: readonly SeriesPoint[], axis: SeriesAxis): JumpStudy {
  const n = points.length;
  if (n < JUMPS_FEWEST) return { state: "missing", sentence: seriesMessages.tooShort(n, JUMPS_FEWEST) };
  const series = scaledSeries(points, axis);
  const { reading, excursions, indices } = readingOf(series);
  const inflation = (1 + reading.correlation) / (1 - reading.correlation);
  const variance = (i: number) => (series.known[i]! + reading.extra) * series.unit ** 2;
  const members = reading.starts.map((s, k) => indices.slice(s, reading.starts[k + 1] ?? indices.length));
  const levels = members.map((own): Level => {
    const sum = own.reduce((total, i) => total + variance(i), 0) * Math.min(inflation, own.length);
    const t1 = { value: mean(own.map((i) => points[i]!.t1)), sigma: Math.sqrt(sum) / own.length };
    return { first: own[0]!, last: own.at(-1)!, t1 };
  });
  const gaps = axis.gaps.map((g) => g.after);
  const jumps = levels.slice(1).map((level, k): Jump => {
    const previous = levels[k]!;
    const [before, after] = [previous.last, level.first];
    return {
      ...{ before, after, at: (axis.at[before]! + axis.at[after]!) / 2 },
      size: { value: level.t1.value - previous.t1.value, sigma: Math.hypot(level.t1.sigma, previous.t1.sigma) },
      acrossGap: gaps.some((g) => g >= before && g < after),
    };
  });
  const sizes = members.map((own) => own.length);
  const { states } = reading;
  const own = states && switching(levels, sizes, [states.low, states.high].map((v) => series.centre + series.unit * v) as [number, number]);
  return {
    ...{ state: "given", reading: reading.kind, levels, jumps, excursions },
    ...{ twoLevels: own ?? twoLevels(levels, sizes), noise: { correlation: reading.correlation, fitsAlone: series.fitsAlone } },
  };
}

/** So many standard deviations from both levels of a switching make an excursion. */
const FAR_FROM_BOTH = 5;

/** The reading of the points without single ones far off. Where two levels are known, single visits to one of them belong to it. */
function readingOf(series: ScaledSeries) {
  const single = excursionsOf(series);
  const first = without(series, single);
  const reading = bestReading(first, series.fitsAlone);
  const { states } = reading;
  if (states === undefined || single.length === 0) return { reading, excursions: single, indices: first.indices };
  const excursions = single.filter((i) => {
    const off = Math.min(Math.abs(series.values[i]! - states.low), Math.abs(series.values[i]! - states.high));
    return off > FAR_FROM_BOTH * Math.sqrt(series.known[i]! + states.extra);
  });
  const all = without(series, excursions);
  return { reading: { ...reading, starts: switchesOf(all, states) }, excursions, indices: all.indices };
}
