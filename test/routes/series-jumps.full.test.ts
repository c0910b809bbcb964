import { describe, expect, it } from "vitest";
import { type Random, random } from "../../src/core/random.ts";
import { seriesAxis } from "../../src/routes/series-axis.ts";
import { seriesJumps } from "../../src/routes/series-jumps.ts";
import { seriesStatistics } from "../../src/routes/series-statistics.ts";
import { autoregressive, seriesPoints, white } from "./series-points.ts";

type Maker = () => ReturnType<typeof seriesPoints>;

/** Shares of series that are read in each way. */
function readings(trials: number, make: Maker) {
  const share = { jumps: 0, drift: 0, correlated: 0 };
  for (let k = 0; k < trials; k++) {
    const points = make();
    const found = seriesJumps(points, seriesAxis(points));
    if (found.state === "missing") throw new Error(found.sentence);
    if (found.jumps.length > 0) share.jumps += 1 / trials;
    if (found.reading === "drift") share.drift += 1 / trials;
    if (found.noise.correlation > 0) share.correlated += 1 / trials;
  }
  return share;
}

/** A random walk with one step per repeat, in units of the noise on top of it. */
function walk(r: Random, n: number, step: number): number[] {
  let x = 0;
  return white(r, n).map((v) => {
    x += step * r.normal();
    return x + v;
  });
}

describe("false alarms per series", () => {
  // One in a hundred; for drift and correlation, the chance of the number of series on top of it.
  it.each([16, 32, 64, 128, 512])("are at most 1 % each in %d repeats of white noise, whatever the fits' errors are", (n) => {
    const r = random(100 + n);
    // Errors that differ from fit to fit, as they do.
    const uneven = () =>
      seriesPoints(white(r, n)).map((p) => {
        const factor = Math.exp(0.4 * r.normal());
        return { ...p, t1: 30e-6 + (p.t1 - 30e-6) * factor, sigma: p.sigma * factor };
      });
    for (const make of [() => seriesPoints(white(r, n), 1), () => seriesPoints(white(r, n), 0.05), uneven]) {
      const share = readings(n < 500 ? 1000 : 400, make);
      expect(share.jumps).toBeLessThan(0.01);
      expect(share.drift).toBeLessThan(0.016);
      expect(share.correlated).toBeLessThan(0.016);
    }
  });

  it.each([
    [16, 0.5, 0.03, 0.05],
    [16, 0.8, 0.03, 0.08],
    [64, 0.5, 0.02, 0.02],
    [64, 0.8, 0.02, 0.02],
    [256, 0.5, 0.01, 0.01],
    [256, 0.8, 0.01, 0.01],
  ])("in %d repeats that correlate by %d are below %d for jumps and %d for drifts", (n, rho, jumps, drift) => {
    const r = random(300 + n);
    const share = readings(600, () => seriesPoints(autoregressive(r, n, rho), 0.05));
    expect(share.jumps).toBeLessThan(jumps);
    expect(share.drift).toBeLessThan(drift);
  });

  it.each([
    // Few repeats of a walk under noise are a line or a step as well as a walk.
    [16, 0.08, 0.3],
    [64, 0.06, 0.04],
    [128, 0.02, 0.02],
    [256, 0.01, 0.01],
  ])("in %d repeats of a random walk under white noise are below %d for jumps and %d for drifts", (n, jumps, drift) => {
    const r = random(500 + n);
    const share = readings(400, () => seriesPoints(walk(r, n, 0.8), 1));
    expect(share.jumps).toBeLessThan(jumps);
    expect(share.drift).toBeLessThan(drift);
  });
});

describe("power", () => {
  it("leaves a step of 2 sigma in the middle of 128 repeats visible in nine of ten series", () => {
    const r = random(9);
    expect(readings(300, () => seriesPoints(white(r, 128).map((v, i) => v + (i >= 64 ? 2 : 0)))).jumps).toBeGreaterThan(0.9);
  });

  it.each([5, 13, 20, 30])("finds switching every %d repeats by 3.3, 6.7 and 13.3 sigma, all but one or two of its switches", (dwell) => {
    const r = random(20 + dwell);
    for (const step of [3.3, 6.7, 13.3]) {
      let [found, switches] = [0, 0];
      for (let k = 0; k < 100; k++) {
        const points = seriesPoints(white(r, 128).map((v, i) => v + step * (Math.floor(i / dwell) % 2)));
        const study = seriesJumps(points, seriesAxis(points));
        if (study.state === "given" && study.twoLevels) found++;
        if (study.state === "given") switches += study.jumps.length / 100;
      }
      // Three levels or more are denied at 1 %: four of a hundred by chance once in fifty.
      expect(found).toBeGreaterThanOrEqual(step < 4 ? 93 : 96);
      expect(Math.abs(switches - Math.floor(127 / dwell))).toBeLessThan(step < 4 ? 1.5 : 0.2);
    }
  });

  it("tells a straight line of 4 sigma in 60 repeats from a step", () => {
    const r = random(31);
    const share = readings(300, () => seriesPoints(white(r, 60).map((v, i) => v + (4 * i) / 60)));
    expect(share.drift).toBeGreaterThan(0.9);
    expect(share.jumps).toBeLessThan(0.05);
  });
});

describe("68 % interval of the fluctuation", () => {
  it.each([
    [0, 20, 1.5],
    [0, 100, 1],
    [0.9, 200, 1],
  ])("holds it in about two of three series (correlation %d, %d repeats, %d sigma of the fits)", (rho, n, size) => {
    const r = random(71);
    let [inside, all] = [0, 0];
    for (let k = 0; k < 400; k++) {
      const slow = autoregressive(r, n, rho);
      const points = seriesPoints(white(r, n).map((v, i) => v + size * slow[i]!));
      const { intrinsic } = seriesStatistics(points, seriesAxis(points))!;
      if (!intrinsic) continue;
      all++;
      if (intrinsic.low < size * 1e-6 && size * 1e-6 < intrinsic.high) inside++;
    }
    expect(all).toBeGreaterThan(300);
    expect(inside / all).toBeGreaterThan(0.58);
    expect(inside / all).toBeLessThan(0.85);
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
