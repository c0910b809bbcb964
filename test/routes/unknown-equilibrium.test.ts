import { describe, expect, it } from "vitest";
import { failedCodes } from "../../src/core/check.ts";
import type { Estimate } from "../../src/core/estimate.ts";
import { estimateOf } from "../../src/routes/budget.ts";
import { compareRoutes } from "../../src/routes/compare.ts";
import { partitionRoute } from "../../src/routes/partition/partition.ts";
import { powerRoute } from "../../src/routes/power/power.ts";
import { excess, N_EQ, populationFile, referenceFile, scatteringFiles, TOTAL } from "./closed-form.ts";
import { facts, LABELS, READOUT } from "./power-lab.ts";

/** Heralded levels, nothing that says what n_eq is. */
const run = (saturations?: readonly number[], readout = READOUT) =>
  powerRoute({
    labels: LABELS,
    facts: facts({ readout }),
    datasets: [...scatteringFiles(), populationFile(saturations), referenceFile()],
  }).estimates;
const decay = estimateOf({
  ...{ route: "decay", quantity: "gamma1_total", estimator: "exponential", labels: LABELS, value: TOTAL, unit: "1/s" },
  budget: [{ input: "shots", contribution: TOTAL / 100 }],
});
const find = (list: readonly Estimate[], quantity: string, estimator: string) =>
  list.find((e) => e.quantity === quantity && e.estimator === estimator && e.condition === "combined")!;

describe("n_eq that nothing states", () => {
  it("has no error of 0: every number that it enters has none, and the check tells what 1 % would make", () => {
    const s = 1;
    const rate = find(run([s]), "gamma1_total", "complex_s");
    const n = N_EQ + excess(s);
    expect(rate.value / TOTAL).toBeCloseTo(excess(s) / n, 5);
    expect(rate.sigmaStat).toBeGreaterThan(0);
    expect(rate.sigmaCommon).toBeNaN();
    expect(rate.status).toBe("doubtful");
    const { measured, sentence } = rate.checks.find((c) => c.code === "no_equilibrium")!;
    expect(measured).toBeCloseTo(n / (n - 0.01) - 1, 9);
    expect(sentence).toContain("n_eq = 1 % would move gamma1_total (complex_s) by +4.0 %");
  });

  it("the sweep's rows where n_eq enters, not those where it does not", () => {
    const list = run();
    for (const quantity of ["gamma1_total", "gamma_r", "gamma_phi"]) {
      const row = find(list, quantity, "saturation_sweep");
      expect(row.sigmaCommon, quantity).toBeNaN();
      expect(row.checks.find((c) => c.code === "no_equilibrium")!.sentence).toContain(`would move ${quantity} (saturation_sweep) by`);
    }
    for (const quantity of ["gamma1", "gamma2"]) {
      const row = find(list, quantity, "saturation_sweep");
      expect(row.sigmaCommon, quantity).not.toBeNaN();
      expect(failedCodes(row.checks)).not.toContain("no_equilibrium");
    }
  });

  it("reaches the partition and the verdict, which blames nothing else", () => {
    const list = run();
    const { comparison } = compareRoutes(LABELS, decay, list);
    expect(comparison.verdict).toBe("none");
    expect(comparison.sentence).toContain("n_eq is not known: no verdict");
    expect(comparison.sentence).not.toContain("losing");
    const shares = partitionRoute(LABELS, decay, { estimates: list }).estimates.filter((e) => e.quantity === "f_nonradiative");
    expect(shares.length).toBeGreaterThan(0);
    for (const share of shares) {
      expect(share.sigmaCommon, share.estimator).toBeNaN();
      expect(share.interval).toBeUndefined();
    }
  });
});
