import { describe, expect, it } from "vitest";
import { solve } from "../../src/field/forward.ts";
import { gridOf } from "../../src/field/grid.ts";
import {
  always,
  constant,
  DIRICHLET,
  extrapolated,
  gradedEdges,
  HAS_PDE,
  inCell,
  line,
  logAt,
  NO_FLUX,
  pdeReference,
  sides,
  steady,
} from "./pde-lines.ts";

interface Rates {
  readonly gamma0: number;
  readonly gamma2: number;
}
type PointSource = Rates & { readonly Q_W: number; readonly ell_m: number; readonly x_m: number[]; readonly r_m: number[] };
interface Box extends Rates {
  readonly L_m: number;
  readonly R_W_per_m: number;
  readonly x_m: number[];
  readonly u_no_flux: number[];
  readonly u_dirichlet: number[];
  readonly u_robin: number[];
  readonly robin_h_m_per_s: number;
  readonly total_absorbed_no_flux_W: number;
  readonly boundary_loss_dirichlet_W: number;
  readonly bulk_dissipation_dirichlet_W: number;
}
interface TwoMedia {
  readonly gamma0_left: number;
  readonly gamma0_right: number;
  readonly gamma2: number;
  readonly R: number;
  readonly x_m: number[];
  readonly u: number[];
  readonly f_left_of_0_or_right: number[];
  readonly f_max: number;
}
const relative = (actual: number, expected: number, tolerance: number) =>
  expect(Math.abs(actual - expected) / Math.abs(expected)).toBeLessThan(tolerance);
const CLOSED = sides([NO_FLUX, NO_FLUX]);

