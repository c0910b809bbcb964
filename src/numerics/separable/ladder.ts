import type { Blocks } from "./blocks.ts";
import { RATIO } from "./curve.ts";

/** Every fourth rate of the grid. */
export interface Ladder {
  readonly rungs: number;
  /** `[(group * count + b) * 4 + rung]`: unit vectors of four rungs at a time, averaged over the blocks; zero past the end of the grid. */
  readonly shapes: Float64Array;
  /** `[5 rung + j]`: coefficients of the polynomial that tells from how the gains lean (`lean`) how many steps of the grid a maximum is from the rung. */
  readonly steps: Float64Array;
}

/** Place of the first rung in the grid, steps of the grid from rung to rung. */
export const FIRST = 8;
export const STRIDE = 4;
export const STEP = Math.log(RATIO);
/** Places for which the polynomials are right, if a trace has no noise: the gain falls faster towards fast rates. */
const PLACES = [-1, 0, 1, 2, 3];

export function ladderOf({ shapes, count, weight }: Blocks, rates: number): Ladder {
  const rungs = Math.max(0, Math.ceil((rates - FIRST) / STRIDE));
  const some = new Float64Array(4 * Math.ceil(rungs / 4) * count);
  const steps = new Float64Array(PLACES.length * rungs);
  const gain = (j: number, k: number) => {
    let sum = 0;
    for (let b = 0; b < count; b++) sum += weight[b]! * shapes[j * count + b]! * shapes[k * count + b]!;
    return sum * sum;
  };
  for (let r = 0; r < rungs; r++) {
    const k = FIRST + STRIDE * r;
    for (let b = 0; b < count; b++) some[(((r >> 2) * count + b) << 2) + (r & 3)] = shapes[k * count + b]!;
    if (k + STRIDE >= rates) continue;
    const leans = PLACES.map((j) => lean(gain(k + j, k - STRIDE), gain(k + j, k), gain(k + j, k + STRIDE)));
    steps.set(interpolation(leans, PLACES), PLACES.length * r);
  }
  return { rungs, shapes: some, steps };
}

/** Slope over curvature of the parabola through three gains. */
function lean(before: number, here: number, after: number): number {
  return (after - before) / (2 * here - after - before);
}

/** Coefficients of the polynomial through (x, y). */
function interpolation(x: readonly number[], y: readonly number[]): Float64Array {
  const out = new Float64Array(x.length);
  for (const [i, node] of x.entries()) {
    let product = [y[i]!];
    for (const [j, other] of x.entries()) {
      if (j === i) continue;
      const factor = 1 / (node - other);
      product = Array.from({ length: product.length + 1 }, (_, m) => factor * ((product[m - 1] ?? 0) - other * (product[m] ?? 0)));
    }
    for (const [m, v] of product.entries()) out[m] = out[m]! + v;
  }
  return out;
}
