import { describe, expect, it } from "vitest";
import { failedCodes } from "../../src/core/check.ts";
import { random } from "../../src/core/random.ts";
import { fitDecay } from "../../src/fit/decay-fit.ts";
import type { LabelledFit } from "../../src/fit/labelled.ts";
import { decayRoute } from "../../src/routes/decay.ts";
import { outlyingCheck } from "../../src/routes/decay-outliers.ts";
import { delays, simulated } from "../fit/traces.ts";

const t = delays(61, 1e-4);

function series(t1: readonly number[], seed = 1): LabelledFit[] {
  const source = random(seed);
  return t1.map((tau, k) => ({
    ...fitDecay(simulated({ noise: "unknown", t, law: (x) => 0.05 + 0.9 * Math.exp(-x / tau) }, source)),
    labels: { cooldown: "cd1", device: "chip", qubit: "q1", trace: `p[${k}]` },
    axis: "repeat",
    conditions: [],
    sources: ["a.csv"],
    started: "",
    kindInferred: false,
  }));
}
const members = (fits: readonly LabelledFit[]) => fits.map((fit) => ({ fit, outcome: fit.outcome }));

describe("repeats far from the others", () => {
  it("one bad trace in a hundred is named; the mean keeps it, the sentence gives the mean without and the median", () => {
    const fits = series(Array.from({ length: 100 }, (_, k) => (k === 37 ? 2e-6 : 2e-5)));
    const mean = decayRoute(fits).find((e) => e.quantity === "gamma1_total")!;
    expect(failedCodes(mean.checks)).toContain("outlying_traces");
    expect(mean.status).toBe("doubtful");
    const { sentence } = mean.checks.find((c) => c.code === "outlying_traces")!;
    expect(sentence).toContain("1 of 100 repeats lies far from the others: p[37]");
    expect(sentence).toMatch(/without them (19|20)\.\d+ us, median (19|20)\.\d+ us/);
    // 99 rates of 5e4 and one of 5e5: nothing was dropped.
    expect(mean.value).toBeGreaterThan(5.3e4);
  });
  it("two bad traces do not hide behind each other, and fluctuating T1 is no outlier", () => {
    const bad = series(Array.from({ length: 30 }, (_, k) => (k === 3 ? 2e-6 : k === 20 ? 1.8e-6 : 2e-5)));
    expect(outlyingCheck(members(bad))[0]!.sentence).toContain("2 of 30 repeats");
    const source = random(5);
    const fluctuating = series(Array.from({ length: 60 }, () => 2e-5 * Math.exp(0.3 * source.normal())));
    expect(outlyingCheck(members(fluctuating))[0]!.holds).toBe(true);
  });
  it("is silent for a handful of repeats", () => {
    expect(outlyingCheck(members(series([2e-5, 2e-5, 2e-5, 2e-6])))).toEqual([]);
  });
  it("calls clean series wrong about as often as the limit says: at most 8 of 2000 at 1 in 1000", () => {
    const source = random(9);
    const template = series([2e-5])[0]!;
    let flagged = 0;
    for (let k = 0; k < 2000; k++) {
      const fits = Array.from({ length: 20 }, (): LabelledFit => {
        if (template.outcome.state === "refused") throw new Error("the template must converge");
        const t1 = 2e-5 * Math.exp(0.1 * source.normal());
        const parameters = template.outcome.parameters.map((p) => (p.name === "t1" ? { ...p, value: t1 } : p));
        return { ...template, outcome: { ...template.outcome, parameters } };
      });
      if (!outlyingCheck(members(fits))[0]!.holds) flagged++;
    }
    expect(flagged).toBeLessThanOrEqual(8);
  });
});
