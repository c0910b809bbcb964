import type { Noise, Note } from "../../core/dataset.ts";
import { hdf5FamilyMessages as say } from "../../core/messages/import-hdf5.ts";
import type { ColumnData } from "../../tables/dataset.ts";

/** Fewer repetitions than this cannot tell their own variance (its relative error is sqrt(2/(n-1))). */
const FEWEST_SHOTS = 10;
/** A trace whose noise is half of its signal or more cannot be fitted alone. */
const SHOT_SCATTER = 0.5;

/** What a repetition axis turned out to count. */
export type Repetitions =
  | { readonly as: "traces"; readonly note: Note }
  | {
      readonly as: "shots";
      readonly columns: readonly ColumnData[];
      readonly others: readonly ColumnData[];
      readonly noise: Noise;
      readonly note: Note;
    };

/**
 * Decides from the numbers whether a repetition axis counts single shots, and averages them if so. Shots that are numbers of levels, or one of two
 * values, become a population with their number; analog shots (scatter at one delay at least half of the span of the means) become means, with
 * `sigma = s/sqrt(n)`, s their sample standard deviation along the principal axis of the means; anything else is traces in their own right.
 * @param signal one real column, or i and q
 * @param points for each point of the trace, the rows that repeat it
 */
export function repetitionsOf(axis: string, signal: readonly ColumnData[], points: readonly (readonly number[])[]): Repetitions {
  // Half a complex number is none: numpy writes a missing one as nan + 0i.
  const known = points.map((rows) => rows.filter((row) => signal.every((c) => !Number.isNaN(c.values[row]!))));
  const counts = known.map((rows) => rows.length);
  const typical = [...counts].sort((a, b) => a - b)[counts.length >> 1] ?? 0;
  const means = signal.map((c) => Float64Array.from(known, (rows) => meanOf(c.values, rows)));
  const [only, second] = signal;
  if (only === undefined) return { as: "traces", note: { code: "repeats_kept", text: say.repeatsKept(axis, typical, Number.NaN) } };
  const counted = second === undefined && typical >= 2 ? countLevels(axis, only, known, typical) : undefined;
  if (counted !== undefined) return counted;
  const direction = second === undefined ? ([1, 0] as const) : principalDirection(means[0]!, means[1]!);
  const projected = (row: number) => only.values[row]! * direction[0] + (second?.values[row] ?? 0) * direction[1];
  const spread = known.map((rows) => deviationOf(rows.map(projected)));
  const along = points.map((_, k) => means[0]![k]! * direction[0] + (means[1]?.[k] ?? 0) * direction[1]).filter((x) => !Number.isNaN(x));
  const scatter = medianOf(spread);
  const ratio = scatter / spanOf(along);
  if (!(typical >= FEWEST_SHOTS && ratio >= SHOT_SCATTER))
    return { as: "traces", note: { code: "repeats_kept", text: say.repeatsKept(axis, typical, Number(ratio.toPrecision(2))) } };
  // Few shots that happen to agree have the scatter of the others all the same.
  const sigma = Float64Array.from(spread, (s, k) => (s === 0 ? scatter : s) / Math.sqrt(counts[k]!));
  return {
    as: "shots",
    columns: signal.map((c, k) => ({ ...c, values: means[k]! })),
    others: [{ name: "sigma", role: "sigma", unit: only.unit, values: sigma, inferred: "standard error of the averaged shots" }],
    noise: { type: "sigma" },
    note: { code: "shots_averaged", text: say.shotsAveraged(axis, typical, Number(ratio.toPrecision(2))) },
  };
}

/** More levels than this are digits of an analog signal. */
const MOST_LEVELS = 6;

/** Shots that are numbers of levels (0, 1, 2), or one of two values: the share of one of them is a population; undefined for analog shots. */
function countLevels(axis: string, shots: ColumnData, points: readonly (readonly number[])[], typical: number): Repetitions | undefined {
  const found = new Set<number>();
  for (const rows of points)
    for (const row of rows) {
      found.add(shots.values[row]!);
      if (found.size > MOST_LEVELS) return undefined;
    }
  const levels = [...found].sort((a, b) => a - b);
  const bits = levels.every((x) => x === 0 || x === 1);
  const numbered = levels.every((x) => Number.isInteger(x) && x >= 0 && x < MOST_LEVELS) && found.has(0) && found.has(1);
  if (!bits && !numbered && levels.length !== 2) return undefined;
  const one = bits || numbered ? 1 : levels[1]!;
  const higher = numbered ? levels.filter((x) => x > 1) : [];
  const text = bits
    ? say.shotsCounted(axis, typical)
    : numbered
      ? say.levelsCounted(axis, typical, levels)
      : say.twoValues(axis, typical, levels);
  const share = (level: number) =>
    Float64Array.from(points, (rows) => rows.reduce((sum, row) => sum + (shots.values[row] === level ? 1 : 0), 0) / rows.length);
  return {
    as: "shots",
    columns: [{ name: shots.name, unit: "1", role: "population", values: share(one) }],
    others: [
      { name: "shots", role: "shots", unit: "1", values: Float64Array.from(points, (rows) => rows.length) },
      ...higher.map((x): ColumnData => ({ name: `${shots.name} = ${x}`, role: "other", unit: "1", values: share(x) })),
    ],
    noise: { type: "binomial", shots: "column" },
    note: { code: "shots_averaged", text },
  };
}

/** Mean over the rows; NaN of none. */
function meanOf(values: Float64Array, rows: readonly number[]): number {
  let sum = 0;
  for (const row of rows) sum += values[row]!;
  return sum / rows.length;
}

/** Sample standard deviation (n - 1); NaN for fewer than two numbers. */
function deviationOf(values: readonly number[]): number {
  const mean = values.reduce((s, x) => s + x, 0) / values.length;
  return values.length < 2 ? Number.NaN : Math.sqrt(values.reduce((s, x) => s + (x - mean) ** 2, 0) / (values.length - 1));
}

function medianOf(values: readonly number[]): number {
  const sorted = values.filter((x) => !Number.isNaN(x)).sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

/** Distance between the means' tenths at either end: single outliers do not count. */
function spanOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const edge = Math.floor(sorted.length / 10);
  return (sorted[sorted.length - 1 - edge] ?? Number.NaN) - (sorted[edge] ?? Number.NaN);
}

/** Unit vector of largest variance, `angle = atan2(2 s_iq, s_ii - s_qq)/2`. */
function principalDirection(i: Float64Array, q: Float64Array): readonly [number, number] {
  const rows = Array.from(i.keys()).filter((k) => !Number.isNaN(i[k]!) && !Number.isNaN(q[k]!));
  const [mi, mq] = [meanOf(i, rows), meanOf(q, rows)];
  let [ii, qq, iq] = [0, 0, 0];
  for (const k of rows) {
    ii += (i[k]! - mi) ** 2;
    qq += (q[k]! - mq) ** 2;
    iq += (i[k]! - mi) * (q[k]! - mq);
  }
  const angle = 0.5 * Math.atan2(2 * iq, ii - qq);
  return [Math.cos(angle), Math.sin(angle)];
}
