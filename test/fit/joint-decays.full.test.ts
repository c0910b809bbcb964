import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { meanCoverage } from "./joint-traces.ts";

describe("mean rate of 16 traces that share their calibration points (1500 repetitions)", () => {
  it("68.3 % intervals hold the truth in 68.3 +- 3 %, by both uses of the calibration; the usual ones in 19 to 23 %", () => {
    const { together, calibration, usual } = meanCoverage(16, 21, 1500, random(2026));
    expect(Math.abs(together - 0.683)).toBeLessThan(0.03);
    expect(Math.abs(calibration - 0.683)).toBeLessThan(0.03);
    expect(usual).toBeGreaterThan(0.19 - 0.03);
    expect(usual).toBeLessThan(0.23 + 0.03);
  });
});
