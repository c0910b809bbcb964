import { factorLines, type LineFactors, solveLines } from "../numerics/tridiagonal.ts";
import { type AxisOperator, addOperator } from "./axis-operator.ts";

/** Factors of `I + s A` of each direction, as one weighted symmetric matrix per line. */
export interface StepFactors {
  readonly half: number;
  readonly x: LineFactors;
  readonly y: LineFactors | undefined;
}

/** @param half half the step, s */
export function stepFactors(operators: readonly AxisOperator[], half: number): StepFactors {
  const [x, y] = operators as readonly [AxisOperator, AxisOperator?];
  return { half, x: implicitLines(x, half), y: y && implicitLines(y, half) };
}

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
  return factorLines(
    lines,
    diagonal,
    low.map((c) => s * c),
    periodic,
  );
}

/** Room for the intermediate results of one step. */
export interface StepRoom {
  readonly first: Float64Array;
  readonly middle: Float64Array;
}

/**
 * One step `(I + sA)(I + sB)(u1 - u) = 2s (R - (A + B) u)` (Douglas 1962, Numer. Math. 4, 41, theta = 1/2) in the equal form of Peaceman and Rachford,
 * `(I + sA) u* = (I - sB) u + F`, `(I + sB) u1 = (I - sA) u* + G`, F = G = s R: second order, unconditionally stable, keeps discrete steady states.
 * On a line B = 0: Crank-Nicolson. F and G differ where a derivative of the step is taken. Leaves u* in `room.middle`; `out` may be `u`.
 */
export function stepForward(
  [x, y]: readonly AxisOperator[],
  factors: StepFactors,
  u: Float64Array,
  f: Float64Array | undefined,
  g: Float64Array | undefined,
  room: StepRoom,
  out: Float64Array,
): void {
  const { first, middle } = room;
  explicitHalf(y, factors.half, u, first);
  if (f) for (let k = 0; k < first.length; k++) first[k]! += f[k]!;
  solveLines(factors.x, x!.widths, first, middle);
  // (I - sA) u* = 2 u* - (I + sA) u*
  if (g) for (let k = 0; k < first.length; k++) out[k] = 2 * middle[k]! - first[k]! + g[k]!;
  else for (let k = 0; k < first.length; k++) out[k] = 2 * middle[k]! - first[k]!;
  if (y) solveLines(factors.y!, y.widths, out, out);
}

/**
 * The step backwards, for adjoints per volume: from the one of u1 (`later`) those of both half steps (`mu` of the second, `nu` of the first), and the
 * one of u in `out`, which may be `later`. A and B are symmetric in the inner product weighted by volumes.
 */
export function stepBackward(
  [x, y]: readonly AxisOperator[],
  factors: StepFactors,
  later: Float64Array,
  mu: Float64Array,
  nu: Float64Array,
  out: Float64Array,
): void {
  if (y) solveLines(factors.y!, y.widths, later, mu);
  else mu.set(later);
  solveLines(factors.x, x!.widths, mu, nu);
  for (let k = 0; k < nu.length; k++) nu[k] = 2 * nu[k]! - mu[k]!;
  explicitHalf(y, factors.half, nu, out);
}

/** The u* of a step from its ends: `(u + u1)/2 + sB (u1 - u)/2`. `difference` is overwritten. */
export function middleState(
  y: AxisOperator | undefined,
  half: number,
  u: Float64Array,
  u1: Float64Array,
  difference: Float64Array,
  out: Float64Array,
): void {
  if (!y) {
    for (let k = 0; k < u.length; k++) out[k] = (u[k]! + u1[k]!) / 2;
    return;
  }
  for (let k = 0; k < u.length; k++) difference[k] = (u1[k]! - u[k]!) / 2;
  explicitHalf(y, half, difference, out);
  // u1 - (I - sB)(u1 - u)/2
  for (let k = 0; k < u.length; k++) out[k] = u1[k]! - out[k]!;
}

/** `out = (I - sB) u`. */
function explicitHalf(y: AxisOperator | undefined, s: number, u: Float64Array, out: Float64Array): void {
  out.set(u);
  if (y) addOperator(y, y, -s, u, out);
}

/** The factors of every half step in use. */
export function factorStore(operators: readonly AxisOperator[]): (half: number) => StepFactors {
  const known = new Map<number, StepFactors>();
  return (half) => {
    let found = known.get(half);
    if (!found) {
      if (known.size >= FACTORS_BYTES / (32 * operators[0]!.loss.length)) known.clear();
      found = stepFactors(operators, half);
      known.set(half, found);
    }
    return found;
  };
}

/** Four numbers per cell and length of step. */
const FACTORS_BYTES = 2e8;
