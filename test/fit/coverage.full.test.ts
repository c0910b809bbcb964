import { describe, expect, it } from "vitest";
import { COVERAGE_CASES, COVERAGE_RATE, coverage } from "./intervals.ts";

describe("intervals hold the truth as often as they say (4000 seeds)", () => {
  it.each(COVERAGE_CASES)("%s", (_name, recipe) => {
    const { inside, wide, pull } = coverage(recipe, COVERAGE_RATE, 4000, 23);
    // 0.0074 is one s.d.; 2 % are left for second order.
    expect(Math.abs(inside - 0.683)).toBeLessThan(0.02 + 3 * 0.0074);
    expect(wide).toBeGreaterThan(0.9);
    expect(wide).toBeLessThan(0.97);
    expect(Math.abs(pull)).toBeLessThan(0.1);
  });
});
