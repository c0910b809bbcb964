import { describe, expect, it } from "vitest";
import { failedCodes } from "../../src/core/check.ts";
import type { Estimate } from "../../src/core/estimate.ts";
import { type PowerDataset, powerRoute } from "../../src/routes/power/power.ts";
import { excess, HERTZ, N_EQ, read, referenceFile, SATURATIONS, scatteringFiles, sourcePower, TOTAL } from "./closed-form.ts";
import { dataset, facts, LABELS } from "./power-lab.ts";

/** Rise of the equilibrium population at the strongest drive; in proportion to the power. */
const heatAt = (rise: number, s: number) => (rise * s) / SATURATIONS.at(-1)!;
const population = (rise: number) =>
  dataset(
    "population",
    [
      ["power", "W", SATURATIONS.map((s) => sourcePower(s))],
      ["frequency", "Hz", SATURATIONS.map(() => HERTZ)],
      ["population", "1", SATURATIONS.map((s) => read(N_EQ + heatAt(rise, s) + excess(s)))],
    ],
    { noise: { type: "binomial", shots: 1e8 } },
  );
const farDetuned = (rise: number, powers: readonly number[], shots = 1e7) =>
  dataset(
    "equilibrium",
    [
      ["power", "W", powers.map((s) => sourcePower(s))],
      ["frequency", "Hz", powers.map(() => HERTZ + 500e6)],
      ["population", "1", powers.map((s) => read(N_EQ + heatAt(rise, s)))],
    ],
    { noise: { type: "binomial", shots } },
  );
const run = (list: readonly PowerDataset[]): readonly Estimate[] =>
  powerRoute({ labels: LABELS, facts: facts(), datasets: [...scatteringFiles(), referenceFile(), ...list] }).estimates;
const find = (list: readonly Estimate[], quantity = "gamma1_total", condition = "combined") =>
  list.find((e) => e.quantity === quantity && e.condition === condition && (quantity === "n_eq" || e.estimator === "complex_s"))!;

describe("heating", () => {
  it("n_eq under far-detuned drive at the power of each point is subtracted, and the heating told with its size", () => {
    const list = run([population(0.03), farDetuned(0.03, [0, 5, 15])]);
    const e = find(list);
    expect(e.value / TOTAL).toBeCloseTo(1, 4);
    const heating = e.checks.find((c) => c.code === "heating")!;
    expect(heating.holds).toBe(false);
    expect(heating.sentence).toContain("3 %");
    expect(e.status).toBe("doubtful");
    // Each power by itself, and the weakest is the qubit's own.
    for (const p of list.filter((x) => x.condition.startsWith("p_in=") && x.estimator === "complex_s"))
      expect(p.value / TOTAL).toBeCloseTo(1, 3);
    expect(find(list, "n_eq").value / N_EQ).toBeCloseTo(1, 4);
  });
  it("the same heating, measured undriven alone, would make the rate low", () => {
    expect(find(run([population(0.03), farDetuned(0.03, [0])])).value / TOTAL).toBeLessThan(0.99);
  });
  it("each of its reads is an error of its own, shared by the powers on its side", () => {
    const e = find(run([population(0.03), farDetuned(0.03, [0, 15], 1e5)]));
    const lines = e.budget.filter((l) => l.input === "undriven population");
    expect(lines).toHaveLength(2);
    const one = run([population(0.03), farDetuned(0.03, [0, 15], 1e5)]).find(
      (x) => x.condition.startsWith("p_in=") && x.estimator === "complex_s",
    )!;
    const s = SATURATIONS[0]!;
    const sigma = Math.sqrt((read(N_EQ) * (1 - read(N_EQ))) / 1e5) / 0.94;
    const first = one.budget.find((l) => l.input === "undriven population")!;
    expect(first.contribution / one.value / ((sigma * (1 - s / 15)) / excess(s))).toBeCloseTo(1, 3);
  });
  it("no rise within 3 sigma: all reads are one mean, and the check holds", () => {
    const e = find(run([population(0), farDetuned(0, [0, 5, 15])]));
    expect(e.value / TOTAL).toBeCloseTo(1, 5);
    expect(e.checks.find((c) => c.code === "heating")!.holds).toBe(true);
    expect(failedCodes(e.checks)).toEqual([]);
    expect(e.budget.filter((l) => l.input === "undriven population")).toHaveLength(1);
  });
});
