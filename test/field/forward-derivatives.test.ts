import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import type { Boundary, Course, Gradient, Medium, Perturbation, Side, Solution } from "../../src/field/equation.ts";
import { solve } from "../../src/field/forward.ts";
import { type Grid, gridOf } from "../../src/field/grid.ts";
import { planSteps } from "../../src/field/time-steps.ts";

const NO_FLUX: Side = { type: "no-flux" };
const DIRICHLET: Side = { type: "dirichlet" };
const ROBIN: Side = { type: "robin", h: 0.7 };
const PERIODIC: Side = { type: "periodic" };
const BOUNDARIES: readonly (readonly [string, Boundary])[] = [
  ["no flux", { x: [NO_FLUX, NO_FLUX], y: [NO_FLUX, NO_FLUX] }],
  ["mixed", { x: [DIRICHLET, ROBIN], y: [ROBIN, NO_FLUX] }],
  ["periodic in x", { x: [PERIODIC, PERIODIC], y: [DIRICHLET, NO_FLUX] }],
  ["periodic", { x: [PERIODIC, PERIODIC], y: [PERIODIC, PERIODIC] }],
];
const source = random(7);
const field = (n: number, centre: number, spread: number) =>
  Float64Array.from({ length: n }, () => centre * (1 + spread * source.uniform()));
/** Cells of unequal widths, lengths in units of one diffusion length. */
const edges = (n: number) => {
  const widths = field(n, 0.2, 1);
  return Float64Array.from({ length: n + 1 }, (_, i) => widths.slice(0, i).reduce((a, b) => a + b, 0));
};
const GRIDS: readonly (readonly [string, Grid])[] = [
  ["line", gridOf(edges(9))],
  ["rectangle", gridOf(edges(7), edges(6))],
  ["one column", gridOf(edges(1), edges(5))],
  ["two by three", gridOf(edges(2), edges(3))],
];
const mediumOf = (grid: Grid): Medium => ({ gamma0: field(grid.cells, 0.7, 1), gamma2: field(grid.cells, 0.5, 2) });

const coursesOf = (grid: Grid): readonly (readonly [string, Course])[] => {
  const always = { density: field(grid.cells, 1, 1), on: [[-Infinity, Infinity]] as const };
  const pulsed = {
    density: field(grid.cells, 2, 1),
    on: [
      [-3, 0],
      [0.4, 0.9],
    ] as const,
  };
  const times = Float64Array.of(0, 0.3, 1, 2.2);
  const sources = [always, pulsed];
  return [
    ["steady", { type: "steady", sources }],
    ["transient", { type: "transient", sources, start: field(grid.cells, 1, 3), from: 0, times }],
    ["transient from a steady state", { type: "transient", sources, start: "steady", from: 0, times }],
  ];
};

const CASES = BOUNDARIES.flatMap(([boundaryName, boundary]) =>
  GRIDS.flatMap(([gridName, grid]) =>
    coursesOf(grid).map(([courseName, course]) => [`${courseName}, ${gridName}, ${boundaryName}`, { grid, boundary, course }] as const),
  ),
);

/** One direction in everything that the course depends on. */
function directionOf(grid: Grid, course: Course): Required<Perturbation> {
  const noise = () => field(grid.cells, 1, 1).map((v) => v - 1.5);
  const start = course.type === "transient" && course.start !== "steady" ? noise() : new Float64Array(grid.cells);
  return { gamma0: noise(), gamma2: noise(), densities: course.sources.map(noise), start };
}

const shifted = (a: Float64Array, b: Float64Array | undefined, t: number) => (b ? a.map((v, k) => v + t * b[k]!) : a);
function moved(medium: Medium, course: Course, d: Perturbation, t: number): [Medium, Course] {
  const sources = course.sources.map((s, i) => ({ ...s, density: shifted(s.density, d.densities?.[i], t) }));
  const there = { gamma0: shifted(medium.gamma0, d.gamma0, t), gamma2: shifted(medium.gamma2, d.gamma2, t) };
  if (course.type === "steady" || course.start === "steady") return [there, { ...course, sources }];
  return [there, { ...course, sources, start: shifted(course.start, d.start, t) }];
}

