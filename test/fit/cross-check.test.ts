import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { OPINION_LIMIT } from "../../src/fit/cross-check.ts";
import { fitDecay } from "../../src/fit/decay-fit.ts";
import { secondOpinion } from "../../src/numerics/second-opinion.ts";
import { delays, simulated } from "./traces.ts";

describe("second opinion (ml-levenberg-marquardt)", () => {
  it.each(["unknown", "binomial", "iq"] as const)("%s: finds the same minimum in at least 38 of 40", (noise) => {
    const source = random(41);
    let same = 0;
    for (let k = 0; k < 40; k++) {
      const d = simulated({ noise, t: delays(61, 1e-4), law: (t) => 0.05 + 0.9 * Math.exp(-t / 2e-5) }, source);
      const opinion = fitDecay(d, { crossCheck: true }).outcome.checks.find((c) => c.code === "second_opinion")!;
      expect(opinion.holds).toBe(true);
      if (opinion.measured < OPINION_LIMIT) same++;
    }
    expect(same).toBeGreaterThanOrEqual(38);
  });
  it("is asked only when wanted, and changes no number", () => {
    const d = simulated({ noise: "unknown", t: delays(61, 1e-4), law: (t) => Math.exp(-t / 2e-5) }, random(1));
    const [without, asked] = [fitDecay(d).outcome, fitDecay(d, { crossCheck: true }).outcome];
    expect(without.checks.some((c) => c.code === "second_opinion")).toBe(false);
    if (without.state === "refused" || asked.state === "refused") expect.fail("refused");
    expect(asked.parameters).toEqual(without.parameters);
  });
  it("a law that leaves the numbers gives no opinion", () => {
    const law = { points: 3, y: new Float64Array(3), value: () => Number.NaN, gradient: () => [Number.NaN] };
    expect(secondOpinion(law, [1], [1])?.[0] ?? 1).toBe(1);
  });
});
