import { describe, expect, it } from "vitest";
import type { Boundary, Course } from "../../src/field/equation.ts";
import { solve } from "../../src/field/forward.ts";
import { equalEdges, gridOf } from "../../src/field/grid.ts";

const CLOSED: Boundary = { x: [{ type: "no-flux" }, { type: "no-flux" }], y: [{ type: "no-flux" }, { type: "no-flux" }] };
const R = 5e-12;
const LEFT = { gamma0: 2e4, gamma2: 1e-6 };
const RIGHT = { gamma0: 7e4, gamma2: 2e-5 };
/** Depth of either medium: 14 and 12 diffusion lengths. */
const [FAR_LEFT, FAR_RIGHT] = [1e-4, 2e-4];

/** Both media without end: R/gamma0 far away, u and gamma2 u' continuous at x = 0. */
function exact(x: number): number {
  const [a, b] = [LEFT, RIGHT].map(({ gamma0, gamma2 }) => ({
    far: R / gamma0,
    l: Math.sqrt(gamma2 / gamma0),
    pull: Math.sqrt(gamma0 * gamma2),
  }));
  const middle = (a!.pull * a!.far + b!.pull * b!.far) / (a!.pull + b!.pull);
  return x < 0 ? a!.far + (middle - a!.far) * Math.exp(x / a!.l) : b!.far + (middle - b!.far) * Math.exp(-x / b!.l);
}

describe("two media of which one conducts twenty times better", () => {
  /** Largest error of u, relative; cells of different widths on both sides. */
  const error = (cells: number, along: "x" | "y") => {
    const edges = [...equalEdges(-FAR_LEFT, 0, cells), ...equalEdges(0, FAR_RIGHT, cells).slice(1)];
    const other = equalEdges(0, 3e-6, along === "x" ? 1 : 3);
    const grid = along === "x" ? gridOf(edges) : gridOf(other, edges);
    const at = Float64Array.from({ length: grid.cells }, (_, k) =>
      along === "x" ? grid.x.centres[k]! : grid.y!.centres[Math.floor(k / 3)]!,
    );
    const medium = { gamma0: at.map((x) => (x < 0 ? LEFT : RIGHT).gamma0), gamma2: at.map((x) => (x < 0 ? LEFT : RIGHT).gamma2) };
    const course: Course = { type: "steady", sources: [{ density: at.map(() => R), on: [[-Infinity, Infinity]] }] };
    const u = solve(grid, CLOSED, medium, course, new Float64Array()).states[0]!;
    return Math.max(...u.map((v, k) => Math.abs(v / exact(at[k]!) - 1)));
  };

  it.each(["x", "y"] as const)("harmonic means keep second order across the interface, along %s", (along) => {
    const [coarse, middle, fine] = [error(100, along), error(200, along), error(400, along)];
    expect(coarse / middle).toBeCloseTo(4, 0);
    expect(middle / fine).toBeCloseTo(4, 0);
    expect(fine).toBeLessThan(1e-3);
  });
});
