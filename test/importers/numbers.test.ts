import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isGap, NumberScanner, parseNumber } from "../../src/importers/text/numbers.ts";

describe("parseNumber", () => {
  it("reads every double that JavaScript prints back to the same bits", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
        expect(Object.is(parseNumber(Object.is(x, -0) ? "-0" : String(x)), x)).toBe(true);
        expect(parseNumber(x.toExponential(16))).toBe(Number(x.toExponential(16)));
      }),
      { numRuns: 2000 },
    );
  });

  it("agrees with Number on decimal texts of any length", () => {
    const digits = fc.stringMatching(/^[0-9]{1,25}$/);
    fc.assert(
      fc.property(digits, digits, fc.integer({ min: -340, max: 330 }), (whole, fraction, exponent) => {
        const text = `${whole}.${fraction}e${exponent}`;
        expect(parseNumber(text)).toBe(Number(text));
        expect(parseNumber(text.replace(".", ","), 44)).toBe(Number(text));
      }),
      { numRuns: 2000 },
    );
  });

  it("shifts the decimal point with one rounding", () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.integer({ min: -12, max: 12 }), (x, shift) => {
        const [mantissa, exponent] = x.toExponential().split("e");
        expect(parseNumber(String(x), 46, shift)).toBe(Number(`${mantissa}e${Number(exponent) + shift}`));
      }),
    );
  });

  it.each([
    ["1", 1],
    ["+1.5", 1.5],
    [".5", 0.5],
    ["5.", 5],
    ["-1.5D-3", -0.0015],
    ["1d2", 100],
    ["-6.020599913e+000", -6.020599913],
    ["9.000000E+001", 90],
    ["  7\t", 7],
  ])("reads %j", (text, expected) => {
    expect(parseNumber(text)).toBe(expected);
  });

  it.each(["", "abc", "1.2.3", "1,5", "1e", "e5", "--1", "1 2", "0x10", "."])("does not take %j for a number", (text) => {
    expect(parseNumber(text)).toBeUndefined();
  });

  it("reports where a number ends inside a text", () => {
    const scanner = new NumberScanner();
    expect(scanner.scan("a=12.5e3;", 2)).toBe(12500);
    expect(scanner.end).toBe(8);
    expect(scanner.scan("a=12.5e3;", 0)).toBeNaN();
    expect(scanner.end).toBe(0);
  });

  it("knows the ways to write that there is no number", () => {
    for (const gap of ["", " ", "nan", "NaN", "NA", "null", "--", "inf", "-Infinity", "1.#QNAN"]) expect(isGap(gap)).toBe(true);
    for (const text of ["0", "abc", "none of these", "5"]) expect(isGap(text)).toBe(false);
  });
});
