import { describe, expect, it } from "vitest";
import { failedCodes } from "../../src/core/check.ts";
import { farPointsUnused } from "../../src/core/messages/power.ts";
import { type PowerDataset, powerRoute } from "../../src/routes/power/power.ts";
import { DETUNINGS, G2, OMEGA, populationFile, reflection, scatteringFiles, sourcePower, TOTAL, undrivenFile } from "./closed-form.ts";
import { dataset, facts, LABELS } from "./power-lab.ts";

type Off = (detuning: number) => { re: number; im: number };
const SIGMA = 3e-3;
/** 20 G2 turn it three times. */
const turnedBy = ({ re, im }: { re: number; im: number }, d: number) => {
  const angle = (3 * 2 * Math.PI * d) / (20 * G2);
  return { re: re * Math.cos(angle) - im * Math.sin(angle), im: re * Math.sin(angle) + im * Math.cos(angle) };
};

function referenceAt(detunings: readonly number[], off: Off, sigma: number, power?: number): PowerDataset {
  const s = detunings.map(off);
  return dataset(
    "reference",
    [
      ["frequency", "Hz", detunings.map((d) => (OMEGA + d) / 2 / Math.PI)],
      ["s_re", "1", s.map((v) => v.re), "11"],
      ["s_im", "1", s.map((v) => v.im), "11"],
      ["sigma", "1", detunings.map(() => sigma)],
    ],
    power === undefined ? {} : { power, entry: { off: "far-points" } },
  );
}
const rate = (reference: PowerDataset, files = scatteringFiles()) =>
  powerRoute({
    labels: LABELS,
    facts: facts(),
    datasets: [...files, populationFile(), undrivenFile(), reference],
  }).estimates.find((e) => e.estimator === "complex_s" && e.quantity === "gamma1_total" && e.condition === "combined")!;
const turnedRate = (reference: PowerDataset) => rate(reference, scatteringFiles({ distort: turnedBy }));
const noiseLine = (e: ReturnType<typeof rate>) => Math.abs(e.budget.find((l) => l.input === "noise of the reference")!.contribution);

describe("noise of a reference of few points", () => {
  it("one point: its error is the same at every frequency, as by differences", () => {
    const of = (re: number, im: number) => rate(referenceAt([0], () => ({ re, im }), SIGMA));
    const slope = (re: number, im: number) => (of(1 + re, im).value - of(1 - re, -im).value) / 2;
    const expected = Math.hypot(slope(SIGMA, 0), slope(0, SIGMA));
    expect(noiseLine(of(1, 0)) / expected).toBeCloseTo(1, 2);
  });

  it("two points: each moves what lies next to it, as by differences", () => {
    const ends = [DETUNINGS[0]!, DETUNINGS.at(-1)!];
    const of = (k: number, re: number, im: number) =>
      rate(referenceAt(ends, (d) => (d === ends[k] ? { re: 1 + re, im } : { re: 1, im: 0 }), SIGMA));
    const slope = (k: number, re: number, im: number) => (of(k, re, im).value - of(k, -re, -im).value) / 2;
    const expected = Math.hypot(...[0, 1].flatMap((k) => [slope(k, SIGMA, 0), slope(k, 0, SIGMA)]));
    expect(noiseLine(of(0, 0, 0)) / expected).toBeCloseTo(1, 2);
  });
});

describe("far points of the qubit's own trace", () => {
  const s = 0.3;
  it("of known power: the rest of the line is taken out, and a straight line through all of them is the reference", () => {
    const e = rate(referenceAt(DETUNINGS, (d) => reflection(s, d), 1e-5, sourcePower(s)));
    expect(e.value / TOTAL).toBeCloseTo(1, 3);
  });
  it("of unknown power: left aside, the background is fitted with the line", () => {
    const e = turnedRate(referenceAt(DETUNINGS, (d) => turnedBy(reflection(s, d), d), 1e-5, Number.NaN));
    expect(e.value / TOTAL).toBeCloseTo(1, 3);
    expect(e.sigmaCommon).toBeGreaterThan(0);
    expect(failedCodes(e.checks)).toEqual(["normalisation_assumed"]);
    expect(e.checks.some((c) => c.sentence === farPointsUnused())).toBe(true);
  });
  it("of unknown power where no background can be fitted: the error is not known", () => {
    const e = rate(referenceAt(DETUNINGS, (d) => reflection(s, d), 1e-5, Number.NaN));
    expect(e.status).toBe("doubtful");
    expect(e.sigmaCommon).toBeNaN();
  });
  it("a delay that turns the phase several times between them", () => {
    const e = turnedRate(referenceAt(DETUNINGS, (d) => turnedBy(reflection(s, d), d), 1e-5, sourcePower(s)));
    expect(e.value / TOTAL).toBeCloseTo(1, 3);
  });
});
