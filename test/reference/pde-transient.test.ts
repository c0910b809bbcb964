import { describe, expect, it } from "vitest";
import { addOperator, axisOperators } from "../../src/field/axis-operator.ts";
import { chooseSteps } from "../../src/field/choose-steps.ts";
import type { Boundary, Course } from "../../src/field/equation.ts";
import { solve } from "../../src/field/forward.ts";
import { equalEdges, type Grid, gridOf } from "../../src/field/grid.ts";
import { planSteps } from "../../src/field/time-steps.ts";
import { constant, DIRICHLET, extrapolated, gradedEdges, HAS_PDE, inCell, line, logAt, NO_FLUX, pdeReference, sides } from "./pde-lines.ts";

interface Green {
  readonly d: number;
  readonly E0_J: number;
  readonly gamma0: number;
  readonly gamma2: number;
  readonly t_s: number[];
  readonly r_m: number[];
  readonly u: number[][];
}
interface Modes {
  readonly Lx: number;
  readonly Ly: number;
  readonly gamma0: number;
  readonly gamma2: number;
  readonly modes: { readonly m: number; readonly n: number; readonly rate_1_s: number }[];
}
const CLOSED = sides([NO_FLUX, NO_FLUX]);
const HALF_BOX = 1.5e-4;

/** u(t) along x through a cell in the middle that holds all energy at first. */
function spread(grid: Grid, { gamma0, gamma2, E0_J, t_s }: Green): Float64Array[] {
  const medium = { gamma0: constant(grid, gamma0), gamma2: constant(grid, gamma2) };
  const course: Course & { type: "transient" } = {
    type: "transient",
    sources: [],
    start: inCell(grid, (grid.cells - 1) / 2, E0_J),
    from: 0,
    times: Float64Array.from(t_s),
  };
  const { states, least, imbalance } = solve(grid, CLOSED, medium, course, planSteps(grid, medium, course, grid.y ? 3 : 4));
  expect(least).toBeGreaterThan(-1e-9);
  expect(imbalance).toBeLessThan(1e-12);
  const n = grid.x.centres.length;
  const middle = (grid.cells - n) / 2;
  return states.map((u) => u.slice(middle, middle + n));
}

