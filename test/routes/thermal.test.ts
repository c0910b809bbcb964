import { describe, expect, it } from "vitest";
import { type Estimate, sigmaOf } from "../../src/core/estimate.ts";
import { decaySplit } from "../../src/routes/thermal.ts";
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

  it("not without n_eq", () => expect(decaySplit(facts(), [], decay)).toEqual([]));
});
