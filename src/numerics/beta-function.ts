import { gammaQ, logGamma } from "./gamma-function.ts";

/** Regularised incomplete beta function I_x(a, b) (DLMF 8.17), by its continued fraction on the side where it converges fast. */
export function betaI(x: number, a: number, b: number): number {
  if (!(a > 0 && b > 0) || !(x >= 0 && x <= 1)) return Number.NaN;
  if (x === 0 || x === 1) return x;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2) ? (front * fraction(x, a, b)) / a : 1 - (front * fraction(1 - x, b, a)) / b;
}

function fraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const safe = (v: number) => (Math.abs(v) < tiny ? tiny : v);
  let c = 1;
  let d = 1 / safe(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let k = 1; k < 10_000; k++) {
    const even = (k * (b - k) * x) / ((a + 2 * k - 1) * (a + 2 * k));
    d = 1 / safe(1 + even * d);
    c = safe(1 + even / c);
    h *= d * c;
    const odd = (-(a + k) * (a + b + k) * x) / ((a + 2 * k) * (a + 2 * k + 1));
    d = 1 / safe(1 + odd * d);
    c = safe(1 + odd / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return h;
}

/** P(F > x) with d1 and d2 degrees of freedom. */
export function fTail(x: number, d1: number, d2: number): number {
  return x <= 0 ? 1 : betaI(d2 / (d2 + d1 * x), d2 / 2, d1 / 2);
}

/** P(|t| > x), Student's t; the normal for infinite dof. */
export function studentTail(x: number, dof: number): number {
  if (dof === Number.POSITIVE_INFINITY) return gammaQ(0.5, (x * x) / 2);
  return betaI(dof / (dof + x * x), dof / 2, 0.5);
}

/** x with P(|t| <= x) = `coverage`; the normal value for infinite dof. By bisection and Newton on `studentTail`. */
export function studentHalfWidth(coverage: number, dof: number): number {
  if (!(coverage > 0 && coverage < 1) || !(dof > 0)) return Number.NaN;
  const tail = 1 - coverage;
  let [low, high] = [0, 1];
  while (studentTail(high, dof) > tail) {
    low = high;
    high *= 2;
    if (high > 1e300) return Number.NaN;
  }
  const logNorm = logGamma((dof + 1) / 2) - logGamma(dof / 2) - 0.5 * Math.log(dof * Math.PI);
  let x = (low + high) / 2;
  for (let k = 0; k < 60; k++) {
    const miss = studentTail(x, dof) - tail;
    if (miss > 0) low = x;
    else high = x;
    const slope = -2 * Math.exp(logNorm - ((dof + 1) / 2) * Math.log1p((x * x) / dof));
    let next = x - miss / slope;
    if (!(next > low && next < high)) next = (low + high) / 2;
    if (Math.abs(next - x) < 1e-13 * Math.max(1, x)) return next;
    x = next;
  }
  return x;
}
