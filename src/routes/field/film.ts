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

/** One row of a file. */
interface Row {
  readonly x: number;
  readonly y: number;
  readonly t: number;
  readonly value: number;
  readonly sigma: number;
  readonly spread: number;
}

/**
 * The rows of one or several datasets (frames in files of their own) as a film: places in the order y, x. Rows without a place are left out.
 * @throws FieldRefusal for heights (3-D) and for a line that does not run along x
 */
export function filmOf(datasets: readonly Dataset[], role: "u" | "r_total"): Film {
  const rows = datasets.flatMap((d) => rowsOf(d, role)).filter((r) => Number.isFinite(r.x));
  const timed = rows.some((r) => !Number.isNaN(r.t));
  const ys = distinct(rows.map((r) => r.y));
  const flat = ys.length < 2;
  if (flat && distinct(rows.map((r) => r.x)).length < 2) throw new FieldRefusal(say.onePlace());
  const places = new Map<string, Pick<Row, "x" | "y" | "spread">>();
  for (const row of rows) places.set(keyOf(row.x, flat ? 0 : row.y), row);
  const sorted = [...places.values()].sort((a, b) => (flat ? 0 : a.y - b.y) || a.x - b.x);
  const place = new Map(sorted.map(({ x, y }, i) => [keyOf(x, flat ? 0 : y), i]));
  const times = timed ? distinct(rows.map((r) => r.t)) : [0];
  const time = new Map(times.map((t, k) => [t, k]));
  const values = new Float64Array(times.length * sorted.length).fill(Number.NaN);
  const sigmas = values.slice();
  for (const { x, y, t, value, sigma } of rows) {
    const at = time.get(timed ? t : 0)! * sorted.length + place.get(keyOf(x, flat ? 0 : y))!;
    values[at] = value;
    sigmas[at] = sigma;
  }
  const stated = datasets.some((d) => columnOf(d, "sigma") !== undefined);
  let withoutSigma = 0;
  if (stated)
    for (let i = 0; i < values.length; i++)
      if (!Number.isNaN(values[i]!) && !(sigmas[i]! > 0 && sigmas[i]! < Number.POSITIVE_INFINITY)) {
        values[i] = Number.NaN;
        withoutSigma++;
      }
  const spread = sorted.every((p) => p.spread >= 0) ? Float64Array.from(sorted, (p) => p.spread) : undefined;
  const xs = Float64Array.from(sorted, (p) => p.x);
  return {
    points: { x: xs, ...(flat ? {} : { y: Float64Array.from(sorted, (p) => p.y) }), ...(spread ? { spread } : {}) },
    ...(timed ? { times: Float64Array.from(times) } : {}),
    values,
    ...(stated ? { sigma: sigmas } : {}),
    withoutSigma,
  };
}

const keyOf = (x: number, y: number) => `${x} ${y}`;

/** Rising, without NaN. */
function distinct(values: readonly number[]): number[] {
  return [...new Set(values)].filter((v) => !Number.isNaN(v)).sort((a, b) => a - b);
}

function rowsOf(dataset: Dataset, role: "u" | "r_total"): Row[] {
  const of = (name: "x" | "y" | "z" | "time" | "sigma" | "spread" | "u" | "r_total") => columnOf(dataset, name)?.values;
  const [x, y, z, t, sigma, spread, values] = [of("x"), of("y"), of("z"), of("time"), of("sigma"), of("spread"), of(role)];
  if (z && distinct([...z]).length > 1) throw new FieldRefusal(say.heights());
  if (!x || !values) throw new FieldRefusal(say.noPlaces());
  const infinite = (v: number) => (Number.isFinite(v) ? v : Number.NaN);
  return Array.from(values, (value, i) => ({
    ...{ x: x[i]!, y: y?.[i] ?? Number.NaN, t: t?.[i] ?? Number.NaN },
    ...{ value: infinite(value), sigma: sigma?.[i] ?? Number.NaN, spread: spread?.[i] ?? Number.NaN },
  }));
}
