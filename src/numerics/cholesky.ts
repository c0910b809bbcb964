import { gram } from "./gram.ts";

/**
 * Lower Cholesky factor of a symmetric positive definite n x n matrix (row-major), or undefined when it is not positive definite.
 * A pivot is taken as zero below `tolerance` times its own diagonal entry: free of scale.
 * Rows go four at a time beside four finished ones, each sum in the order of its terms: the same bits as one after the other.
 */
export function cholesky(a: ArrayLike<number>, n: number, tolerance = 1e-14): Float64Array | undefined {
  const l = Float64Array.from(a);
  for (let i = 0; i < n; i += 4) {
    const end = Math.min(n, i + 4);
    const tiled = end === i + 4 ? i : 0;
    for (let j = 0; j < tiled; j += 4) tile(l, n, i, j);
    for (let r = i; r < end; r++) {
      for (let c = tiled; c < r; c++) finish(l, n, r, c, 0);
      let d = l[r * n + r]!;
      for (let k = 0; k < r; k++) d -= l[r * n + k]! ** 2;
      if (!(d > tolerance * a[r * n + r]!)) return undefined;
      l[r * n + r] = Math.sqrt(d);
    }
    for (let r = i; r < end; r++) l.fill(0, r * n + r + 1, (r + 1) * n);
  }
  return l;
}

/** Entry (r, c), r > c, from which the terms before `from` are subtracted already. */
function finish(l: Float64Array, n: number, r: number, c: number, from: number): void {
  let s = l[r * n + c]!;
  for (let k = from; k < c; k++) s -= l[r * n + k]! * l[c * n + k]!;
  l[r * n + c] = s / l[c * n + c]!;
}

/** The entries of rows i..i+3 in columns j..j+3, j + 4 <= i. */
function tile(l: Float64Array, n: number, i: number, j: number): void {
  const o = i * n + j;
  let [s00, s01, s02, s03] = [l[o]!, l[o + 1]!, l[o + 2]!, l[o + 3]!];
  let [s10, s11, s12, s13] = [l[o + n]!, l[o + n + 1]!, l[o + n + 2]!, l[o + n + 3]!];
  let [s20, s21, s22, s23] = [l[o + 2 * n]!, l[o + 2 * n + 1]!, l[o + 2 * n + 2]!, l[o + 2 * n + 3]!];
  let [s30, s31, s32, s33] = [l[o + 3 * n]!, l[o + 3 * n + 1]!, l[o + 3 * n + 2]!, l[o + 3 * n + 3]!];
  for (let p = i * n, q = j * n; q < j * n + j; p++, q++) {
    const y0 = l[q]!;
    const y1 = l[q + n]!;
    const y2 = l[q + 2 * n]!;
    const y3 = l[q + 3 * n]!;
    let x = l[p]!;
    s00 -= x * y0;
    s01 -= x * y1;
    s02 -= x * y2;
    s03 -= x * y3;
    x = l[p + n]!;
    s10 -= x * y0;
    s11 -= x * y1;
    s12 -= x * y2;
    s13 -= x * y3;
    x = l[p + 2 * n]!;
    s20 -= x * y0;
    s21 -= x * y1;
    s22 -= x * y2;
    s23 -= x * y3;
    x = l[p + 3 * n]!;
    s30 -= x * y0;
    s31 -= x * y1;
    s32 -= x * y2;
    s33 -= x * y3;
  }
  const sums = [s00, s01, s02, s03, s10, s11, s12, s13, s20, s21, s22, s23, s30, s31, s32, s33];
  for (let r = 0; r < 4; r++)
    for (let c = 0; c < 4; c++) {
      l[o + r * n + c] = sums[4 * r + c]!;
      finish(l, n, i + r, j + c, j);
    }
}

/** Solves L L^T x = b. */
export function choleskySolve(l: Float64Array, b: ArrayLike<number>, n: number): Float64Array {
  const x = forwardSolve(l, b, n);
  for (let i = n - 1; i >= 0; i--) {
    const v = x[i]! / l[i * n + i]!;
    x[i] = v;
    for (let k = 0; k < i; k++) x[k]! -= l[i * n + k]! * v;
  }
  return x;
}

/** A^-1 (row-major, both halves) by `L^-T L^-1`. */
export function choleskyInverse(l: Float64Array, n: number): Float64Array {
  // Row i: column i of L^-1, zero before its place i.
  const rows = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let r = i; r < n; r++) {
      let s = r === i ? 1 : 0;
      for (let k = i; k < r; k++) s -= l[r * n + k]! * rows[i * n + k]!;
      rows[i * n + r] = s / l[r * n + r]!;
    }
  return gram(rows, n, n);
}

/** Solves L x = b: `|x|^2 = b^T A^-1 b`. */
export function forwardSolve(l: Float64Array, b: ArrayLike<number>, n: number): Float64Array {
  const x = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let s = b[i]!;
    for (let k = 0; k < i; k++) s -= l[i * n + k]! * x[k]!;
    x[i] = s / l[i * n + i]!;
  }
  return x;
}
