import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { methodNames } from "../../src/core/messages/explain.ts";
import { copyOf, FIXTURES, gammawatt } from "./command.ts";

describe("explain another law", () => {
  it("says what the data leave open, by every kind of interval, and prints no number that is none", () => {
    const r = gammawatt("explain", copyOf(join(FIXTURES, "lab")), "cd07/q1_t1_003.csv", "--law", "biexponential");
    expect(r.stdout).toMatch(/do not tell the biexponential law from the exponential/);
    for (const [, name] of methodNames) expect(r.stdout).toContain(name);
    expect(r.stdout).not.toMatch(/NaN|Infinity|undefined/);
  });
  it("prints the same intervals and coverage each time", () => {
    const said = () => gammawatt("explain", copyOf(join(FIXTURES, "lab")), "cd07/q1_t1_003.csv", "--intervals", "--coverage", "100").stdout;
    expect(said()).toBe(said());
  });
});
