import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { discreteModel } from "../../src/field/discrete-model.ts";
import type { Evaluator } from "../../src/field/evaluator.ts";
import { fitField } from "../../src/field/fit-field.ts";
import { minimumOf } from "../../src/field/fit-phases.ts";
import { descend, settle } from "../../src/field/gauss-newton.ts";
import { equalEdges, gridOf } from "../../src/field/grid.ts";
import { weightsOf } from "../../src/field/noise.ts";
import { parametrise } from "../../src/field/parametrisation.ts";
import { entry } from "../../src/field/posterior.ts";

import type { FieldProblem, Gamma0Law, Points, Regions } from "../../src/field/problem.ts";
import { choleskyInverse } from "../../src/numerics/cholesky.ts";

const NO_FLUX = { type: "no-flux" } as const;
const ROBIN = { type: "robin", h: 5 } as const;
const DIRICHLET = { type: "dirichlet" } as const;
const REGIONS: Regions = { names: ["left", "right"], boxes: [{ region: 1, low: [2.5e-3, 0], high: [5e-3, 5e-3] }] };

/** 5 x 5 points on a square of 5 mm. */
const LATTICE: Points = {
  x: Float64Array.from({ length: 25 }, (_, k) => (0.5 + (k % 5)) * 1e-3),
  y: Float64Array.from({ length: 25 }, (_, k) => (0.5 + Math.floor(k / 5)) * 1e-3),
};

/** Everything that can be fitted at once: two films and a steady map. */
function everything(gamma0: Gamma0Law): FieldProblem {
  const draw = random(7);
  const spot = { type: "spot", centre: [2e-3, 3e-3], width: 8e-4, power: 1e-15, free: ["centre", "width", "power"] } as const;
  const map = { type: "map", points: LATTICE, values: Float64Array.from(LATTICE.x, (x, k) => 1e-9 * (2 + Math.sin(900 * x + k))) } as const;
  const times = Float64Array.of(0, 1e-4, 3e-4, 7e-4);
  const noisy = (n: number) => Float64Array.from({ length: n }, (_, k) => (k === 3 ? Number.NaN : 1e-13 * draw.normal()));
  const spread = new Float64Array(25).fill(3e-4);
  return {
    dimensions: 2,
    domain: [
      [0, 5e-3],
      [0, 5e-3],
    ],
    boundary: { x: [NO_FLUX, ROBIN], y: [NO_FLUX, DIRICHLET] },
    experiments: [
      {
        ...{ name: "driven", points: LATTICE, times: times.slice(1), values: noisy(75), start: "empty", from: 0 },
        sources: [{ name: "laser", shape: spot, on: [[0, 3e-4]], scale: "known", sigma: 0.05 }],
      },
      {
        ...{ name: "decay", points: { ...LATTICE, spread }, times, values: noisy(100), start: "unknown", from: 0 },
        sources: [{ name: "pump", shape: map, on: [[3e-4, 1]], scale: "relative", sigma: Number.NaN }],
      },
      {
        ...{ name: "steady", points: LATTICE, values: noisy(25), start: "steady", from: 0 },
        sources: [
          { name: "pump", shape: map, on: [[-Infinity, Infinity]], scale: "relative", sigma: Number.NaN },
          { name: "laser", shape: spot, on: [[-Infinity, Infinity]], scale: "known", sigma: 0.05 },
        ],
      },
    ],
    gamma0,
    gamma2: { type: "regions", regions: REGIONS },
    background: true,
  };
}

const LAWS: readonly Gamma0Law[] = [
  { type: "constant" },
  { type: "field" },
  { type: "regions", regions: REGIONS },
  { type: "spots", spots: [{ centre: [3e-3, 2e-3], width: 7e-4, height: 3000 }] },
];

const dot = (a: Float64Array, b: Float64Array) => a.reduce((s, v, k) => s + v * b[k]!, 0);

/** Central differences of fourth order of the model along a direction. */
function differences(evaluator: Evaluator, theta: Float64Array, direction: Float64Array): Float64Array {
  const h = 2e-3;
  const at = (step: number) => evaluator.at(theta.map((v, j) => v + step * h * direction[j]!)).model;
  const [a, b, c, d] = [at(-2), at(-1), at(1), at(2)];
  return a.map((v, i) => (v - 8 * b[i]! + 8 * c[i]! - d[i]!) / (12 * h));
}

