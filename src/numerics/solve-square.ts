import { applyQTransposed, backSubstitute, pivotedQr, rankOf } from "./qr.ts";

/**
 * Solves A x = b for a square matrix.
 * @param a row-major n x n. @returns undefined where A is singular to working precision
 */
export function solveSquare(a: ArrayLike<number>, b: ArrayLike<number>, n: number): Float64Array | undefined {
  const columns = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) columns[j * n + i] = a[i * n + j]!;
  const qr = pivotedQr(columns, n, n);
  if (rankOf(qr, n * Number.EPSILON) < n) return undefined;
  const right = Float64Array.from(b);
  applyQTransposed(qr, right);
  const x = backSubstitute(qr, right, n);
  const out = new Float64Array(n);
  for (let k = 0; k < n; k++) out[qr.pivot[k]!] = x[k]!;
  return out;
}
