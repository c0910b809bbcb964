import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as say from "../../src/core/messages/quantity.ts";
import { parseQuantity } from "../../src/core/parse-quantity.ts";
import type { Unit } from "../../src/core/units.ts";

/** [value, sigma] in SI; throws on a problem. */
function read(text: string, unit: Unit): [number, number] {
  const parsed = parseQuantity(text, unit);
  if ("error" in parsed) throw new Error(parsed.error);
  expect(parsed.quantity.unit).toBe(unit);
  return [parsed.quantity.value, parsed.quantity.sigma];
}
const problem = (text: string, unit: Unit) => {
  const parsed = parseQuantity(text, unit);
  return "error" in parsed ? parsed.error : undefined;
};

describe("a quantity is read in every form of CONTRACT.md", () => {
  // Value and uncertainty worked out by hand from the definition of each form.
  const cases: [string, Unit, number, number][] = [
    ["72.3 dB ± 0.5 dB", "dB", 72.3, 0.5],
    ["72.3 ± 0.5 dB", "dB", 72.3, 0.5],
    ["(72.3 ± 0.5) dB", "dB", 72.3, 0.5],
    ["72.3(5) dB", "dB", 72.3, 0.5],
    ["72.3(15) dB", "dB", 72.3, 1.5],
    ["72.3(1.5) dB", "dB", 72.3, 1.5],
    ["72(15) dB", "dB", 72, 15],
    ["5.0123 GHz", "Hz", 5.0123e9, Number.NaN],
    ["5.0123GHz", "Hz", 5.0123e9, Number.NaN],
    ["5.0123 GHz ± 20 kHz", "Hz", 5.0123e9, 2e4],
    ["5.0123(20) GHz", "Hz", 5.0123e9, 2e6],
    ["32 +/- 5 mK", "K", 0.032, 0.005],
    ["32+-5mK", "K", 0.032, 0.005],
    ["  32 mK  ±  500 uK ", "K", 0.032, 5e-4],
    ["40 ns", "s", 4e-8, Number.NaN],
    ["40 µs", "s", 4e-5, Number.NaN], // micro sign
    ["40 μs", "s", 4e-5, Number.NaN], // Greek mu
    ["-220 MHz", "Hz", -2.2e8, Number.NaN],
    ["\u2212220 MHz", "Hz", -2.2e8, Number.NaN], // minus sign
    ["1e-3 s", "s", 1e-3, Number.NaN],
    ["1e\u22123 s", "s", 1e-3, Number.NaN],
    ["0.012 ± 0.002", "1", 0.012, 0.002],
    ["0.012(2)", "1", 0.012, 0.002],
    ["1.2(2)e-2", "1", 0.012, 0.002],
    ["1.2 ± 0.2 %", "1", 0.012, 0.002],
    ["1.2 % ± 0.2 %", "1", 0.012, 0.002],
    [".5", "1", 0.5, Number.NaN],
    ["2.5e5 1/s", "1/s", 2.5e5, Number.NaN],
    ["0.25 1/µs", "1/s", 2.5e5, Number.NaN],
    ["1.2 cm", "m", 0.012, Number.NaN],
    ["-60 dBm", "W", 1e-9, Number.NaN],
    ["0 dBm ± 0.1 dB", "W", 1e-3, 1e-3 * 0.1 * (Math.LN10 / 10)],
    ["0 ± 0.1 dBm", "W", 1e-3, 1e-3 * 0.1 * (Math.LN10 / 10)],
    ["-30.0(1) dBm", "W", 1e-6, 1e-6 * 0.1 * (Math.LN10 / 10)],
  ];
  it.each(cases)("%s", (text, unit, value, sigma) => {
    const [v, s] = read(text, unit);
    expect(v).toBeCloseTo(value, 15 - Math.ceil(Math.log10(Math.abs(value) + 1e-12)) - 1);
    expect(Math.abs(v / value - 1)).toBeLessThan(1e-14);
    if (Number.isNaN(sigma)) expect(s).toBeNaN();
    else expect(Math.abs(s / sigma - 1)).toBeLessThan(1e-13);
  });
});

