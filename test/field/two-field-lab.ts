import { random } from "../../src/core/random.ts";
import { fitPhases, minimumOf } from "../../src/field/fit-phases.ts";
import { equalEdges, gridOf } from "../../src/field/grid.ts";
import { observationOf } from "../../src/field/observation.ts";
import type { Experiment, FieldProblem, Gamma0Law, Points, SourceTerm } from "../../src/field/problem.ts";
import { planSteps } from "../../src/field/time-steps.ts";
import { solveTwoFields } from "../../src/field/two-fields.ts";
import type { OneFieldFit } from "../../src/field/two-fields-comparison.ts";
import { CONSTANT, lawOfSlope } from "../../src/field/two-fields-laws.ts";
import type { Bath } from "../../src/field/two-fields-model.ts";

export interface Lab {
  readonly length: number;
  /** Points along x, and along y (1 = a line). */
  readonly points: readonly [number, number];
  readonly gamma0: (x: number, y: number) => number;
  readonly gamma2: number;
  readonly bath: Bath;
  /** Powers of the films, W. */
  readonly powers: readonly number[];
  readonly times: Float64Array;
  /** End of the pulse, s. */
  readonly off: number;
  /** Noise over the largest u of each film. */
  readonly noise: number;
  readonly law: Gamma0Law;
}

/** Two films of one pulse at two powers, on a line of 12 points. */
export function twoPowers(slope: number, law: "constant" | "field"): Lab {
  return {
    ...{ length: 1e-4, points: [12, 1], gamma2: 3e-6, noise: 0.01, powers: [2e-16, 8e-16], off: 1.2e-4, law: { type: law } },
    gamma0: (x) => (law === "constant" ? 2e4 : 2e4 * (1 + 0.5 * Math.sin(6e4 * x))),
    bath: { slope, rate: 5e3, diffusion: 1e-6 },
    times: Float64Array.from({ length: 8 }, (_, i) => 3e-5 * (i + 1)),
  };
}

const FREE = { type: "no-flux" } as const;
export const NO_FLUX = { x: [FREE, FREE], y: [FREE, FREE] } as const;

/** Films without noise, on cells nine (in two dimensions five) times finer than the points. */
export function filmsOf(lab: Lab): Experiment[] {
  const { length, points, gamma0, gamma2, bath, powers, times, off } = lab;
  const [nx, ny] = points;
  const flat = ny === 1;
  const finer = flat ? 9 : 5;
  const side = (n: number) => equalEdges(0, (length * n) / nx, finer * n);
  const grid = flat ? gridOf(side(nx)) : gridOf(side(nx), side(ny));
  const cell = (k: number) => [grid.x.centres[k % (finer * nx)]!, flat ? 0 : grid.y!.centres[Math.floor(k / (finer * nx))]!] as const;
  const spread = 0.12 * length;
  const centre = [0.4 * length, flat ? 0 : (0.55 * length * ny) / nx] as const;
  const shape = (x: number, y: number) =>
    Math.exp(-((x - centre[0]) ** 2 + (y - centre[1]) ** 2) / (2 * spread ** 2)) / (Math.sqrt(2 * Math.PI) * spread) ** (flat ? 1 : 2);
  const place = (n: number) =>
    Float64Array.from({ length: nx * ny }, (_, k) => ((n === 0 ? k % nx : Math.floor(k / nx)) + 0.5) * (length / nx));
  const at: Points = flat ? { x: place(0) } : { x: place(0), y: place(1) };
  const observe = observationOf(grid, NO_FLUX, at);
  const medium = {
    gamma0: Float64Array.from({ length: grid.cells }, (_, k) => gamma0(...cell(k))),
    gamma2: new Float64Array(grid.cells).fill(gamma2),
    gamma0Law: lawOfSlope(bath.slope),
    gamma2Law: CONSTANT,
    bath: { diffusion: bath.diffusion, rate: bath.rate, share: 1 },
  };
  return powers.map((power, i): Experiment => {
    const density = Float64Array.from({ length: grid.cells }, (_, k) => power * shape(...cell(k)));
    const course = {
      type: "transient",
      sources: [{ density, on: [[0, off]] }],
      start: new Float64Array(grid.cells),
      from: 0,
      times,
    } as const;
    const steps = planSteps(grid, medium, course, 3);
    const { states } = solveTwoFields(grid, NO_FLUX, medium, course, steps);
    const values = new Float64Array(nx * ny * times.length);
    states.forEach((state, t) => {
      observe.read(state, values, t * nx * ny);
    });
    const sigma = values.map(() => lab.noise * Math.max(...values));
    const spot = { type: "spot", centre: flat ? [centre[0]] : [...centre], width: spread, power, free: [] } as const;
    const source = { name: `pulse ${i + 1}`, shape: spot, on: [[0, off]], scale: "known", sigma: 0.02 } as const;
    return { name: `film ${i + 1}`, points: at, times, values, sigma, sources: [source], start: "empty", from: 0 };
  });
}

/** @param misstated the stated powers lie a random draw of their uncertainty away */
export function problemOf(lab: Lab, films: readonly Experiment[], seed: number, misstated = false): FieldProblem {
  const { normal } = random(seed);
  const stated = (source: SourceTerm): SourceTerm =>
    source.shape.type === "spot" && misstated
      ? { ...source, shape: { ...source.shape, power: source.shape.power * (1 + source.sigma * normal()) } }
      : source;
  const experiments = films.map((film) => ({
    ...film,
    sources: film.sources.map(stated),
    values: film.values.map((v, k) => v + film.sigma![k]! * normal()),
  }));
  const [nx, ny] = lab.points;
  const domain = (ny === 1 ? [lab.length] : [lab.length, (lab.length * ny) / nx]).map((high) => [0, high] as const);
  return {
    dimensions: ny === 1 ? 1 : 2,
    domain,
    boundary: NO_FLUX,
    experiments,
    gamma0: lab.law,
    gamma2: { type: "scalar" },
    background: false,
  };
}

/** The one-field fit of `fitField`. */
export function oneField(problem: FieldProblem): OneFieldFit {
  const phases = fitPhases(problem);
  for (;;) {
    const { value, done } = phases.next();
    if (done)
      return {
        problem,
        parametrisation: value.parametrisation,
        minimum: minimumOf(value.fit),
        strength: value.fit.strength,
        comparisons: [],
        checks: [],
      };
  }
}
