import { changePoints } from "../numerics/change-points.ts";
import { mean } from "../numerics/quantile.ts";
import { fitTwoStates, statesOf, type TwoStates } from "../numerics/two-states.ts";
import { fitWandering, type NoisySeries, whiteDeviance } from "../numerics/wandering.ts";

/**
 * What a series is, by its likelihood: `steady`: one value; `drift`: a straight line; `levels`: constant between jumps; `switching`: two levels and
 * random switches between them. All of them in white noise; the first three also, `correlated`, in noise that wanders (first-order autoregressive beside
 * white noise, up to a random walk).
 */
export interface Reading {
  readonly kind: "steady" | "drift" | "levels" | "switching";
  readonly correlated: boolean;
  /** First indices of the levels; [0] where there are no jumps. */
  readonly starts: readonly number[];
  /** Correlation of the noise of neighbours, 0 where it is white; variance of the noise beyond the known one. */
  readonly correlation: number;
  readonly extra: number;
  readonly states: TwoStates | undefined;
}

/**
 * Costs in -2 ln L beside those of the simplest reading. A jump: 9.5 + ln n, more where the noise was estimated from few points; a slope, a wandering
 * and a switching: ln n for each of their numbers, as in the Bayesian information criterion, and a margin. They keep each alarm below 1 % of series of
 * white noise (test/routes/series-jumps.full.test.ts).
 */
const JUMP = 9.5;
const ESTIMATED = 6;
const SLOPE = 4;
/** A random walk has a slope by itself (spurious regression), and gains more by one than white noise does. */
const SLOPE_IN_WANDERING = 14;
const WANDERING = 2;
const SWITCHING = 8;
/** Correlations for which levels are looked for: each of them makes long runs on one side likelier. */
const CORRELATIONS = [0, 0.5, 0.8];
/** Fewer switches than this are jumps. */
const SWITCHES = 3;
/** A level that is left at once is an excursion. */
const SHORTEST_STAY = 1.5;

/** Pauses may be cut short in the slots, but not in the times. */
export interface TimedSeries extends NoisySeries {
  readonly at: ArrayLike<number>;
  /** Number of the part between gaps that a point belongs to. */
  readonly run: ArrayLike<number>;
}

type Candidate = Reading & { readonly score: number };

/** The reading of least score. @param series in units of about its own noise. @param fitsAlone all of its noise is known. */
export function bestReading(series: TimedSeries, fitsAlone: boolean): Reading {
  const n = series.values.length;
  const jump = (JUMP + Math.log(n)) * (fitsAlone ? 1 : 1 + ESTIMATED / n);
  const candidates = [...inBothNoises(series, { kind: "steady", starts: [0] }, less(series, flat(series)), 0)];
  if (slopeIsSeen(series)) {
    const cost = Math.log(n);
    candidates.push(
      ...inBothNoises(series, { kind: "drift", starts: [0] }, less(series, line(series)), SLOPE + cost, SLOPE_IN_WANDERING + cost),
    );
  }
  const seen = new Set<string>();
  for (const rho of CORRELATIONS) {
    const starts = levelStarts(series, rho, jump);
    if (starts.length === 1 || seen.has(starts.join())) continue;
    seen.add(starts.join());
    candidates.push(...inBothNoises(series, { kind: "levels", starts }, less(series, steps(series, starts)), jump * (starts.length - 1)));
  }
  const switching = asSwitching(series);
  if (switching) candidates.push(switching);
  const best = candidates.reduce((a, b) => (b.score < a.score ? b : a));
  // Few values cannot tell jumps or a slope from a wandering: they have to be better than one that costs nothing.
  const wandering = candidates[1]!;
  const onePath = best.kind === "drift" || best.kind === "levels";
  return onePath && wandering.score - wanderingCost(n) < best.score ? wandering : best;
}

const wanderingCost = (n: number) => 2 * Math.log(n) + WANDERING;

function inBothNoises(
  series: NoisySeries,
  what: Pick<Reading, "kind" | "starts">,
  values: Float64Array,
  cost: number,
  inWandering = cost,
): readonly Candidate[] {
  const n = values.length;
  const residual = { ...series, values };
  const white = whiteDeviance(residual);
  const slow = fitWandering(residual);
  const one = { ...what, states: undefined };
  const known = mean(series.known);
  return [
    { ...one, correlated: false, correlation: 0, extra: white.extra, score: white.deviance + cost },
    {
      ...{ ...one, correlated: true, correlation: (slow.persistence * slow.variance) / (slow.variance + slow.extra + known) },
      ...{ extra: slow.extra + slow.variance, score: slow.deviance + inWandering + wanderingCost(n) },
    },
  ];
}

