import { describe, expect, it } from "vitest";
import { canonical } from "../../src/core/hash.ts";
import { reasonText } from "../../src/core/messages/store.ts";
import { differences } from "../../src/pipeline/difference.ts";

const between = (a: unknown, b: unknown) => differences(canonical(a), canonical(b));
const line = (a: unknown, b: unknown) => between(a, b).map((d) => `${d.path}: ${d.before} -> ${d.after}`);

describe("differences of options", () => {
  it("name the member and its values", () => {
    expect(line({ offset: "free", window: [0, 1] }, { offset: "fixed", window: [0, 2] })).toEqual([
      "offset: free -> fixed",
      "window[1]: 1 -> 2",
    ]);
  });
  it("print a quantity as one value with its unit", () => {
    const lines = (value: number, sigma: number) => ({ lines: { drive1: { attenuation: { value, sigma, unit: "dB" } } } });
    expect(line(lines(72.3, Number.NaN), lines(72.9, Number.NaN))).toEqual(["lines.drive1.attenuation: 72.3 dB -> 72.9 dB"]);
    expect(line(lines(72.3, 1.5), lines(72.3, 0.5))).toEqual(["lines.drive1.attenuation: 72.3 ± 1.5 dB -> 72.3 ± 0.5 dB"]);
  });
  it("name a stated quantity as the lab file does", () => {
    const facts = (value: number, entry: string) => ({ line: { attenuation: { quantity: { value, sigma: 1, unit: "1" }, entry } } });
    expect(line(facts(1, "a.b"), facts(2, "a.b"))).toEqual(["a.b: 1 ± 1 -> 2 ± 1"]);
    expect(line(facts(1, "a.b"), facts(1, "c.b"))).toHaveLength(1);
  });
  it("show what was added or taken away", () => {
    expect(line({}, { excluded: [3] })).toEqual(["excluded: not stated -> [3]"]);
    expect(line({ a: 1, b: [1, 2] }, { b: [1] })).toEqual(["a: 1 -> not stated", "b[1]: 2 -> not stated"]);
    expect(line(null, { a: 1 })).toEqual([": null -> {a: 1}"]);
  });
  it("tell -0, NaN, infinities, texts and arrays apart", () => {
    const values = [
      0,
      -0,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      "NaN",
      "0",
      null,
      true,
      12n,
      Float64Array.of(1),
      Float64Array.of(2),
      [],
      {},
    ];
    for (const a of values) for (const b of values) expect(between({ a }, { a: b })).toHaveLength(canonical(a) === canonical(b) ? 0 : 1);
  });
  it("survive hostile names and texts", () => {
    const hostile = { 'a":{': '}],"', "\\": '\\\\"', "": ";: ->", $: "\u2028\n" };
    expect(between(hostile, hostile)).toEqual([]);
    expect(between(hostile, { ...hostile, "": "x" })).toEqual([{ path: "", before: '";: ->"', after: "x" }]);
  });
  it("shorten long values", () => {
    expect(between("x".repeat(1000), "y")[0]!.before.length).toBeLessThan(100);
  });
});

describe("a reason in words", () => {
  it("joins old and new value of one option", () => {
    expect(
      reasonText({ code: "option-changed", before: "lines.drive1.attenuation: 72.3 dB", after: "lines.drive1.attenuation: 72.9 dB" }),
    ).toContain("lines.drive1.attenuation: 72.3 dB -> 72.9 dB");
    expect(reasonText({ code: "option-changed", before: "a: 1; b: 2", after: "a: 2; b: 3" })).toContain("a: 1; b: 2 -> a: 2; b: 3");
  });
  it("knows every code and no other", () => {
    for (const code of ["new-input", "input-changed", "option-changed", "stage-version", "missing-output", "corrupt-record", "forced"])
      expect(reasonText({ code, before: "", after: "" })).not.toBe("");
    expect(() => reasonText({ code: "because", before: "", after: "" })).toThrow("There is no reason");
  });
});
