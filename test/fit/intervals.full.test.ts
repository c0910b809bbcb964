import { describe, expect, it } from "vitest";
import { bootstrap, intervalFrom } from "../../src/fit/intervals/bootstrap.ts";
import { coverageBadge } from "../../src/fit/intervals/coverage-badge.ts";
import { endsOf } from "../../src/fit/intervals/outcome.ts";
import { fitLaw } from "../../src/fit/law-fit.ts";
import { biexponential } from "../../src/fit/models/biexponential.ts";
import { exponential } from "../../src/fit/models/exponential.ts";
import { fitted, noisy } from "./intervals-signals.ts";
import { delays } from "./traces.ts";

const TRUTH = [0.9, 5e4, 0.05] as const;
const LEVELS = [
  [0.6826894921370859, 0.03],
  [0.9544997361036416, 0.014],
] as const;

describe("intervals hold the truth as often as they say", () => {
  it.each([
    ["printed", "binomial", 200, 21],
    ["profile", "binomial", 200, 21],
    ["profile", "unknown", 0.03, 12],
    ["profile", "sigma", 0.03, 21],
    ["profile", "relative", 0.05, 21],
  ] as const)("%s interval of the rate, noise %s %d, %d points: 68.3 and 95.4 per cent of 4000", (interval, noise, size, points) => {
    const signal = noisy(exponential, TRUTH, delays(points, 1e-4), noise, size, 1);
    // The badge simulates at its fit: here the truth itself.
    const fit = { ...fitted(signal), ...fitLaw(exponential, signal, TRUTH, [true, true, true]), fixed: [false, false, false] };
    const scale = noise === "unknown" ? size : 1;
    const badge = coverageBadge({ ...fit, scale }, signal, { trials: 4000, seed: 19, interval });
    expect(badge.refused).toBe(0);
    for (const [i, [level, band]] of LEVELS.entries()) {
      expect(badge.rows[i]!.level).toBe(level);
      expect(Math.abs(badge.rows[i]!.share - level)).toBeLessThan(band);
    }
  });

  it.each([
    ["parametric", "binomial", 200],
    ["residual", "unknown", 0.03],
  ] as const)("%s bootstrap, noise %s %d: 400 traces of 200 resamples, within 4 s.d.", (kind, noise, size) => {
    const [low, high] = [0, 0].map(() => ({ held: 0 })) as [{ held: number }, { held: number }];
    for (let k = 0; k < 400; k++) {
      const signal = noisy(exponential, TRUTH, delays(21, 1e-4), noise, size, 500 + k);
      const made = bootstrap(fitted(signal), signal, { kind, resamples: 200, seed: k });
      for (const [i, [level]] of LEVELS.entries()) {
        const ends = endsOf(intervalFrom(made, "gamma1_total", level));
        if (ends && ends[0] <= TRUTH[1] && TRUTH[1] <= ends[1]) (i === 0 ? low : high).held++;
      }
    }
    expect(Math.abs(low.held / 400 - 0.683)).toBeLessThan(4 * Math.sqrt((0.683 * 0.317) / 400));
    expect(Math.abs(high.held / 400 - 0.954)).toBeLessThan(4 * Math.sqrt((0.954 * 0.046) / 400));
  });

  it("profile of the derived rate of a bi-exponential: 400 traces, within 4 s.d.", () => {
    const truth = [0.6, 4e4, 0.3, 4e5, 0.05];
    const signal = noisy(biexponential, truth, delays(61, 1.5e-4), "sigma", 0.01, 2);
    const fit = fitLaw(biexponential, signal, truth, Array(5).fill(false));
    const badge = coverageBadge(fit, signal, { trials: 400, seed: 3, interval: "profile" });
    expect(badge.refused).toBeLessThan(8);
    for (const row of badge.rows)
      expect(Math.abs(row.share - row.level)).toBeLessThan(4 * Math.sqrt((row.level * (1 - row.level)) / row.trials));
  });
});
