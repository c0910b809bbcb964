import { echelon } from "./echelon.ts";
import { jacobiSvd } from "./svd.ts";
import { unitColumns } from "./unit-columns.ts";

/** A direction along which the residuals hardly change. Entry j: parameter j. */
export interface Direction {
  /** Unit vector in scaled parameters, in which every column of the Jacobian has length 1. */
  readonly scaled: Float64Array;
  /** The same direction in the parameters themselves; only ratios mean something. */
  readonly physical: Float64Array;
  /** Singular value over the largest one: 0 for a direction that the data do not see at all. */
  readonly share: number;
}

/** What a whitened Jacobian determines, and what it does not. */
export interface Identifiability {
  readonly rank: number;
  /** Largest over smallest singular value of the column-scaled Jacobian; infinite where a direction is not determined. */
  readonly condition: number;
  /** Directions that the data do not determine, each in as few parameters as possible. */
  readonly undetermined: readonly Direction[];
  /** Directions that they determine only just: their share is below `limit`. */
  readonly weak: readonly Direction[];
  readonly limit: number;
}

export interface IdentifiabilityOptions {
  /** Share of the largest singular value below which a direction counts as not determined. Default 4 eps max(m, n): take 1e-7 for finite differences. */
  readonly nothing?: number;
  /** Share below which it counts as weak. Default 1e-5: beyond, an error of 1e-5 in the law moves the parameters by as much as themselves. */
  readonly limit?: number;
}

/** Entries of a scaled direction below this are rounding: the parameter does not take part. */
export const TAKES_PART = 1e-6;

/**
 * Rank, condition and null directions from the singular values of J with unit columns, so that nothing depends on the units of the parameters.
 * @param jacobian column-major m x n; a parameter without any effect has a column of zeros and is a direction of its own.
 */
export function identifiability(jacobian: Float64Array, m: number, n: number, options: IdentifiabilityOptions = {}): Identifiability {
  const { nothing = 4 * Math.max(m, n) * Number.EPSILON, limit = 1e-5 } = options;
  const triangle = jacobian.slice(0, m * n);
  const size = unitColumns(triangle, m, n);
  echelon(triangle, m, n);
  const rows = Math.min(m, n);
  const square = new Float64Array(rows * n);
  for (let j = 0; j < n; j++) for (let i = 0; i < rows; i++) square[j * rows + i] = triangle[j * m + i]!;
  const { values, vectors } = jacobiSvd(square, rows, n);
  const top = values[0] || 1;
  const shares = [...values].map((s) => s / top);
  const vector = (k: number) => vectors.slice(k * n, (k + 1) * n);
  const make = (scaled: Float64Array, share: number): Direction => ({
    scaled,
    physical: scaled.map((v, j) => v / (size[j]! || 1)),
    share,
  });
  const absent = [...shares.keys()].filter((k) => !(shares[k]! > nothing));
  const weak = [...shares.keys()].filter((k) => shares[k]! > nothing && shares[k]! < limit);
  return {
    rank: n - absent.length,
    condition: absent.length > 0 ? Number.POSITIVE_INFINITY : 1 / shares[n - 1]!,
    undetermined: sparse(absent.map(vector)).map((v) => make(v, 0)),
    weak: weak.map((k) => make(vector(k), shares[k]!)),
    limit,
  };
}

/** The same span in unit vectors with as many zeros as complete elimination can make, largest entries as pivots. */
function sparse(basis: readonly Float64Array[]): Float64Array[] {
  const rows = basis.map((v) => v.slice());
  const pivots = new Set<number>();
  for (const [k, row] of rows.entries()) {
    let pivot = -1;
    for (let j = 0; j < row.length; j++) if (!pivots.has(j) && (pivot < 0 || Math.abs(row[j]!) > Math.abs(row[pivot]!))) pivot = j;
    pivots.add(pivot);
    for (const [l, other] of rows.entries()) {
      if (l === k) continue;
      const factor = other[pivot]! / row[pivot]!;
      for (let j = 0; j < row.length; j++) other[j]! -= factor * row[j]!;
      other[pivot] = 0;
    }
  }
  return rows.map((row) => {
    const size = Math.hypot(...row);
    return row.map((v) => (Math.abs(v) > TAKES_PART * size ? v / size : 0));
  });
}
