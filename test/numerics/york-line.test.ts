import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { yorkLine } from "../../src/numerics/york-line.ts";

// K. Pearson's data with D. York's weights (York et al., Am. J. Phys. 72, 367 (2004), tables I and II).
const X = [0, 0.9, 1.8, 2.6, 3.3, 4.4, 5.2, 6.1, 6.5, 7.4];
const Y = [5.9, 5.4, 4.4, 4.6, 3.5, 3.7, 2.8, 2.8, 2.4, 1.5];
const WX = [1000, 1000, 500, 800, 200, 80, 60, 20, 1.8, 1];
const WY = [1, 1.8, 4, 8, 20, 20, 70, 70, 100, 500];
const pearson = X.map((x, i) => ({ x, y: Y[i]!, sigmaX: WX[i]! ** -0.5, sigmaY: WY[i]! ** -0.5 }));

describe("yorkLine", () => {
  it("finds the published line through Pearson's data, and its errors", () => {
    const line = yorkLine(pearson)!;
    expect(line.slope).toBeCloseTo(-0.480533407, 8);
    expect(line.intercept).toBeCloseTo(5.47991022, 7);
    expect(line.sigmaIntercept).toBeCloseTo(0.294971, 5);
    expect(line.sigmaSlope).toBeCloseTo(0.057985, 5);
    expect(line.chi2 / 8).toBeCloseTo(1.4833, 4);
  });
  it("says how the intercept moves with a shift of all points", () => {
    const { intercept, interceptBy } = yorkLine(pearson)!;
    const moved = yorkLine(pearson.map((p) => ({ ...p, y: p.y + 0.01 })))!;
    expect(interceptBy.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10);
    expect(moved.intercept - intercept).toBeCloseTo(0.01, 8);
  });
  it("is not pulled by the noise of x, and states its own error: 300 lines", () => {
    const r = random(5);
    const pulls = Array.from({ length: 300 }, () => {
      const points = Array.from({ length: 12 }, (_, i) => ({
        x: 0.04 * i + 0.01 * r.normal(),
        y: 3 * 0.04 * i + 0.02 * r.normal(),
        sigmaX: 0.01,
        sigmaY: 0.02,
      }));
      const line = yorkLine(points)!;
      return line.intercept / line.sigmaIntercept;
    });
    const mean = pulls.reduce((a, b) => a + b, 0) / 300;
    expect(Math.abs(mean)).toBeLessThan(0.2);
    expect(Math.sqrt(pulls.reduce((s, p) => s + p * p, 0) / 300)).toBeGreaterThan(0.85);
    expect(Math.sqrt(pulls.reduce((s, p) => s + p * p, 0) / 300)).toBeLessThan(1.15);
  });
  it("gives no line for two points, points without an error, or one x", () => {
    expect(yorkLine(pearson.slice(0, 2))).toBeUndefined();
    expect(yorkLine(pearson.map((p) => ({ ...p, sigmaX: 0, sigmaY: 0 })))).toBeUndefined();
    expect(yorkLine(pearson.map((p) => ({ ...p, x: 1, sigmaX: 0 })))).toBeUndefined();
  });
});
