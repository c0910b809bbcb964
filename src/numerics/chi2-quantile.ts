import { gammaQ } from "./gamma-function.ts";
import { normalQuantile } from "./normal.ts";

/** x with P(chi2 <= x) = p, for any dof > 0: bisection on the logarithm of x from the cube-root start (Wilson and Hilferty 1931). */
export function chi2Quantile(p: number, dof: number): number {
  if (!(p >= 0 && p <= 1) || !(dof > 0)) return Number.NaN;
  if (p === 0) return 0;
  if (p === 1) return Number.POSITIVE_INFINITY;
  // Q is exact in the upper tail; below the middle 1 - p loses nothing that matters here.
  const tail = 1 - p;
  const spread = 2 / (9 * dof);
  const start = dof * Math.max(1e-8, 1 - spread + normalQuantile(p) * Math.sqrt(spread)) ** 3;
  let [low, high] = [start, start];
  while (gammaQ(dof / 2, low / 2) < tail) {
    low /= 2;
    if (low < 1e-300) return 0;
  }
  while (gammaQ(dof / 2, high / 2) > tail) high *= 2;
  while (high - low > 4e-15 * high) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (gammaQ(dof / 2, middle / 2) > tail) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