describe("derivatives of the whole model", () => {
  it.each(LAWS)("adjoint, tangent and information against central differences to 1e-7: gamma0 $type", (law) => {
    const problem = everything(law);
    const parametrisation = parametrise(problem, { gamma0: 2000, gamma2: 1e-3, u: [1e-12, 1e-12, 1e-12] });
    const draw = random(11);
    const p = parametrisation.parameters.length;
    const theta = Float64Array.from({ length: p }, () => 0.15 * draw.normal());
    parametrisation.parameters.forEach(({ kind }, j) => {
      if (kind === "start") theta[j] = 1 + theta[j]!;
    });
    const grid = gridOf(equalEdges(0, 5e-3, 10), equalEdges(0, 5e-3, 9));
    const evaluator = discreteModel(problem, parametrisation, { grid, refinement: 1 }, theta);
    const at = evaluator.at(theta);
    const n = at.model.length;
    expect(n).toBe(197);
    const size = at.model.reduce((top, v) => Math.max(top, Math.abs(v)), 0);
    const w = Float64Array.from({ length: n }, () => draw.normal() / size);
    const gradient = at.transposed(w);
    const steepest = gradient.reduce((top, v) => Math.max(top, Math.abs(v)), 0);
    const columns = [...Array(p).keys()].map((j) => differences(evaluator, theta, entry(j, p)));
    columns.forEach((column, j) => {
      expect(Math.abs(gradient[j]! - dot(w, column))).toBeLessThan(1e-7 * steepest);
    });
    const direction = Float64Array.from({ length: p }, () => draw.normal());
    const [along, expected] = [at.along(direction), differences(evaluator, theta, direction)];
    const longest = expected.reduce((top, v) => Math.max(top, Math.abs(v)), 0);
    along.forEach((v, i) => {
      expect(Math.abs(v - expected[i]!)).toBeLessThan(1e-7 * longest);
    });
    const weight = w.map((v) => v * v);
    const information = at.information(weight);
    for (let j = 0; j < p; j += 3)
      for (let k = 0; k < p; k += 2) {
        const product = dot(
          columns[j]!.map((v, i) => v * weight[i]!),
          columns[k]!,
        );
        expect(Math.abs(information[j * p + k]! - product)).toBeLessThan(
          1e-6 * Math.sqrt(information[j * p + j]! * information[k * p + k]!),
        );
      }
  });
});

/** A strip of 15 points, driven and left alone, gamma0 different in two regions. */
function strip(): FieldProblem {
  const x = Float64Array.from({ length: 15 }, (_, i) => ((i + 0.5) * 5e-3) / 15);
  const regions: Regions = { names: ["left", "right"], boxes: [{ region: 1, low: [2.5e-3], high: [5e-3] }] };
  const shape = { type: "spot", centre: [2e-3], width: 6e-4, power: 1e-15, free: [] } as const;
  return {
    dimensions: 1,
    domain: [[0, 5e-3]],
    boundary: { x: [NO_FLUX, NO_FLUX], y: [NO_FLUX, NO_FLUX] },
    experiments: [
      {
        ...{
          name: "strip",
          points: { x },
          times: Float64Array.of(2e-4, 4e-4, 6e-4, 9e-4),
          values: new Float64Array(60),
          start: "empty",
          from: 0,
        },
        sigma: new Float64Array(60).fill(5e-18),
        sources: [{ name: "laser", shape, on: [[0, 5e-4]], scale: "known", sigma: 0 }],
      },
    ],
    gamma0: { type: "regions", regions },
    gamma2: { type: "scalar" },
    background: false,
  };
}

describe("covariance", () => {
  it("is the scatter of 400 fits of drawn noise within a tenth, with its correlations", () => {
    const problem = strip();
    const parametrisation = parametrise(problem, { gamma0: 2000, gamma2: 1e-3, u: [1e-15] });
    const truth = Float64Array.of(0.1, -0.1, 0.3);
    const resolution = { grid: gridOf(equalEdges(0, 5e-3, 30)), refinement: 1 };
    const exact = discreteModel(problem, parametrisation, resolution, truth).at(truth).model;
    const draw = random(3);
    const prior = parametrisation.weak;
    const fits = Array.from({ length: 400 }, () => {
      const values = exact.map((v) => v + 5e-18 * draw.normal());
      const drawn = { ...problem, experiments: [{ ...problem.experiments[0]!, values }] };
      const evaluator = discreteModel(drawn, parametrisation, resolution, truth);
      const weight = weightsOf(evaluator.data, [1]);
      const descent = settle(descend({ evaluator, weight, prior }, truth, {}));
      return minimumOf({ evaluator, descent, prior, weight, noise: [1] });
    });
    expect(fits.every(({ distance }) => distance <= 2e-3)).toBe(true);
    const covariance = choleskyInverse(fits[0]!.factor, 3);
    const sigma = (j: number) => Math.sqrt(covariance[4 * j]!);
    const mean = truth.map((_, j) => fits.reduce((s, fit) => s + fit.at.theta[j]!, 0) / fits.length);
    const scatter = (a: number, b: number) =>
      fits.reduce((s, { at: { theta } }) => s + (theta[a]! - mean[a]!) * (theta[b]! - mean[b]!), 0) / (fits.length - 1);
    for (let j = 0; j < 3; j++) {
      const ratio = sigma(j) / Math.sqrt(scatter(j, j));
      expect(ratio).toBeGreaterThan(0.9);
      expect(ratio).toBeLessThan(1.1);
      const k = (j + 1) % 3;
      const stated = covariance[3 * j + k]! / (sigma(j) * sigma(k));
      expect(Math.abs(stated - scatter(j, k) / Math.sqrt(scatter(j, j) * scatter(k, k)))).toBeLessThan(0.15);
    }
    // 57 degrees of freedom: the mean of 400 chi2 is theirs within 3 sigma.
    const chi2 = fits.reduce((s, fit) => s + fit.chi2, 0) / fits.length;
    expect(Math.abs(chi2 - 57)).toBeLessThan(3 * Math.sqrt((2 * 57) / fits.length));
  });
});

