import { nestedDissection } from "../numerics/nested-dissection.ts";
import { type SparseSymmetric, sparseLdl, sparseLdlSolve } from "../numerics/sparse-ldl.ts";
import { factorLines, reflectLines } from "../numerics/tridiagonal.ts";
import type { AxisOperator } from "./axis-operator.ts";

const NONE = "there is no steady state: energy that is absorbed is lost nowhere (gamma0 = 0 everywhere and no loss through a side)";

/** Solves for `b` in place. */
export type SteadySolver = (b: Float64Array) => void;

/**
 * Solver of `volume (sum of A) u = b`, b per cell and overwritten by u; symmetric, so that it is its own adjoint. Cyclic tridiagonal on a line; on a
 * rectangle a sparse factor in nested dissection order. @throws RangeError where nothing takes the energy away
 */
export function steadySolver(operators: readonly AxisOperator[]): SteadySolver {
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

function lineSolver(x: AxisOperator): SteadySolver {
  const diagonal = new Float64Array(x.loss.length);
  addDiagonal(x, diagonal);
  const factors = factorLines(x.lines, diagonal, x.low, x.periodic);
  const last = (factors.closing?.inverses ?? factors.inverses).at(-1)!;
  if (!(last > 0 && 1 / last > 1e-13 * diagonal.at(-1)!)) throw new RangeError(NONE);
  const ones = new Float64Array(diagonal.length).fill(1);
  const solved = new Float64Array(diagonal.length);
  return (b) => reflectLines(factors, ones, 0, b, solved);
}

function rectangleSolver(x: AxisOperator, y: AxisOperator): SteadySolver {
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
