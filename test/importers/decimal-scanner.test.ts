import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { DecimalScanner } from "../../src/importers/text/decimal-scanner.ts";
import { nearest } from "../../src/importers/text/rounding.ts";
import { decimals, expected, scanned } from "./decimals.ts";

describe("DecimalScanner", () => {
  it("reads every decimal to the bits that Number gives it", () => {
    const wrong = [];
    for (const { text, shift } of decimals(random(1), 5000))
      if (!Object.is(scanned(text, 46, shift), expected(text, shift))) wrong.push({ text, shift });
    expect(wrong).toEqual([]);
  });

  it.each([
    "4.9406564584124654e-324",
    "2.2250738585072011e-308",
    "1.7976931348623157e308",
    "1e400",
    "0.0000e99999",
    "-0",
    "123456789012345678901234567890e-400",
  ])("reads %s, at the edge of what a double holds", (text) => {
    expect(Object.is(scanned(text), Number(text))).toBe(true);
  });

  it("reads the decimal comma and Fortran's exponents", () => {
    for (const { text, shift } of decimals(random(2), 200)) {
      expect(scanned(text.replace(".", ","), 44, shift)).toBe(expected(text, shift));
      expect(scanned(text.replace("e", "D"), 46, shift)).toBe(expected(text, shift));
      expect(scanned(text.replace("e", "d"), 46, shift)).toBe(expected(text, shift));
    }
  });

  it("ends where the number ends, also at the end of the bytes", () => {
    const bytes = new TextEncoder().encode("a=12.5e3;1.5e;7.;.5-1.2.3,-x 42");
    const scanner = new DecimalScanner(bytes);
    const ends = [0, 2, 9, 14, 17, 19, 26, 29].map((start) => [scanner.scan(start, 46, 0) - start, scanner.value]);
    expect(ends.filter(([length]) => length! > 0)).toEqual([
      [6, 12500],
      [3, 1.5],
      [2, 7],
      [2, 0.5],
      [4, -1.2],
      [2, 42],
    ]);
    expect(ends.map(([length]) => length)).toEqual([0, 6, 3, 2, 2, 4, 0, 2]);
  });

  it("tells from twice the precision what 17 to 19 digits are, and leaves the middle of two doubles to Number", () => {
    const source = random(3);
    let decided = 0;
    for (let i = 0; i < 2000; i++) {
      const text = (source.uniform() * 10 ** Math.floor(40 * source.uniform() - 30)).toExponential(18);
      const digits = text.replace(/e.*|\D/g, "");
      const value = nearest(Number(digits.slice(0, 15)), Number(digits.slice(15)), 4, Number(text.split("e")[1]) - 18);
      if (!Number.isNaN(value)) {
        decided++;
        expect(value).toBe(Number(text));
      }
    }
    expect(decided).toBe(2000);
    expect(nearest(900719925474099, 3, 1, 0)).toBeNaN();
    expect(scanned("9007199254740993")).toBe(9007199254740992);
    expect(scanned("9007199254740993.0000000000000000000001")).toBe(9007199254740994);
  });
});
