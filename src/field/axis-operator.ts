import type { Lines } from "../numerics/tridiagonal.ts";
import type { Boundary, Medium, Side } from "./equation.ts";
import type { Axis, Grid } from "./grid.ts";

/** What stands in one direction's operator; it is linear in these, so that its derivative has the same form. */
export interface Coefficients {
  /** Conductance (m/s) between each cell and the one below it; of the first cell of a line that of the side, or around to the last cell. */
  readonly low: Float64Array;
  /** Conductance of the high side, per line; 0 where periodic. */
  readonly high: Float64Array;
  /** This direction's share of gamma0, 1/s. */
  readonly loss: Float64Array;
}

/**
 * One direction's part of `gamma0 u - div(gamma2 grad u)` on the cells (finite volumes, u in the middle of each cell):
 * `(A u)_i = (low_i (u_i - u_{i-1}) - low_{i+1} (u_{i+1} - u_i))/width_i + loss_i u_i`.
 */
export interface AxisOperator extends Coefficients {
  readonly lines: Lines;
  /** Widths of the cells along a line, m. */
  readonly widths: Float64Array;
  /** Widths of the lines, m; 1 in one dimension. */
  readonly across: Float64Array;
  readonly periodic: boolean;
  /** Part of gamma0 that this direction carries. */
  readonly share: number;
  /** Fall of a half cell's resistance width/(2 gamma2) with gamma2. */
  readonly fall: Float64Array;
}

/** The operator of each direction; all carry the same share of gamma0. */
export function axisOperators(grid: Grid, boundary: Boundary, medium: Medium): readonly AxisOperator[] {
  const nx = grid.x.widths.length;
  const ny = grid.y?.widths.length ?? 1;
  const rows = { length: nx, count: ny, step: 1, apart: nx };
  if (!grid.y) return [axisOperator(grid.x, new Float64Array([1]), boundary.x, rows, medium, 1)];
  const columns = { length: ny, count: nx, step: nx, apart: 1 };
  return [
    axisOperator(grid.x, grid.y.widths, boundary.x, rows, medium, 0.5),
    axisOperator(grid.y, grid.x.widths, boundary.y, columns, medium, 0.5),
  ];
}

function axisOperator(
  axis: Axis,
  across: Float64Array,
  sides: readonly [Side, Side],
  lines: Lines,
  medium: Medium,
  share: number,
): AxisOperator {
  const periodic = sides[0].type === "periodic";
  if (periodic !== (sides[1].type === "periodic")) throw new RangeError("both sides of a periodic axis are periodic");
  const half = new Float64Array(medium.gamma2.length);
  const fall = new Float64Array(half.length);
  const [low, high] = [new Float64Array(half.length), new Float64Array(lines.count)];
  for (let i = 0; i < lines.length; i++)
    for (let l = 0; l < lines.count; l++) {
      const k = l * lines.apart + i * lines.step;
      half[k] = axis.widths[i]! / (2 * medium.gamma2[k]!);
      fall[k] = half[k]! / medium.gamma2[k]!;
    }
  eachFace(lines, periodic, (of, face, cell, other) => {
    const conductance = other >= 0 ? 1 / (half[cell]! + half[other]!) : throughSide(sides[of === "low" ? 0 : 1], half[cell]!);
    (of === "low" ? low : high)[face] = conductance;
  });
  return { lines, widths: axis.widths, across, periodic, share, low, high, fall, loss: medium.gamma0.map((g) => share * g) };
}

/** From the centre of an outermost cell to u = 0 beyond its side. */
function throughSide(side: Side, half: number): number {
  if (side.type === "dirichlet") return 1 / half;
  if (side.type === "robin") return side.h > 0 ? 1 / (half + 1 / side.h) : 0;
  return 0;
}

/** Derivative of the coefficients in a direction of the medium. */
export function coefficientsTangent(of: AxisOperator, gamma0: Float64Array | undefined, gamma2: Float64Array | undefined): Coefficients {
  const low = new Float64Array(of.low.length);
  const high = new Float64Array(of.high.length);
  const loss = gamma0 ? gamma0.map((g) => of.share * g) : new Float64Array(low.length);
  if (gamma2)
    eachFace(of.lines, of.periodic, (end, face, cell, other) => {
      const change = of.fall[cell]! * gamma2[cell]! + (other >= 0 ? of.fall[other]! * gamma2[other]! : 0);
      if (end === "low") low[face] = of.low[face]! ** 2 * change;
      else high[face] = of.high[face]! ** 2 * change;
    });
  return { low, high, loss };
}

