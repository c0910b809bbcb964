import type { SweepPoint } from "./sweep-fit.ts";

/**
 * Covariance of the sweep's parameters when the noise of the reference is the same at every power: sandwich
 * `C = M [sum J J^T s^2/s_tot^2 + sum_f eta^2 v_f v_f^T] M`, `M = (J^T J)^-1`, where v_f collects all powers at frequency f.
 * Treating it as independent would make the parameters too good by up to the root of the number of powers.
 * @param jacobian whitened with `total`, column-major; `both`: rows 2i (real) and 2i+1 (imaginary), else rows i.
 */
export function referenceCovariance(
  points: readonly SweepPoint[],
  total: readonly number[],
  jacobian: Float64Array,
  inverse: Float64Array,
  n: number,
  both: boolean,
  sign: 1 | -1,
): Float64Array {
  if (points.every((p) => !(p.eta > 0))) return inverse;
  const m = points.length * (both ? 2 : 1);
  const middle = new Float64Array(n * n);
  const addOuter = (v: ArrayLike<number>, weight: number) => {
    for (let a = 0; a < n; a++) for (let b = 0; b < n; b++) middle[a * n + b]! += v[a]! * v[b]! * weight;
  };
  const byFrequency = new Map<number, { re: Float64Array; im: Float64Array; eta2: number }>();
  points.forEach((p, i) => {
    const own = (p.sigma / total[i]!) ** 2;
    const rowRe = Float64Array.from({ length: n }, (_, j) => jacobian[j * m + (both ? 2 * i : i)]!);
    const rowIm = Float64Array.from({ length: n }, (_, j) => (both ? jacobian[j * m + 2 * i + 1]! : 0));
    addOuter(rowRe, own);
    if (both) addOuter(rowIm, own);
    let group = byFrequency.get(p.omega);
    if (!group) {
      group = { re: new Float64Array(n), im: new Float64Array(n), eta2: p.eta * p.eta };
      byFrequency.set(p.omega, group);
    }
    // A relative error (a + i b) of the reference moves S by S (a + i b); the imaginary residual carries the sign convention.
    for (let j = 0; j < n; j++) {
      group.re[j]! += (rowRe[j]! * p.re - rowIm[j]! * sign * p.im) / total[i]!;
      group.im[j]! += (-rowRe[j]! * p.im - rowIm[j]! * sign * p.re) / total[i]!;
    }
  });
  for (const { re, im, eta2 } of byFrequency.values()) {
    addOuter(re, eta2);
    addOuter(im, eta2);
  }
  return product(product(inverse, middle, n), inverse, n);
}

function product(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const c = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      let s = 0;
      for (let k = 0; k < n; k++) s += a[i * n + k]! * b[k * n + j]!;
      c[i * n + j] = s;
    }
  return c;
}
