import { describe, expect, it } from "vitest";
import { check, failedCodes } from "../../src/core/check.ts";
import { type BudgetLine, type Estimate, sigmaOf } from "../../src/core/estimate.ts";
import * as say from "../../src/core/messages/compare.ts";
import { compareRoutes } from "../../src/routes/compare.ts";
import { decayNoise } from "../../src/routes/decay-noise.ts";
import { LABELS } from "./power-lab.ts";

function estimate(
  route: "decay" | "power",
  estimator: string,
  value: number,
  budget: readonly BudgetLine[],
  more: Partial<Estimate> = {},
): Estimate {
  const part = (own: boolean) => Math.hypot(...budget.filter((l) => (l.shared === undefined) === own).map((l) => l.contribution));
  return {
    route,
    quantity: "gamma1_total",
    estimator,
    condition: "combined",
    labels: LABELS,
    value,
    sigmaStat: part(true),
    sigmaCommon: part(false),
    unit: "1/s",
    status: "usable",
    checks: [],
    budget,
    datasets: [],
    remark: "",
    ...more,
  };
}
const decay = (value = 20000) => estimate("decay", "exponential", value, [{ input: "shots", contribution: 200 }]);
const power = (value: number, more: Partial<Estimate> = {}) =>
  estimate(
    "power",
    "complex_s",
    value,
    [
      { input: "noise of S", contribution: 300 },
      { input: "attenuation of drive1", contribution: -400, shared: "lines.drive1.attenuation" },
    ],
    more,
  );

describe("compareRoutes", () => {
  it("ratio, dB, difference and pull by hand", () => {
    const { comparison: c, estimates } = compareRoutes(LABELS, decay(), [power(22000)]);
    expect(c.ratio).toBeCloseTo(1.1, 12);
    expect(c.ratioDb).toBeCloseTo(0.41393, 5);
    const sigmaLn = Math.hypot(200 / 20000, 500 / 22000);
    expect(c.sigmaRatio).toBeCloseTo(1.1 * sigmaLn, 12);
    expect(c.pull).toBeCloseTo(Math.log(1.1) / sigmaLn, 12);
    expect(c.difference).toBe(2000);
    expect(c.sigmaDifference).toBeCloseTo(Math.hypot(200, 500), 9);
    expect(c.verdict).toBe("disagree");
    const numbers = { ratio: c.ratio, sigma: c.sigmaRatio, db: c.ratioDb, sigmaDb: c.sigmaDb, pull: c.pull };
    expect(c.sentence).toBe(say.verdictSentence("disagree", numbers, "independent", "line"));
    // G = 2 A P ...: a rate that is too high means more power assumed than arrived, a line that loses more.
    expect(c.sentence).toContain("Power reads 0.41 ± 0.11 dB more than decay");
    expect(c.sentence).toContain("The line losing 0.41 dB more than stated would explain it");
    const [row] = estimates;
    expect(row!.quantity).toBe("ratio_power_over_decay");
    expect(row!.route).toBe("compare");
    expect(sigmaOf(row!)).toBeCloseTo(c.sigmaRatio, 12);
    expect(row!.sigmaCommon).toBeCloseTo(400 / 20000, 12);
    expect(failedCodes(row!.checks)).toContain("routes_disagree");
  });

  it.each([
    [20400, "agree"],
    [21250, "tension"],
    [17000, "disagree"],
  ] as const)("power %d 1/s: %s", (value, verdict) => {
    expect(compareRoutes(LABELS, decay(), [power(value)]).comparison.verdict).toBe(verdict);
  });

  it.each([
    ["above by 4 sigma", 22000, "disagree", false],
    ["above by 2.4 sigma", 21250, "tension", false],
    ["above by less", 20400, "bound", true],
    ["below by many sigma", 8000, "bound", true],
  ] as const)("a lower bound %s", (_, value, verdict, holds) => {
    const { comparison: c, estimates } = compareRoutes(LABELS, decay(), [power(value, { estimator: "scalar_difference" })]);
    expect(c.verdict).toBe(verdict);
    expect(estimates[0]!.checks.find((x) => x.code === "routes_disagree")!.holds).toBe(holds);
    expect(c.sentence.includes("would explain it")).toBe(!holds);
    expect(c.sentence).toContain(say.scalarQuoted());
  });

  it("blames what can move the ratio the way it went", () => {
    expect(say.explained(1)).toContain("absorption that bypasses the qubit");
    expect(say.explained(1)).not.toContain("heating");
    expect(say.explained(-1)).toContain("heating");
    expect(say.explained(-1)).not.toContain("bypasses");
    expect(say.explained(1, "rabi")).not.toContain("bypasses");
  });

  it("quotes complex before scalar, and says when it is scalar", () => {
    const scalar = power(15000, { estimator: "scalar_difference" });
    expect(compareRoutes(LABELS, decay(), [scalar, power(20100)]).estimates[0]!.estimator).toBe("complex_s");
    const alone = compareRoutes(LABELS, decay(), [scalar]);
    expect(alone.estimates[0]!.estimator).toBe("scalar_difference");
    expect(alone.comparison.sentence).toContain(say.scalarQuoted());
    const refused = power(Number.NaN, { status: "refused" });
    expect(compareRoutes(LABELS, decay(), [refused, scalar]).comparison.power!.estimator).toBe("scalar_difference");
  });

  it("an attenuation made from the same relaxation: agreement is empty", () => {
    const circular = power(20000, { checks: [check("circular", false, "made from T1")], status: "doubtful" });
    const { comparison } = compareRoutes(LABELS, decay(), [circular]);
    expect(comparison.verdict).toBe("empty");
    expect(comparison.sentence).toContain(say.emptyBecause.circular);
  });

  it("one route, or none, or an unknown error: no verdict, and the reason", () => {
    expect(compareRoutes(LABELS, decay(), []).comparison.verdict).toBe("one-route");
    expect(compareRoutes(LABELS, undefined, [power(2e4)]).comparison.verdict).toBe("one-route");
    expect(compareRoutes(LABELS, undefined, []).comparison.verdict).toBe("none");
    const why = compareRoutes(LABELS, decay(), [power(Number.NaN, { remark: "no attenuation" })]).comparison.sentence;
    expect(why).toBe(say.oneRoute("decay", "no attenuation"));
    const unknown = compareRoutes(LABELS, decay(), [power(2e4, { sigmaCommon: Number.NaN })]).comparison;
    expect(unknown.verdict).toBe("none");
    expect(unknown.sentence).toBe(say.noError(1, 0));
  });

  it("T1's own noise that a gap correction brought into the power route is counted once, with its sign", () => {
    const line = { input: "decay during the gap", contribution: -100, shared: decayNoise(LABELS, "shots") };
    const corrected = estimate("power", "complex_s", 20000, [{ input: "noise of S", contribution: 300 }, line]);
    const { comparison, estimates } = compareRoutes(LABELS, decay(), [corrected]);
    expect(comparison.sigmaDifference).toBeCloseTo(Math.hypot(300, 300), 9);
    expect(sigmaOf(estimates[0]!)).toBeCloseTo(comparison.sigmaRatio, 12);
  });
});
