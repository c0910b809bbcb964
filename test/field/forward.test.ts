import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { factorStore } from "../../src/field/adi.ts";
import { axisOperators } from "../../src/field/axis-operator.ts";
import type { Boundary, Course, Medium, Side } from "../../src/field/equation.ts";
import { solve } from "../../src/field/forward.ts";
import { equalEdges, type Grid, gridOf } from "../../src/field/grid.ts";
import { steadySolver } from "../../src/field/steady-solver.ts";
import { planSteps } from "../../src/field/time-steps.ts";
import { trajectoryOf } from "../../src/field/trajectory.ts";
import { solveTransient } from "../../src/field/transient.ts";

const NO_FLUX: Side = { type: "no-flux" };
const DIRICHLET: Side = { type: "dirichlet" };
const PERIODIC: Side = { type: "periodic" };
const CLOSED: Boundary = { x: [NO_FLUX, NO_FLUX], y: [NO_FLUX, NO_FLUX] };
const AROUND: Boundary = { x: [PERIODIC, PERIODIC], y: [PERIODIC, PERIODIC] };
const source = random(11);
const field = (grid: Grid, scale: number) => Float64Array.from({ length: grid.cells }, () => scale * (0.5 + source.uniform()));
const largest = (u: Float64Array) => u.reduce((top, v) => Math.max(top, Math.abs(v)), 0);
const apart = (a: Float64Array, b: Float64Array) => a.reduce((top, v, k) => Math.max(top, Math.abs(v - b[k]!)), 0) / largest(b);

const LINE = gridOf(equalEdges(0, 1e-4, 40));
const PLANE = gridOf(equalEdges(0, 1e-4, 24), equalEdges(0, 7e-5, 18));
const mediumOf = (grid: Grid): Medium => ({ gamma0: field(grid, 2e4), gamma2: field(grid, 3e-6) });

