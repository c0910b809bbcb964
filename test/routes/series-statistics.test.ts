import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { SCATTER_LIMIT } from "../../src/routes/decay-checks.ts";
import { seriesAxis } from "../../src/routes/series-axis.ts";
import { seriesStatistics } from "../../src/routes/series-statistics.ts";
import { seriesPoints, white } from "./series-points.ts";

const of = (points: ReturnType<typeof seriesPoints>) => seriesStatistics(points, seriesAxis(points))!;

describe("statistics of a series", () => {
  it("of five repeats are those of tergite's q16: mean 87.0, scatter 7.7, median error 3.1 us (shared data README)", () => {
    // T1 and errors as gammawatt fits them, rounded to 0.1 us; scatter with n - 1 by hand: sqrt(241.5/4).
    const t1 = [85.4, 80.2, 100.2, 83.1, 86.1];
    const points = t1.map((v, i) => ({ time: Number.NaN, position: i, t1: v * 1e-6, sigma: 3.1e-6, file: "" }));
    const s = of(points);
    expect(s.mean.value * 1e6).toBeCloseTo(87.0, 9);
    expect(s.scatter.value * 1e6).toBeCloseTo(Math.sqrt((1.6 ** 2 + 6.8 ** 2 + 13.2 ** 2 + 3.9 ** 2 + 0.9 ** 2) / 4), 9);
    expect(s.mean.sigma).toBeCloseTo(s.scatter.value / Math.sqrt(5), 15);
    expect(s.median.value * 1e6).toBeCloseTo(85.4, 9);
    expect(s.effective).toBe(5);
  });

  it("says nothing of fluctuations where the fits' errors explain the scatter, and how large they are where not", () => {
    const r = random(4);
    const quiet = of(seriesPoints(white(r, 400), 1));
    expect(quiet.intrinsic).toBeUndefined();
    expect(quiet.probability).toBeGreaterThan(1e-3);
    expect(quiet.chi2 / quiet.dof).toBeCloseTo(1, 0);
    const loud = of(
      seriesPoints(
        white(r, 400).map((v) => v * 2),
        1,
      ),
    );
    expect(loud.probability).toBeLessThan(1e-12);
    // 4 us^2 of scatter less 1 us^2 of fit errors; d sqrt(s^2 - v) = s ds/sqrt(s^2 - v), ds = s/sqrt(2 n).
    const { value, low, high } = loud.intrinsic!;
    expect(Math.abs(value * 1e6 - Math.sqrt(3))).toBeLessThan(3 * (high - low) * 0.5e6);
    expect(((high - low) * 1e6) / 2).toBeCloseTo(4 / Math.sqrt(3) / Math.sqrt(800), 1);
  });

  it("excludes no fluctuation exactly where the chi2 test does, with a skew interval for few independent repeats", () => {
    // Two halves 4 us apart: two levels, little more than one degree of freedom.
    const r = random(14);
    const halves = of(
      seriesPoints(
        white(r, 60).map((v, i) => 0.3 * v + (i < 30 ? 4 : 0)),
        0.3,
      ),
    );
    expect(halves.probability).toBeLessThan(1e-100);
    const { value, low, high } = halves.intrinsic!;
    expect(value * 1e6).toBeCloseTo(2, 0);
    expect(low * 1e6).toBeGreaterThan(1);
    expect(high - value).toBeGreaterThan(2 * (value - low));
    for (let k = 0; k < 400; k++) {
      // Errors that differ, and fluctuations about as large as the test can see.
      const points = seriesPoints(white(r, 20).map((v) => 1.4 * v)).map((p, i) => ({ ...p, sigma: p.sigma * (i % 4 ? 1 : 3) }));
      const { intrinsic, probability } = of(points);
      expect(intrinsic !== undefined).toBe(probability < SCATTER_LIMIT);
      if (intrinsic)
        expect([intrinsic.low > 0, intrinsic.low < intrinsic.value, intrinsic.value < intrinsic.high]).toEqual([true, true, true]);
    }
  });

  it("does not take an unknown error for none", () => {
    const points = seriesPoints(
      white(random(8), 60).map((v) => 5 * v),
      Number.NaN,
    );
    expect(of(points)).toMatchObject({ fitError: Number.NaN, ratio: Number.NaN, probability: Number.NaN, intrinsic: undefined });
    const half = points.map((p, i) => (i % 2 ? { ...p, sigma: 1e-6 } : p));
    expect(of(half)).toMatchObject({ intrinsic: undefined, dof: 29 });
  });

  it("finds a drift with its error, by hand for three points", () => {
    const line = of(seriesPoints(white(random(6), 100).map((v, i) => v + 0.1 * i)));
    expect(Math.abs(line.drift.value - 0.1e-6 / 60)).toBeLessThan(3 * line.drift.sigma);
    // White noise: sigma^2 12/(n^3 step^2).
    expect(line.drift.sigma / ((1e-6 * Math.sqrt(12 / 1e6)) / 60)).toBeCloseTo(1, 0);
    expect(line.driftProbability).toBeLessThan(1e-6);
    expect(of(seriesPoints([0, 1, 2])).drift).toEqual({ value: expect.closeTo(1e-6 / 60, 15), sigma: Number.NaN });
  });

  it("does not exist for one point; of equal points it has no scatter and no NaN mean", () => {
    expect(seriesStatistics(seriesPoints([1]), seriesAxis(seriesPoints([1])))).toBeUndefined();
    expect(of(seriesPoints([0, 0, 0, 0, 0])).mean.value).toBeCloseTo(30e-6, 15);
  });
});
