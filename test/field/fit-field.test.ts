import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { discreteModel } from "../../src/field/discrete-model.ts";
import { fitField } from "../../src/field/fit-field.ts";
import { equalEdges, gridOf } from "../../src/field/grid.ts";
import { parametrise } from "../../src/field/parametrisation.ts";
import type { FieldProblem, Gamma0Law } from "../../src/field/problem.ts";
import { filmProblem, GAMMA0, GAMMA2, SIDE } from "./films.ts";

const NO_FLUX = { type: "no-flux" } as const;
const POINTS = 20;
const LENGTH = 5e-3;
const REGIONS = { names: ["left", "right"], boxes: [{ region: 1, low: [2.5e-3], high: [5e-3] }] };
const TIMES = Float64Array.of(1e-4, 2e-4, 3e-4, 5e-4, 6e-4, 8e-4, 1e-3);

/** A strip of 20 points, driven for 0.5 ms and left alone, solved on 200 cells, with 1 % noise. */
function strip(law: Gamma0Law, truth: { readonly gamma2: number; readonly gamma0: readonly number[] }, seed: number): FieldProblem {
  const x = Float64Array.from({ length: POINTS }, (_, i) => ((i + 0.5) * LENGTH) / POINTS);
  const n = POINTS * TIMES.length;
  const shape = { type: "spot", centre: [2.2e-3], width: 6e-4, power: 1e-15, free: [] } as const;
  const bare: FieldProblem = {
    dimensions: 1,
    domain: [[0, LENGTH]],
    boundary: { x: [NO_FLUX, NO_FLUX], y: [NO_FLUX, NO_FLUX] },
    experiments: [
      {
        ...{ name: "strip", points: { x }, times: TIMES, values: new Float64Array(n), start: "empty", from: 0 },
        sources: [{ name: "laser", shape, on: [[0, 5e-4]], scale: "known", sigma: 0 }],
      },
    ],
    gamma0: { type: "regions", regions: REGIONS },
    gamma2: { type: "scalar" },
    background: false,
  };
  const parametrisation = parametrise(bare, { gamma0: 1, gamma2: 1e-3, u: [1e-15] });
  const theta = Float64Array.of(Math.log(truth.gamma2 / 1e-3), Math.log(truth.gamma0[0]!), Math.log(truth.gamma0[1]!));
  const exact = discreteModel(bare, parametrisation, { grid: gridOf(equalEdges(0, LENGTH, 200)), refinement: 2 }, theta).at(theta).model;
  const sigma = 0.01 * Math.max(...exact);
  const draw = random(seed);
  const experiment = {
    ...bare.experiments[0]!,
    values: exact.map((v) => v + sigma * draw.normal()),
    sigma: new Float64Array(n).fill(sigma),
  };
  return { ...bare, gamma0: law, experiments: [experiment] };
}

describe("fitField", () => {
  it.each([5e-5, 1e-3, 4e-2])("finds gamma2 = %d m^2/s wherever it is between cells and domain, gamma0 constant", async (gamma2) => {
    const outcome = await fitField(strip({ type: "constant" }, { gamma2, gamma0: [3000, 3000] }, 4));
    expect(outcome.state).toBe("converged");
    if (outcome.state !== "converged") return;
    for (const [name, truth] of [
      ["gamma2", gamma2],
      ["gamma0_mean", 3000],
    ] as const) {
      const { value, sigma } = outcome.numbers.find((number) => number.name === name)!;
      expect(Math.abs(value - truth)).toBeLessThan(3.5 * sigma);
      expect(sigma).toBeLessThan(0.3 * truth);
    }
    expect(outcome.grid.error).toBeLessThan(0.3);
  });

  it("fits regions: each its own rate, and the mean over the domain", async () => {
    const outcome = await fitField(strip({ type: "regions", regions: REGIONS }, { gamma2: 1e-3, gamma0: [2000, 6000] }, 8));
    if (outcome.state !== "converged") throw new Error(outcome.state);
    const truths = { "gamma0 left": 2000, "gamma0 right": 6000, gamma0_mean: 4000, gamma2: 1e-3 };
    for (const [name, truth] of Object.entries(truths)) {
      const { value, sigma } = outcome.numbers.find((number) => number.name === name)!;
      expect(Math.abs(value - truth)).toBeLessThan(3.5 * sigma);
      expect(sigma).toBeLessThan(0.1 * truth);
    }
  });

  it("finds a narrow defect in good data, where a constant gamma0 would have no diffusion at all", async () => {
    const gamma0 = (x: number) => GAMMA0 * (1 + 3 * Math.exp(-((x / SIDE - 0.55) ** 2) / (2 * 0.04 ** 2)));
    const times = Array.from({ length: 12 }, (_, k) => 0.3 * (k + 1));
    const problem = filmProblem({ dimensions: 1, points: 30, side: NO_FLUX, gamma0, times, noise: 0.002 }, NO_FLUX, 5);
    const outcome = await fitField(problem);
    if (outcome.state !== "converged") throw new Error(outcome.state);
    const gamma2 = outcome.numbers.find(({ name }) => name === "gamma2")!;
    expect(Math.abs(gamma2.value - GAMMA2)).toBeLessThan(3.5 * gamma2.sigma);
    expect(gamma2.sigma).toBeLessThan(0.1 * GAMMA2);
    const top = outcome.map.gamma0.indexOf(Math.max(...outcome.map.gamma0));
    expect(Math.abs(outcome.map.x[top]! - 0.55 * SIDE)).toBeLessThan(0.05 * SIDE);
  });

  it("widens its errors by a misfit, and says so: sigma stated three times too small", async () => {
    const problem = strip({ type: "constant" }, { gamma2: 1e-3, gamma0: [3000, 3000] }, 6);
    const small = { ...problem, experiments: problem.experiments.map((e) => ({ ...e, sigma: e.sigma!.map((s) => s / 3) })) };
    const [right, wrong] = [await fitField(problem), await fitField(small)];
    if (right.state !== "converged" || wrong.state !== "converged") throw new Error("both end");
    const sigmaOf = (outcome: typeof right) => outcome.numbers.find(({ name }) => name === "gamma2")!.sigma;
    expect(sigmaOf(wrong) / sigmaOf(right)).toBeCloseTo(1, 0);
    expect(wrong.chi2 / right.chi2).toBeCloseTo(9, 0);
    expect(wrong.checks.find(({ code }) => code === "field_chi2")!.holds).toBe(false);
    expect(right.checks.find(({ code }) => code === "field_chi2")!.holds).toBe(true);
  });

  it("hands back the best point so far where it is interrupted", async () => {
    const stop = new AbortController();
    const told: string[] = [];
    const outcome = await fitField(strip({ type: "field" }, { gamma2: 1e-3, gamma0: [2000, 6000] }, 2), {
      signal: stop.signal,
      progress(text) {
        told.push(text);
        if (told.length === 2) stop.abort();
      },
    });
    if (outcome.state !== "stopped") throw new Error(outcome.state);
    expect(outcome.sentence).toContain("Interrupted while fitting");
    expect(told[1]).toMatch(/cells, step \d+: chi2/);
    expect(outcome.films[0]!.model.every(Number.isFinite)).toBe(true);
    expect(outcome.numbers.map(({ name }) => name)).toEqual(["gamma0_mean", "gamma2"]);
  });
});
