import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { fitSweep } from "../../src/routes/power/sweep-fit.ts";

/**
 * One saturated trace: `1 - S = A (G2 + i D)/(G2^2 (1+S) + D^2)` (PHYSICS.md sec. 1, the one-port formula of sec. 0 with z = z_eq/(1 + S)).
 * Width and Im/Re slope tell G2 and S apart, so the depth on resonance A/(G2 (1+S)) and G2 itself come out at any saturation.
 */
describe("the sweep fit of a single power", () => {
  const gamma2 = 3.6e5;
  const amplitude = 2e5;
  const centre = 2 * Math.PI * 5e9;
  const power = 1e-17;

  it.each([0.1, 1, 6, 24, 97])("finds the line at S = %s", (saturation) => {
    const source = random(7);
    const noise = 2e-4;
    const width = gamma2 * Math.sqrt(1 + saturation);
    const points = Array.from({ length: 101 }, (_, i) => {
      const d = width * (-4 + 0.08 * i);
      const bottom = gamma2 ** 2 * (1 + saturation) + d * d;
      const re = 1 - (amplitude * gamma2) / bottom + noise * source.normal();
      // Physics sign: S = 1 - x.
      const im = (-amplitude * d) / bottom + noise * source.normal();
      return { omega: centre + d, power, re, im, sigma: noise, eta: 0 };
    });
    const fit = fitSweep(points)!;
    const depth = (f: typeof fit.law) => f.amplitude / (f.gamma2 * (1 + f.k * power));
    expect(depth(fit.law) / (amplitude / (gamma2 * (1 + saturation)))).toBeCloseTo(1, 1);
    expect(Math.abs(fit.law.gamma2 - gamma2)).toBeLessThan(4 * Math.sqrt(fit.covariance[1]![1]!));
    expect(Math.abs(fit.law.k * power - saturation)).toBeLessThan(4 * power * Math.sqrt(fit.covariance[2]![2]!));
    expect(fit.chi2 / fit.dof).toBeGreaterThan(0.7);
    expect(fit.chi2 / fit.dof).toBeLessThan(1.4);
  });
});
