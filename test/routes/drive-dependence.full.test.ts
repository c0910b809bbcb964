import { describe, expect, it } from "vitest";
import { failedCodes } from "../../src/core/check.ts";
import { powerRoute } from "../../src/routes/power/power.ts";
import { pulls } from "./pulls.ts";
import { type VirtualLab, virtualLab } from "./virtual-lab.ts";

const SEEDS = 100;
/** Non-radiative loss to many two-level defects: a share of it saturates with the drive, as 1/sqrt(1 + S). */
const defects = (share: number) => ({ gammaNrAt: (s: number) => 20000 * (1 - share + share / Math.sqrt(1 + s)) });

function verdicts(options: Omit<VirtualLab, "seed">) {
  let [failed, ordinary, doubted] = [0, 0, 0];
  for (let seed = 1; seed <= SEEDS; seed++) {
    const e = virtualLab({ ...options, seed }).find("gamma1_total", "complex_s");
    const dependent = e.checks.find((c) => c.code === "drive_dependent" && !c.holds);
    if (dependent) failed++;
    if (dependent?.sentence.includes("not evidence")) ordinary++;
    if (e.status === "doubtful") doubted++;
  }
  return { failed, ordinary, doubted };
}

describe(`drive_dependent over ${SEEDS} virtual labs`, () => {
  it.each<[string, Omit<VirtualLab, "seed">]>([
    ["noise stated", { stateNoise: true }],
    ["noise from the traces", {}],
    ["undriven population poorly known against many shots", { stateNoise: true, shots: 200_000, noise: 0.001 }],
    ["noise of the reference leads", { stateNoise: true, referenceNoise: 0.004, noise: 0.001, shots: 200_000 }],
    ["weakly coupled hanger", { stateNoise: true, geometry: "two-sided", gammaR: 4000 }],
  ])("constant rate, %s: holds, and the result is usable", (_name, options) => {
    const { failed, doubted } = verdicts(options);
    expect(failed).toBeLessThanOrEqual(3);
    expect(doubted).toBeLessThanOrEqual(3);
  });
  it("a loss of which three tenths saturate: always doubtful", () => {
    expect(verdicts({ ...defects(0.3), stateNoise: true }).failed).toBe(SEEDS);
    // What is extrapolated from such powers is in the same doubt.
    const weak = virtualLab({ ...defects(0.3), stateNoise: true, seed: 1 }).find("gamma1_total", "complex_s", "weak_drive");
    expect(failedCodes(weak.checks)).toContain("drive_dependent");
  });
  it("with little noise it is not put down to ordinary errors", () => {
    expect(verdicts({ ...defects(0.3), stateNoise: true, noise: 0.001, shots: 200_000 }).ordinary).toBe(0);
  });
  it("a population offset of 1 %, far beyond the stated error, is told as what it is", () => {
    const { failed, ordinary } = verdicts({ stateNoise: true, populationOffset: 0.01 });
    expect(failed).toBeGreaterThan(0.95 * SEEDS);
    expect(ordinary).toBe(failed);
  });
});

describe("extrapolation to weak drive with a population offset, common inputs exact", () => {
  it.each([0, 0.002, 0.004, -0.002])("offset %d: mean 0 +- 0.4, width 1 +- 0.29 (4 s.d. of 100 seeds)", (populationOffset) => {
    const [weak] = pulls(
      { sigmaDb: 1e-9, sigmaReadout: 1e-9, stateNoise: true, populationOffset },
      [["gamma1_total", "complex_s", "weak_drive"]],
      SEEDS,
    );
    expect(Math.abs(weak!.mean)).toBeLessThan(0.4);
    expect(Math.abs(weak!.width - 1)).toBeLessThan(0.29);
  });
});

describe("false alarms over 1000 clean labs", () => {
  it.each<[string, Omit<VirtualLab, "seed">]>([
    ["noise stated", { stateNoise: true }],
    ["noise from the traces, hanger", { geometry: "two-sided", gammaR: 4000 }],
  ])("%s: drive_dependent and not_through_origin in at most 1 %% each", (_name, options) => {
    const failed = { drive_dependent: 0, not_through_origin: 0 };
    for (let seed = 1; seed <= 1000; seed++) {
      const { checks } = virtualLab({ seed, frequencies: 15, ...options }).find("gamma1_total", "complex_s");
      for (const code of failedCodes(checks)) if (code in failed) failed[code as keyof typeof failed]++;
    }
    expect(failed.drive_dependent).toBeLessThanOrEqual(10);
    expect(failed.not_through_origin).toBeLessThanOrEqual(10);
  });
});

describe("a population offset of 1 % as the route finds it", () => {
  it("mean 0 +- 0.3 and width 1 +- 0.3 over 100 labs, with the undriven read's own error", () => {
    const pulls: number[] = [];
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { input } = virtualLab({ seed, stateNoise: true, populationOffset: 0.01 });
      const { offset, held } = powerRoute(input).studies[0]!.driveDependence!;
      if (!held) pulls.push((offset.value - 0.01) / Math.hypot(offset.sigma, offset.stated));
    }
    const mean = pulls.reduce((a, b) => a + b, 0) / pulls.length;
    expect(pulls.length).toBeGreaterThan(0.95 * SEEDS);
    expect(Math.abs(mean)).toBeLessThan(0.3);
    expect(Math.abs(Math.sqrt(pulls.reduce((a, b) => a + (b - mean) ** 2, 0) / (pulls.length - 1)) - 1)).toBeLessThan(0.3);
  });
});