const dot = (a: Float64Array, b: Float64Array) => a.reduce((s, v, k) => s + v * b[k]!, 0);
const along = (g: Gradient, d: Required<Perturbation>) =>
  dot(g.gamma0, d.gamma0) +
  dot(g.gamma2, d.gamma2) +
  g.densities.reduce((s, v, i) => s + dot(v, d.densities[i]!), 0) +
  dot(g.start, d.start);
const weighed = (weights: readonly Float64Array[], { states }: Pick<Solution, "states">) =>
  weights.reduce((s, w, i) => s + dot(w, states[i]!), 0);

describe.each(CASES)("derivatives of the discrete scheme: %s", (_, { grid, boundary, course }) => {
  const medium = mediumOf(grid);
  const ends = planSteps(grid, medium, course);
  const direction = directionOf(grid, course);
  const at = (t: number) => {
    const [there, then] = moved(medium, course, direction, t);
    return solve(grid, boundary, there, then, ends);
  };
  const here = at(0);

  it("tangent agrees with finite differences of fourth order", () => {
    const h = 1e-3;
    const [a, b, c, d] = [at(-2 * h), at(-h), at(h), at(2 * h)].map((s) => s.states);
    const tangent = here.tangent(direction);
    for (const [i, u] of tangent.entries()) {
      const scale = u.reduce((m, v) => Math.max(m, Math.abs(v)), 1e-3);
      for (let k = 0; k < u.length; k++) {
        const difference = (a![i]![k]! - 8 * b![i]![k]! + 8 * c![i]![k]! - d![i]![k]!) / (12 * h);
        expect(Math.abs(u[k]! - difference)).toBeLessThanOrEqual(1e-8 * scale);
      }
    }
  });

  it("adjoint is the tangent's transpose", () => {
    const weights = here.states.map(() => field(grid.cells, 1, 1).map((v) => v - 1.5));
    const forwards = weighed(weights, { states: here.tangent(direction) });
    const parts = (Object.keys(direction) as (keyof Perturbation)[]).map((name) =>
      Math.abs(weighed(weights, { states: here.tangent({ [name]: direction[name] }) })),
    );
    expect(Math.abs(along(here.adjoint(weights), direction) - forwards)).toBeLessThanOrEqual(
      1e-12 * Math.max(...parts, Math.abs(forwards)),
    );
  });

  it("gradient agrees with central differences, cell by cell", () => {
    const weights = here.states.map(() => field(grid.cells, 1, 1).map((v) => v - 1.5));
    const gradient = here.adjoint(weights);
    for (const name of ["gamma0", "gamma2"] as const) {
      const top = gradient[name].reduce((m, v) => Math.max(m, Math.abs(v)), 0);
      for (const k of [0, 3, grid.cells - 1]) {
        const unit = new Float64Array(grid.cells);
        unit[k] = 1;
        const value = (t: number) => {
          const [there, then] = moved(medium, course, { [name]: unit }, t);
          return weighed(weights, solve(grid, boundary, there, then, ends));
        };
        const h = 3e-4;
        const difference = (value(-2 * h) - 8 * value(-h) + 8 * value(h) - value(2 * h)) / (12 * h);
        expect(Math.abs(gradient[name][k]! - difference)).toBeLessThanOrEqual(1e-7 * top);
      }
    }
  });

  it("many tangents at once are the single ones", () => {
    const directions = [direction, { gamma0: direction.gamma0 }, { densities: [undefined, direction.densities[1]] }];
    const found = directions.map(() => [] as Float64Array[]);
    here.tangents(directions, (d, _time, state) => found[d]!.push(state.slice()));
    expect(found).toEqual(directions.map((d) => here.tangent(d)));
  });
});
