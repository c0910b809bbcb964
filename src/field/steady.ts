import { nestedDissection } from "../numerics/nested-dissection.ts";
import { type SparseSymmetric, sparseLdl, sparseLdlSolve } from "../numerics/sparse-ldl.ts";
import { factorLines, solveLines } from "../numerics/tridiagonal.ts";
import {
  type AxisOperator,
  addBilinear,
  addOperator,
  coefficientsAdjoint,
  coefficientsTangent,
  emptyCoefficients,
} from "./axis-operator.ts";
import type { Gradient, Perturbation, Solution, Source } from "./equation.ts";
import type { Grid } from "./grid.ts";

const NONE = "there is no steady state: energy that is absorbed is lost nowhere (gamma0 = 0 everywhere and no loss through a side)";

/**
 * Solver of `volume (sum of A) u = b`, b per cell and overwritten by u; symmetric, so that it is its own adjoint. Cyclic tridiagonal on a line; on a
 * rectangle a sparse factor in nested dissection order. @throws RangeError where nothing takes the energy away
 */
export function steadySolver(operators: readonly AxisOperator[]): (b: Float64Array) => void {
  const [x, y] = operators as readonly [AxisOperator, AxisOperator?];
  return y ? rectangleSolver(x, y) : lineSolver(x);
}

/** Diagonal of `volume A`, in the order of cells. */
function addDiagonal(of: AxisOperator, out: Float64Array): void {
  const { length, count, step, apart } = of.lines;
  for (let l = 0; l < count; l++)
    for (let i = 0; i < length; i++) {
      const k = l * apart + i * step;
      const upper = i < length - 1 ? of.low[k + step]! : of.periodic ? of.low[l * apart]! : of.high[l]!;
      out[k]! += of.across[l]! * (of.low[k]! + upper + of.widths[i]! * of.loss[k]!);
    }
}

function lineSolver(x: AxisOperator): (b: Float64Array) => void {
  const diagonal = new Float64Array(x.loss.length);
  addDiagonal(x, diagonal);
  const factors = factorLines(x.lines, diagonal, x.low, x.periodic);
  const last = (factors.closing?.inverses ?? factors.inverses).at(-1)!;
  if (!(last > 0 && 1 / last > 1e-13 * diagonal.at(-1)!)) throw new RangeError(NONE);
  const ones = new Float64Array(diagonal.length).fill(1);
  return (b) => solveLines(factors, ones, b, b);
}

function rectangleSolver(x: AxisOperator, y: AxisOperator): (b: Float64Array) => void {
  const order = nestedDissection(x.lines.length, y.lines.length, x.periodic, y.periodic);
  const factor = sparseLdl(fivePoint(x, y, order));
  if (!factor) throw new RangeError(NONE);
  const permuted = new Float64Array(order.length);
  return (b) => {
    for (let p = 0; p < order.length; p++) permuted[p] = b[order[p]!]!;
    sparseLdlSolve(factor, permuted);
    for (let p = 0; p < order.length; p++) b[order[p]!] = permuted[p]!;
  };
}

/** `volume (A_x + A_y)` in the given order of elimination. */
function fivePoint(x: AxisOperator, y: AxisOperator, order: Int32Array): SparseSymmetric {
  const [nx, ny] = [x.lines.length, y.lines.length];
  const cells = nx * ny;
  const place = new Int32Array(cells);
  for (let p = 0; p < cells; p++) place[order[p]!] = p;
  const whole = new Float64Array(cells);
  addDiagonal(x, whole);
  addDiagonal(y, whole);
  const starts = new Int32Array(cells + 1);
  const rows = new Int32Array(4 * cells);
  const values = new Float64Array(4 * cells);
  let free = 0;
  const couple = (p: number, other: number, conductance: number) => {
    if (place[other]! >= p || conductance === 0) return;
    rows[free] = place[other]!;
    values[free++] = -conductance;
  };
  for (let p = 0; p < cells; p++) {
    const k = order[p]!;
    const [i, j] = [k % nx, Math.floor(k / nx)];
    const [left, right] = [i > 0 ? k - 1 : k + nx - 1, i < nx - 1 ? k + 1 : k - nx + 1];
    const [below, above] = [j > 0 ? k - nx : k + cells - nx, j < ny - 1 ? k + nx : k - cells + nx];
    if (i > 0 || x.periodic) couple(p, left, y.widths[j]! * x.low[k]!);
    if (i < nx - 1 || x.periodic) couple(p, right, y.widths[j]! * x.low[right]!);
    if (j > 0 || y.periodic) couple(p, below, x.widths[i]! * y.low[k]!);
    if (j < ny - 1 || y.periodic) couple(p, above, x.widths[i]! * y.low[above]!);
    starts[p + 1] = free;
  }
  return { diagonal: Float64Array.from(order, (k) => whole[k]!), starts, rows: rows.slice(0, free), values: values.slice(0, free) };
}

