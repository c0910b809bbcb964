import { columnsOf, type Dataset } from "../../src/tables/dataset.ts";

/** Complex numbers as `[re, im]`, row by row. */
export type Matrix = readonly (readonly (readonly [number, number])[])[];

/** What `../shared/data` states about a network: some points, and the sum over all. */
export interface ExpectedNetwork {
  readonly npoints: number;
  readonly nports: number;
  readonly f_hz_first: number;
  readonly f_hz_last: number;
  /** Absent for very many ports. */
  readonly s_first?: Matrix;
  readonly s_last?: Matrix;
  readonly sum_s: readonly [number, number];
}

/** Relative to the larger of 1 and the expected value; infinite for what is not there. */
export const deviation = (found: number | undefined, wanted: number) =>
  found === undefined ? Infinity : Math.abs(found - wanted) / Math.max(1, Math.abs(wanted));

export const numbersByName = (dataset: Dataset) => new Map(columnsOf(dataset).map((c) => [c.name, c.values]));

/**
 * Name of the column of S_ij, without its part.
 * @param names of ports that are no numbers, in the order of the expected matrix
 */
export function columnName(i: number, j: number, ports: number, names?: readonly string[]): string {
  if (names === undefined) return ports < 10 ? `s${i + 1}${j + 1}` : `s${i + 1},${j + 1}`;
  const [a, b] = [names[i]!, names[j]!];
  return a.length === 1 && b.length === 1 ? `s${a}${b}` : `s${a}|${b}`;
}

/** The largest deviation of one point's matrix. @param point counted from 0, or -1 for the last */
export function matrixDeviation(dataset: Dataset, point: number, matrix: Matrix, names?: readonly string[]): number {
  const numbers = numbersByName(dataset);
  // A file that states no ports has S alone.
  const name = (i: number, j: number) => (numbers.has("s_re") ? "s" : columnName(i, j, matrix.length, names));
  let largest = 0;
  matrix.forEach((row, i) => {
    row.forEach((wanted, j) => {
      const scale = Math.max(1, Math.hypot(...wanted));
      (["re", "im"] as const).forEach((part, k) => {
        const found = numbers.get(`${name(i, j)}_${part}`)?.at(point) ?? Infinity;
        largest = Math.max(largest, Math.abs(found - wanted[k]!) / scale);
      });
    });
  });
  return largest;
}

/** The largest deviation of frequencies, first and last matrix, and the mean over all points and ports. */
export function networkDeviation(dataset: Dataset, expected: ExpectedNetwork, names?: readonly string[]): number {
  const numbers = numbersByName(dataset);
  const frequency = numbers.get("frequency");
  const ports = expected.nports;
  const sum = [0, 0];
  for (let i = 0; i < ports; i++)
    for (let j = 0; j < ports; j++)
      (["re", "im"] as const).forEach((part, k) => {
        const name = numbers.has("s_re") ? "s" : columnName(i, j, ports, names);
        for (const x of numbers.get(`${name}_${part}`) ?? [Infinity]) sum[k]! += x;
      });
  const count = expected.npoints * ports ** 2;
  return Math.max(
    frequency?.length === expected.npoints ? 0 : Infinity,
    deviation(frequency?.[0], expected.f_hz_first),
    deviation(frequency?.at(-1), expected.f_hz_last),
    matrixDeviation(dataset, 0, expected.s_first ?? [], names),
    matrixDeviation(dataset, -1, expected.s_last ?? [], names),
    ...expected.sum_s.map((wanted, k) => deviation(sum[k]! / count, wanted / count)),
  );
}
