import type { Random } from "../../src/core/random.ts";
import type { SeriesPoint } from "../../src/routes/series-axis.ts";

/** T1 of 30 us with 1 us of noise, a minute apart; `values` in us about it. */
export function seriesPoints(values: readonly number[], sigma = 1, time = (i: number) => 1.5e9 + 60 * i): SeriesPoint[] {
  return values.map((v, i) => ({ time: time(i), position: i, t1: 30e-6 + v * 1e-6, sigma: sigma * 1e-6, file: "a.hdf5" }));
}

export const white = (r: Random, n: number): number[] => Array.from({ length: n }, () => r.normal());

/** First-order autoregressive noise of variance 1. */
export function autoregressive(r: Random, n: number, rho: number): number[] {
  let x = r.normal();
  return Array.from({ length: n }, () => {
    const now = x;
    x = rho * x + Math.sqrt(1 - rho * rho) * r.normal();
    return now;
  });
}
