import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { gamma2Bound, noiseOfMap } from "../../src/field/gamma2-bound.ts";

// u = a (1 + cos kx) with R = b: -lap u = a k^2 cos kx is largest at x = 0, so the bound is b/(a k^2).
const [a, k, b] = [3, 2 * Math.PI, 5];
const x = Float64Array.from({ length: 41 }, (_, i) => -0.5 + i / 40);
const u = x.map((at) => a * (1 + Math.cos(k * at)));
const source = x.map(() => b);
const exact = b / (a * k * k);

describe("the bound that one steady map gives on gamma2", () => {
  it("is min R/(-lap u) for exact data on a line, as the points resolve it", () => {
    const found = gamma2Bound({ coordinates: [x], u, sigma: x.map(() => 0), source });
    expect(found.bound / exact).toBeGreaterThan(1);
    expect(found.bound / exact).toBeLessThan(1.01);
    expect(found.at[0]).toBeCloseTo(0, 12);
    expect(found.error).toBe(0);
  });

  it("holds in two dimensions", () => {
    const n = 15;
    const xs = Float64Array.from({ length: n * n }, (_, i) => -0.5 + (i % n) / (n - 1));
    const ys = Float64Array.from({ length: n * n }, (_, i) => -0.5 + Math.floor(i / n) / (n - 1));
    const map = xs.map((at, i) => a * (2 + Math.cos(k * at) + Math.cos(k * ys[i]!)));
    const found = gamma2Bound({ coordinates: [xs, ys], u: map, sigma: map.map(() => 0), source: map.map(() => b) });
    expect(found.bound / (exact / 2)).toBeGreaterThan(1);
    expect(found.bound / (exact / 2)).toBeLessThan(1.1);
  });

  it("is not made absurd by noise: it stays above the exact bound and within a factor of two in at least 99 of 100 draws", () => {
    let [below, above] = [0, 0];
    for (let seed = 0; seed < 100; seed++) {
      const draw = random(seed);
      const noisy = u.map((v) => v + 0.02 * a * draw.normal());
      const { bound } = gamma2Bound({ coordinates: [x], u: noisy, sigma: x.map(() => 0.02 * a), source });
      if (bound < exact) below++;
      if (!(bound < 2 * exact)) above++;
    }
    expect(below).toBeLessThanOrEqual(1);
    expect(above).toBeLessThanOrEqual(1);
  });

  it("finds the noise of a map that states none, and nothing like it in exact data", () => {
    const draw = random(9);
    const noisy = u.map((v) => v + 0.02 * a * draw.normal());
    expect(noiseOfMap({ coordinates: [x], u: noisy }) / (0.02 * a)).toBeGreaterThan(0.6);
    expect(noiseOfMap({ coordinates: [x], u: noisy }) / (0.02 * a)).toBeLessThan(1.5);
    expect(noiseOfMap({ coordinates: [x], u })).toBeLessThan(1e-3 * a);
  });

  it("is absent where u is nowhere curved downwards", () => {
    const found = gamma2Bound({ coordinates: [x], u: x.map((at) => 1 + at * at), sigma: x.map(() => 0), source });
    expect(found.bound).toBeNaN();
  });
});
