import { seriesMessages } from "../core/messages/series.ts";
import { changePoints } from "../numerics/change-points.ts";
import { mean } from "../numerics/quantile.ts";
import type { NotComputed } from "./series-allan.ts";
import type { SeriesAxis, SeriesPoint } from "./series-axis.ts";
import { type JumpNoise, jumpNoise } from "./series-noise.ts";
import type { Measured } from "./series-statistics.ts";
import { type TwoLevels, twoLevels } from "./series-two-levels.ts";

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
      readonly levels: readonly Level[];
      readonly jumps: readonly Jump[];
      /** Single points that fit to no level: one repeat is not a level. */
      readonly excursions: readonly number[];
      readonly twoLevels: TwoLevels | undefined;
      readonly noise: Pick<JumpNoise, "correlation" | "fitsAlone">;
    };

export const JUMPS_FEWEST = 16;
/**
 * Cost of a jump in chi2: 9.5 + ln n, so that fewer than 1 % of series of white noise show one; more where the noise was estimated from few points.
 * Found by simulation (test/routes/series-jumps.full.test.ts).
 */
const PENALTY = 9.5;
const ESTIMATED = 6;
/** Rounds of the estimate of correlation. */
const ROUNDS = 5;

/**
 * Jumps of T1: the partition into constant levels that is best by penalised chi2, over all partitions. Correlated noise makes long runs on one side
 * likelier: the penalty is multiplied by (1 + rho)/(1 - rho), the number of repeats that count as one. Slow drift and 1/f noise are no levels at all,
 * and are cut into steps all the same.
 */
export function seriesJumps(points: readonly SeriesPoint[], axis: SeriesAxis): JumpStudy {
  const n = points.length;
  if (n < JUMPS_FEWEST) return { state: "missing", sentence: seriesMessages.tooShort(n, JUMPS_FEWEST) };
  let noise = jumpNoise(points, axis);
  let found = partition(points, noise);
  // What correlates within the levels was underestimated: jumps that only follow slow noise do not stand that.
  for (let round = 0; round < ROUNDS && found.starts.length > 1; round++) {
    const stricter = jumpNoise(points, axis, residualCorrelation(points, noise, found));
    if (!(stricter.correlation > noise.correlation)) break;
    noise = stricter;
    found = partition(points, noise);
  }
  const { kept, starts, excursions } = found;
  const inflation = inflationOf(noise);
  const members = starts.map((s, k) => kept.slice(s, starts[k + 1] ?? kept.length));
  const levels = members.map((own): Level => {
    const variance = own.reduce((sum, i) => sum + noise.variance[i]!, 0) * Math.min(inflation, own.length);
    const t1 = { value: mean(own.map((i) => points[i]!.t1)), sigma: Math.sqrt(variance) / own.length };
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
  return {
    ...{ state: "given", levels, jumps, excursions },
    ...{ twoLevels: twoLevels(levels, sizes), noise: { correlation: noise.correlation, fitsAlone: noise.fitsAlone } },
  };
}

interface Partition {
  /** Indices of the points that belong to a level, the place in it where each level starts, and the others. */
  readonly kept: readonly number[];
  readonly starts: readonly number[];
  readonly excursions: readonly number[];
}

/** The best levels of at least two points each. */
function partition(points: readonly SeriesPoint[], noise: JumpNoise): Partition {
  const n = points.length;
  const penalty = (PENALTY + Math.log(n)) * inflationOf(noise) * (noise.fitsAlone ? 1 : 1 + ESTIMATED / n);
  let kept = points.map((_, i) => i);
  const excursions: number[] = [];
  for (;;) {
    const starts = changePoints(
      kept.map((i) => points[i]!.t1),
      kept.map((i) => 1 / noise.variance[i]!),
      penalty,
    );
    const single = new Set(starts.filter((s, k) => starts.length > 1 && (starts[k + 1] ?? kept.length) - s === 1).map((s) => kept[s]!));
    if (single.size === 0) return { kept, starts, excursions: excursions.sort((a, b) => a - b) };
    for (const i of single) excursions.push(i);
    kept = kept.filter((i) => !single.has(i));
  }
}

/** How many repeats count as one for the mean of a long level. */
const inflationOf = ({ correlation }: JumpNoise) => (1 + correlation) / (1 - correlation);

/**
 * Lag-1 autocorrelation of the whitened deviations from the levels. A level fitted to n points lowers it by 1/n, one that was also searched for by
 * about twice that.
 */
function residualCorrelation(points: readonly SeriesPoint[], noise: JumpNoise, { kept, starts }: Partition): number {
  let [square, product] = [0, 0];
  for (const [k, start] of starts.entries()) {
    const own = kept.slice(start, starts[k + 1] ?? kept.length);
    const level = mean(own.map((i) => points[i]!.t1));
    const z = own.map((i) => (points[i]!.t1 - level) / Math.sqrt(noise.variance[i]!));
    for (let i = 0; i < z.length; i++) {
      square += z[i]! ** 2;
      if (i > 0) product += z[i]! * z[i - 1]!;
    }
  }
  return square > 0 ? product / square + (2 * starts.length) / kept.length : 0;
}
