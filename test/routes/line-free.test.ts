import { describe, expect, it } from "vitest";
import { failedCodes } from "../../src/core/check.ts";
import { noisySteadyState } from "../../src/physics/frequency-noise.ts";
import { ratesOf } from "../../src/physics/two-level.ts";
import { fitSweep } from "../../src/routes/power/sweep-fit.ts";
import { jointLab } from "./joint-lab.ts";
import { virtualLab } from "./virtual-lab.ts";

/** Gphi = 0 and Gr small: PHYSICS.md sec. 1, "Line shape". */
const QUIET = { gammaR: 2000, gammaNr: 26000, gammaPhi: 0, nBath: 0, stateNoise: true, sigmaDb: 1e-9, noise: 2e-3, referenceNoise: 1e-5 };
const G1 = 28000;
const SHAPES = ["integrated_line", "saturation_curvature", "saturation_plateau"];

describe("cross-checks of a saturation sweep that need no line shape", () => {
  it("hold on a Lorentzian line", () => {
    const { checks } = virtualLab({ seed: 1, stateNoise: true, frequencies: 21 }).find("gamma1_total", "saturation_sweep");
    for (const code of SHAPES) expect(checks.find((c) => c.code === code)?.holds, code).toBe(true);
  });

  it.each([
    [0.5, 0.08],
    [1, 0.22],
    [2, 0.4],
  ])("frequency noise of %d G1: the law fitted on resonance reads G1 low by %d (PHYSICS.md)", (width, low) => {
    const rates = ratesOf([{ gamma: G1, n: 0 }], 0);
    const points = Array.from({ length: 17 }, (_, i) => {
      const power = 10 ** (-1 + i / 8);
      const drive = { omega: Math.sqrt(power * rates.total * rates.gamma2), delta: 0 };
      const { extinction } = noisySteadyState(rates, drive, width * G1);
      return { omega: 3e10, power, re: 1 - 2000 * extinction.re, im: 0, sigma: 1e-3, eta: 0 };
    });
    const { law } = fitSweep(points)!;
    // On resonance the fit has gamma2 = 1: amplitude is Gr/G2, and S = kP is 1 at P = 1 without noise.
    const rate = law.amplitude / law.k / (2000 / rates.gamma2);
    expect(Math.abs(1 - rate - low)).toBeLessThan(0.025);
  });

  it.each([
    [1, 21],
    [1, 1],
  ])("frequency noise of %d G1, %d frequencies: the checks say so, with the width and what it does to the rate", (width, frequencies) => {
    const lab = virtualLab({ ...QUIET, seed: 5, frequencies, frequencyNoise: width * G1, noise: 2e-4 });
    const row = lab.find("gamma1_total", "saturation_sweep");
    expect(row.status).toBe("doubtful");
    expect(failedCodes(row.checks)).toContain("saturation_curvature");
    const said = row.checks.find((c) => c.code === "saturation_curvature")!.sentence;
    const named = Number(/frequency noise of (\S+) (?:1\/s|G2)/.exec(said)![1]) * (frequencies === 1 ? G1 / 2 : 1);
    expect(Math.abs(named / (width * G1) - 1)).toBeLessThan(0.1);
    const [, side, percent] = /(low|high) by (\S+) %/.exec(said)!;
    const bias = row.value / G1 - 1;
    expect(Math.abs((side === "low" ? -1 : 1) * (Number(percent) / 100) - bias)).toBeLessThan(0.02);
  });

  it("the joint fit carries the width where the data demand it, and gives the rates back", () => {
    const { find, result } = jointLab({ ...QUIET, seed: 3, frequencies: 31, frequencyNoise: G1 }, { attenuation: true });
    const noise = result.studies[0]!.frequencyNoise!;
    expect(noise.found).toBe(true);
    expect(Math.abs(noise.sigma - G1)).toBeLessThan(4 * noise.error);
    const total = find("gamma1_total");
    expect(Math.abs(total.value - G1)).toBeLessThan(4 * Math.hypot(total.sigmaStat, total.sigmaCommon));
    expect(find("gamma2").remark).toContain("frequency noise");
    expect(find("sigma_frequency").value).toBe(noise.sigma);
    const { sigmaStat, sigmaCommon } = find("sigma_frequency");
    expect(Math.hypot(sigmaStat, sigmaCommon) / noise.error).toBeCloseTo(1, 6);
  });

  it("without noise the width is a limit", () => {
    const { result, find } = jointLab({ ...QUIET, seed: 4, frequencies: 21 }, { attenuation: true });
    const noise = result.studies[0]!.frequencyNoise!;
    expect(noise.found).toBe(false);
    expect(noise.sigma).toBeLessThan(0.5 * G1);
    expect(() => find("sigma_frequency")).toThrow();
    expect(find("gamma2").remark).toContain("with 95 %");
  });
});