describe.each([
  ["line", LINE],
  ["rectangle", PLANE],
] as const)("on a %s", (_, grid) => {
  const medium = mediumOf(grid);
  const density = field(grid, 1e-8);
  const times = Float64Array.of(2e-6, 3e-5, 3.001e-5, 1e-4);

  it.each([
    ["no flux", CLOSED],
    ["Dirichlet and Robin", { x: [DIRICHLET, { type: "robin", h: 0.3 }], y: [{ type: "robin", h: 2 }, NO_FLUX] }],
    ["periodic", AROUND],
  ] as const)("a steady state stays, whatever the steps: %s", (_name, boundary) => {
    const sources = [{ density, on: [[-Infinity, Infinity]] as const }];
    const course: Course = { type: "transient", sources, start: "steady", from: 0, times };
    const steady = solve(grid, boundary, medium, { type: "steady", sources }, new Float64Array()).states[0]!;
    const { states, imbalance, least } = solve(grid, boundary, medium, course, planSteps(grid, medium, course));
    for (const u of states) expect(apart(u, steady)).toBeLessThan(1e-12);
    expect(imbalance).toBeLessThan(1e-12);
    expect(least).toBeGreaterThan(0);
  });

  it("rough starts are damped: the remains of the roughest mode", () => {
    const nx = grid.x.centres.length;
    const board = Float64Array.from({ length: grid.cells }, (_v, k) => (((k % nx) + Math.floor(k / nx)) % 2 ? -1 : 1));
    const course: Course = { type: "transient", sources: [], start: board, from: 0, times: Float64Array.of(5e-5) };
    const reached = (ends: Float64Array) => solve(grid, CLOSED, medium, course, ends).states[0]!;
    const exact = reached(planSteps(grid, medium, course, 5));
    const wrong = (ends: Float64Array) => largest(reached(ends).map((v, k) => v - exact[k]!));
    // Against what a smooth start would leave.
    const smooth = Math.exp(-2e4 * 5e-5);
    expect(wrong(planSteps(grid, medium, course, 0))).toBeLessThan(0.02 * smooth);
    expect(wrong(planSteps(grid, medium, course, 1))).toBeLessThan(1e-3 * smooth);
    const equal = Float64Array.from({ length: 8 }, (_v, n) => ((n + 1) * 5e-5) / 8);
    expect(wrong(equal)).toBeGreaterThan(wrong(planSteps(grid, medium, course, 0)));
  });

  it("a spot that goes on and off stays positive and keeps its energy", () => {
    const nx = grid.x.centres.length;
    const spot = Float64Array.from({ length: grid.cells }, (_v, k) =>
      Math.abs((k % nx) - 9) < 2 && Math.abs(Math.floor(k / nx) - 3) < 4 ? 1e-8 : 0,
    );
    const sources = [{ density: spot, on: [[1e-5, 4e-5]] as const }];
    const course: Course = { type: "transient", sources, start: new Float64Array(grid.cells), from: 0, times };
    const { states, least, imbalance } = solve(grid, CLOSED, medium, course, planSteps(grid, medium, course, 1));
    expect(largest(states[0]!)).toBe(0);
    expect(largest(states[1]!)).toBeGreaterThan(0);
    expect(least).toBeGreaterThan(-1e-4);
    expect(imbalance).toBeLessThan(1e-12);
  });

  it("left alone, what is positive stays so and energy only falls", () => {
    const start = field(grid, 1);
    const course: Course = { type: "transient", sources: [], start, from: 0, times };
    const { states, least } = solve(grid, CLOSED, medium, course, planSteps(grid, medium, course, 1));
    expect(least).toBeGreaterThan(0);
    const energies = [start, ...states].map((u) => u.reduce((sum, v, k) => sum + v * grid.volumes[k]!, 0));
    for (const [i, energy] of energies.slice(1).entries()) expect(energy).toBeLessThan(energies[i]!);
  });

  it("around periodic sides nothing changes when everything is moved along", () => {
    const [nx, ny] = [grid.x.centres.length, grid.y?.centres.length ?? 1];
    const moved = (a: Float64Array) => Float64Array.from(a, (_v, k) => a[((Math.floor(k / nx) + 2) % ny) * nx + (((k % nx) + 5) % nx)]!);
    const start = field(grid, 1e-12);
    const course: Course = { type: "transient", sources: [{ density, on: [[0, 3e-5]] }], start, from: 0, times };
    const ends = planSteps(grid, medium, course);
    const there: Course = { ...course, sources: [{ density: moved(density), on: [[0, 3e-5]] }], start: moved(start) };
    const states = solve(grid, AROUND, medium, course, ends).states;
    const other = solve(grid, AROUND, { gamma0: moved(medium.gamma0), gamma2: moved(medium.gamma2) }, there, ends).states;
    for (const [i, u] of states.entries()) expect(apart(other[i]!, moved(u))).toBeLessThan(1e-12);
  });

  it("times at the start and between the same steps are given as they are asked for", () => {
    const start = field(grid, 1);
    const course: Course = { type: "transient", sources: [], start, from: 1e-6, times: Float64Array.of(1e-6, 1e-6, 2e-6, 2e-6) };
    const { states, tangent } = solve(grid, CLOSED, medium, course, Float64Array.of(1.5e-6, 2e-6, 3e-6));
    expect(states[0]).toEqual(start);
    expect(states[1]).toEqual(start);
    expect(states[3]).toEqual(states[2]);
    expect(tangent({ start })[3]).toEqual(tangent({ start })[2]);
    expect(apart(tangent({ start })[2]!, states[2]!)).toBeLessThan(1e-13);
  });
});

it("a rectangle in which nothing changes along y is a line", () => {
  const [gamma0, gamma2, density] = [2e4, 3e-6, 1e-8].map((scale) => field(LINE, scale)) as [Float64Array, Float64Array, Float64Array];
  const wide = gridOf(LINE.x.edges, equalEdges(0, 1e-5, 3));
  const along = (a: Float64Array) => Float64Array.from({ length: wide.cells }, (_, k) => a[k % 40]!);
  const course = (r: Float64Array): Course => ({ type: "steady", sources: [{ density: r, on: [[-Infinity, Infinity]] }] });
  const narrow = solve(LINE, CLOSED, { gamma0, gamma2 }, course(density), new Float64Array()).states[0]!;
  const u = solve(wide, CLOSED, { gamma0: along(gamma0), gamma2: along(gamma2) }, course(along(density)), new Float64Array()).states[0]!;
  expect(apart(u, along(narrow))).toBeLessThan(1e-12);
});

