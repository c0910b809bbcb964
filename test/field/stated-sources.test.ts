import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { discreteModel } from "../../src/field/discrete-model.ts";
import { fitField } from "../../src/field/fit-field.ts";
import { equalEdges, gridOf } from "../../src/field/grid.ts";
import { parametrise } from "../../src/field/parametrisation.ts";
import type { FieldProblem, SourceTerm } from "../../src/field/problem.ts";

const NO_FLUX = { type: "no-flux" } as const;
const [LENGTH, POINTS, GAMMA0, GAMMA2] = [5e-3, 20, 3000, 1e-3];
const TIMES = Float64Array.of(1e-4, 2e-4, 3e-4, 5e-4, 6e-4, 8e-4, 1e-3);

/** Films of a strip, driven at one place each and left alone after 0.5 ms, 1 % noise; the source is stated `off` times as large as it is. */
function strip(source: Pick<SourceTerm, "scale" | "sigma">, off: number, centres: readonly number[] = [2.2e-3]): FieldProblem {
  const x = Float64Array.from({ length: POINTS }, (_, i) => ((i + 0.5) * LENGTH) / POINTS);
  const n = POINTS * TIMES.length;
  const stated = (power: number): FieldProblem => ({
    dimensions: 1,
    domain: [[0, LENGTH]],
    boundary: { x: [NO_FLUX, NO_FLUX], y: [NO_FLUX, NO_FLUX] },
    experiments: centres.map((centre, e) => ({
      ...{ name: `film ${e}`, points: { x }, times: TIMES, values: new Float64Array(n), start: "empty", from: 0 },
      sources: [
        { name: "laser", shape: { type: "spot", centre: [centre], width: 6e-4, power, free: [] }, on: [[0, 5e-4]], ...source },
      ] as const,
    })),
    gamma0: { type: "constant" },
    gamma2: { type: "scalar" },
    background: false,
  });
  const truth = stated(1e-15);
  const parametrisation = parametrise(truth, { gamma0: GAMMA0, gamma2: GAMMA2, u: centres.map(() => 1e-15) });
  const zero = new Float64Array(parametrisation.parameters.length);
  const exact = discreteModel(truth, parametrisation, { grid: gridOf(equalEdges(0, LENGTH, 200)), refinement: 2 }, zero).at(zero).model;
  const sigma = 0.01 * Math.max(...exact);
  const draw = random(4);
  const noisy = exact.map((v) => v + sigma * draw.normal());
  const problem = stated(off * 1e-15);
  const experiments = problem.experiments.map((experiment, e) => ({
    ...experiment,
    values: noisy.slice(e * n, (e + 1) * n),
    sigma: new Float64Array(n).fill(sigma),
  }));
  return { ...problem, experiments };
}

async function resultOf(problem: FieldProblem) {
  const outcome = await fitField(problem);
  if (outcome.state !== "converged") throw new Error(outcome.state);
  const numberOf = (name: string) => outcome.numbers.find((n) => n.name === name)!;
  return { outcome, gamma0: numberOf("gamma0_mean"), gamma2: numberOf("gamma2"), scale: numberOf("scale laser") };
}

describe("a source whose size is stated with an error", () => {
  it("is found by a film that sees the decay: errors as with a relative source, also where it is 1 sigma off", async () => {
    const relative = await resultOf(strip({ scale: "relative", sigma: 0 }, 1.1));
    const stated = await resultOf(strip({ scale: "known", sigma: 0.1 }, 1.1));
    for (const name of ["gamma0", "gamma2"] as const) {
      expect(stated[name].sigma / relative[name].sigma).toBeCloseTo(1, 1);
      expect(stated[name].sigma).toBeLessThanOrEqual(relative[name].sigma * 1.001);
    }
    expect(Math.abs(stated.gamma0.value - GAMMA0)).toBeLessThan(2.5 * stated.gamma0.sigma);
    expect(stated.gamma0.sigma).toBeLessThan(0.03 * GAMMA0);
    expect(Math.abs(stated.scale.value - 1 / 1.1)).toBeLessThan(2.5 * stated.scale.sigma);
    // What is stated hardly matters any more, and nothing speaks against it.
    const [input] = stated.outcome.inputs;
    expect(Math.abs(input!.by.gamma0_mean!)).toBeLessThan(0.1);
    expect(input!.sigma).toBeCloseTo(relative.scale.sigma / relative.scale.value, 3);
    const failed = stated.outcome.checks.filter((c) => !c.holds).map((c) => c.code);
    expect(failed).toEqual([]);
  });

  it("counts fully where it is stated better than the data know it, and the pull of the data is judged", async () => {
    const close = await resultOf(strip({ scale: "known", sigma: 0.001 }, 1));
    const exact = await fitField(strip({ scale: "known", sigma: 0 }, 1));
    if (exact.state !== "converged") throw new Error(exact.state);
    const [held] = exact.inputs;
    expect(close.outcome.inputs[0]!.by.gamma0_mean! / held!.by.gamma0_mean!).toBeCloseTo(1, 1);
    const noise = exact.numbers.find(({ name }) => name === "gamma0_mean")!;
    const common = held!.by.gamma0_mean! * 0.001 * noise.value;
    expect(close.gamma0.sigma / Math.hypot(noise.sigma, common)).toBeCloseTo(1, 2);
    const wrong = await resultOf(strip({ scale: "known", sigma: 0.01 }, 1.2));
    const check = wrong.outcome.checks.find(({ code }) => code === "field_source_scale")!;
    expect(check.holds).toBe(false);
    const sigmas = Math.log(1.2) / Math.hypot(0.01, wrong.outcome.inputs[0]!.sigma!);
    expect(check.measured! / sigmas).toBeCloseTo(1, 0);
  });

  it("of one name is one size in all maps", async () => {
    const two = await resultOf(strip({ scale: "known", sigma: 0.1 }, 1.1, [1.5e-3, 3.5e-3]));
    expect(two.outcome.numbers.filter(({ name }) => name.startsWith("scale")).map(({ name }) => name)).toEqual(["scale laser"]);
    expect(two.outcome.inputs).toHaveLength(1);
    expect(Math.abs(two.scale.value - 1 / 1.1)).toBeLessThan(2.5 * two.scale.sigma);
  });
});
