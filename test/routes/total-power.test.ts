import { describe, expect, it } from "vitest";
import { failedCodes } from "../../src/core/check.ts";
import * as say from "../../src/core/messages/power.ts";
import * as sayData from "../../src/core/messages/power-data.ts";
import type { FileEntry } from "../../src/lab/lab.ts";
import { type PowerDataset, powerRoute } from "../../src/routes/power/power.ts";
import {
  excess,
  G2,
  HERTZ,
  N_EQ,
  OMEGA,
  read,
  referenceFile,
  reflection,
  SATURATIONS,
  scatteringFiles,
  sourcePower,
  TOTAL,
  undrivenFile,
} from "./closed-form.ts";
import { decayOf } from "./joint-lab.ts";
import { type Col, dataset, facts, LABELS, LINE, READOUT, stated } from "./power-lab.ts";

const HBAR = 1.054571817e-34;
const GNR = 20000;
/** P_in - P_out = hbar w Gnr [(1+n) n_e - n (1-n_e)] with n = 0.02 in the other bath (PHYSICS.md sec. 1, estimator 3), over P_in. */
const share = (s: number) => {
  const n = N_EQ + excess(s);
  return (HBAR * OMEGA * GNR * (1.02 * n - 0.02 * (1 - n))) / (sourcePower(s) / 1e8);
};

interface Table {
  /** Part of the output that leaves by transmission; the rest is reflected. */
  readonly transmitted?: number;
  readonly background?: number;
  readonly backgroundColumn?: boolean;
  readonly population?: boolean;
  /** Passes the qubit by, in phase, and interferes with what it reflects. */
  readonly leak?: number;
  readonly entry?: Partial<FileEntry>;
}
function meter({ transmitted, background = 0, backgroundColumn, population = true, leak = 0, entry }: Table = {}): PowerDataset {
  const gain = 0.01;
  const out = (part: number, of: (s: number) => number) => SATURATIONS.map((s) => gain * sourcePower(s) * part * of(s) + background);
  const pair = (on: "reflected" | "transmitted", part: number, off: number): Col[] => [
    [on, "W", out(1, (s) => part * (1 - share(s)))],
    [`${on}_off`, "W", out(off, () => 1)],
  ];
  const leaking = (s: number) => 1 - share(s) - reflection(s, 0).re ** 2 + (reflection(s, 0).re + leak) ** 2;
  const columns: Col[] = [
    ["incident", "W", SATURATIONS.map((s) => sourcePower(s))],
    // Qubit off, a matched line transmits everything.
    ...(transmitted === undefined
      ? ([
          ["reflected", "W", out(1, leaking)],
          ["reflected_off", "W", out((1 + leak) ** 2, () => 1)],
        ] satisfies Col[])
      : [...pair("reflected", 1 - transmitted, 0), ...pair("transmitted", transmitted, 1)]),
    ["frequency", "Hz", SATURATIONS.map(() => HERTZ)],
    ...(backgroundColumn ? [["background", "W", SATURATIONS.map(() => background)] as const] : []),
    ...(population
      ? [["population", "1", SATURATIONS.map((s) => read(N_EQ + excess(s)))] as const, ["shots", "1", SATURATIONS.map(() => 1e8)] as const]
      : []),
  ];
  return dataset("total-power", columns, { noise: { type: "relative", relative: 1e-6 }, ...(entry ? { entry } : {}) });
}
const run = (list: readonly PowerDataset[], parts: Parameters<typeof facts>[0] = {}) =>
  powerRoute({ labels: LABELS, facts: facts(parts), datasets: [...list, undrivenFile()] }).estimates;
const rate = (list: readonly PowerDataset[], parts: Parameters<typeof facts>[0] = {}) =>
  run(list, parts).find((e) => e.quantity === "gamma_nr" && e.condition === "combined")!;