describe.skipIf(!HAS_PDE)("pde_reference.json, in time (skipped: ../shared/reference is absent)", () => {
  const greens = HAS_PDE ? pdeReference<Green[]>("green_function") : [];
  const lineEdges = [4e-7, 2e-7].map((least, i) => gradedEdges(least, HALF_BOX, 80 * 2 ** i));
  const planeEdges = [4e-7, 2e-7].map((least, i) => gradedEdges(least, HALF_BOX, 24 * 2 ** i));

  it.each([
    [1, lineEdges.map((edges) => gridOf(edges)), 5e-4],
    [2, planeEdges.map((edges) => gridOf(edges, edges)), 5e-3],
  ] as const)("Green's function in %i dimensions, wherever it is above 1e-3 of its top", (d, grids, tolerance) => {
    const r = greens.find((g) => g.d === d)!;
    const [coarse, fine] = grids.map((grid) => spread(grid, r)) as [Float64Array[], Float64Array[]];
    for (const [i, row] of r.u.entries())
      for (const [j, x] of r.r_m.entries()) {
        const expected = row[j]!;
        if (expected < 1e-3 * row[0]!) continue;
        const value = extrapolated(logAt(x, grids[0]!.x.centres, coarse[i]!), logAt(x, grids[1]!.x.centres, fine[i]!));
        expect(Math.abs(value - expected) / expected).toBeLessThan(tolerance);
      }
  });

  it("Green's function in space: -1/(2 pi r) of the slope on a line", () => {
    const r = greens.find((g) => g.d === 3)!;
    const grid = gridOf(lineEdges[1]!);
    const u = spread(grid, r);
    const { centres } = grid.x;
    for (const [i, row] of r.u.entries())
      for (const [j, x] of r.r_m.entries()) {
        const expected = row[j]!;
        if (x === 0 || expected < 1e-3 * row[0]!) continue;
        const h = x / 50;
        const slope = (logAt(x + h, centres, u[i]!) - logAt(x - h, centres, u[i]!)) / (2 * h);
        expect(Math.abs(-slope / (2 * Math.PI * x) - expected) / expected).toBeLessThan(2e-2);
      }
  });

  it("discrete eigenvalues of a closed box, to rounding", () => {
    for (const c of pdeReference<{ cells: number; L: number; m: number; rate_1_s: number }[]>("discrete_box_eigenvalues_no_flux_1d")) {
      const grid = line(0, c.L, c.cells);
      const [x] = axisOperators(grid, CLOSED, { gamma0: constant(grid, 2e4), gamma2: constant(grid, 3e-6) });
      const mode = grid.x.centres.map((at) => Math.cos((c.m * Math.PI * at) / c.L));
      const decay = new Float64Array(c.cells);
      addOperator(x!, x!, 1, mode, decay);
      for (const [k, v] of decay.entries()) expect(Math.abs(v - c.rate_1_s * mode[k]!)).toBeLessThan(1e-12 * 4e5);
    }
  });

  /** Rate at which a mode decays, seen in its largest cell, free of the leading error of the steps. */
  const decayRate = (grid: Grid, boundary: Boundary, gamma0: number, gamma2: number, mode: Float64Array, guess: number) => {
    const medium = { gamma0: constant(grid, gamma0), gamma2: constant(grid, gamma2) };
    const time = 0.5 / guess;
    const course: Course = { type: "transient", sources: [], start: mode, from: 0, times: Float64Array.of(time) };
    const top = mode.reduce((best, v, k) => (Math.abs(v) > Math.abs(mode[best]!) ? k : best), 0);
    const rate = (count: number) => {
      const ends = Float64Array.from({ length: count }, (_, i) => ((i + 1) * time) / count);
      return -Math.log(solve(grid, boundary, medium, course, ends).states[0]![top]! / mode[top]!) / time;
    };
    return extrapolated(rate(8), rate(16));
  };

  it("eigenmodes of a closed rectangle: second order in the cells, extrapolated to 1e-5", () => {
    const r = pdeReference<Modes>("box_eigenmodes_no_flux_2d");
    for (const { m, n, rate_1_s } of r.modes) {
      const [coarse, fine] = [24, 48].map((cells) => {
        const grid = gridOf(equalEdges(0, r.Lx, cells), equalEdges(0, r.Ly, cells));
        const along = (at: number, k: number, length: number) => Math.cos((k * Math.PI * at) / length);
        const mode = Float64Array.from(
          { length: grid.cells },
          (_, k) => along(grid.x.centres[k % cells]!, m, r.Lx) * along(grid.y!.centres[Math.floor(k / cells)]!, n, r.Ly),
        );
        return decayRate(grid, CLOSED, r.gamma0, r.gamma2, mode, rate_1_s);
      }) as [number, number];
      expect(Math.abs(extrapolated(coarse, fine) / rate_1_s - 1)).toBeLessThan(1e-5);
      if (m + n > 0) expect((coarse - rate_1_s) / (fine - rate_1_s)).toBeCloseTo(4, 0);
    }
  });

  it("eigenmodes between Dirichlet sides: second order in the cells, extrapolated to 1e-5", () => {
    const r = pdeReference<{ L: number; rates: { m: number; rate_1_s: number }[] }>("box_eigenmodes_dirichlet_1d");
    for (const { m, rate_1_s } of r.rates) {
      const [coarse, fine] = [40, 80].map((cells) => {
        const grid = line(0, r.L, cells);
        const mode = grid.x.centres.map((x) => Math.sin((m * Math.PI * x) / r.L));
        return decayRate(grid, sides([DIRICHLET, DIRICHLET]), 2e4, 3e-6, mode, rate_1_s);
      }) as [number, number];
      expect(Math.abs(extrapolated(coarse, fine) / rate_1_s - 1)).toBeLessThan(1e-5);
      expect((coarse - rate_1_s) / (fine - rate_1_s)).toBeCloseTo(4, 0);
    }
  });
});

interface Manufactured {
  readonly E0: number;
  readonly L: number;
  readonly gamma0: number;
  readonly gamma2: number;
  readonly x_m: number[];
  readonly t_s: number[];
  readonly u: number[][];
  readonly R: number[][];
}

