import { describe, expect, it } from "vitest";
import { failedCodes } from "../../src/core/check.ts";
import * as say from "../../src/core/messages/propagation.ts";
import { isWorthDrawing, propagate, withPropagation } from "../../src/routes/propagation/propagation.ts";
import { type VirtualLab, virtualLab } from "./virtual-lab.ts";

/** One frequency, on resonance: no line shape to fit, so that a draw costs a millisecond. */
const quoted = (options: Omit<VirtualLab, "seed">, seed = 3) => {
  const lab = virtualLab({ frequencies: 1, saturations: [0.3, 1, 3], stateNoise: true, ...options, seed });
  return { lab, estimate: lab.find("gamma1_total", "complex_s") };
};

describe("drawing all inputs", () => {
  it("agrees with the first order where errors are small, and leaves the estimate as it is", () => {
    const { lab, estimate } = quoted({ shots: 2000 });
    const drawn = propagate(lab.input, estimate, 120)!;
    expect(drawn.lost).toBe(0);
    expect(Math.abs(drawn.sd / drawn.firstOrder - 1)).toBeLessThan(0.16);
    const checked = withPropagation(estimate, drawn);
    const check = checked.checks.find((c) => c.code === "propagation_nonlinear")!;
    expect(check.holds).toBe(true);
    expect(check.sentence).toBe(say.linear(drawn.firstOrder, drawn.sd, drawn.draws));
    expect({ ...checked, checks: estimate.checks }).toEqual(estimate);
  });

  it("a population hardly above equilibrium: the interval is the draws', unequal, and the estimate is in doubt", () => {
    const { lab, estimate } = quoted({ saturations: [0.02], shots: 1200, sigmaDb: 0.05 }, 4);
    const drawn = propagate(lab.input, estimate, 120)!;
    expect(drawn.sd / drawn.firstOrder).toBeGreaterThan(1.2);
    const checked = withPropagation(estimate, drawn);
    expect(failedCodes(checked.checks)).toContain("propagation_nonlinear");
    expect(checked.status).toBe("doubtful");
    expect(checked.interval).toEqual(drawn.interval68);
    const [low, high] = drawn.interval68;
    expect(high - estimate.value).toBeGreaterThan(1.2 * (estimate.value - low));
    expect(checked.remark).toContain("quote this interval");
    expect(checked.value).toBe(estimate.value);
  });

  it("gives the same numbers again", () => {
    const { lab, estimate } = quoted({});
    expect(propagate(lab.input, estimate, 20)).toEqual(propagate(lab.input, estimate, 20));
    expect(propagate(lab.input, estimate, 20, 2)!.sd).not.toBe(propagate(lab.input, estimate, 20)!.sd);
  });

  it("is not worth it for the attenuation, which is exact in ln G however uncertain", () => {
    const loud = quoted({ sigmaDb: 3, shots: 200_000, noise: 1e-4 });
    expect(loud.estimate.sigmaCommon / loud.estimate.value).toBeGreaterThan(0.5);
    expect(isWorthDrawing(loud.lab.input, loud.estimate)).toBe(false);
    const faint = quoted({ shots: 100 });
    expect(isWorthDrawing(faint.lab.input, faint.estimate)).toBe(true);
  });

  it("says nothing where an error is not known", () => {
    const { lab, estimate } = quoted({});
    expect(propagate(lab.input, { ...estimate, sigmaCommon: Number.NaN })).toBeUndefined();
  });

  it("a circulator's leak has a uniform phase: its deviation is eps/sqrt 2, its ends those of Re[1/(1 + eps e^{i th})]", () => {
    const { lab, estimate } = quoted({ sigmaDb: 1e-3, shots: 1_000_000, noise: 1e-5, sigmaReadout: 1e-5 });
    const line = lab.input.facts.line!;
    const entry = "lines.drive1.isolation";
    const facts = {
      ...lab.input.facts,
      line: { ...line, isolation: { quantity: { value: 20, sigma: Number.NaN, unit: "dB" as const }, entry } },
    };
    const contribution = (0.1 / Math.SQRT2) * estimate.value;
    const wide = {
      ...estimate,
      sigmaCommon: contribution,
      budget: [...estimate.budget, { input: "circulator of drive1", contribution, shared: entry }],
    };
    const drawn = propagate({ ...lab.input, facts }, wide, 150)!;
    expect(drawn.sd).toBeCloseTo(0.1 / Math.SQRT2, 2);
    // An arcsine distribution piles up at its ends: 95 % lies within 1.1 of what a normal one's 68 % would.
    expect(drawn.interval95[1] / estimate.value).toBeLessThan(1.115);
  });
});
