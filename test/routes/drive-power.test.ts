import { describe, expect, it } from "vitest";
import { failedCodes } from "../../src/core/check.ts";
import * as say from "../../src/core/messages/attenuation.ts";
import type { LineFacts } from "../../src/lab/lab.ts";
import { drivePower } from "../../src/routes/power/drive-power.ts";
import { powerRoute } from "../../src/routes/power/power.ts";
import { HERTZ, populationFile, referenceFile, scatteringFiles, TOTAL, undrivenFile } from "./closed-form.ts";
import { facts, LABELS, LINE, stated } from "./power-lab.ts";

const ENTRY = "lines.drive1.attenuation";
const { attenuation: _, ...BARE } = LINE;
const table = (frequency: readonly number[], loss: readonly number[], sigma = 0.3): LineFacts => ({
  ...BARE,
  attenuation_table: { table: { file: "line.csv", frequency, loss, sigma: loss.map(() => sigma) }, entry: ENTRY },
});
const qubit = (hertz?: number) => ({
  geometry: "reflection" as const,
  ...(hertz === undefined ? {} : { frequency: stated("f", hertz, "Hz") }),
});
const power = (line: LineFacts, hertz: number | undefined, driven: readonly number[] = [], duty?: number) =>
  drivePower(facts({ line, qubit: qubit(hertz), readout: duty === undefined ? {} : { duty_cycle: duty } }), LABELS, false, driven);

describe("attenuation against frequency", () => {
  const line = table([4.9e9, 5.1e9], [79, 81]);
  it("each operating point has the loss of its own frequency; without one that of the qubit", () => {
    const p = power(line, 5e9);
    expect(p.toDevice(1, undefined)).toBeCloseTo(1e-8, 15);
    expect(p.toDevice(1, undefined, 5.05e9) / 10 ** -8.05).toBeCloseTo(1, 12);
    expect(p.toDevice(1, "device", 5.05e9)).toBe(1);
    expect(power(line, 5e9, [], 0.25).toDevice(1, undefined, 4.9e9) / (4 * 10 ** -7.9)).toBeCloseTo(1, 12);
    const [error] = p.common;
    expect(error).toMatchObject({ shared: ENTRY });
    expect(error!.effect([1])).toBeCloseTo((-Math.LN10 / 10) * 0.3, 12);
  });
  it("outside it nothing is extrapolated: refused, with the range", () => {
    const p = power(line, 5.2e9);
    expect(p.checks).toHaveLength(1);
    expect(p.checks[0]).toMatchObject({ code: "no_attenuation", sentence: say.outsideTable("line.csv", 4.9e9, 5.1e9, 5.2e9) });
    expect(p.toDevice(1, undefined)).toBeNaN();
    expect(power(line, 5e9, [5e9, 4.8e9]).checks[0]!.sentence).toBe(say.outsideTable("line.csv", 4.9e9, 5.1e9, 4.8e9));
    expect(power(line, undefined).checks[0]!.sentence).toBe(say.noTableFrequency("line.csv"));
  });
  it("an unknown uncertainty stays unknown", () => {
    const p = power(table([4.9e9, 5.1e9], [79, 81], Number.NaN), 5e9);
    expect(failedCodes(p.checks)).toEqual(["attenuation_no_sigma"]);
    expect(p.common[0]!.effect([1])).toBeNaN();
  });
  it("the whole route: exact with it, refused beyond it", () => {
    const rate = (list: LineFacts) =>
      powerRoute({
        labels: LABELS,
        facts: facts({ line: list }),
        datasets: [...scatteringFiles(), referenceFile(), populationFile(), undrivenFile()],
      }).estimates.find((e) => e.quantity === "gamma1_total" && e.estimator === "complex_s" && e.condition === "combined")!;
    // 80 dB at the drive's 5 GHz.
    expect(rate(table([HERTZ - 1e8, HERTZ + 1e8], [79, 81])).value / TOTAL).toBeCloseTo(1, 5);
    const far = rate(table([6e9, 7e9], [79, 81]));
    expect(far.status).toBe("refused");
    expect(far.remark).toBe(say.outsideTable("line.csv", 6e9, 7e9, HERTZ));
  });
});

describe("attenuation that was determined at one frequency", () => {
  const at = (hertz: number, more: Partial<LineFacts> = {}) =>
    power({ ...LINE, attenuation_at: stated("l.at", 5.2e9, "Hz"), ...more }, hertz);
  it("is in doubt elsewhere, unless its ripple says how much it varies", () => {
    expect(failedCodes(at(5e9).checks)).toEqual(["attenuation_elsewhere"]);
    expect(at(5e9).checks.find((c) => c.code === "attenuation_elsewhere")!.sentence).toBe(say.elsewhere(5.2e9, 5e9));
    expect(failedCodes(at(5.2e9 + 0.5e6).checks)).toEqual([]);
    const rippled = at(5e9, { ripple: stated("l.ripple", 0.6, "dB") });
    expect(failedCodes(rippled.checks)).toEqual([]);
    expect(rippled.common.map((c) => c.shared)).toContain("l.ripple @ chipA/q1");
    expect(at(5.2e9, { ripple: stated("l.ripple", 0.6, "dB") }).common).toHaveLength(1);
  });
});