/** Adds to the derivatives of a scalar by gamma0 and gamma2 what comes through this direction's coefficients. */
export function coefficientsAdjoint(of: AxisOperator, by: Coefficients, gamma0: Float64Array, gamma2: Float64Array): void {
  for (let k = 0; k < gamma0.length; k++) gamma0[k]! += of.share * by.loss[k]!;
  eachFace(of.lines, of.periodic, (end, face, cell, other) => {
    const change = end === "low" ? of.low[face]! ** 2 * by.low[face]! : of.high[face]! ** 2 * by.high[face]!;
    gamma2[cell]! += of.fall[cell]! * change;
    if (other >= 0) gamma2[other]! += of.fall[other]! * change;
  });
}

/** Every face once: where its conductance stands, its cell, and the cell on the other side (-1 = none: a side of the domain). */
function eachFace(
  { length, count, step, apart }: Lines,
  periodic: boolean,
  visit: (end: "low" | "high", face: number, cell: number, other: number) => void,
): void {
  const wrapped = periodic && length > 1;
  for (let l = 0; l < count; l++) {
    const first = l * apart;
    const last = first + (length - 1) * step;
    if (wrapped) visit("low", first, first, last);
    else if (!periodic) {
      visit("low", first, first, -1);
      visit("high", l, last, -1);
    }
    for (let k = first + step; k <= last; k += step) visit("low", k, k, k - step);
  }
}

/** Adds `factor A u` to `out`. */
export function addOperator(of: AxisOperator, by: Coefficients, factor: number, u: Float64Array, out: Float64Array): void {
  const { length, count, step, apart } = of.lines;
  const { low, high, loss } = by;
  const wrapped = of.periodic && length > 1;
  const [outer, nested] = step === 1 ? [count, length] : [length, count];
  for (let a = 0; a < outer; a++)
    for (let b = 0; b < nested; b++) {
      const k = a * Math.max(step, apart) + b;
      const [i, l] = step === 1 ? [b, a] : [a, b];
      const below = i > 0 ? u[k - step]! : wrapped ? u[k + (length - 1) * step]! : 0;
      const first = k - i * step;
      const upper = i < length - 1 ? low[k + step]! : wrapped ? low[first]! : high[l]!;
      const above = i < length - 1 ? u[k + step]! : wrapped ? u[first]! : 0;
      out[k]! += factor * ((low[k]! * (u[k]! - below) - upper * (above - u[k]!)) / of.widths[i]! + loss[k]! * u[k]!);
    }
}

/** Adds to `by` the derivatives of `factor sum_k v_k volume_k (A u)_k` by the coefficients of A. */
export function addBilinear(of: AxisOperator, by: Coefficients, factor: number, v: Float64Array, u: Float64Array): void {
  const { length, count, step, apart } = of.lines;
  const wrapped = of.periodic && length > 1;
  const [outer, nested] = step === 1 ? [count, length] : [length, count];
  for (let a = 0; a < outer; a++)
    for (let b = 0; b < nested; b++) {
      const k = a * Math.max(step, apart) + b;
      const [i, l] = step === 1 ? [b, a] : [a, b];
      const weight = factor * of.across[l]!;
      const other = i > 0 ? k - step : k + (length - 1) * step;
      if (i > 0 || wrapped) by.low[k]! += weight * (v[k]! - v[other]!) * (u[k]! - u[other]!);
      else by.low[k]! += weight * v[k]! * u[k]!;
      if (i === length - 1 && !wrapped) by.high[l]! += weight * v[k]! * u[k]!;
      by.loss[k]! += weight * of.widths[i]! * v[k]! * u[k]!;
    }
}

/** All zero. */
export function emptyCoefficients(of: AxisOperator): Coefficients {
  return {
    low: new Float64Array(of.low.length),
    high: new Float64Array(of.high.length),
    loss: new Float64Array(of.loss.length),
  };
}
