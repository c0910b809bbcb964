import { beforeAll, describe, expect, it } from "vitest";
import { failedCodes } from "../../src/core/check.ts";
import { type BudgetLine, type Estimate, type QuantityName, sigmaOf } from "../../src/core/estimate.ts";
import * as say from "../../src/core/messages/partition.ts";
import { estimateOf } from "../../src/routes/budget.ts";
import { partitionRoute } from "../../src/routes/partition/partition.ts";
import { quotedShare } from "../../src/routes/partition/quoted.ts";
import { LABELS } from "./power-lab.ts";
import { type VirtualResult, virtualLab } from "./virtual-lab.ts";

const row = (quantity: QuantityName, estimator: string, value: number, budget: readonly BudgetLine[], route: Estimate["route"] = "power") =>
  estimateOf({ route, quantity, estimator, labels: LABELS, value, unit: quantity === "n_eq" ? "1" : "1/s", budget });
const own = (contribution: number): BudgetLine => ({ input: "noise", contribution });
const common = (contribution: number, shared = "lines.drive1.attenuation"): BudgetLine => ({ input: shared, contribution, shared });

// Gr 8000, Gnr 20000 at T = 0; n_eq = 0.02: G1tot = 28000/0.96.
const TOTAL = 28000 / 0.96;
const nEq = row("n_eq", "measured", 0.02, [common(0.001, "n_eq")]);
const t1 = (value = TOTAL, sigma = 100) => row("gamma1_total", "exponential", value, [own(sigma)], "decay");
const radiative = (value = 8000, sigma = 40) => row("gamma_r", "saturation_sweep", value, [own(sigma)]);
const at = (list: readonly Estimate[], quantity: QuantityName, estimator: string) => {
  const found = list.find((e) => e.quantity === quantity && e.estimator === estimator);
  if (!found) throw new Error(`no ${quantity} ${estimator} among ${list.map((e) => `${e.quantity} ${e.estimator}`).join(", ")}`);
  return found;
};
const partition = (decay: Estimate | undefined, ...estimates: Estimate[]) => partitionRoute(LABELS, decay, { estimates });

