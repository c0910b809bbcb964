export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** Square complex matrix, row-major. Small ones only (a qubit's Liouvillian is 4 x 4). */
export interface ComplexMatrix {
  readonly n: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

export function zeros(n: number): ComplexMatrix {
  return { n, re: new Float64Array(n * n), im: new Float64Array(n * n) };
}

export function identity(n: number): ComplexMatrix {
  const m = zeros(n);
  for (let i = 0; i < n; i++) m.re[i * n + i] = 1;
  return m;
}

/** A real matrix given by its rows. */
export function fromRows(rows: readonly (readonly number[])[]): ComplexMatrix {
  return { n: rows.length, re: Float64Array.from(rows.flat()), im: new Float64Array(rows.length ** 2) };
}

/** sum_k (re_k + i im_k) M_k */
export function combine(terms: readonly (readonly [re: number, im: number, matrix: ComplexMatrix])[]): ComplexMatrix {
  const sum = zeros(terms[0]![2].n);
  for (const [a, b, m] of terms) {
    for (let k = 0; k < sum.re.length; k++) {
      sum.re[k]! += a * m.re[k]! - b * m.im[k]!;
      sum.im[k]! += a * m.im[k]! + b * m.re[k]!;
    }
  }
  return sum;
}

export function multiply(a: ComplexMatrix, b: ComplexMatrix): ComplexMatrix {
  const n = a.n;
  const c = zeros(n);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < n; k++) {
      const [ar, ai] = [a.re[i * n + k]!, a.im[i * n + k]!];
      for (let j = 0; j < n; j++) {
        c.re[i * n + j]! += ar * b.re[k * n + j]! - ai * b.im[k * n + j]!;
        c.im[i * n + j]! += ar * b.im[k * n + j]! + ai * b.re[k * n + j]!;
      }
    }
  return c;
}

export function transpose(a: ComplexMatrix): ComplexMatrix {
  const n = a.n;
  const t = zeros(n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      t.re[j * n + i] = a.re[i * n + j]!;
      t.im[j * n + i] = a.im[i * n + j]!;
    }
  return t;
}

export function adjoint(a: ComplexMatrix): ComplexMatrix {
  const t = transpose(a);
  return { n: t.n, re: t.re, im: t.im.map((x) => -x) };
}

/** Kronecker product: `(a (x) b)[i n + k, j n + l] = a[i, j] b[k, l]`. */
export function kronecker(a: ComplexMatrix, b: ComplexMatrix): ComplexMatrix {
  const n = a.n * b.n;
  const c = zeros(n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      const p = Math.floor(i / b.n) * a.n + Math.floor(j / b.n);
      const q = (i % b.n) * b.n + (j % b.n);
      c.re[i * n + j] = a.re[p]! * b.re[q]! - a.im[p]! * b.im[q]!;
      c.im[i * n + j] = a.re[p]! * b.im[q]! + a.im[p]! * b.re[q]!;
    }
  return c;
}

/** Complex vector. */
export interface ComplexVector {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

export function apply(m: ComplexMatrix, v: ComplexVector): ComplexVector {
  const out = { re: new Float64Array(m.n), im: new Float64Array(m.n) };
  for (let i = 0; i < m.n; i++)
    for (let j = 0; j < m.n; j++) {
      const [a, b] = [m.re[i * m.n + j]!, m.im[i * m.n + j]!];
      out.re[i]! += a * v.re[j]! - b * v.im[j]!;
      out.im[i]! += a * v.im[j]! + b * v.re[j]!;
    }
  return out;
}
