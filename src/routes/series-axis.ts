import { median } from "../numerics/quantile.ts";

/** One T1 of a series. */
export interface SeriesPoint {
  /** Seconds since 1970; NaN where the file does not say. */
  readonly time: number;
  /** Place among the repeats of the series, refused ones counted, from 0. */
  readonly position: number;
  /** s; one standard deviation of its own fit, NaN where that is not known. */
  readonly t1: number;
  readonly sigma: number;
  /** The file that holds it. */
  readonly file: string;
}

export interface Gap {
  /** Index of the last point before the gap. */
  readonly after: number;
  /** From the point before to the point behind it, in seconds or repeats; NaN: another file begins, and the pause is not known. */
  readonly length: number;
}

/** On what a series is evaluated, and where it is interrupted. */
export interface SeriesAxis {
  /** `time`: every point has its own time; `repeat`: counted, because times are missing or not distinct. */
  readonly basis: "time" | "repeat";
  /** Median step, s or 1 repeat; NaN for fewer than two points. */
  readonly cadence: number;
  /** Where every point lies, s since the first or repeats. */
  readonly at: readonly number[];
  /** The same in whole cadences, rising strictly: the grid on which autocorrelation counts its lags. */
  readonly slots: readonly number[];
  readonly gaps: readonly Gap[];
  /** First and last index of every part between gaps. */
  readonly runs: readonly (readonly [first: number, last: number])[];
  /** Single repeats that are missing inside runs: refused, or not there. */
  readonly missing: number;
  /** Repeats lie on an even grid, nine in ten within a fifth of a step, and most of it is there: what needs an even axis may be computed. */
  readonly even: boolean;
}

/** A step beyond so many median steps is a gap; one or two repeats missing are none. */
export const GAP = 3.5;
/** Tolerance on a step, and the share of steps that may exceed it. */
const UNEVEN = 0.2;
const UNEVEN_SHARE = 0.1;
/** Share of missing repeats and of gaps beyond which there is no cadence. */
const MISSING_SHARE = 0.25;

/** What places a repeat on the axis. */
type Placed = Pick<SeriesPoint, "time" | "position" | "file">;

/** @param points in the order in which they were measured. */
export function seriesAxis(points: readonly Placed[]): SeriesAxis {
  const n = points.length;
  const timed = points.every((p, i) => Number.isFinite(p.time) && (i === 0 || p.time > points[i - 1]!.time));
  const basis = timed && n > 1 ? "time" : "repeat";
  const first = points[0];
  const at = points.map((p) => (basis === "time" ? p.time - first!.time : p.position));
  const steps = at.slice(1).map((v, i) => v - at[i]!);
  const cadence = n < 2 ? Number.NaN : basis === "time" ? median(steps) : 1;
  const newFile = basis === "repeat" ? fileBreaks(points) : new Set<number>();
  const gaps: Gap[] = steps.flatMap((step, i) => {
    if (newFile.has(i + 1)) return [{ after: i, length: Number.NaN }];
    return step > GAP * cadence ? [{ after: i, length: step }] : [];
  });
  const starts = [0, ...gaps.map((g) => g.after + 1)];
  const runs = n === 0 ? [] : starts.map((s, k) => [s, (starts[k + 1] ?? n) - 1] as const);
  const gapped = new Set(gaps.map((g) => g.after));
  const inner = steps.filter((_, i) => !gapped.has(i));
  const uneven = inner.filter((s) => Math.abs(s / cadence - cells(s, cadence)) > UNEVEN).length;
  const missing = inner.reduce((sum, s) => sum + cells(s, cadence) - 1, 0);
  const even = uneven <= UNEVEN_SHARE * steps.length && gaps.length + missing <= MISSING_SHARE * Math.max(1, steps.length);
  return { basis, cadence, at, slots: slotsOf(steps, cadence, n), gaps, runs, missing, even };
}

/** A step in whole cadences. */
const cells = (step: number, cadence: number) => Math.max(1, Math.round(step / cadence));

/** Values of every run on its even grid; NaN where a repeat is missing. */
export function gridded(values: readonly number[], axis: SeriesAxis): Float64Array[] {
  return axis.runs.map(([first, last]) => {
    const grid: number[] = [values[first]!];
    for (let i = first + 1; i <= last; i++) {
      for (let k = cells(axis.at[i]! - axis.at[i - 1]!, axis.cadence); k > 1; k--) grid.push(Number.NaN);
      grid.push(values[i]!);
    }
    return Float64Array.from(grid);
  });
}

/** Pauses longer than the whole series hold no pairs that could tell anything: they are cut to its length. */
function slotsOf(steps: readonly number[], cadence: number, n: number): number[] {
  const slots = n > 0 ? [0] : [];
  for (const step of steps) slots.push(slots.at(-1)! + Math.min(Math.max(1, n), cells(step, cadence)));
  // Very many long pauses: the order alone.
  return (slots.at(-1) ?? 0) > 32 * n ? slots.map((_, i) => i) : slots;
}

/** Without times, nobody knows how long a pause between two files of several repeats was. Single repeats per file are one series. */
function fileBreaks(points: readonly Placed[]): Set<number> {
  const breaks = points.flatMap((p, i) => (i > 0 && points[i - 1]!.file !== p.file ? [i] : []));
  return new Set(breaks.length * 2 < points.length ? breaks : []);
}
