import { describe, expect, it } from "vitest";
import { check, failedCodes } from "../../src/core/check.ts";
import { type BudgetLine, sigmaOf } from "../../src/core/estimate.ts";
import type { LineFacts } from "../../src/lab/lab.ts";
import { LN_PER_DB } from "../../src/physics/decibel.ts";
import { estimateOf } from "../../src/routes/budget.ts";
import { compareRoutes } from "../../src/routes/compare.ts";
import { comparedLines } from "../../src/routes/compared-line.ts";
import { type CooldownGroup, type CooldownRatio, cooldownRatios } from "../../src/routes/cooldown-ratios.ts";
import { drivePower } from "../../src/routes/power/drive-power.ts";
import { facts, LINE, stated } from "./power-lab.ts";

const DECAY = 20_000;
const OWN = 0.01;

/** One qubit in one cooldown; the power rate has the inputs that the route itself gives this line. */
function group(cooldown: string, value: number, line: LineFacts, more: { circular?: boolean; decay?: number } = {}): CooldownGroup {
  const labels = { cooldown, device: "chipA", qubit: "q1" };
  const common = drivePower(facts({ line }), labels, false).common.map(
    (c): BudgetLine => ({ input: c.input, contribution: value * c.effect([1]), shared: c.shared }),
  );
  const power = estimateOf({
    ...{ route: "power", quantity: "gamma1_total", estimator: "complex_s", labels, value, unit: "1/s" },
    budget: [{ input: "noise of S", contribution: OWN * value }, ...common],
    checks: more.circular ? [check("circular", false, "made from T1")] : [],
  });
  const decay = estimateOf({
    ...{ route: "decay", quantity: "gamma1_total", estimator: "exponential", labels, value: more.decay ?? DECAY, unit: "1/s" },
    budget: [{ input: "scatter of 20 repeats", contribution: 0.005 * DECAY }],
  });
  const [compared] = comparedLines([{ labels, line, power }]);
  const { comparison, estimates } = compareRoutes(labels, decay, [power], compared ? { line: compared } : {});
  return { comparison, ratio: estimates[0], power: [power] };
}

const between = (a: CooldownGroup, b: CooldownGroup, of: CooldownRatio["of"] = "power") =>
  cooldownRatios([b, a], ["cd07", "cd08"]).find((r) => r.of === of)!;
const relative = (r: CooldownRatio) => sigmaOf(r.estimate) / r.estimate.value;
/** Own noise of two power rates. */
const NOISE = OWN * Math.SQRT2;
const ANEW = { ...LINE, attenuation: stated("cooldowns.cd08.lines.drive1.attenuation", 80.3, "dB", 0.5) };

describe("ratio of a qubit's rates between two cooldowns", () => {
  it("by decay: own noise, later over earlier", () => {
    const r = between(group("cd07", DECAY, LINE), group("cd08", DECAY, LINE, { decay: 1.2 * DECAY }), "decay");
    expect(r.estimate).toMatchObject({
      ...{ route: "compare", quantity: "ratio_between_cooldowns", estimator: "exponential", condition: "cd08/cd07", unit: "1" },
      labels: { cooldown: "cd08", device: "chipA", qubit: "q1" },
    });
    expect(r.estimate.value).toBeCloseTo(1.2, 12);
    expect(relative(r)).toBeCloseTo(Math.hypot(0.005, 0.005 / 1.2), 12);
    expect(r.pull).toBeCloseTo(Math.log(1.2) / relative(r), 9);
    expect(r.attenuation).toBe("absent");
    expect(r.change).toContain("changed from cd07 to cd08: +20.0 ±");
  });

  it("by power on an unchanged line: the attenuation cancels, whatever its error, also where nobody states it", () => {
    for (const sigma of [0.5, 3, Number.NaN]) {
      const line = { ...LINE, attenuation: stated("lines.drive1.attenuation", 80, "dB", sigma) };
      const r = between(group("cd07", DECAY, line), group("cd08", 1.1 * DECAY, line));
      expect(r.attenuation).toBe("cancels");
      expect(relative(r)).toBeCloseTo(NOISE, 12);
    }
  });

  it("on a line that is stated anew both errors stay", () => {
    const r = between(group("cd07", DECAY, LINE), group("cd08", 1.1 * DECAY, ANEW));
    expect(r.attenuation).toBe("stays");
    expect(relative(r)).toBeCloseTo(Math.hypot(NOISE, 0.5 * LN_PER_DB * Math.SQRT2), 12);
    const unknown = { ...ANEW, attenuation: stated("cooldowns.cd08.lines.drive1.attenuation", 80.3, "dB") };
    expect(relative(between(group("cd07", DECAY, LINE), group("cd08", DECAY, unknown)))).toBeNaN();
  });

  it("repeatability is one error per cooldown and stays; the accuracy of the one source cancels", () => {
    const line = { ...LINE, repeatability: stated("lines.drive1.repeatability", 0.1, "dB"), source_accuracy: stated("s", 0.4, "dB") };
    const r = between(group("cd07", DECAY, line), group("cd08", 1.3 * DECAY, line));
    expect(relative(r)).toBeCloseTo(Math.hypot(NOISE, 0.1 * LN_PER_DB * Math.SQRT2), 12);
    expect(r.why).toContain("repeatability stays");
  });

  it("power/decay: both routes' noise, without the line", () => {
    const r = between(group("cd07", DECAY, LINE), group("cd08", DECAY, LINE), "power_over_decay");
    expect(relative(r)).toBeCloseTo(Math.hypot(NOISE, 0.005 * Math.SQRT2), 12);
    expect(r.estimate.estimator).toBe("power_over_decay(complex_s)");
    expect(r.change).toContain("did not change significantly");
  });

  it("circular on one line: the ratio stands; made from T1 in one cooldown only: it repeats the decay", () => {
    const same = between(group("cd07", DECAY, LINE, { circular: true }), group("cd08", DECAY, LINE, { circular: true }));
    expect(failedCodes(same.estimate.checks)).toEqual([]);
    const other = between(group("cd07", DECAY, LINE), group("cd08", DECAY, ANEW, { circular: true }));
    expect(failedCodes(other.estimate.checks)).toEqual(["circular"]);
    expect(other.why).toContain("repeats that of the decay");
  });

  it("a copied file is no second measurement", () => {
    const [a, b] = ["cd07", "cd08"].map((c) => {
      const { power, ...rest } = group(c, DECAY, LINE);
      return { ...rest, power: power.map((e) => ({ ...e, datasets: ["copied"] })) };
    });
    expect(cooldownRatios([a!, b!], ["cd07", "cd08"]).map((r) => r.of)).toEqual(["decay", "power_over_decay"]);
  });

  it("no row where a number is missing in one of them, nor over one cooldown", () => {
    expect(cooldownRatios([group("cd07", DECAY, LINE)], ["cd07"])).toEqual([]);
    const without = { ...group("cd08", Number.NaN, LINE) };
    expect(cooldownRatios([group("cd07", DECAY, LINE), without], ["cd07", "cd08"]).map((r) => r.of)).toEqual(["decay"]);
  });
});
