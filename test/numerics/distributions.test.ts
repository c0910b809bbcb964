import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { betaI, fTail, studentHalfWidth, studentTail } from "../../src/numerics/beta-function.ts";
import { chi2Tail, gammaQ, logGamma } from "../../src/numerics/gamma-function.ts";
import { normalCdf, normalQuantile, ONE_SIGMA } from "../../src/numerics/normal.ts";
import { mean, median, quantile, scatter } from "../../src/numerics/quantile.ts";
import { tubeTailKnown, tubeTailScaled } from "../../src/numerics/tube.ts";

const near = (x: number, expected: number, relative = 1e-12) => expect(Math.abs(x / expected - 1)).toBeLessThan(relative);

describe("distributions", () => {
  it("gamma function: ln 9! and ln sqrt(pi)", () => {
    near(logGamma(10), Math.log(362880));
    near(logGamma(0.5), Math.log(Math.sqrt(Math.PI)));
    expect(logGamma(-1)).toBeNaN();
  });
  it("chi2 tail: exp(-x/2) for two degrees of freedom, tables for others (Abramowitz and Stegun, table 26.8)", () => {
    near(chi2Tail(7, 2), Math.exp(-3.5));
    near(chi2Tail(3.841458820694124, 1), 0.05, 1e-10);
    near(chi2Tail(124.34211340400407, 100), 0.05, 1e-10);
    expect(gammaQ(1, -1)).toBeNaN();
  });
  it("normal cdf and quantile (Abramowitz and Stegun, tables 26.1 and 26.5)", () => {
    near(normalCdf(1.959963984540054), 0.975, 1e-12);
    near(normalCdf(-6), 9.865876450376981e-10, 1e-9);
    for (const p of [1e-9, 0.01, 0.3, 0.5, 0.84, 0.999]) near(normalCdf(normalQuantile(p)), p, 1e-9);
    near(normalQuantile(0.025), -1.959963984540054, 1e-10);
    near(normalCdf(1) - normalCdf(-1), ONE_SIGMA, 1e-13);
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(normalQuantile(2)).toBeNaN();
  });
  it("Student and F tails (Abramowitz and Stegun, tables 26.9 and 26.10)", () => {
    near(studentTail(2.2281388519649385, 10), 0.05, 1e-10);
    near(studentHalfWidth(0.95, 10), 2.2281388519649385, 1e-10);
    near(studentHalfWidth(0.5, 1), 1, 1e-10);
    near(fTail(3.708264819231, 3, 10), 0.05, 1e-9);
    near(betaI(0.3, 1, 1), 0.3, 1e-13);
  });
  it("quantiles", () => {
    expect(quantile([4, 1, 3, 2], 0.25)).toBe(1.75);
    expect(median([5, 1, 3])).toBe(3);
    expect(scatter([1, 2, 3])).toBe(1);
    expect(mean([1, 2, 6])).toBe(3);
    expect(median([])).toBeNaN();
    expect(scatter([1])).toBeNaN();
  });
});

describe("tube probability", () => {
  it("is exact for a great circle's arc: the direction in a plane is uniform", () => {
    // Half a great circle with both signs covers every direction of a plane: P(max >= share) = P(planar part >= share), Beta(1, (d-2)/2).
    const [share, d] = [0.4, 12];
    expect(tubeTailScaled(share, Math.PI, d) - (1 - betaI(share, 0.5, (d - 1) / 2))).toBeCloseTo((1 - share) ** ((d - 2) / 2), 12);
    expect(tubeTailKnown(9, Math.PI) - chi2Tail(9, 1)).toBeCloseTo(Math.exp(-4.5), 12);
  });
  it("bounds the rate of noise that fits an exponential well, at n = 8, 20 and 60 (10^4 seeds each, 3 s.d.)", () => {
    const source = random(11);
    for (const n of [8, 20, 60]) {
      const curve: Float64Array[] = [];
      for (let g = 0.3; g < 4 * n; g *= 1.1) {
        const u = Float64Array.from({ length: n }, (_, i) => Math.exp((-g * i) / (n - 1)));
        const centre = mean(u);
        const length = Math.sqrt(u.reduce((s, x) => s + (x - centre) ** 2, 0));
        curve.push(u.map((x) => (x - centre) / length));
      }
      const dot = (a: Float64Array, b: Float64Array) => a.reduce((s, x, i) => s + x * b[i]!, 0);
      let arc = 0;
      for (let k = 1; k < curve.length; k++) arc += Math.acos(Math.min(1, dot(curve[k - 1]!, curve[k]!)));
      let hits = 0;
      const trials = 10_000;
      for (let k = 0; k < trials; k++) {
        const z = Float64Array.from({ length: n }, () => source.normal());
        const centre = mean(z);
        const size = z.reduce((s, x) => s + (x - centre) ** 2, 0);
        const share = Math.max(...curve.map((u) => dot(u, z) ** 2)) / size;
        if (tubeTailScaled(share, arc, n - 1) < 0.02) hits++;
      }
      // A bound, sharp for small probabilities: at most 2 %, and not far below.
      expect(hits / trials).toBeLessThan(0.02 + 3 * 0.0014);
      expect(hits / trials).toBeGreaterThan(0.012);
    }
  });
});
