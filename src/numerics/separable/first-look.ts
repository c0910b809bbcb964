import type { Plan } from "./plan.ts";
import { G } from "./slots.ts";

/**
 * The rate of the grid that fits the block sums of a trace best, refined by a parabola in its logarithm, into `work[G]`.
 * Every third rate is tried first, then the neighbours of the best.
 * @returns its place in the grid.
 */
export function firstLook(plan: Plan): number {
  const { trace, weight, gains, sums, blocks, grid, work } = plan;
  const { ends } = blocks;
  const count = ends.length;
  let i = 0;
  for (let b = 0; b < count; b++) {
    const end = ends[b]!;
    let s = 0;
    if (plan.equal) for (; i < end; i++) s += trace[i]!;
    else for (; i < end; i++) s += weight[i]! * trace[i]!;
    sums[b] = s;
  }
  const last = grid.length - 1;
  let best = 0;
  let most = -1;
  for (let k = FIRST; k <= last; k += 3) {
    project(plan, k);
    if (gains[k]! > most) {
      most = gains[k]!;
      best = k;
    }
  }
  let [low, high] = [best, best];
  for (;;) {
    while (low > best - 1 && low > 0) project(plan, --low);
    while (high < best + 1 && high < last) project(plan, ++high);
    if (high > best && gains[best + 1]! > gains[best]!) best++;
    else if (low < best && gains[best - 1]! > gains[best]!) best--;
    else break;
  }
  work[G] = grid[best]!;
  if (best > FIRST && best < last) {
    const left = Math.log(grid[best - 1]! / grid[best]!);
    const right = Math.log(grid[best + 1]! / grid[best]!);
    const down = (gains[best - 1]! - gains[best]!) / left;
    const up = (gains[best + 1]! - gains[best]!) / right;
    const bend = (up - down) / (right - left);
    // Slope at the middle point, then Newton.
    const slope = (down * right - up * left) / (right - left);
    if (bend < 0) {
      const move = -slope / (2 * bend);
      if (move > left && move < right) work[G] = grid[best]! * Math.exp(move);
    }
  }
  return best;
}

/** Place of the first rate of the grid at which the search in the logarithm begins. */
const FIRST = 7;

function project(plan: Plan, k: number): void {
  const { sums, blocks, gains } = plan;
  const { shapes, ends } = blocks;
  const count = ends.length;
  let [p, q] = [0, 0];
  let b = 0;
  let at = k * count;
  for (; b + 1 < count; b += 2, at += 2) {
    p += shapes[at]! * sums[b]!;
    q += shapes[at + 1]! * sums[b + 1]!;
  }
  if (b < count) p += shapes[at]! * sums[b]!;
  gains[k] = (p + q) * (p + q);
}
