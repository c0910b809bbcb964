/**
 * Householder reduction to row echelon form, in place: an orthogonal transformation from the left, so that A^T A is kept. A column without
 * anything left uses no row.
 * @param a column-major m x n. @returns the number of rows that hold something; those below are zero.
 */
export function echelon(a: Float64Array, m: number, n: number): number {
  let row = 0;
  for (let c = 0; c < n && row < m; c++) if (reflect(a, m, n, row, c)) row++;
  return row;
}

/** Zeroes column c below `row` and applies the same reflection to the columns right of it. @returns false where there is nothing to zero with. */
function reflect(a: Float64Array, m: number, n: number, row: number, c: number): boolean {
  const head = c * m + row;
  const end = (c + 1) * m;
  let size = 0;
  for (let i = head; i < end; i++) size += a[i]! * a[i]!;
  size = Math.sqrt(size);
  if (size === 0) return false;
  if (a[head]! > 0) size = -size;
  // v = x - size e1, H = I - v v^T / (size (size - x1)).
  a[head]! -= size;
  const factor = 1 / (size * a[head]!);
  for (let j = c + 1; j < n; j++) {
    const shift = (j - c) * m;
    let sum = 0;
    for (let i = head; i < end; i++) sum += a[i]! * a[i + shift]!;
    sum *= factor;
    for (let i = head; i < end; i++) a[i + shift]! += sum * a[i]!;
  }
  a[head] = size;
  for (let i = head + 1; i < end; i++) a[i] = 0;
  return true;
}

/**
 * Eliminates the first `count` columns with pivoting among them, until what is left of each is below `tolerance` of its length.
 * @param order filled with the columns in the order of elimination; those that depend on the others stand last.
 * @returns how many were eliminated: the first so many rows belong to them.
 */
export function eliminate(a: Float64Array, m: number, n: number, count: number, tolerance: number, order: Int32Array): number {
  const left = (c: number, row: number) => {
    let s = 0;
    for (let i = row; i < m; i++) s += a[c * m + i]! ** 2;
    return Math.sqrt(s);
  };
  const whole = Float64Array.from({ length: count }, (_, c) => left(c, 0));
  for (let c = 0; c < count; c++) order[c] = c;
  for (let k = 0; k < count; k++) {
    let [best, largest] = [-1, tolerance];
    for (let c = k; c < count; c++) {
      const share = whole[c]! > 0 ? left(c, k) / whole[c]! : 0;
      if (share > largest) [best, largest] = [c, share];
    }
    if (best < 0 || k >= m) return k;
    if (best !== k) {
      for (let i = 0; i < m; i++) [a[k * m + i], a[best * m + i]] = [a[best * m + i]!, a[k * m + i]!];
      [whole[k], whole[best]] = [whole[best]!, whole[k]!];
      [order[k], order[best]] = [order[best]!, order[k]!];
    }
    reflect(a, m, n, k, k);
  }
  return count;
}
