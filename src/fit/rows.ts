import { type Check, check } from "../core/check.ts";
import { badRows, noDelay, noSignalColumn, rowsExcluded, tooFewPoints } from "../core/messages/fit.ts";
import { type ColumnData, columnsOf, type Dataset } from "../tables/dataset.ts";

/** The columns of a decay that a fit reads. */
export interface DecayColumns {
  readonly delay: ColumnData;
  /** One real column, or the two quadratures. */
  readonly signal: readonly [ColumnData] | readonly [ColumnData, ColumnData];
  readonly shots: ColumnData | number | undefined;
  readonly sigma: ColumnData | undefined;
}

/** Which rows are fitted, and what was left out. */
export interface Rows {
  readonly columns: DecayColumns;
  /** Rows to fit, by rising delay; the calibration rows are not among them. */
  readonly used: readonly number[];
  readonly zero: readonly number[];
  readonly one: readonly number[];
  /** Every row that is not fitted, rising. */
  readonly leftOut: readonly number[];
  readonly checks: readonly Check[];
}

/** No numbers can come from this dataset; the failed check says why. */
export interface Unfit {
  readonly unfit: Check;
  readonly leftOut: readonly number[];
}

/** Populations may leave 0..1 by their noise, not by this much. */
const POPULATION_MARGIN = 0.5;
/** Counts over shots lie in 0..1 up to rounding of the written number. */
const ROUNDING = 1e-6;
export const FEWEST_DELAYS = 5;

/**
 * Finds columns and rows, and refuses values that cannot be measurements: infinite numbers, negative shots or sigma,
 * populations far outside 0..1 (outside at all for counts). Rows are named counted from 0.
 */
export function selectRows(dataset: Dataset, excluded: readonly number[]): Rows | Unfit {
  const columns = findColumns(dataset);
  if ("unfit" in columns) return columns;
  const n = columns.delay.values.length;
  const bad = badValues(columns, dataset.noise.type === "binomial", n);
  if (bad) return { unfit: check("bad_values", false, badRows(bad.what, bad.rows), bad.rows.length, 0), leftOut: [] };

  const calibration = new Set([...(dataset.calibration?.zero ?? []), ...(dataset.calibration?.one ?? [])]);
  const byHand = new Set(excluded);
  const missing: number[] = [];
  const used: number[] = [];
  for (let i = 0; i < n; i++) {
    if (hasNoNumber(columns, i)) missing.push(i);
    else if (!byHand.has(i) && !calibration.has(i)) used.push(i);
  }
  const { values } = columns.delay;
  const leftOut = complement(used, n);
  if (used.some((row, k) => k > 0 && values[row]! < values[used[k - 1]!]!)) used.sort((i, j) => values[i]! - values[j]! || i - j);
  const dropped = [...byHand].filter((i) => i >= 0 && i < n).sort((i, j) => i - j);
  const checks = [
    check("points_excluded", missing.length + dropped.length === 0, rowsExcluded(dropped, missing), missing.length + dropped.length, 0),
  ];
  const distinct = used.filter((row, k) => k === 0 || values[row] !== values[used[k - 1]!]).length;
  if (distinct < FEWEST_DELAYS)
    return { unfit: check("too_few_points", false, tooFewPoints(distinct, FEWEST_DELAYS), distinct, FEWEST_DELAYS), leftOut };
  const still = (rows: readonly number[] | undefined) => (rows ?? []).filter((i) => !byHand.has(i) && !missing.includes(i));
  return { columns, used, zero: still(dataset.calibration?.zero), one: still(dataset.calibration?.one), leftOut, checks };
}

/** Rows below n that are not in a rising list. */
function complement(rising: readonly number[], n: number): number[] {
  const out: number[] = [];
  let k = 0;
  for (let i = 0; i < n; i++)
    if (rising[k] === i) k++;
    else out.push(i);
  return out;
}

function findColumns(dataset: Dataset): DecayColumns | Unfit {
  const all = columnsOf(dataset);
  const of = (role: ColumnData["role"]) => all.find((c) => c.role === role);
  const delay = of("delay");
  if (!delay) return { unfit: check("bad_values", false, noDelay()), leftOut: [] };
  const [i, q] = [of("i"), of("q")];
  const real = of("population") ?? (i && q ? undefined : (of("voltage") ?? i ?? q));
  const signal: DecayColumns["signal"] | undefined = real ? [real] : i && q ? [i, q] : undefined;
  if (!signal) return { unfit: check("bad_values", false, noSignalColumn(all.map((c) => c.role))), leftOut: [] };
  const shots = dataset.noise.type !== "binomial" ? undefined : dataset.noise.shots === "column" ? of("shots") : dataset.noise.shots;
  const sigma = dataset.noise.type === "sigma" ? of("sigma") : undefined;
  if (dataset.noise.type === "binomial" && shots === undefined)
    return { unfit: check("bad_values", false, noSignalColumn(["shots"])), leftOut: [] };
  if (dataset.noise.type === "sigma" && !sigma) return { unfit: check("bad_values", false, noSignalColumn(["sigma"])), leftOut: [] };
  return { delay, signal, shots, sigma };
}

export const shotsAt = (columns: DecayColumns, i: number): number =>
  typeof columns.shots === "number" ? columns.shots : (columns.shots?.values[i] ?? Number.NaN);

function hasNoNumber(c: DecayColumns, i: number): boolean {
  if (Number.isNaN(c.delay.values[i]!) || c.signal.some((s) => Number.isNaN(s.values[i]!))) return true;
  if (c.sigma && Number.isNaN(c.sigma.values[i]!)) return true;
  // No shots were taken at this delay: nothing was measured.
  return c.shots !== undefined && !(shotsAt(c, i) > 0);
}

function badValues(c: DecayColumns, counts: boolean, n: number): { readonly what: string; readonly rows: number[] } | undefined {
  const rowsWhere = (bad: (i: number) => boolean) => {
    const rows: number[] = [];
    for (let i = 0; i < n; i++) if (bad(i)) rows.push(i);
    return rows;
  };
  const infinite = (x: number | undefined) => x === Number.POSITIVE_INFINITY || x === Number.NEGATIVE_INFINITY;
  const population = c.signal[0].role === "population" ? c.signal[0].values : undefined;
  const margin = counts ? ROUNDING : POPULATION_MARGIN;
  const tests: [string, (i: number) => boolean][] = [
    ["infinite values", (i) => [c.delay, ...c.signal].some((s) => infinite(s.values[i])) || infinite(c.sigma?.values[i])],
    ["negative or infinite shots", (i) => shotsAt(c, i) < 0 || infinite(shotsAt(c, i))],
    ["sigma that is zero or negative", (i) => c.sigma !== undefined && c.sigma.values[i]! <= 0],
    [
      counts ? "populations outside 0..1, which counts cannot give" : "populations far outside 0..1",
      (i) => population !== undefined && (population[i]! < -margin || population[i]! > 1 + margin),
    ],
  ];
  for (const [what, bad] of tests) {
    const rows = rowsWhere(bad);
    if (rows.length > 0) return { what, rows };
  }
  return undefined;
}
