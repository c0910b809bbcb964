/**
 * psi_g(x) = (1 - e^{-g x})/g and its derivatives by g. With a constant it spans the same curves as e^{-g x}, but it is well conditioned for every g:
 * psi_0(x) = x, the straight line. With k_m(v) = int_0^1 s^m e^{-v s} ds: psi = x k_0(g x), psi' = -x^2 k_1, psi'' = x^3 k_2.
 */

/** Writes k_0(v), k_1(v), k_2(v) to out[0..2]. */
export function kernels(v: number, out: Float64Array): void {
  const e = Math.exp(-v);
  if (Math.abs(v) > 1) {
    out[0] = (1 - e) / v;
    out[1] = (1 - (1 + v) * e) / (v * v);
    out[2] = (2 - (v * v + 2 * v + 2) * e) / (v * v * v);
    return;
  }
  // k_2 by its series; then 2 k_1 = e^-v + v k_2 and k_0 = e^-v + v k_1 (integration by parts), which lose nothing.
  let k2 = 0;
  for (let n = 18; n >= 0; n--) k2 = k2 * -v * REVERSED[n]! + 1 / (n + 3);
  out[2] = k2;
  out[1] = (e + v * k2) / 2;
  out[0] = e + v * out[1]!;
}

/** 1/(n + 1): sum (-v)^n/(n! (n + 3)) is evaluated from the highest term down. */
const REVERSED = Float64Array.from({ length: 19 }, (_, n) => 1 / (n + 1));
