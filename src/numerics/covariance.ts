import { pivotedQr, rankOf, rEntry } from "./qr.ts";
import { unitColumns } from "./unit-columns.ts";

/** Covariance of parameters from a whitened Jacobian, with what the data do not determine. */
export interface Covariance {
  /** Row-major n x n; NaN in the rows and columns of undetermined parameters. */
  readonly matrix: Float64Array;
  readonly rank: number;
  /** Parameters that take part in a direction along which the residuals do not change. */
  readonly undetermined: readonly number[];
}

/**
 * (J^T J)^-1 by pivoted QR of J with unit-norm columns, so that the rank test does not depend on the parameters' units.
 * Parameters in a null direction get NaN, never a number.
 * @param jacobian column-major m x n, residuals in units of their standard deviation.
 */
export function covarianceOf(jacobian: Float64Array, m: number, n: number): Covariance {
  const scaled = jacobian.slice(0, m * n);
  const norm = unitColumns(scaled, m, n);
  const qr = pivotedQr(scaled, m, n);
  const rank = rankOf(qr, Math.max(m, n) * 4 * Number.EPSILON);
  // Columns of R11^-1.
  const inverse = new Float64Array(rank * rank);
  for (let j = 0; j < rank; j++) {
    inverse[j * rank + j] = 1 / rEntry(qr, j, j);
    for (let i = j - 1; i >= 0; i--) {
      let s = 0;
      for (let k = i + 1; k <= j; k++) s += rEntry(qr, i, k) * inverse[k * rank + j]!;
      inverse[i * rank + j] = -s / rEntry(qr, i, i);
    }
  }
  const free = new Uint8Array(n);
  for (let c = rank; c < n; c++) {
    free[qr.pivot[c]!] = 1;
    for (let i = 0; i < rank; i++) {
      let s = 0;
      for (let k = i; k < rank; k++) s += inverse[i * rank + k]! * rEntry(qr, k, c);
      if (Math.abs(s) > 1e-7) free[qr.pivot[i]!] = 1;
    }
  }
  const matrix = new Float64Array(n * n).fill(Number.NaN);
  for (let i = 0; i < rank; i++)
    for (let j = 0; j < rank; j++) {
      const [p, q] = [qr.pivot[i]!, qr.pivot[j]!];
      if (free[p] || free[q]) continue;
      let s = 0;
      for (let k = Math.max(i, j); k < rank; k++) s += inverse[i * rank + k]! * inverse[j * rank + k]!;
      matrix[p * n + q] = s / norm[p]! / norm[q]!;
    }
  return { matrix, rank, undetermined: [...free.keys()].filter((j) => free[j] === 1) };
}