describe("known size of the sources", () => {
  it("passes on to gamma0 and gamma2 of steady maps one to one", async () => {
    const x = Float64Array.from({ length: 24 }, (_, i) => ((i + 0.5) * 5e-3) / 24);
    const spot = (centre: number) => ({ type: "spot", centre: [centre], width: 6e-4, power: 1e-15, free: [] }) as const;
    const draw = random(5);
    const steady = (name: string, centre: number) => ({
      ...{ name, points: { x }, values: new Float64Array(24), sigma: new Float64Array(24).fill(3e-18), start: "steady" as const, from: 0 },
      sources: [{ name: "laser", shape: spot(centre), on: [[-Infinity, Infinity]] as const, scale: "known" as const, sigma: 0.01 }],
    });
    const empty: FieldProblem = { ...strip(), gamma0: { type: "field" }, experiments: [steady("left", 1.5e-3), steady("right", 3.4e-3)] };
    const medium = parametrise({ ...empty, gamma0: { type: "constant" } }, { gamma0: 2000, gamma2: 1e-3, u: [1e-15, 1e-15] });
    const zero = new Float64Array(medium.parameters.length);
    const resolution = { grid: gridOf(equalEdges(0, 5e-3, 240)), refinement: 1 };
    const exact = discreteModel({ ...empty, gamma0: { type: "constant" } }, medium, resolution, zero).at(zero).model;
    const experiments = empty.experiments.map((experiment, e) => ({
      ...experiment,
      values: exact.slice(24 * e, 24 * (e + 1)).map((v) => v + 3e-18 * draw.normal()),
    }));
    const outcome = await fitField({ ...empty, experiments });
    expect(outcome.state).toBe("converged");
    if (outcome.state !== "converged") return;
    expect(outcome.inputs.map(({ name }) => name)).toEqual(["laser"]);
    expect(outcome.inputs[0]!.by.gamma0_mean).toBeCloseTo(1, 3);
    expect(outcome.inputs[0]!.by.gamma2).toBeCloseTo(1, 3);
    const gamma2 = outcome.numbers.find(({ name }) => name === "gamma2")!;
    expect(Math.abs(gamma2.value - 1e-3)).toBeLessThan(3 * gamma2.sigma);
    expect(gamma2.sigma).toBeLessThan(1e-4);
    // The data cannot tell the size: it stays as stated, and its error is part of those of the numbers, whole.
    const size = outcome.numbers.find(({ name }) => name === "scale laser")!;
    expect([size.value, size.sigma]).toEqual([expect.closeTo(1, 6), expect.closeTo(0.01, 6)]);
    expect(outcome.inputs[0]!.sigma).toBeNaN();
    for (const { name, value, sigma } of outcome.numbers)
      if (name === "gamma0_mean" || name === "gamma2") expect(sigma / value).toBeGreaterThan(0.01);
    // However large, it is no lack of data: no place of an even medium shows the prior.
    const vague = experiments.map((e) => ({ ...e, sources: e.sources.map((s) => ({ ...s, sigma: 0.15 })) }));
    const loose = await fitField({ ...empty, experiments: vague });
    if (loose.state !== "converged") throw new Error(loose.state);
    expect(Math.max(...loose.map.priorShare)).toBeLessThan(0.5);
    expect(loose.map.sigma[0]! / loose.map.gamma0[0]!).toBeGreaterThan(0.15);
  });
});
