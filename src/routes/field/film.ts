import type { Role } from "../../core/dataset.ts";
import * as say from "../../core/messages/field-route.ts";
import type { Points } from "../../field/problem.ts";
import { columnOf, type Dataset } from "../../tables/dataset.ts";
import { FieldRefusal } from "./input.ts";

/** Numbers at places, and at times where they were taken at more than one. */
export interface Film {
  readonly points: Points;
  /** s, rising; absent: no time is stated, a steady state. */
  readonly times?: Float64Array;
  /** `values[time * points + point]`, NaN where there is none. */
  readonly values: Float64Array;
  /** One standard deviation per value; absent where the files state none. */
  readonly sigma?: Float64Array;
  /** Values that were left out, as their sigma is no positive number. */
  readonly withoutSigma: number;
}

/**
 * The rows of one or several datasets (frames in files of their own) as a film: places in the order y, x. Rows without a place are left out.
 * @throws FieldRefusal for heights (3-D) and for a line that does not run along x
 */
export function filmOf(datasets: readonly Dataset[], role: "u" | "r_total"): Film {
  const [x, y, t] = [placesOf(datasets, "x"), placesOf(datasets, "y"), placesOf(datasets, "time")];
  if (!x || datasets.some((d) => columnOf(d, role) === undefined)) throw new FieldRefusal(say.noPlaces());
  if ((placesOf(datasets, "z")?.distinct.length ?? 0) > 1) throw new FieldRefusal(say.heights());
  const flat = (y?.distinct.length ?? 0) < 2;
  if (flat && x.distinct.length < 2) throw new FieldRefusal(say.onePlace());
  if (!flat && x.distinct.length < 2) throw new FieldRefusal(say.lineAlongY());
  const timed = (t?.distinct.length ?? 0) > 0;
  const rows = Array.from(x.rank.keys()).filter((i) => x.rank[i]! >= 0 && (flat || y!.rank[i]! >= 0) && (!timed || t!.rank[i]! >= 0));
  // Every crossing of a column and a row that is occupied, by its number.
  const crossing = (i: number) => (flat ? 0 : y!.rank[i]! * x.distinct.length) + x.rank[i]!;
  const occupied = [...new Set(rows.map(crossing))].sort((a, b) => a - b);
  const place = new Map(occupied.map((c, p) => [c, p]));
  const n = occupied.length;
  const values = new Float64Array((timed ? t!.distinct.length : 1) * n).fill(Number.NaN);
  const stated = datasets.some((d) => columnOf(d, "sigma") !== undefined);
  const sigma = stated ? values.slice() : undefined;
  const spread = datasets.every((d) => columnOf(d, "spread") !== undefined) ? new Float64Array(n) : undefined;
  const [given, givenSigma, givenSpread] = [numbersOf(datasets, role), numbersOf(datasets, "sigma"), numbersOf(datasets, "spread")];
  let withoutSigma = 0;
  for (const i of rows) {
    const p = place.get(crossing(i))!;
    const at = (timed ? t!.rank[i]! * n : 0) + p;
    const hasSigma = !stated || (givenSigma[i]! > 0 && givenSigma[i]! < Number.POSITIVE_INFINITY);
    if (Number.isFinite(given[i]!) && !hasSigma) withoutSigma++;
    if (hasSigma && Number.isFinite(given[i]!)) values[at] = given[i]!;
    if (sigma) sigma[at] = givenSigma[i]!;
    if (spread) spread[p] = givenSpread[i]!;
  }
  if (spread && !spread.every((s) => s >= 0)) throw new FieldRefusal(say.spreadMissing());
  const points = {
    x: Float64Array.from(occupied, (c) => x.distinct[c % x.distinct.length]!),
    ...(flat ? {} : { y: Float64Array.from(occupied, (c) => y!.distinct[Math.floor(c / x.distinct.length)]!) }),
    ...(spread ? { spread } : {}),
  };
  return { points, ...(timed ? { times: Float64Array.from(t!.distinct) } : {}), values, ...(sigma ? { sigma } : {}), withoutSigma };
}

/** The distinct values of a coordinate, rising, and which of them each row has (-1: none). */
interface Places {
  readonly distinct: readonly number[];
  readonly rank: Int32Array;
}

/** undefined where no dataset has the coordinate. */
function placesOf(datasets: readonly Dataset[], role: Role): Places | undefined {
  if (datasets.every((d) => columnOf(d, role) === undefined)) return undefined;
  const values = numbersOf(datasets, role);
  const distinct = [...new Set(values)].filter((v) => !Number.isNaN(v)).sort((a, b) => a - b);
  const ranks = new Map(distinct.map((v, k) => [v, k]));
  return { distinct, rank: Int32Array.from(values, (v) => ranks.get(v) ?? -1) };
}

/** A column of all datasets together, NaN where one does not have it. */
function numbersOf(datasets: readonly Dataset[], role: Role): Float64Array {
  const parts = datasets.map((d) => columnOf(d, role)?.values ?? new Float64Array(d.table.numRows).fill(Number.NaN));
  if (parts.length === 1) return parts[0]!;
  const all = new Float64Array(parts.reduce((sum, p) => sum + p.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
