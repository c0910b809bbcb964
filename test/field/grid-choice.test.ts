import { describe, expect, it } from "vitest";
import type { Boundary } from "../../src/field/equation.ts";
import { gridFor } from "../../src/field/grid-choice.ts";
import type { Experiment, FieldProblem, SourceTerm } from "../../src/field/problem.ts";

const boundary: Boundary = { x: [{ type: "no-flux" }, { type: "no-flux" }], y: [{ type: "no-flux" }, { type: "no-flux" }] };

function problem(x: number[], y: number[] | undefined, domain: [number, number][], sources: SourceTerm[] = []): FieldProblem {
  const points = y ? { x: Float64Array.from(x), y: Float64Array.from(y) } : { x: Float64Array.from(x) };
  const experiment: Experiment = { name: "map", points, values: new Float64Array(x.length), sources, start: "empty", from: 0 };
  return {
    dimensions: y ? 2 : 1,
    domain,
    boundary,
    experiments: [experiment],
    gamma0: { type: "field" },
    gamma2: { type: "scalar" },
    background: false,
  };
}

const lattice = (n: number, spacing: number) => {
  const c = Array.from({ length: n * n }, (_, k) => [((k % n) + 0.5) * spacing, (Math.floor(k / n) + 0.5) * spacing] as const);
  return problem(
    c.map(([x]) => x),
    c.map(([, y]) => y),
    [
      [0, n * spacing],
      [0, n * spacing],
    ],
  );
};

const centred = (edges: Float64Array, centres: Float64Array, x: number) =>
  centres.some((c, i) => Math.abs(c - x) < 1e-9 * (edges[i + 1]! - edges[i]!) + 1e-18);

describe("the internal grid", () => {
  it.each([1, 3, 5])("of a map on a lattice has %i cells per spacing, with the points at centres of cells", (multiple) => {
    const p = lattice(6, 2e-4);
    const grid = gridFor(p, multiple);
    expect(grid.x.centres.length).toBe(6 * multiple);
    expect(grid.cells).toBe(36 * multiple ** 2);
    for (const w of grid.x.widths) expect(w).toBeCloseTo(2e-4 / multiple, 15);
    for (const x of p.experiments[0]!.points.x) expect(centred(grid.x.edges, grid.x.centres, x)).toBe(true);
    expect(grid.x.edges[0]).toBe(0);
    expect(grid.x.edges.at(-1)).toBe(6 * 2e-4);
  });

  it("follows a line whose spacing grows, and fills a domain that is larger than the data", () => {
    const x = [1e-5, 2e-5, 3.2e-5, 4.6e-5, 6.3e-5];
    const grid = gridFor(problem(x, undefined, [[0, 1e-4]]), 3);
    for (const at of x.slice(1, -1)) {
      const cell = grid.x.centres.findIndex((_, i) => at >= grid.x.edges[i]! && at < grid.x.edges[i + 1]!);
      const spacing = Math.max(...x.slice(1).map((b, i) => (at >= x[i]! && at <= b ? b - x[i]! : 0)));
      expect(grid.x.widths[cell]).toBeLessThanOrEqual(spacing / 3 + 1e-18);
    }
    expect(grid.x.edges.at(-1)).toBe(1e-4);
    expect(Math.max(...grid.x.widths)).toBeLessThan(1e-5);
  });

  it("keeps cells a third of the typical distance of sensors that stand anywhere", () => {
    const x = [0.13, 0.87, 0.4, 0.45, 0.71, 0.05, 0.93, 0.31, 0.6];
    const y = [0.9, 0.2, 0.33, 0.77, 0.6, 0.11, 0.86, 0.52, 0.05];
    const grid = gridFor(
      problem(x, y, [
        [0, 1],
        [0, 1],
      ]),
      3,
    );
    expect(Math.max(...grid.x.widths)).toBeLessThanOrEqual(1 / 9 + 1e-12);
    expect(grid.x.edges.at(-1)).toBe(1);
  });

  it("resolves a source spot that is narrower than the cells elsewhere", () => {
    const shape = { type: "spot", centre: [5e-4], width: 2e-5, power: 1e-15, free: [] } as const;
    const source: SourceTerm = { name: "spot", shape, on: [[-Infinity, Infinity]], scale: "known", sigma: 0 };
    const x = Array.from({ length: 10 }, (_, i) => (i + 0.5) * 1e-4);
    const grid = gridFor(problem(x, undefined, [[0, 1e-3]], [source]), 3);
    const near = grid.x.widths.filter((_, i) => Math.abs(grid.x.centres[i]! - 5e-4) < 4e-5);
    expect(Math.max(...near)).toBeLessThanOrEqual(1e-5 + 1e-15);
    for (const at of x) expect(centred(grid.x.edges, grid.x.centres, at)).toBe(true);
  });

  it("has edges of cells where regions end, without slivers", () => {
    const boxes = [{ region: 1, low: [2.61e-4], high: [7.99e-4] }];
    const x = Array.from({ length: 10 }, (_, i) => (i + 0.5) * 1e-4);
    const law = { type: "regions", regions: { names: ["substrate", "metal"], boxes } } as const;
    const grid = gridFor({ ...problem(x, undefined, [[0, 1e-3]]), gamma0: law }, 3);
    expect(grid.x.edges).toContain(2.61e-4);
    expect(grid.x.edges).toContain(7.99e-4);
    expect(Math.min(...grid.x.widths)).toBeGreaterThan((0.25 * 1e-4) / 3);
    expect(grid.x.edges.at(-1)).toBe(1e-3);
  });
});