/** The state that the sources which are on keep up. */
export function steadyState(
  solver: (b: Float64Array) => void,
  grid: Grid,
  densities: readonly (Float64Array | undefined)[],
  on: readonly boolean[],
): Float64Array {
  const u = new Float64Array(grid.cells);
  for (const [s, density] of densities.entries())
    if (on[s] && density) for (let k = 0; k < u.length; k++) u[k]! += grid.volumes[k]! * density[k]!;
  solver(u);
  return u;
}

/** Derivative of the steady state `u`: `volume A u' = volume (R' - A' u)`. */
export function steadyTangent(
  solver: (b: Float64Array) => void,
  grid: Grid,
  operators: readonly AxisOperator[],
  direction: Perturbation,
  u: Float64Array,
  on: readonly boolean[],
): Float64Array {
  const b = new Float64Array(grid.cells);
  if (direction.gamma0 || direction.gamma2)
    for (const of of operators) addOperator(of, coefficientsTangent(of, direction.gamma0, direction.gamma2), -1, u, b);
  for (const [s, density] of (direction.densities ?? []).entries())
    if (on[s] && density) for (let k = 0; k < b.length; k++) b[k]! += density[k]!;
  for (let k = 0; k < b.length; k++) b[k]! *= grid.volumes[k]!;
  solver(b);
  return b;
}

/** Adds to a gradient what `weights . u` of the steady state `u` gives. `weights` is overwritten. */
export function steadyAdjoint(
  solver: (b: Float64Array) => void,
  grid: Grid,
  operators: readonly AxisOperator[],
  weights: Float64Array,
  u: Float64Array,
  on: readonly boolean[],
  out: Omit<Gradient, "start">,
): void {
  solver(weights);
  for (const of of operators) {
    const by = emptyCoefficients(of);
    addBilinear(of, by, -1, weights, u);
    coefficientsAdjoint(of, by, out.gamma0, out.gamma2);
  }
  for (const [s, density] of out.densities.entries())
    if (on[s]) for (let k = 0; k < density.length; k++) density[k]! += grid.volumes[k]! * weights[k]!;
}

/** The steady state under all sources, and its derivatives. */
export function solveSteady(grid: Grid, operators: readonly AxisOperator[], sources: readonly Source[]): Solution {
  const solver = steadySolver(operators);
  const on = sources.map(() => true);
  const densities = sources.map((source) => source.density);
  const u = steadyState(solver, grid, densities, on);
  const tangent = (direction: Perturbation) => steadyTangent(solver, grid, operators, direction, u, on);
  return {
    states: [u],
    least: u.reduce((a, b) => Math.min(a, b), 0),
    imbalance: Number.NaN,
    tangent: (direction) => [tangent(direction)],
    tangents: (directions, each) => {
      for (const [d, direction] of directions.entries()) each(d, 0, tangent(direction));
    },
    adjoint([weights]) {
      const zero = () => new Float64Array(grid.cells);
      const out = { gamma0: zero(), gamma2: zero(), densities: sources.map(zero), start: zero() };
      steadyAdjoint(solver, grid, operators, weights!.slice(), u, on, out);
      return out;
    },
  };
}
