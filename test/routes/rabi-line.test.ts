import { describe, expect, it } from "vitest";
import { failedCodes } from "../../src/core/check.ts";
import { random } from "../../src/core/random.ts";
import { rabiLine } from "../../src/routes/power/rabi-line.ts";

describe("line of Omega^2 against power", () => {
  const points = (values: readonly number[], relative = 0.01, proportional = true) =>
    values.map((rabi2, i) => ({
      pSource: i + 1,
      powerAt: undefined,
      frequency: Number.NaN,
      rabi2,
      sigma: relative * rabi2,
      proportional,
      byGamma2: 0,
      dataset: "d",
    }));
  const lineOf = (values: readonly number[], relative?: number) =>
    rabiLine(
      points(values, relative),
      values.map((_, i) => i + 1),
    )!;
  it("slope and error of equal relative errors", () => {
    const line = lineOf([1.01, 1.98, 3.03, 3.96]);
    expect(line.slope).toBeCloseTo(((Math.sqrt(1.01) + Math.sqrt(0.99)) / 2) ** 2, 12);
    expect(line.sigma / line.slope).toBeCloseTo(0.01 / 2, 12);
    expect(failedCodes(line.checks)).toEqual([]);
  });
  it("an amplifier that saturates, or a power offset, is a doubt", () => {
    expect(failedCodes(lineOf([1, 2, 3, 3.4]).checks)).toEqual(["rabi_line"]);
    expect(failedCodes(lineOf([1.3, 2.3, 3.3, 4.3]).checks)).toEqual(["rabi_line"]);
  });
  it("equal powers have no intercept: their agreement is what is tested", () => {
    const alike = (values: readonly number[], relative = 0.01) =>
      rabiLine(
        points(values, relative),
        values.map(() => 2),
      )!.checks;
    expect(failedCodes(alike([1, 1.01, 0.99]))).toEqual([]);
    expect(alike([1, 1.01, 0.99])[0]!.holds).toBe(true);
    expect(alike([1, 1.01, 0.99])[0]!.sentence).not.toContain("intercept");
    expect(failedCodes(alike([1, 1.2, 0.8]))).toEqual(["rabi_line"]);
    expect(alike([1, 1.01, 0.99], Number.NaN)).toEqual([]);
  });
  it("two powers are tested where their errors are known", () => {
    expect(lineOf([1, 2.01]).checks[0]!.holds).toBe(true);
    expect(failedCodes(lineOf([1, 2.3]).checks)).toEqual(["rabi_line"]);
    expect(lineOf([1, 2.3], Number.NaN).checks).toEqual([]);
  });
  it.each([
    ["the same at every power", false],
    ["a share of Omega", true],
  ])("errors that are %s do not bend the slope, and are those that repeating shows", (_what, proportional) => {
    // Omega 3 to 6 with an error of 0.6, or of 12 %.
    const draw = random(7);
    const powers = [9, 16, 25, 36];
    const slopes = Array.from({ length: 4000 }, () => {
      const list = powers.map((p, i) => {
        const own = (omega: number) => (proportional ? 0.12 * omega : 0.6);
        const omega = Math.sqrt(p) + own(Math.sqrt(p)) * draw.normal();
        return { ...points([1, 2, 3, 4], 1, proportional)[i]!, rabi2: omega ** 2, sigma: 2 * omega * own(omega) };
      });
      return rabiLine(list, powers)!;
    });
    const mean = slopes.reduce((sum, l) => sum + l.slope, 0) / slopes.length;
    const scatter = Math.sqrt(slopes.reduce((sum, l) => sum + (l.slope - mean) ** 2, 0) / slopes.length);
    const stated = slopes.reduce((sum, l) => sum + l.sigma, 0) / slopes.length;
    // The square of the mean Omega keeps sigma^2/(4 slope^2), 0.3 %.
    expect(Math.abs(mean - 1)).toBeLessThan(0.01);
    expect(scatter / stated).toBeCloseTo(1, 1);
  });
  it("without errors: from the scatter; a single power has none", () => {
    expect(lineOf([1.01, 1.98, 3.03], Number.NaN).sigma).toBeGreaterThan(0.002);
    expect(lineOf([1], Number.NaN).sigma).toBeNaN();
  });
});
