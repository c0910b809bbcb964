import { type AxisOperator, addOperator, coefficientsTangent } from "./axis-operator.ts";
import type { Perturbation } from "./equation.ts";

/** What the derivative of one step needs of the step itself (adi.ts). */
export interface ForcedStep {
  readonly half: number;
  /** Which sources are on. */
  readonly on: readonly boolean[];
  readonly u: Float64Array;
  readonly middle: Float64Array;
  readonly u1: Float64Array;
  /** What the first and the second half of the step take out of a cell, per unit of gamma0. */
  readonly lossFirst: Float64Array;
  readonly lossSecond: Float64Array;
}

/** Adds to a perturbed step's w what a direction does in its first or second half: `s R' - (sA' u* + sB' u)`, and the same with u1 for u. */
export type Forcing = (step: ForcedStep, half: "first" | "second", w: Float64Array) => void;

/** One forcing for each part of the direction that is there. */
export function forcingsOf(operators: readonly AxisOperator[], { gamma0, gamma2, densities }: Perturbation): Forcing[] {
  const rowLength = operators[0]!.lines.length;
  const found: Forcing[] = [];
  for (const [source, density] of (densities ?? []).entries()) {
    const add = density && addWithin(density, rowLength);
    if (add)
      found.push(({ half, on }, _, w) => {
        if (on[source]) add(half, undefined, w);
      });
  }
  const lose = gamma0 && addWithin(gamma0, rowLength);
  if (lose) found.push(({ lossFirst, lossSecond }, half, w) => lose(-1, half === "first" ? lossFirst : lossSecond, w));
  if (gamma2) found.push(conductanceForcing(operators, gamma2));
  return found;
}

/** Adds `factor map weight` within the rectangle where the map is not 0: many directions touch a few cells only. Undefined where it is 0 everywhere. */
function addWithin(map: Float64Array, rowLength: number) {
  let [left, right, bottom, top] = [rowLength, 0, map.length / rowLength, 0];
  for (let k = 0; k < map.length; k++) {
    if (map[k] === 0) continue;
    const i = k % rowLength;
    const j = (k - i) / rowLength;
    left = Math.min(left, i);
    right = Math.max(right, i + 1);
    bottom = Math.min(bottom, j);
    top = j + 1;
  }
  if (top === 0) return undefined;
  return (factor: number, weight: Float64Array | undefined, out: Float64Array) => {
    for (let j = bottom; j < top; j++) {
      const end = j * rowLength + right;
      if (weight) for (let k = j * rowLength + left; k < end; k++) out[k]! += factor * map[k]! * weight[k]!;
      else for (let k = j * rowLength + left; k < end; k++) out[k]! += factor * map[k]!;
    }
  };
}

function conductanceForcing(operators: readonly AxisOperator[], gamma2: Float64Array): Forcing {
  const [x, y] = operators as readonly [AxisOperator, AxisOperator?];
  const alongX = coefficientsTangent(x, gamma2);
  const alongY = y && coefficientsTangent(y, gamma2);
  return ({ half, u, middle, u1 }, part, w) => {
    addOperator(x, alongX, -half, middle, w);
    if (y && alongY) addOperator(y, alongY, -half, part === "first" ? u : u1, w);
  };
}
