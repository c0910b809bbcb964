import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alwaysHides, pattern } from "../../src/lab/match.ts";

const hides = (earlier: string, later: string) => alwaysHides(pattern(earlier), pattern(later));

describe("patterns", () => {
  it.each([
    ["{cooldown}/{qubit}_t1_*.csv", "cd07/q1_t1_003.csv", { cooldown: "cd07", qubit: "q1" }],
    ["{cooldown}/{qubit}_t1_*.csv", "cd07/a_t1_b_t1_c.csv", { cooldown: "cd07", qubit: "a" }],
    ["{cooldown}/{qubit}_s11_{power}dBm.s1p", "cd07/q1_s11_-64.5dBm.s1p", { cooldown: "cd07", qubit: "q1", power: "-64.5" }],
    ["**/{qubit}.csv", "q1.csv", { qubit: "q1" }],
    ["**/{qubit}.csv", "a/b/q1.csv", { qubit: "q1" }],
    ["cd07/**", "cd07/a/b.csv", {}],
    ["{qubit}.csv", 'q"1<script>\n.csv', { qubit: 'q"1<script>\n' }],
    ["q1 (copy) [a+b].csv", "q1 (copy) [a+b].csv", {}],
    ["{a}\u{1f600}.csv", "x\u{1f600}.csv", { a: "x" }],
  ])("%s matches %j", (text, path, labels) => {
    expect(pattern(text).match(path)).toEqual(labels);
  });
  it.each([
    ["*.csv", "cd07/q1.csv"], // a star stays in its folder
    ["*.csv", ".csv"], // one or more characters
    ["{cooldown}/q*.csv", "cd07/q.csv"],
    ["{cooldown}/*.csv", "cd07/deep/q1.csv"],
    ["cd07/**", "cd07/"],
    ["q1.csv", "q1xcsv"],
    ["q1.csv", "Q1.csv"],
    ["**/q.csv", "aq.csv"],
  ])("%s does not match %s", (text, path) => {
    expect(pattern(text).match(path)).toBeUndefined();
  });
  it.each(["", "{}", "{a b}", "{a}{a}", "{a", "a}", "{a{b}}", "/cd07/*.csv", "./a.csv", "../a.csv"])("%j is refused", (text) => {
    expect(() => pattern(text)).toThrow(RangeError);
  });
  it("any file name without braces, stars and backslashes matches itself and nothing near it", () => {
    const name = fc.string({ unit: "grapheme", minLength: 1 }).filter((s) => !/[{}*\\]|^\.{0,2}\//.test(s));
    fc.assert(
      fc.property(name, (text) => {
        expect(pattern(text).match(text)).toEqual({});
        expect(pattern(text).match(`${text}x`)).toBeUndefined();
      }),
    );
  });
  it("labels are cut out verbatim", () => {
    const label = fc.string({ unit: "grapheme", minLength: 1 }).filter((s) => !/[/_]/.test(s));
    fc.assert(
      fc.property(label, label, (cooldown, qubit) => {
        expect(pattern("{cooldown}/{qubit}_t1_*.csv").match(`${cooldown}/${qubit}_t1_0.csv`)).toEqual({ cooldown, qubit });
      }),
    );
  });
});

describe("an entry that an earlier one always hides", () => {
  it.each([
    ["{cooldown}/{qubit}_s11_*.s1p", "{cooldown}/{qubit}_s11_off.s1p"],
    ["**", "{cooldown}/x.csv"],
    ["**", "**"],
    ["**/*.csv", "{cooldown}/{qubit}_t1_*.csv"],
    ["**/*.csv", "*.csv"],
    ["*/*", "{a}/b*c"],
    ["{a}.csv", "{b}_{c}.csv"],
    ["a**", "ab/*"],
    ["*", "{a}"],
  ])("%s hides %s", (earlier, later) => expect(hides(earlier, later)).toBe(true));
  it.each([
    ["{cooldown}/{qubit}_s11_off.s1p", "{cooldown}/{qubit}_s11_{power}dBm.s1p"],
    ["{cooldown}/{qubit}_s11_{power}dBm.s1p", "{cooldown}/{qubit}_s11_off.s1p"],
    ["*_t1_*.csv", "*_t1.csv"],
    ["q1*.csv", "{qubit}.csv"],
    ["{cooldown}/*.csv", "**/*.csv"],
    ["*.csv", "**/*.csv"],
    ["a**", "a"],
    ["**/a.csv", "**a.csv"],
    ["*a*", "a*"], // `a` and one more character: nothing stands before the a
    ["**_*", "*_"],
    ["*aa*", "*a*"],
    // Samples of letters and digits would all be hidden by these.
    ["{a}1.csv", "{a}.csv"],
    ["*/*", "**"],
  ])("%s does not hide %s", (earlier, later) => expect(hides(earlier, later)).toBe(false));
  it("is never claimed of an entry that matches a path which the earlier one misses", () => {
    // Few letters, so that patterns overlap; every path up to five characters is tried.
    const part = fc.constantFrom("a", "b", "/", "*", "**", "**/", "{n}");
    const text = fc
      .array(part, { minLength: 1, maxLength: 5 })
      .map((parts) => parts.map((p, i) => (p === "{n}" ? `{n${i}}` : p)).join(""))
      .filter((t) => !t.startsWith("/") && !/\}[{*]|\*\{/.test(t));
    const paths = [""];
    for (let i = 0; paths.length < 3 ** 5; i++) for (const c of ["a", "b", "/"]) paths.push(paths[i]! + c);
    let claimed = 0;
    fc.assert(
      fc.property(text, text, (earlier, later) => {
        const [e, l] = [pattern(earlier), pattern(later)];
        const missed = paths.some((p) => l.match(p) !== undefined && e.match(p) === undefined);
        const claim = alwaysHides(e, l);
        if (claim) claimed++;
        if (claim) expect(missed).toBe(false);
      }),
      { numRuns: 3000, seed: 7 },
    );
    expect(claimed).toBeGreaterThan(100);
  });
  it("takes no time on long patterns of many stars", () => {
    const text = `${"*a".repeat(40)}.csv`;
    const start = performance.now();
    expect(hides(`${"*b".repeat(40)}.csv`, text)).toBe(false);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
