import { describe, expect, it } from "vitest";
import { COVERAGE_CASES, COVERAGE_RATE, coverage } from "./intervals.ts";

describe("intervals hold the truth as often as they say (150 seeds, 4 s.d.; 4000 in coverage.full.test.ts)", () => {
  it.each(COVERAGE_CASES)("%s", (_name, recipe) => {
    const { inside, wide, pull, fitted } = coverage(recipe, COVERAGE_RATE, 150, 17);
    expect(fitted).toBe(150);
    expect(Math.abs(inside - 0.683)).toBeLessThan(4 * 0.038);
    // 1.96 sigma of a sigma from nine degrees of freedom: Student gives 91.8 %, which is why the intervals carry his factor.
    expect(wide).toBeGreaterThan(0.9 - 4 * 0.022);
    expect(Math.abs(pull)).toBeLessThan(4 / Math.sqrt(150));
  });
});
