import { factorLines, type LineFactors, reflectLines } from "../numerics/tridiagonal.ts";
import { type AxisOperator, addEnds, addOperator } from "./axis-operator.ts";

/**
 * Time steps by alternating directions for `du/dt = R - (A + B) u`, s half a step (Douglas 1962, Numer. Math. 4, 41, with theta = 1/2):
 *
 *     (I + sA)(I + sB)(u1 - u) = 2s (R - (A + B) u)
 *
 * in the equal form of Peaceman and Rachford, here for w = (I - sB) u as the state that is carried from step to step:
 *
 *     w += s R,  u* = (I + sA)^-1 w,   w = 2 u* - w,
 *     w += s R,  u1 = (I + s B)^-1 w,  w = (1 + r) u1 - r w,   r = next s over this s,
 *
 * two tridiagonal solves and no other stencil. Second order, unconditionally stable, keeps discrete steady states. On a line B = 0: Crank-Nicolson,
 * u1 = w. Measured against Crank-Nicolson without splitting: half its error at equal steps (diffusing spot, 72 x 72 cells), and an eighth of the time of
 * its solves with a sparse factor made once (256 x 256 cells, bench/field.ts), which equal steps only could share. A and B are symmetric in the inner product weighted by volumes: the adjoint runs the same two reflections in reverse order.
 */
export interface StepFactors {
  readonly half: number;
  readonly x: LineFactors;
  readonly y: LineFactors | undefined;
}

/** Factors of `I + s A` and `I + s B` for s = `half` a step (s). */
export function stepFactors([x, y]: readonly AxisOperator[], half: number): StepFactors {
  return { half, x: implicitLines(x!, half), y: y && implicitLines(y, half) };
}

/** Each line multiplied by its widths: symmetric. */
function implicitLines(of: AxisOperator, s: number): LineFactors {
  const { lines, widths, low, high, loss, periodic } = of;
  const { length, count, step, apart } = lines;
  const diagonal = new Float64Array(loss.length);
  for (let i = 0; i < length; i++)
    for (let l = 0; l < count; l++) {
      const k = l * apart + i * step;
      const upper = i < length - 1 ? low[k + step]! : periodic ? low[l * apart]! : high[l]!;
      diagonal[k] = widths[i]! * (1 + s * loss[k]!) + s * (low[k]! + upper);
    }
  const coupling = low.map((c) => s * c);
  return factorLines(lines, diagonal, coupling, periodic);
}

/** First half of a step: `middle = (I + sA)^-1 w`, `w = 2 middle - w`. */
export function firstHalf([x]: readonly AxisOperator[], factors: StepFactors, w: Float64Array, middle: Float64Array): void {
  reflectLines(factors.x, x!.widths, 1, w, middle);
}

/** Second half: `end = (I + sB)^-1 w`, `w = (1 + ratio) end - ratio w`. @param ratio length of the next step over this one */
export function secondHalf([, y]: readonly AxisOperator[], factors: StepFactors, ratio: number, w: Float64Array, end: Float64Array): void {
  if (y && factors.y) reflectLines(factors.y, y.widths, ratio, w, end);
  else end.set(w);
}

/** `(I - sB) u`, the state w before the first step. */
export function carried([, y]: readonly AxisOperator[], half: number, u: Float64Array): Float64Array {
  const w = u.slice();
  if (y) addOperator(y, y, -half, u, w);
  return w;
}

/** The middle u* of a step from its ends: `(u + u1)/2 + sB (u1 - u)/2`. */
export function middleState([, y]: readonly AxisOperator[], half: number, u: Float64Array, u1: Float64Array, middle: Float64Array): void {
  if (!y) {
    for (let k = 0; k < u.length; k++) middle[k] = (u[k]! + u1[k]!) / 2;
    return;
  }
  const { lines, widths, low, loss } = y;
  const { length, step } = lines;
  for (let j = 0; j < length; j++) {
    const perWidth = half / widths[j]!;
    const [down, up] = [j > 0 ? step : 0, j < length - 1 ? step : 0];
    const end = (j + 1) * step;
    for (let k = j * step; k < end; k++) {
      const change = u1[k]! - u[k]!;
      const below = low[k]! * (change - u1[k - down]! + u[k - down]!);
      const above = low[k + up]! * (u1[k + up]! - u[k + up]! - change);
      middle[k] = u[k]! + 0.5 * (change * (1 + half * loss[k]!) + perWidth * (below - above));
    }
  }
  addEnds(y, y, half / 2, u1, middle);
  addEnds(y, y, -half / 2, u, middle);
}

/** Numbers of all factors that are kept: four per cell and length of step. */
const FACTORS_KEPT = 2.5e7;

/** The factors of every length of step in use. */
export function factorStore(operators: readonly AxisOperator[]): (half: number) => StepFactors {
  const known = new Map<number, StepFactors>();
  return (half) => {
    let found = known.get(half);
    if (!found) {
      if (4 * operators[0]!.loss.length * (known.size + 1) > FACTORS_KEPT) known.clear();
      found = stepFactors(operators, half);
      known.set(half, found);
    }
    return found;
  };
}
