import { describe, expect, it } from "vitest";
import { failedCodes } from "../../src/core/check.ts";
import { random } from "../../src/core/random.ts";
import { defectRate, structuredBathRate } from "../../src/physics/structured-bath.ts";
import { withFluctuation } from "../../src/routes/fluctuation.ts";
import { constantInput, pointwiseInput } from "../../src/routes/power/common-input.ts";
import { leftOver } from "../../src/routes/power/left-over.ts";
import { powerRoute } from "../../src/routes/power/power.ts";
import { statedErrors } from "../../src/routes/power/stated-shapes.ts";
import { fitWeakDrive } from "../../src/routes/power/weak-drive.ts";
import { powerSweep } from "../report/example-power.ts";
import { estimate } from "../report/example-study.ts";
import {
  excess,
  G2,
  GR,
  N_EQ,
  populationFile,
  read,
  referenceFile,
  SATURATIONS,
  scatteringFiles,
  TOTAL,
  undrivenFile,
} from "./closed-form.ts";
import { facts, LABELS } from "./power-lab.ts";

const Z = 1 - 2 * N_EQ;
const DEPTH = (GR * Z) / G2;
/** -[(G2/Gr|z_eq|)(1+S) - 1], PHYSICS.md sec. 1. */
const byAmplitude = (s: number) => 1 - (1 + s) / DEPTH;

/** A lab whose populations are off by d where the qubit is driven, not where it is not. */
function lab(d: number, saturations: readonly number[] = SATURATIONS, undriven = undrivenFile()) {
  const datasets = [...scatteringFiles({ saturations }), referenceFile(), populationFile(saturations, (n) => read(n + d)), undriven];
  const { estimates, studies } = powerRoute({ labels: LABELS, facts: facts(), datasets });
  const of = (condition: string) =>
    estimates.find((e) => e.quantity === "gamma1_total" && e.estimator === "complex_s" && e.condition === condition)!;
  return { rows: estimates, total: of("combined"), weak: of("weak_drive"), study: studies[0]! };
}

describe("a, d and e from rates of known shape", () => {
  const S = [0.03, 0.06, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20];
  const shaped = (d: number, e: number, relative: number, r = random(1)) =>
    S.map((s) => {
      const n = excess(s);
      const sigma = relative * TOTAL;
      const gamma = TOTAL * (1 - d / (n + d) + e * byAmplitude(s)) + sigma * r.normal();
      return { gamma, sigma, excess: n, byAmplitude: byAmplitude(s), rabi: Math.sqrt(s * TOTAL * G2) };
    });
  it("finds d = 0.4 % and e = -0.1 % with the right errors: pulls of 400 draws", () => {
    const r = random(7);
    const fits = Array.from({ length: 400 }, () => fitWeakDrive(shaped(0.004, -0.001, 0.01, r), TOTAL)!);
    const pulls = {
      gamma: fits.map((f) => (f.gamma - TOTAL) / f.sigma),
      offset: fits.map((f) => (f.offset - 0.004) / f.sigmaOffset),
      amplitude: fits.map((f) => (f.amplitude + 0.001) / f.sigmaAmplitude),
    };
    for (const p of Object.values(pulls)) {
      const mean = p.reduce((a, b) => a + b, 0) / p.length;
      // 4 s.d. of 400 draws.
      expect(Math.abs(mean)).toBeLessThan(0.2);
      expect(Math.abs(Math.sqrt(p.reduce((a, b) => a + (b - mean) ** 2, 0) / (p.length - 1)) - 1)).toBeLessThan(0.15);
    }
    expect(fits.filter((f) => f.probability < 0.01).length).toBeLessThan(12);
  });
  it("holds d and e by what is stated, and then finds as much of them as data and statement allow", () => {
    const free = fitWeakDrive(shaped(0.004, 0, 0.01), TOTAL)!;
    const held = fitWeakDrive(shaped(0.004, 0, 0.01), TOTAL, { offset: 1e-5, amplitude: 1e-5 })!;
    expect(Math.abs(held.offset)).toBeLessThan(1e-4);
    expect(held.sigma).toBeLessThan(free.sigma);
    expect(held.probability).toBeLessThan(1e-6);
    const loose = fitWeakDrive(shaped(0.004, 0, 0.01), TOTAL, { offset: 1, amplitude: 1 })!;
    expect(loose.offset / free.offset).toBeCloseTo(1, 2);
  });
  it("needs four points where nothing is stated, and shapes that differ", () => {
    expect(fitWeakDrive(shaped(0, 0, 0.01).slice(0, 3), TOTAL)).toBeUndefined();
    expect(fitWeakDrive(Array(5).fill(shaped(0, 0, 0.01)[3]!), TOTAL)).toBeUndefined();
  });
  it("finds the bend of a bath sampled at w_d +- Omega, once e is as good as stated", () => {
    // 2 (w - w0)/kappa = 0.6 at the qubit: s = -2 x/(1+x^2) per half width, c = (6x^2 - 2)/(1+x^2)^2.
    const kappa = 60 * TOTAL;
    const bath = defectRate(Math.sqrt((TOTAL * kappa * 1.36) / 4), kappa, -0.3 * kappa);
    expect(bath(0)).toBeCloseTo(TOTAL, 6);
    const points = shaped(0, 0, 2e-4).map((p) => ({ ...p, gamma: structuredBathRate(bath, 0, p.rabi), sigma: 2e-4 * TOTAL }));
    const left = leftOver(points, TOTAL, { offset: 1e-5, amplitude: 1e-6 })!;
    const [x, half] = [0.6, kappa / 2];
    const [s, c] = [(-2 * x) / (1 + x * x) / half, (6 * x * x - 2) / (1 + x * x) ** 2 / half ** 2];
    const expected = (c / 4 - (s * s) / 2) * (left.rabi * 2 * Math.PI) ** 2;
    expect(left.change / expected).toBeCloseTo(1, 1);
    expect(Math.abs(left.change)).toBeGreaterThan(5 * left.sigma);
    // The very shape of e: without a statement there is nothing left over.
    expect(leftOver(points, TOTAL, { offset: 1e-5, amplitude: Number.NaN })).toBeUndefined();
    expect(fitWeakDrive(points, TOTAL)!.probability).toBeGreaterThan(0.5);
  });
});

