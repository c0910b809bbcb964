import { jacobiSvd } from "../numerics/svd.ts";

/** f of a symmetric positive matrix A, applied to the vector that the space was built from. */
export type MatrixFunction = (f: (eigenvalue: number) => number) => Float64Array;

/**
 * f(A) v for any f, from the Krylov space of v: Lanczos with full reorthogonalisation, then f at the eigenvalues of the tridiagonal matrix
 * (Hochbruck and Lubich, SIAM J. Numer. Anal. 34, 1911 (1997)). One space gives steady states (1/a), decays (exp(-a t)) and everything driven.
 * @param apply A times a vector
 * @param tolerance largest share of a result that may lie on the last vector of the space
 * @throws RangeError when `size` vectors are not enough for that
 */
export function functionsOf(apply: (x: Float64Array) => Float64Array, v: Float64Array, size = 100, tolerance = 1e-7): MatrixFunction {
  const length = Math.hypot(...v);
  if (length === 0) return () => new Float64Array(v.length);
  const basis = [v.map((x) => x / length)];
  const [diagonal, beside]: [number[], number[]] = [[], []];
  for (let k = 0; k < Math.min(size, v.length); k++) {
    const next = apply(basis[k]!);
    diagonal.push(dot(next, basis[k]!));
    for (let twice = 0; twice < 2; twice++)
      for (const q of basis) {
        const part = dot(next, q);
        for (let i = 0; i < next.length; i++) next[i]! -= part * q[i]!;
      }
    const left = Math.hypot(...next);
    // Nothing new: the space holds everything that A can make of v.
    if (!(left > 1e-13 * Math.max(...diagonal))) break;
    beside.push(left);
    basis.push(next.map((x) => x / left));
  }
  const n = diagonal.length;
  const complete = n === v.length || beside.length < n;
  const t = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    t[i * n + i] = diagonal[i]!;
    if (i + 1 < n) t[i * n + i + 1] = t[(i + 1) * n + i] = beside[i]!;
  }
  const { values, vectors } = jacobiSvd(t, n, n);
  return (f) => {
    const shares = Float64Array.from(values, (a, k) => length * f(a) * vectors[k * n]!);
    const along = Float64Array.from({ length: n }, (_, i) => shares.reduce((sum, s, k) => sum + s * vectors[k * n + i]!, 0));
    if (!complete && Math.abs(along[n - 1]!) > tolerance * Math.hypot(...along))
      throw new RangeError(`more than ${size} Krylov vectors needed`);
    const result = new Float64Array(v.length);
    for (let i = 0; i < n; i++) for (let j = 0; j < result.length; j++) result[j]! += along[i]! * basis[i]![j]!;
    return result;
  };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
