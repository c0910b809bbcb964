import { describe, expect, it } from "vitest";
import { failedCodes } from "../../src/core/check.ts";
import { random } from "../../src/core/random.ts";
import { fitDecay } from "../../src/fit/decay-fit.ts";
import { delays, simulated } from "./traces.ts";

describe("clean exponentials of 101 points over 5 T1", () => {
  it.each(["unknown", "sigma", "binomial", "iq"] as const)("%s: all checks together find something in at most 5 % of 400", (noise) => {
    const source = random(1);
    const recipe = { noise, t: delays(101, 1e-4), law: (t: number) => 0.05 + 0.9 * Math.exp(-t / 2e-5) };
    const flagged = Array.from({ length: 400 }, () => failedCodes(fitDecay(simulated(recipe, source)).outcome.checks).length > 0);
    expect(flagged.filter(Boolean).length).toBeLessThanOrEqual(20);
  });
});
