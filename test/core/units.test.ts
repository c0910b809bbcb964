import { describe, expect, it } from "vitest";
import { unitConversion } from "../../src/core/units.ts";

describe("units as people write them", () => {
  // Factors of the SI prefixes (SI brochure, 9th ed., table 7) and the definitions of dBm, degree and percent.
  it.each([
    ["us", "s", 1e-6],
    ["µs", "s", 1e-6],
    ["μs", "s", 1e-6],
    ["ns", "s", 1e-9],
    ["GHz", "Hz", 1e9],
    ["mK", "K", 1e-3],
    ["aW", "W", 1e-18],
    ["T", "T", 1],
    ["mT", "T", 1e-3],
    ["m", "m", 1],
    ["mm", "m", 1e-3],
    ["min", "s", 60],
    ["deg", "rad", Math.PI / 180],
    ["%", "1", 0.01],
    ["1/ms", "1/s", 1e3],
    ["mm^2/s", "m^2/s", 1e-6],
    ["mm²/s", "m^2/s", 1e-6],
    ["W/m^2", "W/m^2", 1],
    ["J/m**2", "J/m^2", 1],
  ])("%s", (text, unit, factor) => {
    const c = unitConversion(text);
    expect(c?.unit).toBe(unit);
    expect(c?.toSI(2)).toBe(2 * factor);
    expect(c?.scaleAt(7)).toBe(factor);
  });
  it("dBm is a power, and one dB of it is 23.03 % of the power there", () => {
    const c = unitConversion("dBm")!;
    expect(c.unit).toBe("W");
    expect(c.toSI(-60)).toBeCloseTo(1e-9, 20);
    expect(c.scaleAt(-60) / c.toSI(-60)).toBeCloseTo(0.230259, 6);
  });
  it("capitals matter unless only one reading exists", () => {
    expect(unitConversion("mW")?.toSI(1)).toBe(1e-3);
    expect(unitConversion("MW")?.toSI(1)).toBe(1e6);
    expect(unitConversion("ghz")?.toSI(1)).toBe(1e9);
    expect(unitConversion("DBM")?.unit).toBe("W");
    expect(unitConversion("MHZ")).toBeUndefined();
    expect(unitConversion("S")).toBeUndefined();
  });
  it("'not available' is no nanoampere", () => {
    expect(unitConversion("NA")).toBeUndefined();
    expect(unitConversion("n/a")).toBeUndefined();
    expect(unitConversion("nA")?.unit).toBe("A");
  });
});
