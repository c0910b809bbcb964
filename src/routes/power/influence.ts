import type { SweepPoint } from "./sweep-point.ts";

/** How every parameter of the sweep's law moves with the measured S of every point: `[parameter][point]`, in the law's units. */
export interface Influence {
  readonly re: readonly Float64Array[];
  readonly im: readonly Float64Array[];
}

/**
 * Linear response of a least-squares minimum to its data: `d theta = -(J^T J)^-1 J^T dr`.
 * @param jacobian whitened with `total`, column-major over the free parameters; `both`: rows 2i (real) and 2i+1 (imaginary), else rows i.
 * @param place of the free parameter j among all; @param unit its size in the law's units.
 */
export function influenceOf(
  jacobian: Float64Array,
  inverse: Float64Array,
  total: readonly number[],
  shape: {
    readonly both: boolean;
    readonly sign: 1 | -1;
    readonly place: readonly number[];
    readonly unit: readonly number[];
    readonly all: number;
  },
): Influence {
  const { both, sign, place, unit, all } = shape;
  const n = place.length;
  const count = total.length;
  const m = count * (both ? 2 : 1);
  const re = Array.from({ length: all }, () => new Float64Array(count));
  const im = Array.from({ length: all }, () => new Float64Array(count));
  for (let i = 0; i < count; i++) {
    const rowRe = both ? 2 * i : i;
    for (let j = 0; j < n; j++) {
      let [a, b] = [0, 0];
      for (let k = 0; k < n; k++) {
        const c = inverse[j * n + k]!;
        a += c * jacobian[k * m + rowRe]!;
        if (both) b += c * jacobian[k * m + rowRe + 1]!;
      }
      // The residuals are (1 - Re S)_law - (1 - Re S) and their like for sign Im S.
      re[place[j]!]![i] = (-a * unit[j]!) / total[i]!;
      im[place[j]!]![i] = (-b * sign * unit[j]!) / total[i]!;
    }
  }
  return { re, im };
}

/** Derivative of a number with respect to Re S and Im S of every point. */
export interface Derivative {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Variance of a number by each point's own noise. */
export function ownVariance(d: Derivative, sigma: (i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < d.re.length; i++) {
    const size = d.re[i]! ** 2 + d.im[i]! ** 2;
    if (size > 0) sum += size * sigma(i) ** 2;
  }
  return sum;
}

/** Covariance of numbers by each point's own noise. */
export function ownCovariance(derivatives: readonly Derivative[], sigma: (i: number) => number): number[][] {
  const n = derivatives.length;
  const out = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  for (let j = 0; j < n; j++)
    for (let k = 0; k <= j; k++) {
      const [a, b] = [derivatives[j]!, derivatives[k]!];
      let sum = 0;
      for (let i = 0; i < a.re.length; i++) {
        const size = a.re[i]! * b.re[i]! + a.im[i]! * b.im[i]!;
        if (size !== 0) sum += size * sigma(i) ** 2;
      }
      out[j]![k] = sum;
      out[k]![j] = sum;
    }
  return out;
}

/**
 * Covariance of numbers by the reference's noise: a relative error a + ib of one reference point moves S wherever the reference rests on it, by S (a + ib)
 * times its part there, at every power alike and, between its points, at several frequencies; all of that is added before it is squared. Taking the points
 * as independent would make the result too good by up to the root of their number.
 */
export function referenceCovariance(
  derivatives: readonly Derivative[],
  points: readonly Pick<SweepPoint, "omega" | "re" | "im" | "eta" | "rests">[],
): number[][] {
  const n = derivatives.length;
  const groups = new Map<string | number, { readonly a: Float64Array; readonly b: Float64Array }>();
  points.forEach((p, i) => {
    if (p.eta === 0) return;
    for (const { place, part } of p.rests ?? [{ place: p.omega, part: 1 }]) {
      const g = groups.get(place) ?? { a: new Float64Array(n), b: new Float64Array(n) };
      groups.set(place, g);
      for (let j = 0; j < n; j++) {
        const d = derivatives[j]!;
        if (d.re[i] === 0 && d.im[i] === 0) continue;
        g.a[j]! += part * p.eta * (d.re[i]! * p.re + d.im[i]! * p.im);
        g.b[j]! += part * p.eta * (d.im[i]! * p.re - d.re[i]! * p.im);
      }
    }
  });
  const out = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  for (const { a, b } of groups.values())
    for (let j = 0; j < n; j++) for (let k = 0; k < n; k++) out[j]![k]! += a[j]! * a[k]! + b[j]! * b[k]!;
  return out;
}
