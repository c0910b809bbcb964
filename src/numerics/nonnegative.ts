import { applyQTransposed, pivotedQr, rEntry } from "./qr.ts";

/**
 * Minimises |A x - b| with x >= 0 (Lawson and Hanson, *Solving Least Squares Problems*, chapter 23). A of full column rank, column-major m x n.
 * @returns x; exactly 0 where the bound holds it.
 */
export function nonNegativeLeastSquares(a: Float64Array, b: Float64Array, m: number, n: number): Float64Array {
  const x = new Float64Array(n);
  const free = new Set<number>();
  // Every column enters at most a few times; more means rounding plays ping-pong at a bound.
  for (let round = 0; round < 3 * n; round++) {
    const w = gradient(a, b, x, m, n);
    let enter = -1;
    for (let j = 0; j < n; j++) if (!free.has(j) && w[j]! > 1e-12 && (enter < 0 || w[j]! > w[enter]!)) enter = j;
    if (enter < 0) return x;
    free.add(enter);
    for (;;) {
      const columns = [...free].sort((i, j) => i - j);
      const s = solveColumns(a, b, m, columns);
      if (s.every((v) => v > 0)) {
        columns.forEach((j, k) => {
          x[j] = s[k]!;
        });
        break;
      }
      // As far towards the free minimum as the bounds allow; what reaches 0 stays there.
      let step = 1;
      columns.forEach((j, k) => {
        if (!(s[k]! > 0)) step = Math.min(step, x[j]! / (x[j]! - s[k]!));
      });
      columns.forEach((j, k) => {
        const next = x[j]! + step * (s[k]! - x[j]!);
        if (s[k]! > 0 || next > 1e-12 * Math.abs(s[k]!)) x[j] = Math.max(0, next);
        else {
          x[j] = 0;
          free.delete(j);
        }
      });
      if (free.size === 0) break;
    }
  }
  return x;
}

/** Cosine of the angle between residual and each column, so that nothing depends on units. */
function gradient(a: Float64Array, b: Float64Array, x: Float64Array, m: number, n: number): Float64Array {
  const r = Float64Array.from(b);
  for (let j = 0; j < n; j++) for (let i = 0; i < m; i++) r[i]! -= a[j * m + i]! * x[j]!;
  const size = Math.hypot(...b) || 1;
  return Float64Array.from({ length: n }, (_, j) => {
    const column = a.subarray(j * m, (j + 1) * m);
    return column.reduce((sum, v, i) => sum + v * r[i]!, 0) / (Math.hypot(...column) * size || 1);
  });
}

/** Least squares over some of the columns. */
export function solveColumns(a: Float64Array, b: Float64Array, m: number, columns: readonly number[]): Float64Array {
  const n = columns.length;
  const part = new Float64Array(m * n);
  columns.forEach((j, k) => {
    part.set(a.subarray(j * m, (j + 1) * m), k * m);
  });
  const qr = pivotedQr(part, m, n);
  const y = Float64Array.from(b);
  applyQTransposed(qr, y);
  const x = new Float64Array(n);
  for (let k = n - 1; k >= 0; k--) {
    let sum = y[k]!;
    for (let l = k + 1; l < n; l++) sum -= rEntry(qr, k, l) * x[qr.pivot[l]!]!;
    x[qr.pivot[k]!] = sum / rEntry(qr, k, k);
  }
  return x;
}