describe("shares by hand", () => {
  it("gamma_r of the sweep and T1: f = 1 - Gr/(G1tot (1 - 2 n_eq)), n_eq's error through G1", () => {
    const { estimates } = partition(t1(), radiative(), nEq);
    const f = at(estimates, "f_nonradiative", "saturation_sweep+t1");
    const photons = at(estimates, "photons_per_pi_pulse", "saturation_sweep+t1");
    const gnr = at(estimates, "gamma_nr", "saturation_sweep+t1");
    expect(f.value).toBeCloseTo(20000 / 28000, 12);
    expect(photons.value).toBeCloseTo(8000 / 28000, 12);
    expect(gnr.value).toBeCloseTo(20000, 8);
    const relative = Math.hypot(40 / 8000, 100 / TOTAL, (2 * TOTAL * 0.001) / 28000);
    expect(sigmaOf(f)).toBeCloseTo((8000 / 28000) * relative, 10);
    expect(sigmaOf(photons)).toBeCloseTo(sigmaOf(f), 12);
    expect(f.sigmaCommon).toBeCloseTo(((8000 / 28000) * 2 * TOTAL * 0.001) / 28000, 10);
    expect(sigmaOf(gnr)).toBeCloseTo(Math.hypot(40, 96, 2 * TOTAL * 0.001), 6);
    expect(f.interval![0]).toBeCloseTo(f.value - sigmaOf(f), 4);
    expect(f.remark).toContain(say.interval(...f.interval!));
    expect(f.status).toBe("usable");
  });

  it("a total power and the work of the drive on one attenuation: it cancels in the ratio", () => {
    const meter = row("gamma_nr", "total_power", 20000, [own(30), common(-2000)]);
    const work = row("gamma1_total", "complex_s", TOTAL, [own(50), common(-0.1 * TOTAL)]);
    const { estimates } = partition(undefined, meter, work, nEq);
    const f = at(estimates, "f_nonradiative", "total_power+complex_s");
    expect(f.value).toBeCloseTo(20000 / 28000, 12);
    expect(f.sigmaCommon).toBeCloseTo((f.value * 2 * TOTAL * 0.001) / 28000, 10);
    expect(f.sigmaStat).toBeCloseTo(f.value * Math.hypot(30 / 20000, 50 / TOTAL), 10);
    expect(at(estimates, "gamma_r", "total_power+complex_s").value).toBeCloseTo(8000, 8);
  });

  it("with T1 the same total power keeps the attenuation's error", () => {
    const meter = row("gamma_nr", "total_power", 20000, [own(30), common(-2000)]);
    const f = at(partition(t1(), meter, nEq).estimates, "f_nonradiative", "total_power+t1");
    expect(f.sigmaCommon).toBeGreaterThan(0.07);
  });

  it("both parts without any total: f = Gnr/(Gr + Gnr)", () => {
    const meter = row("gamma_nr", "total_power", 20000, [own(200)]);
    const { estimates, missing } = partition(undefined, meter, radiative(8000, 80), nEq);
    const f = at(estimates, "f_nonradiative", "saturation_sweep+total_power");
    expect(f.value).toBeCloseTo(20000 / 28000, 12);
    expect(sigmaOf(f)).toBeCloseTo(Math.hypot(8000 * 200, 20000 * 80) / 28000 ** 2, 10);
    expect(missing).toContain(say.missingRoutes("decay"));
  });

  it("every combination has its row, and they are held against each other", () => {
    const meter = row("gamma_nr", "total_power", 20000, [own(200)]);
    const emission = row("gamma_r", "emission", 8050, [own(200)]);
    const work = row("gamma1_total", "complex_s", TOTAL, [own(300)]);
    const { estimates } = partition(t1(), meter, emission, radiative(), work, nEq);
    const names = estimates.filter((e) => e.quantity === "f_nonradiative").map((e) => e.estimator);
    expect(names.sort()).toEqual([
      "emission+complex_s",
      "emission+t1",
      "saturation_sweep+complex_s",
      "saturation_sweep+t1",
      "total_power+complex_s",
      "total_power+t1",
    ]);
    expect(estimates.every((e) => !failedCodes(e.checks).includes("partition_disagrees"))).toBe(true);
    expect(quotedShare(estimates, LABELS)!.estimator).toBe("saturation_sweep+t1");
  });

  it("two ways that differ by more than 3 sigma name each other", () => {
    const meter = row("gamma_nr", "total_power", 12000, [own(200)]);
    const { estimates } = partition(t1(), meter, radiative(), nEq);
    for (const name of ["total_power+t1", "saturation_sweep+t1"]) {
      const f = at(estimates, "f_nonradiative", name);
      expect(failedCodes(f.checks)).toEqual(["partition_disagrees"]);
      expect(f.status).toBe("doubtful");
    }
  });

  it("an error that both ways share does not hide a disagreement, nor make one", () => {
    // T1's noise moves both alike: 1 - Gr/G1 and Gnr/G1 with Gr + Gnr = G1.
    const meter = (value: number) => row("gamma_nr", "total_power", value, [own(20)]);
    const wide = t1(TOTAL, 3000);
    const apart = partition(wide, meter(19000), radiative(8000, 20), nEq).estimates;
    const check = at(apart, "f_nonradiative", "total_power+t1").checks.find((c) => c.code === "partition_disagrees")!;
    // d(f_a - f_b)/dG1 = (Gr + Gnr)/G1^2: |27000 - 28000| over 28000^2-weighted errors.
    const byTotal = (27000 / 28000) * (3000 / TOTAL);
    const expected = 1000 / 28000 / Math.hypot(byTotal, 20 / 28000, 20 / 28000, (27000 / 28000) * ((2 * TOTAL * 0.001) / 28000));
    expect(check.measured).toBeCloseTo(expected, 6);
  });
});

describe("at the edges", () => {
  it("a radiative rate a little above the total: f = 0 with its error, an upper end, usable", () => {
    const f = at(partition(t1(TOTAL, 300), radiative(28300, 150), nEq).estimates, "f_nonradiative", "saturation_sweep+t1");
    expect(f.value).toBe(0);
    expect(sigmaOf(f)).toBeGreaterThan(0.01);
    expect(f.interval![0]).toBe(0);
    expect(f.interval![1]).toBeGreaterThan(0.003);
    expect(f.remark).toContain(say.atEdge(0, 1 - 28300 / 28000));
    expect(f.status).toBe("usable");
    const gnr = at(partition(t1(TOTAL, 300), radiative(28300, 150), nEq).estimates, "gamma_nr", "saturation_sweep+t1");
    expect(gnr.value).toBe(0);
    expect(gnr.interval![0]).toBe(0);
  });

  it("far above it: still inside 0 to 1, and doubtful with the factor of two named", () => {
    const f = at(partition(t1(), radiative(56000), nEq).estimates, "f_nonradiative", "saturation_sweep+t1");
    expect(f.value).toBe(0);
    expect(failedCodes(f.checks)).toEqual(["partition_outside"]);
    expect(f.remark).toContain("0");
  });

  it("an error that is not known stays unknown", () => {
    const f = at(partition(t1(TOTAL, Number.NaN), radiative(), nEq).estimates, "f_nonradiative", "saturation_sweep+t1");
    expect(f.value).toBeCloseTo(20000 / 28000, 12);
    expect(sigmaOf(f)).toBeNaN();
    expect(f.interval).toBeUndefined();
    expect(f.remark).toContain(say.interval(Number.NaN, Number.NaN));
  });
});