describe("what is stated, as a, d and e", () => {
  const points = SATURATIONS.map((s) => ({ gamma: TOTAL, sigma: 1, excess: excess(s), byAmplitude: byAmplitude(s) }));
  const all = points.map((_, i) => i);
  const none = { power: [], population: [], scattering: [] };
  it("takes an attenuation as a, an undriven population as d, an amplitude as e", () => {
    const stated = statedErrors(
      {
        power: [constantInput("attenuation", "a", -0.07)],
        population: [pointwiseInput("undriven", "p0", (i) => 0.002 / points[i]!.excess)],
        scattering: [pointwiseInput("reference", "r", (i) => 3e-4 * points[i]!.byAmplitude)],
      },
      points,
      all,
      all.length,
    );
    expect(stated.scale).toBeCloseTo(0.07, 9);
    expect(stated.offset).toBeCloseTo(0.002, 9);
    expect(stated.amplitude).toBeCloseTo(3e-4, 9);
  });
  it("splits a readout error with n_eq from elsewhere into a and d", () => {
    const [sigma, fid] = [0.003, 0.94];
    const readout = pointwiseInput("p1_given_0", "r", (i) => ((1 - N_EQ - points[i]!.excess) * sigma) / (fid * points[i]!.excess));
    const stated = statedErrors({ ...none, population: [readout] }, points, all, all.length);
    expect(stated.scale).toBeCloseTo(sigma / fid, 9);
    expect(stated.offset).toBeCloseTo(((1 - N_EQ) * sigma) / fid, 9);
    expect(stated.amplitude).toBeNaN();
  });
  it("does not know a shape whose input has no error", () => {
    const stated = statedErrors({ ...none, power: [constantInput("attenuation", "a", Number.NaN)] }, points, all, all.length);
    expect(stated.scale).toBeNaN();
  });
});

