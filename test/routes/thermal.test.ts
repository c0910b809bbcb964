import { describe, expect, it } from "vitest";
import { failedCodes } from "../../src/core/check.ts";
import { type Estimate, sigmaOf } from "../../src/core/estimate.ts";
import { temperatureLimit } from "../../src/core/messages/power-data.ts";
import { powerRoute } from "../../src/routes/power/power.ts";
import { decaySplit, equilibriumEstimates } from "../../src/routes/thermal.ts";
import { OMEGA, populationFile, referenceFile, scatteringFiles } from "./closed-form.ts";
import { dataset, facts, LABELS, stated } from "./power-lab.ts";

const decay: Estimate = {
  route: "decay",
  quantity: "gamma1_total",
  estimator: "exponential",
  condition: "combined",
  labels: LABELS,
  value: 26250,
  sigmaStat: 100,
  sigmaCommon: 0,
  unit: "1/s",
  status: "usable",
  checks: [],
  budget: [{ input: "shots", contribution: 100 }],
  datasets: ["d"],
  remark: "",
};

describe("rates of the decay route at finite temperature", () => {
  it("Gd, Gu and G1 of end_to_end.json's first cooldown (25625, 625, 25000 1/s at n_eq = 0.0238095)", () => {
    const rows = decaySplit(facts({ qubit: { equilibrium_population: stated("n", 625 / 26250, "1", 0.002) } }), [], decay);
    const at = (q: string) => rows.find((r) => r.quantity === q)!;
    expect(at("gamma_down").value).toBeCloseTo(25625, 8);
    expect(at("gamma_up").value).toBeCloseTo(625, 8);
    expect(at("gamma1").value).toBeCloseTo(25000, 8);
    expect(at("gamma1").route).toBe("decay");
    expect(sigmaOf(at("gamma1"))).toBeCloseTo(Math.hypot((100 * 25000) / 26250, 2 * 26250 * 0.002), 8);
  });

  it("from a measured undriven population", () => {
    const undriven = dataset("equilibrium", [["population", "1", [0.015 + 0.94 * 0.02]]], { noise: { type: "binomial", shots: 10000 } });
    const rows = decaySplit(facts(), [undriven], decay);
    expect(rows.find((r) => r.quantity === "gamma_up")!.value).toBeCloseTo(26250 * 0.02, 6);
  });

  it("from a temperature, at the frequency that the power route fitted where none is stated", () => {
    const parts = facts({ qubit: { temperature: stated("t", 0.05, "K", 0.001) } });
    const { omega } = powerRoute({ labels: LABELS, facts: parts, datasets: [...scatteringFiles(), populationFile(), referenceFile()] });
    expect(omega! / OMEGA).toBeCloseTo(1, 8);
    const n = 1 / (1 + Math.exp((1.054571817e-34 * OMEGA) / (1.380649e-23 * 0.05)));
    expect(decaySplit(parts, [], decay)).toEqual([]);
    expect(decaySplit(parts, [], decay, omega).find((r) => r.quantity === "gamma_up")!.value).toBeCloseTo(26250 * n, 3);
  });

  it("not without n_eq", () => expect(decaySplit(facts(), [], decay)).toEqual([]));
});

describe("n_eq, n_th and T_eff", () => {
  const kB = 1.380649e-23;
  const hbar = 1.054571817e-34;
  const omega = 2 * Math.PI * 5e9;
  const rows = (value: number, sigma: number) =>
    equilibriumEstimates(
      LABELS,
      { value, source: "measured", budget: [{ input: "u", contribution: sigma, shared: "u" }], checks: [], datasets: [] },
      omega,
    );
  const at = (list: readonly Estimate[], q: string) => list.find((r) => r.quantity === q)!;
  it("against thermal_two_bath.json's first case (n_e = 0.0253165, 65.7312 mK) and their errors by differences", () => {
    const n = 0.025316455696202535;
    const list = rows(n, 1e-3);
    expect(at(list, "t_eff").value / 0.06573120178903481).toBeCloseTo(1, 9);
    expect(at(list, "n_th").value).toBeCloseTo(n / (1 - 2 * n), 12);
    const T = (x: number) => (hbar * omega) / (kB * Math.log((1 - x) / x));
    const h = 1e-6;
    expect(sigmaOf(at(list, "t_eff")) / ((1e-3 * (T(n + h) - T(n - h))) / (2 * h))).toBeCloseTo(1, 6);
    const occupied = (x: number) => x / (1 - 2 * x);
    expect(sigmaOf(at(list, "n_th")) / ((1e-3 * (occupied(n + h) - occupied(n - h))) / (2 * h))).toBeCloseTo(1, 6);
  });
  it("n_eq that is compatible with 0 has no temperature but one that it is below", () => {
    for (const [n, sigma] of [
      [0.001, 0.002],
      [-0.003, 0.002],
      [0.0039, 0.002],
    ] as const) {
      const t = at(rows(n, sigma), "t_eff");
      expect(t.value).toBeNaN();
      expect(t.status).toBe("refused");
      expect(failedCodes(t.checks)).toEqual(["no_temperature"]);
      const upper = Math.max(n, 0) + 1.645 * sigma;
      expect(t.remark).toBe(temperatureLimit((hbar * omega) / (kB * Math.log((1 - upper) / upper))));
    }
    expect(at(rows(0.0041, 0.002), "t_eff").value).toBeGreaterThan(0.03);
  });
  it("a population of a half and more has no temperature, nor one without the qubit's frequency; the code says why", () => {
    expect(failedCodes(at(rows(0.6, 0.01), "t_eff").checks)).toEqual(["no_temperature"]);
    const unknown = equilibriumEstimates(LABELS, { value: 0.02, source: "measured", budget: [], checks: [], datasets: [] }, Number.NaN);
    expect(failedCodes(at(unknown, "t_eff").checks)).toEqual(["no_frequency"]);
  });
});
