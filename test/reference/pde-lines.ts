import { existsSync, readFileSync } from "node:fs";
import type { Boundary, Course, Side, Source } from "../../src/field/equation.ts";
import { solve } from "../../src/field/forward.ts";
import { equalEdges, type Grid, gridOf } from "../../src/field/grid.ts";

const FILE = new URL("../../../shared/reference/pde_reference.json", import.meta.url);
export const HAS_PDE = existsSync(FILE);

/** ref10, parsed; its layout is described in ../shared/reference/README.md. */
export function pdeReference<T>(name: string): T {
  return JSON.parse(readFileSync(FILE, "utf8"))[name] as T;
}

export const NO_FLUX: Side = { type: "no-flux" };
export const DIRICHLET: Side = { type: "dirichlet" };

export function sides(x: readonly [Side, Side], y: readonly [Side, Side] = x): Boundary {
  return { x, y };
}

export function constant(grid: Grid, value: number): Float64Array {
  return new Float64Array(grid.cells).fill(value);
}

export function line(low: number, high: number, cells: number): Grid {
  return gridOf(equalEdges(low, high, cells));
}

/** Odd number of cells around 0, the middle one `least` wide, every next one wider by the same factor, out to `far`. */
export function gradedEdges(least: number, far: number, each: number): Float64Array {
  const widthsFor = (growth: number) => Array.from({ length: each }, (_, i) => least * growth ** (i + 1));
  const reach = (growth: number) => widthsFor(growth).reduce((a, b) => a + b, least / 2);
  let [low, high] = [1, 2];
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if (reach(middle) < far) low = middle;
    else high = middle;
  }
  const outer = [least / 2];
  for (const width of widthsFor(low)) outer.push(outer.at(-1)! + width);
  return Float64Array.from([...outer.map((x) => -x).reverse(), ...outer]);
}

/** The source of one watt that is absorbed evenly in one cell. */
export function inCell(grid: Grid, cell: number, power: number): Float64Array {
  const density = new Float64Array(grid.cells);
  density[cell] = power / grid.volumes[cell]!;
  return density;
}

export function always(density: Float64Array): Source {
  return { density, on: [[-Infinity, Infinity]] };
}

export function steady(grid: Grid, boundary: Boundary, gamma0: Float64Array, gamma2: Float64Array, density: Float64Array): Float64Array {
  const course: Course = { type: "steady", sources: [always(density)] };
  return solve(grid, boundary, { gamma0, gamma2 }, course, new Float64Array()).states[0]!;
}

/** Error free of its leading h^2: `fine` on cells half as wide as `coarse`. */
export function extrapolated(coarse: number, fine: number): number {
  return (4 * fine - coarse) / 3;
}

/** From the three centres nearest to x, a parabola in the logarithm: exact for exponentials and Gaussians. */
export function logAt(x: number, centres: Float64Array, u: Float64Array): number {
  const nearest = centres.reduce((best, c, i) => (Math.abs(c - x) < Math.abs(centres[best]! - x) ? i : best), 1);
  const three = [-1, 0, 1].map((i) => Math.min(nearest, centres.length - 2) + i);
  return Math.exp(
    three.reduce((sum, i) => {
      const others = three.filter((j) => j !== i);
      const weight = others.reduce((w, j) => (w * (x - centres[j]!)) / (centres[i]! - centres[j]!), 1);
      return sum + weight * Math.log(u[i]!);
    }, 0),
  );
}