const less = ({ values }: NoisySeries, model: (i: number) => number) => values.map((v, i) => v - model(i));

function flat(series: NoisySeries): (i: number) => number {
  const level = weighted(series, 0, series.values.length);
  return () => level;
}

function weighted({ values, known }: NoisySeries, first: number, end: number): number {
  // The scatter of neighbours, 1 in these units, keeps a single tiny error from taking all the weight.
  let [sum, total] = [0, 0];
  for (let i = first; i < end; i++) {
    const w = 1 / Math.max(1e-2, known[i]!);
    sum += w * values[i]!;
    total += w;
  }
  return sum / total;
}

function line({ values, at }: TimedSeries): (i: number) => number {
  const n = values.length;
  let [x, y, xx, xy] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    x += at[i]! / n;
    y += values[i]! / n;
  }
  for (let i = 0; i < n; i++) {
    xx += (at[i]! - x) ** 2;
    xy += (at[i]! - x) * (values[i]! - y);
  }
  return (i) => y + (xy / xx) * (at[i]! - x);
}

/** chi2 of the slope within runs, 99 % of white noise is below it. */
const SEEN = 6.63;

/** Between two parts with a long gap a line is as good as a jump: it is one only where its slope shows inside the parts too. */
function slopeIsSeen({ values, at, run }: TimedSeries): boolean {
  const n = values.length;
  const runs = new Set(Array.from(run)).size;
  if (runs === 1) return true;
  const sums = new Map<number, { count: number; x: number; y: number }>();
  for (let i = 0; i < n; i++) {
    const own = sums.get(run[i]!) ?? { count: 0, x: 0, y: 0 };
    sums.set(run[i]!, { count: own.count + 1, x: own.x + at[i]!, y: own.y + values[i]! });
  }
  let [xx, xy, yy] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const { count, x, y } = sums.get(run[i]!)!;
    const [dx, dy] = [at[i]! - x / count, values[i]! - y / count];
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  const along = (xy * xy) / xx;
  return along > (SEEN * (yy - along)) / Math.max(1, n - runs - 1);
}

function steps(series: NoisySeries, starts: readonly number[]): (i: number) => number {
  const at = new Float64Array(series.values.length);
  for (const [k, start] of starts.entries()) {
    const end = starts[k + 1] ?? at.length;
    at.fill(weighted(series, start, end), start, end);
  }
  return (i) => at[i]!;
}

/** The best levels of at least two points each, over all partitions; a single point between them is left to the level before it. */
function levelStarts({ values, known }: NoisySeries, rho: number, jump: number): number[] {
  // In units of the scatter of neighbours: noise of this correlation scatters by more than neighbours do.
  const typical = mean(known);
  const extra = Math.max(0, 1 / (1 - rho) - typical);
  let kept = Array.from(values.keys());
  for (;;) {
    const starts = changePoints(
      kept.map((i) => values[i]!),
      kept.map((i) => 1 / (known[i]! + extra)),
      (jump * (1 + rho)) / (1 - rho),
    );
    const single = new Set(starts.filter((s, k) => starts.length > 1 && (starts[k + 1] ?? kept.length) - s === 1));
    if (single.size === 0) return starts.map((s, k) => (k === 0 ? 0 : kept[s]!));
    kept = kept.filter((_, place) => !single.has(place));
  }
}

function asSwitching(series: NoisySeries): Candidate | undefined {
  const n = series.values.length;
  const { deviance, ...states } = fitTwoStates(series);
  const starts = switchesOf(series, states);
  if (starts.length <= SWITCHES) return undefined;
  const stays = starts.map((s, k) => (starts[k + 1] ?? n) - s);
  for (const own of [0, 1]) if (mean(stays.filter((_, k) => k % 2 === own)) < SHORTEST_STAY) return undefined;
  const score = deviance + 3 * Math.log(n) + SWITCHING;
  return { kind: "switching", correlated: false, correlation: 0, extra: states.extra, starts, states, score };
}

/** First indices of the stays at one or the other level, on the most likely path. */
export function switchesOf(series: NoisySeries, states: TwoStates): number[] {
  const path = statesOf(series, states);
  return Array.from(path.keys()).filter((i) => i === 0 || path[i] !== path[i - 1]);
}