describe("total power", () => {
  it("is the non-radiative rate at finite temperature, and says that equal bath temperatures are assumed", () => {
    const e = rate([meter()]);
    expect(e.value / GNR).toBeCloseTo(1, 5);
    expect(e.remark).toContain("equal bath temperatures");
    expect(e.status).toBe("usable");
    expect(failedCodes(e.checks)).toEqual(["background_unknown"]);
  });
  it.each([
    ["of a T1 that is known", decayOf(TOTAL, 1)],
    ["as that of the work where no T1 is known", undefined],
  ])("a leak errs it by 2 - W/lost of the work's error, %s", (_what, decay) => {
    const line = { ...LINE, isolation: stated("lines.drive1.isolation", 60, "dB") };
    const input = { labels: LABELS, facts: facts({ line }), ...(decay && { decay }) };
    const at = (leak: number) =>
      powerRoute({ ...input, datasets: [meter({ leak }), undrivenFile()] }).estimates.find((e) => e.estimator === "total_power")!;
    const said = at(0).budget.find((l) => l.shared === "lines.drive1.isolation @ chipA/q1")!.contribution / at(0).value;
    // In phase the work falls by the leak; on average over phases by 1/sqrt 2 of it.
    const found = Math.log(at(1e-3).value / at(-1e-3).value) / 2;
    expect(said / (decay ? -found / Math.SQRT2 : 1e-3 / Math.SQRT2)).toBeCloseTo(1, 2);
  });
  it.each([
    ["a column", true],
    ["a constant", false],
  ])("background from %s is subtracted from both", (_what, backgroundColumn) => {
    const background = 3e-14;
    const quantity = stated("b", background, "W", 2e-16).quantity;
    const e = rate([meter({ background, backgroundColumn, ...(backgroundColumn ? {} : { entry: { background: quantity } }) })]);
    expect(e.value / GNR).toBeCloseTo(1, 5);
    expect(failedCodes(e.checks)).toEqual([]);
    if (backgroundColumn) return;
    // d ln share/d b = 1/(off - b), the weakest power has the most of it.
    const weakest = run([meter({ background, entry: { background: quantity } })]).find((x) => x.condition.startsWith("p_in="))!;
    const line = weakest.budget.find((l) => l.input === "background of the power meter")!;
    expect(line.contribution / weakest.value / (2e-16 / (0.01 * sourcePower(SATURATIONS[0]!)))).toBeCloseTo(1, 4);
  });
  it("thermally prepared levels and an n_eq that nothing states: it cancels, and leaves neither doubt nor gap", () => {
    const levels = {
      p1_given_0: stated("r.a", read(N_EQ), "1", 0.001),
      p0_given_1: stated("r.b", 1 - read(1 - N_EQ), "1", 0.001),
      prepared: "thermal" as const,
    };
    const of = (readout: typeof READOUT) =>
      powerRoute({ labels: LABELS, facts: facts({ readout }), datasets: [meter()] }).estimates.find((e) => e.condition === "combined")!;
    expect(of(levels).value / GNR).toBeCloseTo(1, 5);
    expect(of(levels).sigmaCommon).toBeGreaterThan(0);
    expect(failedCodes(of(levels).checks)).not.toContain("no_equilibrium");
    expect(of(READOUT).sigmaCommon).toBeNaN();
    expect(failedCodes(of(READOUT).checks)).toContain("no_equilibrium");
  });
  it("without it the rate is low: what is not subtracted is not repaired", () => {
    expect(rate([meter({ background: 3e-14 })]).value / GNR).toBeLessThan(0.99);
    const errorless = rate([meter({ background: 3e-14, entry: { background: stated("b", 3e-14, "W", 0).quantity } })]);
    expect(errorless.sigmaCommon).toBeNaN();
    expect(failedCodes(errorless.checks)).toContain("background_no_sigma");
  });
  it("a line that goes on needs both directions, and has them added", () => {
    const geometry = { qubit: { geometry: "hanger" as const } };
    const e = rate([meter({ transmitted: 0.7 })], geometry);
    expect(e.value / GNR).toBeCloseTo(1, 5);
    expect(e.remark).toContain(sayData.bothDirections());
    expect(rate([meter()], geometry).remark).toBe(sayData.oneDirection("hanger"));
  });
  it("the meter's bandwidth against sidebands and widths", () => {
    const sweep = [...scatteringFiles(), referenceFile()];
    const rabi = G2 * Math.sqrt(2 * SATURATIONS.at(-1)!);
    const limit = (rabi + 3 * G2) / Math.PI;
    for (const [factor, failed] of [
      [1.05, ["background_unknown"]],
      [0.95, ["background_unknown", "detector_bandwidth"]],
    ] as const) {
      const e = rate([...sweep, meter({ entry: { bandwidth: stated("b", factor * limit, "Hz").quantity } })]);
      expect(failedCodes(e.checks)).toEqual(failed);
    }
    // The bound is one: Omega^2 = S G1tot G2.
    expect(rabi).toBeGreaterThan(Math.sqrt(SATURATIONS.at(-1)! * TOTAL * G2));
  });
  it("a VNA that is taken for a power meter shows by a rate that rises with the drive", () => {
    // 1 - |S11|^2 in place of the total power.
    const seen = (s: number) => 1 - reflection(s, 0).re ** 2;
    const honest = meter();
    const columns: Col[] = [
      ["incident", "W", SATURATIONS.map((s) => sourcePower(s))],
      ["reflected", "W", SATURATIONS.map((s) => 0.01 * sourcePower(s) * (1 - seen(s)))],
      ["reflected_off", "W", SATURATIONS.map((s) => 0.01 * sourcePower(s))],
      ["population", "1", SATURATIONS.map((s) => read(N_EQ + excess(s)))],
      ["shots", "1", SATURATIONS.map(() => 1e6)],
      ["frequency", "Hz", SATURATIONS.map(() => HERTZ)],
    ];
    const e = rate([dataset("total-power", columns, { noise: { type: "relative", relative: 1e-4 } })]);
    const check = e.checks.find((c) => c.code === "drive_dependent")!;
    expect(check.holds).toBe(false);
    expect(check.sentence).toContain("detector: vna");
    expect(e.status).toBe("doubtful");
    expect(rate([honest]).checks.find((c) => c.code === "drive_dependent")!.holds).toBe(true);
  });
  it("without populations: no rate, and the share of the work still", () => {
    const list = run([...scatteringFiles(), referenceFile(), meter({ population: false })]);
    expect(list.find((e) => e.quantity === "gamma_nr")!.remark).toBe(say.noPopulationData());
    expect(list.find((e) => e.estimator === "total_power_over_work")!.value / (GNR / 28000)).toBeCloseTo(1, 3);
  });
});
