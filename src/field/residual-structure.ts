import { chi2Tail } from "../numerics/gamma-function.ts";
import { normalCdf } from "../numerics/normal.ts";
import type { FieldMinimum } from "./evaluator.ts";
import { latticeOf } from "./lattice.ts";
import type { Experiment, Points } from "./problem.ts";

/** How alike neighbouring residuals are, and how often chance makes them so or more. */
export interface Structure {
  readonly correlation: number;
  readonly p: number;
}

/** Residuals of one experiment over their sigma, `[time * points + point]`; NaN = no datum. */
interface ResidualFilm {
  readonly experiment: Experiment;
  readonly times: number;
  readonly values: Float64Array;
}

function filmsOf({ evaluator, at, weight }: FieldMinimum, experiments: readonly Experiment[]): ResidualFilm[] {
  const films = experiments.map((experiment) => {
    const times = experiment.times?.length ?? 1;
    return { experiment, times, values: new Float64Array(times * experiment.points.x.length).fill(Number.NaN) };
  });
  const { values, experiment, time, point } = evaluator.data;
  for (let i = 0; i < values.length; i++) {
    const film = films[experiment[i]!]!;
    film.values[time[i]! * film.experiment.points.x.length + point[i]!] = Math.sqrt(weight[i]!) * (values[i]! - at.model[i]!);
  }
  return films;
}

/**
 * Structure in space: correlation of residuals at neighbouring points, at equal times and in the mean over all times (a structure that stays); one-sided,
 * `correlation sqrt(pairs)` normal under independence. The fit itself makes residuals slightly unlike their neighbours: the test errs to the safe side.
 */
export function structureInSpace(minimum: FieldMinimum, experiments: readonly Experiment[]): Structure {
  const [each, lasting] = [new Pairs(), new Pairs()];
  for (const { experiment, times, values } of filmsOf(minimum, experiments)) {
    const n = experiment.points.x.length;
    const mean = new Float64Array(n);
    const count = new Int32Array(n);
    values.forEach((v, k) => {
      if (Number.isNaN(v)) return;
      mean[k % n]! += v;
      count[k % n]!++;
    });
    for (const [i, j] of neighbours(experiment.points)) {
      for (let t = 0; t < times; t++) each.add(values[t * n + i]!, values[t * n + j]!);
      lasting.add(mean[i]! / Math.sqrt(count[i]!), mean[j]! / Math.sqrt(count[j]!));
    }
  }
  return strongest([each.structure(), lasting.structure()]);
}

/** Structure in time: correlation of residuals at neighbouring times, and the sum over all points at each time against chi2. Undefined without times. */
export function structureInTime(minimum: FieldMinimum, experiments: readonly Experiment[]): Structure | undefined {
  const [each, together] = [new Pairs(), new Pairs()];
  let [total, series] = [0, 0];
  for (const { experiment, times, values } of filmsOf(minimum, experiments)) {
    const n = experiment.points.x.length;
    if (times < 2) continue;
    let before = Number.NaN;
    for (let t = 0; t < times; t++) {
      let [sum, count] = [0, 0];
      for (let i = 0; i < n; i++) {
        const v = values[t * n + i]!;
        if (t > 0) each.add(values[(t - 1) * n + i]!, v);
        if (Number.isNaN(v)) continue;
        sum += v;
        count++;
      }
      if (count === 0) continue;
      const at = sum / Math.sqrt(count);
      together.add(before, at);
      before = at;
      total += at * at;
      series++;
    }
  }
  if (each.count === 0) return undefined;
  const pairs = each.structure();
  const sums = { correlation: together.structure().correlation, p: chi2Tail(total / each.variance(), series) };
  return strongest([pairs, sums]);
}

/** The less likely of two, with the probability that either is as unlikely. */
function strongest(found: readonly Structure[]): Structure {
  const worst = found.reduce((a, b) => (b.p < a.p ? b : a));
  return { ...worst, p: Math.min(1, found.length * worst.p) };
}

class Pairs {
  count = 0;
  private product = 0;
  private squares = 0;

  add(a: number, b: number): void {
    if (!Number.isFinite(a) || !Number.isFinite(b)) return;
    this.product += a * b;
    this.squares += (a * a + b * b) / 2;
    this.count++;
  }

  variance(): number {
    return this.squares / this.count;
  }

  structure(): Structure {
    if (this.count === 0 || !(this.squares > 0)) return { correlation: Number.NaN, p: 1 };
    const correlation = this.product / this.squares;
    return { correlation, p: 1 - normalCdf(correlation * Math.sqrt(this.count)) };
  }
}

/** Pairs of neighbouring points: along the axes of a lattice, else each point and its nearest. */
export function neighbours(points: Points): (readonly [number, number])[] {
  const lattice = latticeOf(points);
  if (lattice) {
    const { order } = lattice;
    const nx = lattice.xs.length;
    const pairs: (readonly [number, number])[] = [];
    for (let k = 0; k < order.length; k++) {
      if (k % nx < nx - 1) pairs.push([order[k]!, order[k + 1]!]);
      if (k + nx < order.length) pairs.push([order[k]!, order[k + nx]!]);
    }
    return pairs;
  }
  const n = points.x.length;
  const seen = new Map<number, readonly [number, number]>();
  for (let i = 0; i < n; i++) {
    let [nearest, least] = [-1, Number.POSITIVE_INFINITY];
    for (let j = 0; j < n; j++) {
      const d = Math.hypot(points.x[j]! - points.x[i]!, points.y ? points.y[j]! - points.y[i]! : 0);
      if (j !== i && d < least) [nearest, least] = [j, d];
    }
    if (nearest >= 0) seen.set(Math.min(i, nearest) * n + Math.max(i, nearest), [i, nearest]);
  }
  return [...seen.values()];
}
