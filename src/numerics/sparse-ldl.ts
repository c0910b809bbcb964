/** Strictly upper triangle of a sparse symmetric matrix by columns (rows of column j at `starts[j] .. starts[j + 1]`), and its diagonal. */
export interface SparseSymmetric {
  readonly diagonal: Float64Array;
  readonly starts: Int32Array;
  readonly rows: Int32Array;
  readonly values: Float64Array;
}

/** Unit lower triangular L by columns and the inverse of the diagonal D. */
export interface SparseFactor {
  readonly starts: Int32Array;
  readonly rows: Int32Array;
  readonly values: Float64Array;
  readonly inverses: Float64Array;
}

/** Parent of every unknown in the elimination tree, and the entries below the diagonal of every column of L (Liu 1990, SIAM J. Matrix Anal. 11, 134). */
function eliminationTree({ diagonal, starts, rows }: SparseSymmetric): { parents: Int32Array; counts: Int32Array } {
  const n = diagonal.length;
  const parents = new Int32Array(n).fill(-1);
  const counts = new Int32Array(n);
  const seen = new Int32Array(n).fill(-1);
  for (let k = 0; k < n; k++) {
    seen[k] = k;
    for (let p = starts[k]!; p < starts[k + 1]!; p++)
      // Row k of L has an entry in every column on the way from i up to k.
      for (let i = rows[p]!; seen[i] !== k; i = parents[i]!) {
        if (parents[i] === -1) parents[i] = k;
        counts[i]!++;
        seen[i] = k;
      }
  }
  return { parents, counts };
}

/**
 * L D L^T of a sparse symmetric positive definite matrix without pivoting, row by row of L. The order of the unknowns decides the cost:
 * `nestedDissection`. Undefined where a pivot is not above `tolerance` times its diagonal entry: singular or not definite.
 */
export function sparseLdl(a: SparseSymmetric, tolerance = 1e-13): SparseFactor | undefined {
  const n = a.diagonal.length;
  const { parents, counts } = eliminationTree(a);
  const starts = new Int32Array(n + 1);
  for (let j = 0; j < n; j++) starts[j + 1] = starts[j]! + counts[j]!;
  const ends = starts.slice(0, n);
  const rows = new Int32Array(starts[n]!);
  const values = new Float64Array(starts[n]!);
  const inverses = new Float64Array(n);
  const row = new Float64Array(n);
  const seen = new Int32Array(n).fill(-1);
  const [path, pattern] = [new Int32Array(n), new Int32Array(n)];
  for (let k = 0; k < n; k++) {
    let top = n;
    seen[k] = k;
    for (let p = a.starts[k]!; p < a.starts[k + 1]!; p++) {
      let length = 0;
      row[a.rows[p]!]! += a.values[p]!;
      for (let i = a.rows[p]!; seen[i] !== k; i = parents[i]!) {
        path[length++] = i;
        seen[i] = k;
      }
      while (length > 0) pattern[--top] = path[--length]!;
    }
    let pivot = a.diagonal[k]!;
    for (; top < n; top++) {
      const i = pattern[top]!;
      const y = row[i]!;
      row[i] = 0;
      const end = ends[i]!;
      for (let p = starts[i]!; p < end; p++) row[rows[p]!]! -= values[p]! * y;
      const l = y * inverses[i]!;
      pivot -= l * y;
      rows[end] = k;
      values[end] = l;
      ends[i] = end + 1;
    }
    if (!(pivot > tolerance * a.diagonal[k]!)) return undefined;
    inverses[k] = 1 / pivot;
  }
  return { starts, rows, values, inverses };
}

/** Solves L D L^T x = b in place. */
export function sparseLdlSolve({ starts, rows, values, inverses }: SparseFactor, x: Float64Array): void {
  const n = inverses.length;
  for (let j = 0; j < n; j++) {
    const y = x[j]!;
    const end = starts[j + 1]!;
    if (y !== 0) for (let p = starts[j]!; p < end; p++) x[rows[p]!]! -= values[p]! * y;
  }
  for (let j = n - 1; j >= 0; j--) {
    const end = starts[j + 1]!;
    let p = starts[j]!;
    // Four sums: one alone would wait for itself at every entry.
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (; p + 4 <= end; p += 4) {
      a += values[p]! * x[rows[p]!]!;
      b += values[p + 1]! * x[rows[p + 1]!]!;
      c += values[p + 2]! * x[rows[p + 2]!]!;
      d += values[p + 3]! * x[rows[p + 3]!]!;
    }
    for (; p < end; p++) a += values[p]! * x[rows[p]!]!;
    x[j] = x[j]! * inverses[j]! - (a + b + (c + d));
  }
}
