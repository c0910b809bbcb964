import { nestedDissection } from "../numerics/nested-dissection.ts";
import { type SparseSymmetric, sparseLdl, sparseLdlSolve } from "../numerics/sparse-ldl.ts";
import { factorLines, reflectLines } from "../numerics/tridiagonal.ts";
import {
  type AxisOperator,
  addFaceProducts,
  addOperator,
  coefficientsTangent,
  conductancesAdjoint,
  emptyCoefficients,
} from "./axis-operator.ts";
import { steadyBalance } from "./energy-balance.ts";
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
  const solved = new Float64Array(diagonal.length);
  return (b) => reflectLines(factors, ones, 0, b, solved);
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

/** The state that sources keep up, and its derivatives. */
export interface SteadyState {
  readonly u: Float64Array;
  tangent(direction: Perturbation): Float64Array;
  /** Adds to a gradient what `weights . u` gives. `weights` is overwritten. */
  addAdjoint(weights: Float64Array, gradient: Omit<Gradient, "start">): void;
}

/** Solves `(sum of A) u = R` with one factorisation for the state, its tangents and adjoints. @param on which of the sources count */
export function steadyState(
  grid: Grid,
  operators: readonly AxisOperator[],
  densities: readonly Float64Array[],
  on: readonly boolean[],
): SteadyState {
  const { cells, volumes } = grid;
  const solver = steadySolver(operators);
  const sum = (parts: readonly (Float64Array | undefined)[], out: Float64Array) => {
    for (const [s, part] of parts.entries()) if (on[s] && part) for (let k = 0; k < cells; k++) out[k]! += part[k]!;
  };
  const solve = (b: Float64Array) => {
    for (let k = 0; k < cells; k++) b[k]! *= volumes[k]!;
    solver(b);
    return b;
  };
  const power = new Float64Array(cells);
  sum(densities, power);
  const u = solve(power);
  return {
    u,
    tangent({ gamma0, gamma2, densities: changes }) {
      // A u' = R' - A' u
      const b = gamma0 ? gamma0.map((g, k) => -g * u[k]!) : new Float64Array(cells);
      if (gamma2) for (const of of operators) addOperator(of, coefficientsTangent(of, gamma2), -1, u, b);
      sum(changes ?? [], b);
      return solve(b);
    },
    addAdjoint(weights, gradient) {
      solver(weights);
      for (let k = 0; k < cells; k++) gradient.gamma0[k]! -= volumes[k]! * weights[k]! * u[k]!;
      for (const of of operators) {
        const faces = emptyCoefficients(of);
        addFaceProducts(of, faces, -1, weights, u);
        conductancesAdjoint(of, faces, gradient.gamma2);
      }
      for (const [s, density] of gradient.densities.entries())
        if (on[s]) for (let k = 0; k < cells; k++) density[k]! += volumes[k]! * weights[k]!;
    },
  };
}

/** The course that is only a steady state, under all sources. */
export function solveSteady(grid: Grid, operators: readonly AxisOperator[], sources: readonly Source[]): Solution {
  const densities = sources.map((source) => source.density);
  const { u, tangent, addAdjoint } = steadyState(
    grid,
    operators,
    densities,
    sources.map(() => true),
  );
  return {
    states: [u],
    ...steadyBalance(grid, operators, densities, u),
    tangent: (direction) => [tangent(direction)],
    tangents: (directions, each) => {
      for (const [d, direction] of directions.entries()) each(d, 0, tangent(direction));
    },
    adjoint([weights]) {
      const zero = () => new Float64Array(grid.cells);
      const gradient = { gamma0: zero(), gamma2: zero(), densities: sources.map(zero), start: zero() };
      addAdjoint(weights!.slice(), gradient);
      return gradient;
    },
  };
}
