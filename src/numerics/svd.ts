import { columnLength } from "./unit-columns.ts";

/** Singular values, falling, and right singular vectors of a small matrix. */
export interface Svd {
  readonly values: Float64Array;
  /** Column-major n x n: `vectors[k * n + j]` is entry j of the vector that belongs to `values[k]`. */
  readonly vectors: Float64Array;
}

/**
 * One-sided Jacobi (Hestenes 1958; Demmel and Veselic 1992): small singular values come with high relative accuracy, which the rank of a
 * column-scaled Jacobian rests on. Cost m n^2 per sweep: reduce a tall matrix by QR first.
 * @param a column-major m x n; not changed. With m < n the last values are zero.
 */
export function jacobiSvd(a: Float64Array, m: number, n: number): Svd {
  const u = a.slice(0, m * n);
  const v = new Float64Array(n * n);
  for (let j = 0; j < n; j++) v[j * n + j] = 1;
  for (let sweep = 0; sweep < 60; sweep++) {
    let rotated = false;
    for (let p = 0; p < n - 1; p++)
      for (let q = p + 1; q < n; q++) {
        let [pp, qq, pq] = [0, 0, 0];
        for (let i = 0; i < m; i++) {
          const [x, y] = [u[p * m + i]!, u[q * m + i]!];
          pp += x * x;
          qq += y * y;
          pq += x * y;
        }
        if (!(Math.abs(pq) > Number.EPSILON * Math.sqrt(pp * qq))) continue;
        rotated = true;
        const zeta = (qq - pp) / (2 * pq);
        const t = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.hypot(1, zeta));
        const c = 1 / Math.hypot(1, t);
        rotate(u, m, p, q, c, c * t);
        rotate(v, n, p, q, c, c * t);
      }
    if (!rotated) break;
  }
  const size = Float64Array.from({ length: n }, (_, j) => columnLength(u, m, j));
  const order = [...size.keys()].sort((i, j) => size[j]! - size[i]!);
  const vectors = new Float64Array(n * n);
  order.forEach((j, k) => {
    vectors.set(v.subarray(j * n, (j + 1) * n), k * n);
  });
  return { values: Float64Array.from(order, (j) => size[j]!), vectors };
}

function rotate(a: Float64Array, m: number, p: number, q: number, c: number, s: number): void {
  for (let i = 0; i < m; i++) {
    const [x, y] = [a[p * m + i]!, a[q * m + i]!];
    a[p * m + i] = c * x - s * y;
    a[q * m + i] = s * x + c * y;
  }
}
