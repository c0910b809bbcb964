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
  if (side.type !== "robin") return 0;
  if (!(side.h >= 0)) throw new RangeError("h of a Robin side must not be negative");
  return 1 / (half + 1 / side.h);
}

/** Derivative of the coefficients in a direction of gamma2. */
export function coefficientsTangent(of: AxisOperator, gamma2: Float64Array): Coefficients {
  const out = emptyCoefficients(of);
  eachFace(of.lines, of.periodic, (end, face, cell, other) => {
    const change = of.fall[cell]! * gamma2[cell]! + (other >= 0 ? of.fall[other]! * gamma2[other]! : 0);
    out[end][face] = of[end][face]! ** 2 * change;
  });
  return out;
}

/** Adds to the derivative of a scalar by gamma2 what its derivatives `by` the conductances, per width of the line, give. */
export function conductancesAdjoint(of: AxisOperator, by: Coefficients, gamma2: Float64Array): void {
  eachFace(of.lines, of.periodic, (end, face, cell, other, line) => {
    const change = of.across[line]! * of[end][face]! ** 2 * by[end][face]!;
    gamma2[cell]! += of.fall[cell]! * change;
    if (other >= 0) gamma2[other]! += of.fall[other]! * change;
  });
}

/** Every face once: where its conductance stands, its cell, and the cell on the other side (-1 = none: a side of the domain). */
function eachFace(
  { length, count, step, apart }: Lines,
  periodic: boolean,
  visit: (end: "low" | "high", face: number, cell: number, other: number, line: number) => void,
): void {
  const wrapped = periodic && length > 1;
  for (let l = 0; l < count; l++) {
    const first = l * apart;
    const last = first + (length - 1) * step;
    if (wrapped) visit("low", first, first, last, l);
    else if (!periodic) {
      visit("low", first, first, -1, l);
      visit("high", l, last, -1, l);
    }
    for (let k = first + step; k <= last; k += step) visit("low", k, k, k - step, l);
  }
}

/** Adds `factor A u` to `out`, A with the coefficients `by`. */
export function addOperator(of: AxisOperator, by: Coefficients, factor: number, u: Float64Array, out: Float64Array): void {
  const { length, count, step, apart } = of.lines;
  const { low, loss } = by;
  if (step === 1)
    for (let l = 0; l < count; l++) {
      let below = u[l * apart]!;
      let perWidth = 0;
      for (let i = 0, k = l * apart; i < length; i++, k++) {
        const here = u[k]!;
        const flux = factor * low[k]! * (here - below);
        if (i > 0) out[k - 1]! -= flux * perWidth;
        perWidth = 1 / of.widths[i]!;
        out[k]! += flux * perWidth + factor * loss[k]! * here;
        below = here;
      }
    }
  else
    for (let i = 0; i < length; i++) {
      const perWidth = factor / of.widths[i]!;
      // Beyond the ends a cell is its own neighbour: no flux here, `addEnds` brings it.
      const [down, up] = [i > 0 ? step : 0, i < length - 1 ? step : 0];
      const end = i * step + count;
      for (let k = i * step; k < end; k++) {
        const here = u[k]!;
        out[k]! += perWidth * (low[k]! * (here - u[k - down]!) - low[k + up]! * (u[k + up]! - here)) + factor * loss[k]! * here;
      }
    }
  addEnds(of, by, factor, u, out);
}

/** The part of `addOperator` that flows through the ends of the lines. */
export function addEnds(of: AxisOperator, { low, high }: Coefficients, factor: number, u: Float64Array, out: Float64Array): void {
  const [perFirst, perLast] = [factor / of.widths[0]!, factor / of.widths.at(-1)!];
  eachEnd(of, (l, first, last, wrapped) => {
    const flux = low[first]! * (wrapped ? u[first]! - u[last]! : u[first]!);
    out[first]! += perFirst * flux;
    out[last]! += perLast * (wrapped ? -flux : high[l]! * u[last]!);
  });
}

/** Adds to `by` the derivatives of `factor sum_k v_k width_k (A u)_k` by the conductances of A (its loss left out). */
export function addFaceProducts(of: AxisOperator, by: Coefficients, factor: number, v: Float64Array, u: Float64Array): void {
  const { length, count, step, apart } = of.lines;
  for (let i = 1; i < length; i++)
    for (let l = 0; l < count; l++) {
      const k = l * apart + i * step;
      by.low[k]! += factor * (v[k]! - v[k - step]!) * (u[k]! - u[k - step]!);
    }
  addEndProducts(of, by, factor, v, u);
}

/** The part of `addFaceProducts` at the ends of the lines. */
export function addEndProducts(of: AxisOperator, { low, high }: Coefficients, factor: number, v: Float64Array, u: Float64Array): void {
  eachEnd(of, (l, first, last, wrapped) => {
    if (wrapped) low[first]! += factor * (v[first]! - v[last]!) * (u[first]! - u[last]!);
    else {
      low[first]! += factor * v[first]! * u[first]!;
      high[l]! += factor * v[last]! * u[last]!;
    }
  });
}

/** The two ends of every line; `wrapped` = they are neighbours. */
function eachEnd(
  { lines: { length, count, step, apart }, periodic }: AxisOperator,
  visit: (line: number, first: number, last: number, wrapped: boolean) => void,
): void {
  if (periodic && length === 1) return;
  for (let l = 0; l < count; l++) visit(l, l * apart, l * apart + (length - 1) * step, periodic);
}

/** All zero. */
export function emptyCoefficients(of: AxisOperator): Coefficients {
  return {
    low: new Float64Array(of.low.length),
    high: new Float64Array(of.high.length),
    loss: new Float64Array(of.loss.length),
  };
}