describe.skipIf(!HAS_PDE)("pde_reference.json, manufactured solution (skipped: ../shared/reference is absent)", () => {
  const r = HAS_PDE ? pdeReference<Manufactured>("manufactured") : undefined!;
  const exact = (x: number, t: number) => r.E0 * Math.exp(-1e4 * t) * (2 + Math.cos((Math.PI * x) / r.L));
  const gamma0At = (x: number) => r.gamma0 * (1 + 0.5 * Math.sin((2 * Math.PI * x) / r.L));
  const gamma2At = (x: number) => r.gamma2 * (1 + (0.3 * x) / r.L);
  /** R = u_t + gamma0 u - (gamma2 u')'. */
  const power = (x: number, t: number) => {
    const k = Math.PI / r.L;
    const shape = r.E0 * Math.exp(-1e4 * t);
    const flux = shape * k * ((-0.3 * r.gamma2 * Math.sin(k * x)) / r.L - gamma2At(x) * k * Math.cos(k * x));
    return (gamma0At(x) - 1e4) * exact(x, t) - flux;
  };

  it("the source is the file's", () => {
    const top = Math.max(...r.R.flat().map(Math.abs));
    for (const [i, t] of r.t_s.entries())
      for (const [j, x] of r.x_m.entries()) {
        expect(Math.abs(power(x, t) - r.R[i]![j]!)).toBeLessThan(1e-12 * top);
        expect(Math.abs(exact(x, t) - r.u[i]![j]!)).toBeLessThan(1e-12 * r.E0);
      }
  });

  /** Root mean square error at the last time, relative; the source held at its middle value in every step. */
  const error = (cells: number, count: number) => {
    const grid = line(0, r.L, cells);
    const last = r.t_s.at(-1)!;
    const ends = Float64Array.from({ length: count }, (_, n) => ((n + 1) * last) / count);
    const sources = Array.from(ends, (end, n) => {
      const begin = n === 0 ? 0 : ends[n - 1]!;
      return { density: grid.x.centres.map((x) => power(x, (begin + end) / 2)), on: [[begin, end]] as const };
    });
    const medium = { gamma0: grid.x.centres.map(gamma0At), gamma2: grid.x.centres.map(gamma2At) };
    const start = grid.x.centres.map((x) => exact(x, 0));
    const course: Course = { type: "transient", sources, start, from: 0, times: Float64Array.of(last) };
    const u = solve(grid, CLOSED, medium, course, ends).states[0]!;
    const squares = u.reduce((s, v, k) => s + (v / exact(grid.x.centres[k]!, last) - 1) ** 2, 0);
    return Math.sqrt(squares / cells);
  };

  it("second order in space", () => {
    const [a, b, c] = [error(10, 400), error(20, 400), error(40, 400)];
    expect(a / b).toBeCloseTo(4, 1);
    expect(b / c).toBeCloseTo(4, 1);
    expect(c).toBeLessThan(4e-4);
  });

  it("second order in time", () => {
    const [a, b, c] = [error(1600, 10), error(1600, 20), error(1600, 40)];
    expect(a / b).toBeCloseTo(4, 1);
    expect(b / c).toBeCloseTo(4, 1);
  });
});

it("the number of steps is found by halving", () => {
  const grid = line(0, 1e-4, 30);
  const medium = { gamma0: constant(grid, 2e4), gamma2: constant(grid, 3e-6) };
  const course = { type: "transient", sources: [], start: inCell(grid, 7, 1), from: 0, times: Float64Array.of(2e-5, 1e-4) } as const;
  const chosen = chooseSteps(grid, CLOSED, medium, course, { tolerance: 1e-4 });
  expect(chosen.change).toBeLessThan(1e-4);
  const fine = solve(grid, CLOSED, medium, course, planSteps(grid, medium, course, chosen.level + 4)).states;
  const top = Math.max(...fine.flatMap((u) => [...u]));
  const away = solve(grid, CLOSED, medium, course, chosen.ends).states.flatMap((u, i) => [...u].map((v, k) => Math.abs(v - fine[i]![k]!)));
  expect(Math.max(...away) / top).toBeLessThan(1.5 * chosen.change);
  expect(Math.max(...away) / top).toBeGreaterThan(chosen.change);
});
