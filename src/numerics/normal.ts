import { gammaQ } from "./gamma-function.ts";

/** P(Z <= x) of the standard normal, accurate in both tails. */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  const tail = 0.5 * gammaQ(0.5, (x * x) / 2);
  return x < 0 ? tail : 1 - tail;
}

/**
 * x with P(Z <= x) = p: a rational start (Abramowitz and Stegun 26.2.23, |error| < 4.5e-4) and Halley steps on the cdf.
 * 0 gives -Infinity, 1 gives Infinity.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  if (p === 0) return Number.NEGATIVE_INFINITY;
  if (p === 1) return Number.POSITIVE_INFINITY;
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p === 0.5) return 0;
  const t = Math.sqrt(-2 * Math.log(p));
  let x = -(t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))));
  for (let k = 0; k < 3; k++) {
    const density = Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
    const step = (normalCdf(x) - p) / density;
    x -= step / (1 + 0.5 * x * step);
  }
  return x;
}

/** Probability inside one standard deviation of a normal: what "68 %" means here. */
export const ONE_SIGMA = 0.6826894921370859;