describe("what is no quantity says what is expected and what to write", () => {
  it.each(["fast", "72.3 ± dB", "± 0.5 dB", "1 ± 2 ± 3 dB", "(72.3 dB ± 0.5) dB"])("%j is not understood", (text) =>
    expect(problem(text, "dB")).toBe(say.notAQuantity(text, "dB")),
  );
  it("each reason has its own sentence", () => {
    expect(problem("", "dB")).toBe(say.emptyQuantity("dB"));
    expect(problem("72.3", "dB")).toBe(say.noUnit("72.3", "dB"));
    expect(problem("5,0123 GHz", "Hz")).toBe(say.decimalComma("5,0123 GHz", "Hz"));
    expect(problem("5 parsec", "m")).toBe(say.unknownUnit("parsec", "m"));
    expect(problem("72.3 dBm", "dB")).toBe(say.wrongUnit("dBm", "W", "dB"));
    expect(problem("5 GHz", "1/s")).toBe(say.wrongUnit("GHz", "Hz", "1/s"));
    expect(problem("0.5 mK", "1")).toBe(say.wrongUnit("mK", "K", "1"));
    expect(problem("0.5 a.u.", "1")).toBe(say.unknownUnit("a.u.", "1"));
    expect(problem("72.3 dB ± 5 %", "dB")).toBe(say.wrongUnit("%", "1", "dB"));
    expect(problem("5 mW ± 1 dBm", "W")).toBe(say.notAQuantity("5 mW ± 1 dBm", "W"));
    expect(problem("5 GHz ± 1 blink", "Hz")).toBe(say.unknownUnit("blink", "Hz"));
    expect(problem("72.3 dB ± 0.5", "dB")).toBe(say.sigmaWithoutUnit("72.3 dB ± 0.5", "72.3", "0.5", "dB", "dB"));
    expect(problem("0.012 ± 10 %", "1")).toBe(say.percentOfWhat("0.012 ± 10 %", "0.012", "10", "1"));
    expect(problem("72.3 ± -0.5 dB", "dB")).toBe(say.negativeSigma("72.3 ± -0.5 dB", "dB"));
    expect(problem("72.3 ± 0 dB", "dB")).toBe(say.zeroSigma("72.3 ± 0 dB", "dB"));
    expect(problem("72.3 ± 1e999 dB", "dB")).toBe(say.notFinite("72.3 ± 1e999 dB", "dB"));
    expect(problem("1e999 dB", "dB")).toBe(say.notFinite("1e999 dB", "dB"));
    expect(problem("nan dB", "dB")).toBe(say.notFinite("nan dB", "dB"));
  });
  it("does not guess between millihertz and megahertz", () => {
    expect(problem("5 MHZ", "Hz")).toBe(say.unknownUnit("MHZ", "Hz"));
    expect(read("5 ghz", "Hz")[0]).toBe(5e9);
  });
});

describe("writing and reading again gives the same numbers", () => {
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e200, max: 1e200 });
  const positive = fc.double({ noNaN: true, min: 1e-300, max: 1e100 });
  const sign = fc.constantFrom("±", " ± ", "+/-", " +/- ", "+-");
  it("for value and sigma with one unit or two", () => {
    fc.assert(
      fc.property(finite, positive, sign, fc.boolean(), (value, sigma, pm, twice) => {
        // Negative zero is written without its sign.
        const [v, s] = read(`${value}${twice ? " dB" : ""}${pm}${sigma} dB`, "dB");
        expect(v === value).toBe(true);
        expect(s).toBe(sigma);
      }),
    );
  });
  it("for the bracket notation: sigma in units of the last digit", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -99999, max: 99999 }),
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: 1, max: 999 }),
        (n, decimals, last) => {
          const text = (n / 10 ** decimals).toFixed(decimals);
          const [v, s] = read(`${text}(${last}) K`, "K");
          expect(v === Number(text)).toBe(true);
          expect(s).toBe(Number(`${last}e-${decimals}`));
        },
      ),
    );
  });
  it("every prefix is a factor of value and sigma alike", () => {
    const prefixes = { f: 1e-15, p: 1e-12, n: 1e-9, u: 1e-6, "\u00b5": 1e-6, m: 1e-3, "": 1, k: 1e3, M: 1e6, G: 1e9 };
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.entries(prefixes)),
        fc.double({ min: 0.001, max: 1000, noNaN: true }),
        ([prefix, factor], x) => {
          const [v, s] = read(`${x} ± ${x / 10} ${prefix}Hz`, "Hz");
          expect(Math.abs(v / (x * factor) - 1)).toBeLessThan(1e-15 * 4);
          expect(Math.abs(s / ((x / 10) * factor) - 1)).toBeLessThan(1e-15 * 4);
        },
      ),
    );
  });
  it("any text is a quantity or a sentence, never an exception", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.constantFrom<Unit[]>("1", "dB", "W", "Hz"), (text, unit) => {
        const parsed = parseQuantity(text, unit);
        if ("error" in parsed) expect(parsed.error).toMatch(/expected/);
        else expect(Number.isFinite(parsed.quantity.value)).toBe(true);
      }),
    );
  });
});