describe("the depth of the resonance alone", () => {
  const gamma2 = (value: number) => row("gamma2", "saturation_sweep", value, [own(20)]);

  it("gives a bound in words and no number", () => {
    const { estimates } = partition(undefined, radiative(), gamma2(TOTAL / 2 + 5000), nEq);
    const bound = at(estimates, "f_nonradiative", "bound");
    expect(bound.value).toBeNaN();
    expect(bound.status).toBe("refused");
    expect(failedCodes(bound.checks)).toEqual(["bound_only"]);
    // 1 - 8000/(2 G2 0.96)
    expect(bound.checks[0]!.measured).toBeCloseTo(1 - 8000 / (2 * (TOTAL / 2 + 5000) * 0.96), 12);
  });

  it("is no longer there where a share is known, but a share above it is in doubt", () => {
    const good = partition(t1(), radiative(), gamma2(TOTAL / 2), nEq).estimates;
    expect(good.some((e) => e.estimator === "bound")).toBe(false);
    expect(at(good, "f_nonradiative", "saturation_sweep+t1").status).toBe("usable");
    const wrong = partition(t1(), radiative(), gamma2(TOTAL / 3), nEq).estimates;
    expect(failedCodes(at(wrong, "f_nonradiative", "saturation_sweep+t1").checks)).toEqual(["above_depth_bound"]);
  });
});

describe("with a simulated lab", () => {
  let lab: VirtualResult;
  let decay: Estimate;
  beforeAll(() => {
    lab = virtualLab({
      seed: 11,
      noise: 0.001,
      referenceNoise: 1e-4,
      shots: 1_000_000,
      sigmaDb: 0.05,
      sigmaReadout: 1e-4,
      stateNoise: true,
    });
    decay = t1(lab.truth.gamma1_total!);
  });

  it("finds gamma_nr, f_nonradiative, photons per pi pulse and f_route", () => {
    const { estimates, missing } = partitionRoute(LABELS, decay, { estimates: lab.estimates });
    expect(missing).toEqual([]);
    for (const [quantity, estimator, truth] of [
      ["gamma_nr", "saturation_sweep+t1", 20000],
      ["f_nonradiative", "saturation_sweep+t1", 20000 / 28000],
      ["f_nonradiative", "saturation_sweep+complex_s", 20000 / 28000],
      ["photons_per_pi_pulse", "saturation_sweep+t1", 8000 / 28000],
      ["f_route", "complex_s", 1],
    ] as const) {
      const e = at(estimates, quantity, estimator);
      expect(Math.abs(e.value - truth)).toBeLessThan(4 * sigmaOf(e));
      expect(sigmaOf(e) / e.value).toBeLessThan(0.03);
      expect(sigmaOf(e)).toBeGreaterThan(0);
    }
  });

  it("without T1 the total comes from power, and f_route is missing", () => {
    const { estimates, missing } = partitionRoute(LABELS, undefined, { estimates: lab.estimates });
    expect(at(estimates, "gamma_nr", "saturation_sweep+complex_s").value).toBeGreaterThan(0);
    expect(missing).toEqual([say.missingRoutes("decay")]);
  });

  it("without a resolved resonance it says what to measure", () => {
    const without = lab.estimates.filter((e) => e.quantity !== "gamma_r" && e.quantity !== "n_eq");
    const { estimates, missing } = partitionRoute(LABELS, decay, { estimates: without });
    expect(new Set(estimates.map((e) => e.quantity))).toEqual(new Set(["f_route"]));
    expect(missing).toEqual([say.missingEquilibrium(), say.missingGammaR()]);
  });

  it("against the scalar difference f_route is called an artefact", () => {
    const scalar = lab.estimates.filter((e) => e.estimator === "scalar_difference");
    const e = at(partitionRoute(LABELS, decay, { estimates: scalar }).estimates, "f_route", "scalar_difference");
    expect(e.value).toBeGreaterThan(1);
    expect(e.remark).toBe(say.fRouteScalar());
  });
});