describe.skipIf(!HAS_PDE)("pde_reference.json, steady states (skipped: ../shared/reference is absent)", () => {
  /** A source in the middle one of an odd number of cells on +-24 decay lengths. */
  const pointOnLine = ({ gamma0, gamma2, Q_W }: PointSource, cells: number) => {
    const grid = line(-3e-4, 3e-4, cells);
    return { grid, u: steady(grid, CLOSED, constant(grid, gamma0), constant(grid, gamma2), inCell(grid, (cells - 1) / 2, Q_W)) };
  };

  it("point source on a line: second order, extrapolated to 1e-7", () => {
    const r = pdeReference<PointSource & { u_J_per_m: number[] }>("steady_1d_point_source");
    const [coarse, fine] = [1201, 2403].map((cells) => pointOnLine(r, cells)) as [
      ReturnType<typeof pointOnLine>,
      ReturnType<typeof pointOnLine>,
    ];
    const ratio = (2403 / 1201) ** 2;
    for (const [n, x] of r.x_m.entries()) {
      const [a, b] = [coarse, fine].map(({ grid, u }) => (x === 0 ? u[(u.length - 1) / 2]! : logAt(x, grid.x.centres, u))) as [
        number,
        number,
      ];
      relative((ratio * b - a) / (ratio - 1), r.u_J_per_m[n]!, 1e-7);
      expect((a - r.u_J_per_m[n]!) / (b - r.u_J_per_m[n]!)).toBeCloseTo(ratio, 1);
    }
  });

  it("point source in space: r u is the solution on a line", () => {
    const r = pdeReference<PointSource & { u_J_per_m3: number[] }>("steady_3d_point_source");
    // v = r u: gamma0 v = gamma2 v'' beyond the source, v(0) = Q/(4 pi gamma2).
    const { grid, u } = pointOnLine({ ...r, Q_W: (2 * Math.sqrt(r.gamma0 * r.gamma2) * r.Q_W) / (4 * Math.PI * r.gamma2) }, 3201);
    for (const [n, x] of r.r_m.entries()) relative(logAt(x, grid.x.centres, u) / x, r.u_J_per_m3[n]!, 1e-4);
  });

  it("point source in the plane: K0", () => {
    const r = pdeReference<PointSource & { u_J_per_m2: number[] }>("steady_2d_point_source");
    const at = (least: number, each: number) => {
      const edges = gradedEdges(least, 1.3e-4, each);
      const grid = gridOf(edges, edges);
      const u = steady(grid, CLOSED, constant(grid, r.gamma0), constant(grid, r.gamma2), inCell(grid, (grid.cells - 1) / 2, r.Q_W));
      const n = 2 * each + 1;
      const row = u.slice(each * n, (each + 1) * n);
      return r.r_m.map((x) => logAt(x, grid.x.centres, row));
    };
    const [coarse, fine] = [at(4e-7, 22), at(2e-7, 44)];
    for (const [n, expected] of r.u_J_per_m2.entries()) {
      relative(fine[n]!, expected, 1e-2);
      relative(extrapolated(coarse[n]!, fine[n]!), expected, 2e-3);
    }
  });

  const box = (r: Box, cells: number, boundary = CLOSED) => {
    const grid = line(0, r.L_m, cells);
    return steady(grid, boundary, constant(grid, r.gamma0), constant(grid, r.gamma2), constant(grid, r.R_W_per_m));
  };
  /** At the edges of the cells: mean of the neighbours; at a side by the flux that goes through it, h u_side (h = Infinity: u = 0). */
  const atEdges = (r: Box, u: Float64Array, h: number) => {
    const half = r.L_m / u.length / (2 * r.gamma2);
    const atSide = h === Infinity ? 0 : 1 / (1 + half * h);
    return r.x_m.map((x) => {
      const edge = Math.round((x / r.L_m) * u.length);
      if (edge === 0 || edge === u.length) return atSide * u[edge === 0 ? 0 : u.length - 1]!;
      return (u[edge - 1]! + u[edge]!) / 2;
    });
  };

  it("box with a uniform source: no flux, exact", () => {
    const r = pdeReference<Box>("steady_box_uniform_source");
    for (const [n, u] of box(r, 11).entries()) relative(u, r.u_no_flux[n]!, 1e-13);
    relative(r.R_W_per_m * r.L_m, r.total_absorbed_no_flux_W, 1e-13);
  });

  it.each([
    ["Dirichlet", "u_dirichlet", DIRICHLET],
    ["Robin", "u_robin", { type: "robin", h: 0.3 }],
  ] as const)("box with a uniform source: %s sides, second order, extrapolated to 2e-6", (_, column, side) => {
    const r = pdeReference<Box>("steady_box_uniform_source");
    expect(r.robin_h_m_per_s).toBe(0.3);
    const h = side.type === "robin" ? side.h : Infinity;
    const boundary = sides([side, side]);
    const [coarse, fine] = [160, 320].map((cells) => atEdges(r, box(r, cells, boundary), h)) as [number[], number[]];
    for (const [n, expected] of r[column].entries()) {
      if (expected === 0) expect(fine[n]).toBe(0);
      else {
        relative(extrapolated(coarse[n]!, fine[n]!), expected, 2e-6);
        expect((coarse[n]! - expected) / (fine[n]! - expected)).toBeCloseTo(4, 1);
      }
    }
  });

  it("box with Dirichlet sides: what is lost through them and in the bulk", () => {
    const r = pdeReference<Box>("steady_box_uniform_source");
    const losses = (cells: number) => {
      const u = box(r, cells, sides([DIRICHLET, DIRICHLET]));
      const h = r.L_m / cells;
      return { sides: ((2 * r.gamma2) / h) * (u[0]! + u.at(-1)!), bulk: r.gamma0 * h * u.reduce((a, b) => a + b, 0) };
    };
    const [coarse, fine] = [losses(160), losses(320)];
    relative(extrapolated(coarse.sides, fine.sides), r.boundary_loss_dirichlet_W, 1e-6);
    relative(extrapolated(coarse.bulk, fine.bulk), r.bulk_dissipation_dirichlet_W, 1e-6);
    relative(fine.sides + fine.bulk, r.total_absorbed_no_flux_W, 1e-12);
  });

  it("two media: u, and f = gamma0 u/R above 1 on the lossy side", () => {
    const r = pdeReference<TwoMedia>("steady_two_media");
    const at = (cells: number) => {
      const grid = line(-2e-4, 2e-4, cells);
      const gamma0 = grid.x.centres.map((x) => (x < 0 ? r.gamma0_left : r.gamma0_right));
      const u = steady(grid, CLOSED, gamma0, constant(grid, r.gamma2), constant(grid, r.R));
      const h = 4e-4 / cells;
      const edge = (x: number) => Math.round((x + 2e-4) / h);
      return r.x_m.map((x) => (u[edge(x) - 1]! + u[edge(x)]!) / 2);
    };
    const [coarse, fine] = [at(1600), at(3200)];
    for (const [n, expected] of r.u.entries()) {
      const value = extrapolated(coarse[n]!, fine[n]!);
      relative(value, expected, 1e-6);
      relative(((r.x_m[n]! < 0 ? r.gamma0_left : r.gamma0_right) * value) / r.R, r.f_left_of_0_or_right[n]!, 1e-6);
    }
    expect(Math.max(...r.f_left_of_0_or_right)).toBeCloseTo(r.f_max, 12);
  });

  it("identities: the R-weighted mean of f is 1 without flux; both scale symmetries", () => {
    const grid = gridOf(gradedEdges(2e-6, 5e-5, 8), gradedEdges(3e-6, 4e-5, 7));
    const [gamma0, gamma2, density] = [3e4, 2e-6, 1e-7].map((scale, m) =>
      Float64Array.from({ length: grid.cells }, (_, k) => scale * (1.5 + Math.sin((m + 1.3) * k))),
    ) as [Float64Array, Float64Array, Float64Array];
    const times = (c: number, a: Float64Array) => a.map((v) => c * v);
    const solved = solve(grid, CLOSED, { gamma0, gamma2 }, { type: "steady", sources: [always(density)] }, new Float64Array());
    const u = solved.states[0]!;
    const sum = (value: (k: number) => number) => u.reduce((s, _, k) => s + grid.volumes[k]! * value(k), 0);
    relative(
      sum((k) => gamma0[k]! * u[k]!),
      sum((k) => density[k]!),
      1e-12,
    );
    expect(solved.imbalance).toBeLessThan(1e-12);
    expect(solved.least).toBeGreaterThan(0);
    const same = steady(grid, CLOSED, times(7, gamma0), times(7, gamma2), times(7, density));
    const larger = steady(grid, CLOSED, gamma0, gamma2, times(7, density));
    for (const [k, v] of u.entries()) {
      relative(same[k]!, v, 1e-12);
      relative(larger[k]!, 7 * v, 1e-12);
    }
  });
});
