import { AT_HIGH, AT_MAXIMUM, climb, evaluate } from "./climb.ts";
import { CONVERGED, GROWING, NOT_CONVERGED, TOO_FAST } from "./endings.ts";
import type { Plan } from "./plan.ts";
import { centreTrace } from "./prepare.ts";

/**
 * The gain at every rate of the grid, from all points, and a climb from every maximum among them: for traces so noisy that a maximum
 * found from the first look need not be the highest. Leaves the highest in the working numbers.
 * @param found the working numbers hold a maximum already.
 */
export function survey(plan: Plan, found: boolean): number {
  const { work, grid, gains } = plan;
  centreTrace(plan);
  gainsOnGrid(plan);
  const last = grid.length - 1;
  const here = found ? work.g : Number.NaN;
  let ending = found ? CONVERGED : NOT_CONVERGED;
  work.bestGain = found ? work.gain : Number.NEGATIVE_INFINITY;
  work.bestG = here;
  for (let k = 0; k <= last; k++) {
    const gain = gains[k]!;
    if (!(k === 0 || gain >= gains[k - 1]!) || !(k === last || gain > gains[k + 1]!)) continue;
    if (k === 0) {
      if (gain > work.bestGain) {
        work.bestGain = gain;
        work.bestG = grid[0]!;
        ending = GROWING;
      }
      continue;
    }
    if (k < last && here > grid[k - 1]! && here < grid[k + 1]!) continue;
    work.low = grid[k - 1]!;
    work.high = grid[k === last ? last : k + 1]!;
    work.g = grid[k]!;
    const end = climb(plan);
    const code = end === AT_MAXIMUM ? CONVERGED : end === AT_HIGH && k === last ? TOO_FAST : NOT_CONVERGED;
    if (work.gain > work.bestGain) {
      work.bestGain = work.gain;
      work.bestG = work.g;
      ending = code;
    }
  }
  if (ending === CONVERGED && work.g !== work.bestG) {
    work.g = work.bestG;
    evaluate(plan);
  }
  return ending;
}

function gainsOnGrid(plan: Plan): void {
  const { trace, grid, gains, rows, amplitude } = plan;
  const { points } = plan.axis;
  const last = grid.length - 1;
  for (let k = 0; k <= last; k += 4) {
    // Four rates at once; the last ones are done again rather than left over.
    const j = k + 3 <= last ? k : last - 3;
    let a = j * points;
    let b = a + points;
    let c = b + points;
    let d = c + points;
    let p = 0;
    let q = 0;
    let r = 0;
    let s = 0;
    for (let i = 0; i < points; i++) {
      const v = trace[i]!;
      p += rows[a++]! * v;
      q += rows[b++]! * v;
      r += rows[c++]! * v;
      s += rows[d++]! * v;
    }
    gains[j] = p * p;
    gains[j + 1] = q * q;
    gains[j + 2] = r * r;
    gains[j + 3] = s * s;
    if (plan.freeAmplitude) continue;
    for (let l = j; l < j + 4; l++) {
      const projection = l === j ? p : l === j + 1 ? q : l === j + 2 ? r : s;
      gains[l] = amplitude * (2 * projection * Math.sqrt(plan.sizes[l]!) - amplitude * plan.sizes[l]!);
    }
  }
}
