import { AT_HIGH, AT_MAXIMUM, climb, evaluate } from "./climb.ts";
import { CONVERGED, GROWING, NOT_CONVERGED, TOO_FAST } from "./endings.ts";
import type { Plan } from "./plan.ts";
import { BEST_G, BEST_GAIN, G, GAIN, HIGH, LOW } from "./slots.ts";

/**
 * The gain at every rate of the grid, from all points, and a climb from every maximum among them: for traces so noisy that a maximum
 * found from the first look need not be the highest. Leaves the highest in the working numbers.
 */
export function survey(plan: Plan): number {
  const { work, grid, gains } = plan;
  gainsOnGrid(plan);
  const last = grid.length - 1;
  let ending = NOT_CONVERGED;
  work[BEST_GAIN] = Number.NEGATIVE_INFINITY;
  for (let k = 0; k <= last; k++) {
    const here = gains[k]!;
    if (!(k === 0 || here >= gains[k - 1]!) || !(k === last || here > gains[k + 1]!)) continue;
    if (k === 0) {
      if (here > work[BEST_GAIN]!) {
        work[BEST_GAIN] = here;
        ending = GROWING;
      }
      continue;
    }
    work[LOW] = grid[k - 1]!;
    work[HIGH] = grid[k === last ? last : k + 1]!;
    work[G] = grid[k]!;
    const end = climb(plan);
    const found = end === AT_MAXIMUM ? CONVERGED : end === AT_HIGH && k === last ? TOO_FAST : NOT_CONVERGED;
    if (work[GAIN]! > work[BEST_GAIN]!) {
      work[BEST_GAIN] = work[GAIN]!;
      work[BEST_G] = work[G]!;
      ending = found;
    }
  }
  if (ending === CONVERGED && work[G] !== work[BEST_G]) {
    work[G] = work[BEST_G]!;
    evaluate(plan);
  }
  return ending;
}

function gainsOnGrid(plan: Plan): void {
  const { trace, grid, gains, rows, amplitude } = plan;
  const { points } = plan.axis;
  for (let k = 0; k < grid.length; k++) {
    let [p, q] = [0, 0];
    let i = 0;
    const at = k * points;
    for (; i + 1 < points; i += 2) {
      p += rows[at + i]! * trace[i]!;
      q += rows[at + i + 1]! * trace[i + 1]!;
    }
    if (i < points) p += rows[at + i]! * trace[i]!;
    const y = p + q;
    gains[k] = plan.freeAmplitude ? y * y : amplitude * (2 * y * Math.sqrt(plan.sizes[k]!) - amplitude * plan.sizes[k]!);
  }
}
