import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { seriesAxis } from "../../src/routes/series-axis.ts";
import { seriesJumps } from "../../src/routes/series-jumps.ts";
import { seriesStatistics } from "../../src/routes/series-statistics.ts";
import { autoregressive, seriesPoints, white } from "./series-points.ts";

/** Share of series in which a jump is found. */
function alarms(trials: number, make: () => ReturnType<typeof seriesPoints>): number {
  let count = 0;
  for (let k = 0; k < trials; k++) {
    const points = make();
    const found = seriesJumps(points, seriesAxis(points));
    if (found.state === "given" && found.jumps.length > 0) count++;
  }
  return count / trials;
}

describe("false alarms per series", () => {
  it.each([16, 32, 64, 128, 512])("are below 1 % in %d repeats of white noise, with the fits' errors and with far too small ones", (n) => {
    const r = random(100 + n);
    expect(alarms(1500, () => seriesPoints(white(r, n), 1))).toBeLessThan(0.01);
    expect(alarms(1500, () => seriesPoints(white(r, n), 0.05))).toBeLessThan(0.01);
    // Errors that differ from fit to fit, as they do.
    const uneven = () =>
      seriesPoints(white(r, n)).map((p) => {
        const factor = Math.exp(0.4 * r.normal());
        return { ...p, t1: 30e-6 + (p.t1 - 30e-6) * factor, sigma: p.sigma * factor };
      });
    expect(alarms(1500, uneven)).toBeLessThan(0.01);
  });

  it.each([16, 64, 256])("are below 3 % and 5 % in %d repeats that correlate by 0.5 and 0.8", (n) => {
    const r = random(300 + n);
    expect(alarms(1500, () => seriesPoints(autoregressive(r, n, 0.5), 0.05))).toBeLessThan(0.03);
    expect(alarms(1500, () => seriesPoints(autoregressive(r, n, 0.8), 0.05))).toBeLessThan(0.05);
  });

  it("leave a step of 2 sigma in the middle of 128 repeats visible in nine of ten series", () => {
    const r = random(9);
    expect(alarms(400, () => seriesPoints(white(r, 128).map((v, i) => v + (i >= 64 ? 2 : 0))))).toBeGreaterThan(0.9);
  });
});

describe("errors of correlated series", () => {
  it.each([0, 0.5, 0.8])("of mean, median and drift hold in about two of three series of 300 repeats that correlate by %d", (rho) => {
    const r = random(70);
    const trials = 600;
    const inside = { mean: 0, median: 0, drift: 0 };
    for (let k = 0; k < trials; k++) {
      const points = seriesPoints(autoregressive(r, 300, rho));
      const s = seriesStatistics(points, seriesAxis(points))!;
      if (Math.abs(s.mean.value - 30e-6) < s.mean.sigma) inside.mean++;
      if (Math.abs(s.median.value - 30e-6) < s.median.sigma) inside.median++;
      if (Math.abs(s.drift.value) < s.drift.sigma) inside.drift++;
    }
    // 68.3 % +- 1.9 % by chance; the estimated correlation costs a few per cent.
    for (const share of Object.values(inside).map((c) => c / trials)) {
      expect(share).toBeGreaterThan(0.6);
      expect(share).toBeLessThan(0.76);
    }
  });
});
