import { describe, expect, it } from "vitest";
import { compareTwoFields } from "../../src/field/two-fields-comparison.ts";
import { bandsOf, seedsOr } from "../routes/pull-statistics.ts";
import { filmsOf, oneField, problemOf, twoPowers } from "./two-field-lab.ts";

describe("one field against two, over seeds", () => {
  it.each(["constant", "field"] as const)("films of one field (gamma0 %s) are called two as often as the probability says", async (law) => {
    const lab = twoPowers(0, law);
    const films = filmsOf(lab);
    const probabilities: number[] = [];
    const labs = seedsOr(100);
    for (let seed = 1; seed <= labs; seed++) {
      const { check } = await compareTwoFields(oneField(problemOf(lab, films, seed, true)));
      probabilities.push(check!.measured);
    }
    const below = (p: number) => probabilities.filter((v) => v < p).length / probabilities.length;
    console.log(`null, ${law}: ${[0.01, 0.05, 0.1, 0.2, 0.5].map((p) => `${p}: ${below(p).toFixed(3)}`).join(", ")}`);
    // Three binomial standard deviations.
    for (const p of [0.05, 0.1, 0.2, 0.5]) expect(Math.abs(below(p) - p)).toBeLessThan(3 * Math.sqrt((p * (1 - p)) / labs));
    expect(below(0.01)).toBeLessThan(0.01 + 3 * Math.sqrt(0.01 / labs));
  });

  it.each([
    ["constant", 1e15],
    ["field", 1e15],
    ["constant", -1e15],
  ] as const)("intervals of two fields (gamma0 %s, slope %s) cover the truth in 68 % of films", async (law, slope) => {
    const lab = twoPowers(slope, law);
    const films = filmsOf(lab);
    const truth: Record<string, number> = {
      gamma2: lab.gamma2,
      bath_rate: lab.bath.rate,
      bath_diffusion: lab.bath.diffusion,
      bath_slope: slope,
    };
    const covered: Record<string, number> = {};
    const labs = seedsOr(20);
    for (let seed = 1; seed <= labs; seed++) {
      const { twoFields } = await compareTwoFields(oneField(problemOf(lab, films, seed, true)));
      if (twoFields.state !== "fitted") throw new Error(twoFields.sentence);
      for (const [name, value] of Object.entries(truth)) {
        const number = twoFields.numbers.find((n) => n.name === name)!;
        const inside = number.low <= value && value <= number.high;
        covered[name] = (covered[name] ?? 0) + (inside ? 1 / labs : 0);
      }
    }
    console.log(`${law}, ${slope}: ${JSON.stringify(covered)}`);
    for (const name of Object.keys(truth)) expect(Math.abs(covered[name]! - 0.683)).toBeLessThan(bandsOf(labs).coverage);
  });
});
