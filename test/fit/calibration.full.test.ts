import { describe, expect, it } from "vitest";
import type { CheckCode } from "../../src/core/check.ts";
import { random } from "../../src/core/random.ts";
import { SHAPE_LIMIT } from "../../src/fit/shape-checks.ts";
import { SIGNAL_LIMIT, signalCheck } from "../../src/fit/signal-check.ts";
import { rateGrid, scanRates } from "../../src/numerics/rate-scan.ts";
import { delays, type Recipe, simulated, traceChecks } from "./traces.ts";

/** Measured probabilities of a check over simulated traces. */
function measured(recipe: Recipe, code: CheckCode, trials: number, seed: number): number[] {
  const source = random(seed);
  return Array.from({ length: trials }, () => traceChecks(simulated(recipe, source)).find((c) => c.code === code)?.measured ?? 1);
}
const share = (p: readonly number[], limit: number) => p.filter((x) => x < limit).length / p.length;
const NOISES = ["unknown", "sigma", "binomial", "iq"] as const;
const SIZES = [8, 20, 50, 101];
const logarithmic = (n: number) => Float64Array.from({ length: n }, (_, i) => 1e-7 * 1000 ** (i / (n - 1)));

describe("false-positive rates, the search over rates included", () => {
  for (const n of SIZES)
    it.each(NOISES)(`flat noise, %s, ${n} delays: the printed probability is the rate of its own exceedance`, (noise) => {
      for (const t of [delays(n, 1e-4), logarithmic(n)]) {
        const p = measured({ noise, t, law: () => 0.4, sigma: 0.05, shots: 200 }, "no_signal", 20_000, n);
        expect(Math.abs(share(p, 0.01) - 0.01)).toBeLessThan(4 * 0.0007);
        expect(share(p, 0.001)).toBeLessThan(0.001 + 4 * 0.00022);
        // Two are expected; more than ten come once in 10^5.
        expect(share(p, SIGNAL_LIMIT) * p.length).toBeLessThanOrEqual(10);
      }
    });
  it.each([8, 20, 50])(
    "at the limit itself, %i delays: 1e-4 within 4 s.d. of half a million traces, for stated and for unknown noise",
    (n) => {
      const source = random(n);
      const x = delays(n, 1);
      const grid = rateGrid(x);
      const weight = new Float64Array(n).fill(1);
      const trials = 500_000;
      const hits = [0, 0];
      for (let k = 0; k < trials; k++) {
        const scan = scanRates(
          grid,
          x.map(() => source.normal()),
          weight,
        );
        [true, false].forEach((absolute, j) => {
          if (signalCheck(scan, n, absolute).holds) hits[j]!++;
        });
      }
      for (const h of hits) expect(Math.abs(h - SIGNAL_LIMIT * trials)).toBeLessThan(4 * Math.sqrt(SIGNAL_LIMIT * trials));
    },
  );
  for (const n of SIZES)
    it.each(NOISES)(`clean exponentials, %s, ${n} delays: called wrong no more often than the limit ${SHAPE_LIMIT} says`, (noise) => {
      for (const sigma of [0.02, 0.05]) {
        const recipe: Recipe = {
          noise,
          t: delays(n, 1e-4),
          law: (t) => 0.02 + 0.95 * Math.exp(-t / 2e-5),
          sigma,
          shots: sigma === 0.02 ? 4000 : 100,
        };
        const p = measured(recipe, "not_exponential", 4000, n + 1);
        expect(share(p, SHAPE_LIMIT)).toBeLessThan(SHAPE_LIMIT + 4 * 0.0029);
      }
    });
});
