import { type ComplexMatrix, type ComplexVector, combine, identity, multiply } from "./complex-matrix.ts";

/**
 * Solves A x = b by Gaussian elimination with partial pivoting, rows scaled to their largest element.
 * @throws RangeError when A is singular to working precision
 */
export function solve(a: ComplexMatrix, b: ComplexVector): ComplexVector {
  const n = a.n;
  const [ar, ai, br, bi] = [a.re.slice(), a.im.slice(), b.re.slice(), b.im.slice()];
  for (let i = 0; i < n; i++) {
    let largest = 0;
    for (let j = 0; j < n; j++) largest = Math.max(largest, Math.hypot(ar[i * n + j]!, ai[i * n + j]!));
    if (!(largest > 0)) throw new RangeError("solve: a row of the matrix is zero");
    for (let j = 0; j < n; j++) {
      ar[i * n + j]! /= largest;
      ai[i * n + j]! /= largest;
    }
    br[i]! /= largest;
    bi[i]! /= largest;
  }
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++)
      if (Math.hypot(ar[i * n + k]!, ai[i * n + k]!) > Math.hypot(ar[pivot * n + k]!, ai[pivot * n + k]!)) pivot = i;
    for (const m of [ar, ai]) for (let j = 0; j < n; j++) [m[k * n + j], m[pivot * n + j]] = [m[pivot * n + j]!, m[k * n + j]!];
    for (const v of [br, bi]) [v[k], v[pivot]] = [v[pivot]!, v[k]!];
    const size = ar[k * n + k]! ** 2 + ai[k * n + k]! ** 2;
    if (!(size > 1e-300)) throw new RangeError("solve: the matrix is singular");
    for (let i = k + 1; i < n; i++) {
      const fr = (ar[i * n + k]! * ar[k * n + k]! + ai[i * n + k]! * ai[k * n + k]!) / size;
      const fi = (ai[i * n + k]! * ar[k * n + k]! - ar[i * n + k]! * ai[k * n + k]!) / size;
      for (let j = k; j < n; j++) {
        ar[i * n + j]! -= fr * ar[k * n + j]! - fi * ai[k * n + j]!;
        ai[i * n + j]! -= fr * ai[k * n + j]! + fi * ar[k * n + j]!;
      }
      br[i]! -= fr * br[k]! - fi * bi[k]!;
      bi[i]! -= fr * bi[k]! + fi * br[k]!;
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let j = i + 1; j < n; j++) {
      br[i]! -= ar[i * n + j]! * br[j]! - ai[i * n + j]! * bi[j]!;
      bi[i]! -= ar[i * n + j]! * bi[j]! + ai[i * n + j]! * br[j]!;
    }
    const [pr, pi] = [ar[i * n + i]!, ai[i * n + i]!];
    const size = pr * pr + pi * pi;
    [br[i], bi[i]] = [(br[i]! * pr + bi[i]! * pi) / size, (bi[i]! * pr - br[i]! * pi) / size];
  }
  return { re: br, im: bi };
}

/** exp(A) by scaling and squaring of the Taylor series (terms until they no longer count). */
export function exponential(a: ComplexMatrix): ComplexMatrix {
  let norm = 0;
  for (let i = 0; i < a.n; i++) {
    let row = 0;
    for (let j = 0; j < a.n; j++) row += Math.hypot(a.re[i * a.n + j]!, a.im[i * a.n + j]!);
    norm = Math.max(norm, row);
  }
  const squarings = Math.max(0, Math.ceil(Math.log2(Math.max(norm, 1e-300))) + 2);
  const scaled = combine([[2 ** -squarings, 0, a]]);
  let sum = identity(a.n);
  let term = identity(a.n);
  for (let k = 1; k <= 18; k++) {
    term = combine([[1 / k, 0, multiply(term, scaled)]]);
    sum = combine([
      [1, 0, sum],
      [1, 0, term],
    ]);
  }
  for (let k = 0; k < squarings; k++) sum = multiply(sum, sum);
  return sum;
}
