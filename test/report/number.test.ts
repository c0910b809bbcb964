import { describe, expect, it } from "vitest";
import { engineering, inverse, measured, plain, rounded, writtenFor } from "../../src/report/number.ts";

describe("rounded", () => {
  // CODATA 2022: G = 6.674 30(15)e-11, m_e = 9.109 383 7139(28)e-31, alpha^-1 = 137.035 999 177(21).
  it.each([
    [6.6743, 0.00015, "6.67430(15)"],
    [9.1093837139, 0.0000000028, "9.1093837139(28)"],
    [137.035999177, 0.000000021, "137.035999177(21)"],
  ])("writes CODATA 2022 values as CODATA does: %d +- %d", (value, sigma, text) => {
    expect(rounded(value, sigma)).toBe(text);
  });

  // The way ../shared/data/README.md writes T1 values: "27.52(55) us", "35.3(2.6) us".
  it.each([
    [27.5231, 0.5512, "27.52(55)"],
    [35.31, 2.61, "35.3(2.6)"],
    [1234.5, 345, "1230(350)"],
    [0.5, 12.3, "1(12)"],
    [26.5, 0.996, "26.5(1.0)"],
    [-0.08, 0.49, "−0.08(49)"],
  ])("%d +- %d", (value, sigma, text) => {
    expect(rounded(value, sigma)).toBe(text);
  });

  it("says what is not known, and never shows it as zero", () => {
    expect(rounded(26.5512, Number.NaN)).toBe("26.55(?)");
    expect(rounded(Number.NaN, 1)).toBe("–");
    expect(rounded(0.5, 0)).toBe("0.5");
  });
});

describe("measured", () => {
  it.each([
    [26550, 190, "1/s", "26.55(19) 1/ms"],
    [37.7e-6, 0.3e-6, "s", "37.70(30) µs"],
    [1.2e-16, 0.1e-16, "W", "120(10) aW"],
    [5.0123e9, 1e5, "Hz", "5.01230(10) GHz"],
    [0.0123, 0.0004, "1", "0.01230(40)"],
    [2.5e-6, 1e-7, "1", "2.50(10)×10⁻⁶"],
    [0.052, 0.005, "K", "52.0(5.0) mK"],
    [1.32, 0.49, "dB", "1.32(49) dB"],
  ] as const)("%d +- %d %s", (value, sigma, unit, text) => {
    expect(measured(value, sigma, unit)).toBe(text);
  });

  it("chooses the unit by the error where the value is much smaller than it", () => {
    expect(measured(1e-9, 5e-6, "s")).toBe("0.0(5.0) µs");
  });

  it("has an en dash for a number that is not known", () => {
    expect(measured(Number.NaN, Number.NaN, "s")).toBe("–");
  });
});

describe("inverse", () => {
  it("turns a rate into a time with the first-order error", () => {
    expect(inverse(27000, 270)).toBe("37.04(37) µs");
  });

  it("gives both sides where the error is large: 1/(g+s) and 1/(g-s)", () => {
    // 1/30000 = 33.3 us, 1/40000 = 25 us, 1/20000 = 50 us
    expect(inverse(30000, 10000)).toBe("33.3(+16.7 −8.3) µs");
  });

  it("gives a limit where the rate is not above zero by one sigma, and a dash where there is none", () => {
    expect(inverse(10000, 15000)).toBe("> 40 µs");
    expect(inverse(-1, 1)).toBe("–");
    expect(inverse(Number.NaN, Number.NaN)).toBe("–");
  });
});

describe("writtenFor", () => {
  it.each([
    [999e-9, "s", "ns"],
    [1e-6, "s", "µs"],
    [1e-3, "s", "ms"],
    [1000, "1/s", "1/ms"],
    [999, "1/s", "1/s"],
    [1e-12, "m^2/s", "×10⁻¹² m²/s"],
    [0, "W", "W"],
  ] as const)("%d %s is written in %s", (magnitude, unit, text) => {
    expect(writtenFor(magnitude, unit).unit).toBe(text);
  });

  it("writes plain numbers and engineering numbers shortly", () => {
    expect(engineering(1.8904e-14, "W")).toBe("18.9 fW");
    expect(plain(1234567)).toBe("1.235×10⁶");
    expect(plain(9.9999e7, 3)).toBe("1×10⁸");
    expect(plain(9.9999e-5, 3)).toBe("0.0001");
  });
});
