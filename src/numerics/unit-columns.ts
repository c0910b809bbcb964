/**
 * Brings the columns of a column-major m x n matrix to length 1, in place, so that a rank does not depend on the units of the parameters.
 * @returns their lengths before; a column of zeros stays as it is, with length 0. Free of overflow and underflow.
 */
export function unitColumns(a: Float64Array, m: number, n: number): Float64Array {
  const lengths = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    const length = columnLength(a, m, j);
    lengths[j] = length;
    if (length > 0) for (let i = j * m; i < (j + 1) * m; i++) a[i]! /= length;
  }
  return lengths;
}

/** Euclidean length of column j, without overflow or underflow of the squares. */
export function columnLength(a: Float64Array, m: number, j: number): number {
  let largest = 0;
  for (let i = j * m; i < (j + 1) * m; i++) largest = Math.max(largest, Math.abs(a[i]!));
  let sum = 0;
  if (largest > 0) for (let i = j * m; i < (j + 1) * m; i++) sum += (a[i]! / largest) ** 2;
  return largest * Math.sqrt(sum);
}