describe("a population that is off by 0.5 % under drive", () => {
  const saturations = [0.03, 0.1, 0.3, 1, 3, 10, 15];
  const { rows, total, weak, study } = lab(0.005, saturations);
  it("takes 26 % off the rate at S = 0.03", () => {
    const weakest = rows.find((e) => e.estimator === "complex_s" && e.condition.startsWith("p_in="))!;
    expect(weakest.value / TOTAL - 1).toBeCloseTo(-0.26, 2);
  });
  it("is told as what it is, and is no drive-dependent rate", () => {
    expect(failedCodes(total.checks)).toContain("drive_dependent");
    const { sentence } = total.checks.find((c) => c.code === "drive_dependent")!;
    expect(sentence).toMatch(
      /^The fall at weak drive is what a population offset of 0\.(50|49)\d* ± 0\.\d+ % \(stated: ± 0\.\d+ %\) would produce/,
    );
    expect(sentence).toContain("it is not evidence for a drive-dependent rate");
    expect(study.driveDependence!.offset.value).toBeCloseTo(0.005, 4);
    expect(study.driveDependence!.held).toBe(false);
  });
  it("is taken out by the extrapolation, and shifts the line's intercept by -G d", () => {
    expect(weak.value / TOTAL).toBeCloseTo(1, 3);
    expect(study.line!.intercept / (-0.005 * TOTAL)).toBeCloseTo(1, 3);
    expect(study.line!.slope / TOTAL).toBeCloseTo(1, 4);
    expect(failedCodes(total.checks)).toContain("not_through_origin");
  });
  it("within a stated error as large, is no doubt", () => {
    const poor = lab(0.005, saturations, undrivenFile(read(N_EQ), 500));
    expect(failedCodes(poor.total.checks)).not.toContain("drive_dependent");
    expect(poor.study.driveDependence!.held).toBe(true);
    expect(poor.study.driveDependence!.offset.stated).toBeGreaterThan(0.005);
    expect(failedCodes(poor.total.checks)).not.toContain("not_through_origin");
  });
});

describe("clean data", () => {
  const { total, study } = lab(0);
  it("are constant, through the origin, with d and e of nothing", () => {
    expect(failedCodes(total.checks)).not.toContain("drive_dependent");
    expect(total.checks.find((c) => c.code === "not_through_origin")!.sentence).toContain("through the origin");
    expect(Math.abs(study.driveDependence!.offset.value)).toBeLessThan(1e-5);
    expect(Math.abs(study.driveDependence!.amplitude.value)).toBeLessThan(1e-5);
  });
  it("draw the shapes about 1, and the plateau at (Gd - Gu)/2", () => {
    const { saturation, fitted, offset, amplitude } = study.driveDependence!.curves;
    expect(saturation[0]!).toBeCloseTo(0.025, 5);
    for (const v of fitted) expect(v).toBeCloseTo(1, 3);
    const d = study.driveDependence!.offset.stated;
    expect(offset[1][0]! - 1).toBeCloseTo(-d / (excess(0.025) + d), 6);
    const e = study.driveDependence!.amplitude.stated;
    expect(amplitude[1].at(-1)! - 1).toBeCloseTo(e * byAmplitude(saturation.at(-1)!), 6);
    expect(study.workCurve!.plateau / ((Z * TOTAL) / 2)).toBeCloseTo(1, 6);
  });
});

describe("the extrapolation is refused unless S spans 0.1 to 10", () => {
  it.each([
    ["from 0.1 to 10 exactly", [0.1, 0.3, 1, 3, 10], true],
    ["from 0.11", [0.11, 0.3, 1, 3, 10], false],
    ["to 9.9", [0.1, 0.3, 1, 3, 9.9], false],
  ] as const)("%s", (_name, saturations, given) => {
    const { weak } = lab(0, saturations);
    expect(Number.isFinite(weak.value)).toBe(given);
    if (!given) expect(failedCodes(weak.checks)).toContain("low_power_only");
  });
  it("and for three powers, which cannot tell d from e", () => {
    const { weak } = lab(0, [0.05, 1, 15]);
    expect(weak.value).toBeNaN();
    expect(failedCodes(weak.checks)).toContain("shapes_alike");
  });
});

describe("T1 that fluctuates between repeats", () => {
  const study = powerSweep(LABELS, 1 / 40e-6, 1, random(1));
  const decay = (mean: number, scatter: number, own: number) =>
    (
      [
        ["t1_mean", mean],
        ["t1_scatter", scatter],
        ["t1_median_sigma", own],
      ] as const
    ).map(([q, v]) => estimate("decay", q, LABELS, v));
  it("by 20 % moves the power route between 0.96 and 1.04, in words and numbers", () => {
    const told = withFluctuation(study, decay(40e-6, Math.hypot(8e-6, 3e-6), 3e-6));
    expect(told.fluctuation!.scatter).toBeCloseTo(0.2, 9);
    expect(told.fluctuation!.least * 40e-6).toBeCloseTo(1 / 1.04, 9);
    expect(told.fluctuation!.largest * 40e-6).toBeCloseTo(1.04, 9);
    expect(told.remarks.at(-1)).toMatch(/scatters by 20 % .* from 0\.962 .* to 1\.04 /);
  });
  it("is not told of where the traces' own errors make the scatter, or there are no repeats", () => {
    expect(withFluctuation(study, decay(40e-6, 3e-6, 3.1e-6))).toBe(study);
    expect(withFluctuation(study, [])).toBe(study);
  });
});