describe("what cannot be solved is refused", () => {
  const medium = mediumOf(PLANE);
  const nothing = new Float64Array(PLANE.cells);
  const decay: Course = { type: "transient", sources: [], start: nothing, from: 0, times: Float64Array.of(1) };
  const ends = Float64Array.of(0.5, 1);
  it.each([
    ["gamma2 of nothing", { ...medium, gamma2: nothing }, decay, ends, /gamma2 must be positive/],
    ["a negative gamma0", { ...medium, gamma0: medium.gamma0.map((g) => -g) }, decay, ends, /gamma0 must not be negative/],
    ["a medium of another grid", { ...medium, gamma0: new Float64Array(3) }, decay, ends, /gamma0 needs one finite number per cell/],
    ["a start that is not known", medium, { ...decay, start: nothing.map(() => Number.NaN) }, ends, /the start needs/],
    ["a source of another grid", medium, { type: "steady", sources: [{ density: new Float64Array(2), on: [] }] }, ends, /a source needs/],
    ["no way out of a steady state", { ...medium, gamma0: nothing }, { type: "steady", sources: [] }, ends, /no steady state/],
    ["a time between the steps", medium, decay, Float64Array.of(0.7), /no end of a time step/],
    ["steps that fall", medium, decay, Float64Array.of(1, 0.5), /must rise/],
    ["a source that goes off in a step", medium, { ...decay, sources: [{ density: nothing, on: [[0, 0.7]] }] }, ends, /within a time step/],
  ] as const)("%s", (_, where, course, steps, sentence) => {
    expect(() => solve(PLANE, CLOSED, where, course as Course, steps)).toThrow(sentence);
  });

  it("no way out on a line, a side that gives, only one periodic side", () => {
    const closed = { gamma0: new Float64Array(40), gamma2: field(LINE, 1) };
    expect(() => solve(LINE, CLOSED, closed, { type: "steady", sources: [] }, ends)).toThrow(/no steady state/);
    expect(() =>
      solve(LINE, { ...CLOSED, x: [NO_FLUX, { type: "robin", h: -1 }] }, mediumOf(LINE), { type: "steady", sources: [] }, ends),
    ).toThrow(/Robin/);
    expect(() => solve(LINE, { ...CLOSED, x: [PERIODIC, NO_FLUX] }, mediumOf(LINE), { type: "steady", sources: [] }, ends)).toThrow(
      /periodic/,
    );
  });
});

it("states that are not kept are made again, in any order", () => {
  const advance = (n: number, from: Float64Array, out: Float64Array) => {
    out[0] = from[0]! + n + 1;
  };
  const expected = (n: number) => (n * (n + 1)) / 2;
  for (const steps of [0, 1, 2, 5, 16, 17, 30]) {
    const passed: number[] = [];
    const { at } = trajectoryOf(Float64Array.of(0), steps, advance, (_n, u) => passed.push(u[0]!), 8);
    const all = Array.from({ length: steps + 1 }, (_, n) => n);
    expect(passed).toEqual(all.map(expected));
    for (const n of [...all, ...all.toReversed(), ...all.map((k) => (k * 7) % (steps + 1))]) expect(at(n)[0]).toBe(expected(n));
  }
});

it("derivatives are the same where states are made again", () => {
  const medium = mediumOf(PLANE);
  const density = field(PLANE, 1e-8);
  const times = Float64Array.of(1e-5, 4e-5, 7e-5);
  const course: Course & { type: "transient" } = {
    type: "transient",
    sources: [{ density, on: [[0, 4e-5]] }],
    start: density,
    from: 0,
    times,
  };
  const ends = planSteps(PLANE, medium, course);
  const operators = axisOperators(PLANE, CLOSED, medium);
  const system = { grid: PLANE, operators, factors: factorStore(operators), steady: steadySolver(operators) };
  const [kept, again] = [1e9, 0].map((memory) => solveTransient(system, course, ends, memory));
  expect(again!.states).toEqual(kept!.states);
  const [a, b] = [kept!, again!].map((solution) => solution.adjoint(solution.states));
  for (const name of ["gamma0", "gamma2", "start"] as const) expect(apart(b![name], a![name])).toBeLessThan(1e-12);
  const direction = { gamma0: medium.gamma0, gamma2: medium.gamma2, densities: [density], start: density };
  const tangents = kept!.tangent(direction);
  for (const [i, u] of again!.tangent(direction).entries()) expect(apart(u, tangents[i]!)).toBeLessThan(1e-12);
  expect(again!.imbalance).toBeLessThan(1e-12);
  expect(again!.least).toBeCloseTo(kept!.least, 12);
  expect(() => kept!.adjoint([])).toThrow(/one map of weights/);
});
