import { describe, expect, it } from "vitest";
import { cure, toShrink } from "../../src/core/messages/cures.ts";
import { fitErrorsInput, scatterInput, statedOffset } from "../../src/core/messages/decay.ts";
import { calibrationInput, traceNoise } from "../../src/core/messages/fit.ts";
import { type BudgetKind, budgetKind, largestLine } from "../../src/routes/budget-kind.ts";
import { pullSeeds } from "../../src/simulate/pull-seeds.ts";
import { comparedLab, sharedLine } from "./compared-lab.ts";

/** Inputs as the routes name them. */
const KINDS: readonly (readonly [input: string, shared: string | undefined, kind: BudgetKind])[] = [
  ["noise of S", undefined, "statistical"],
  ["noise of the population", undefined, "statistical"],
  ["scatter over powers", undefined, "statistical"],
  [`decay during the gap (${scatterInput(20)})`, "decay noise", "statistical"],
  [scatterInput(20), undefined, "statistical"],
  [fitErrorsInput(5), undefined, "statistical"],
  [traceNoise(), undefined, "statistical"],
  [statedOffset(), "stated offset: q1", "readout"],
  ["attenuation of drive1", "lines.drive1.attenuation", "attenuation"],
  ["ripple of drive1", "lines.drive1.ripple @ chipA/q1", "attenuation"],
  ["source accuracy", "source_accuracy", "attenuation"],
  ["repeatability of drive1", "lines.drive1.repeatability @ cd07", "attenuation"],
  ["power at the device", "power_at: device", "attenuation"],
  ["p1_given_0", "readout.p1_given_0", "readout"],
  ["undriven population", "dataset:a", "readout"],
  ["noise of the reference", "dataset:b", "reference"],
  ["fitted background", "background:c", "reference"],
  ["circulator of drive1", "lines.drive1.isolation", "phase"],
  ["leakage of drive1", "lines.drive1.leakage", "phase"],
  ["temperature", "qubits.q1.temperature", "temperature"],
  ["equilibrium_population", "qubits.q1.equilibrium_population", "temperature"],
  ["drive frequency", "f", "frequency"],
  ["line shape of the sweep", "line shape:d", "model"],
  ["beyond the RWA", "m", "model"],
  ["something that nobody has named yet", "x", "model"],
  ["something of its own", undefined, "statistical"],
];

describe("budgetKind", () => {
  it.each(KINDS)("%s", (input, shared, kind) => {
    expect(budgetKind({ input, ...(shared === undefined ? {} : { shared }) })).toBe(kind);
  });

  it("the line that nobody knows dominates, else the largest", () => {
    const lines = [1, -3, 2].map((contribution) => ({ input: `${contribution}`, contribution }));
    expect(largestLine(lines)!.input).toBe("-3");
    expect(largestLine([...lines, { input: "unknown", contribution: Number.NaN }])!.input).toBe("unknown");
    expect(largestLine([])).toBeUndefined();
  });
});

describe("what would help most", () => {
  it.each([
    ["attenuation of drive1", "noise thermometry"],
    ["undriven population", "undriven"],
    ["noise of S", "scattering"],
    [scatterInput(20), "repeats of T1"],
    [fitErrorsInput(5), "repeats of T1"],
    [traceNoise(), "repeats of T1"],
    [statedOffset(), "five T1"],
    [calibrationInput(), "calibration points"],
    ["scatter over powers", "state shots"],
    ["temperature", "undriven population directly"],
  ])("%s: %s", (input, words) => {
    expect(cure(budgetKind({ input }), input)).toContain(words);
  });

  it("every line of a real ratio has a measurement of its own", () => {
    const [lab] = pullSeeds(
      1,
      sharedLine({ qubits: 1, cooldowns: ["cd07"], attenuation: { value: 93.4, sigma: 0.3 }, repeats: 4, powers: 5 }),
    );
    const { budget } = comparedLab(lab!).groups[0]!.ratio!;
    expect(budget.length).toBeGreaterThan(5);
    for (const l of budget) expect(cure(budgetKind(l), l.input), l.input).not.toBe("average longer");
    expect(toShrink("noise of S", 1.234, "statistical")).toContain("noise of S (1.2 %)");
    expect(toShrink("power at the device", Number.NaN, "attenuation")).toContain("(not known)");
  });
});
