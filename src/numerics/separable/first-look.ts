import type { Plan } from "./plan.ts";
import { G, SECOND } from "./slots.ts";

/** Place of the first rate of the grid that is tried, and the step to the next one; the best one's neighbours follow. */
const FIRST = 8;
const STRIDE = 4;

/**
 * The rate of the grid that fits the block sums of a trace (in `plan.sums`) best, refined by a parabola in its logarithm, into `work[G]`. Every fourth rate
 * is tried first, then those around the best, then further uphill.
 * @returns its place in the grid.
 */
export function firstLook(plan: Plan): number {
  const { gains, grid, work, logarithms, second } = plan;
  const last = grid.length - 1;
  let best = FIRST < last ? FIRST : last;
  let most = -1;
  for (let k = best; k <= last; k += 2 * STRIDE) {
    const other = k + STRIDE <= last ? k + STRIDE : last;
    gainsOfBlocks(plan, k, other);
    if (gains[k]! > most) {
      most = gains[k]!;
      best = k;
    }
    if (gains[other]! > most) {
      most = gains[other]!;
      best = other;
    }
  }
  // Two steps to either side: the maximum is seldom farther.
  let low = best > 2 ? best - 2 : 0;
  let high = best + 2 < last ? best + 2 : last;
  gainsOfBlocks(plan, low, high);
  gainsOfBlocks(plan, best > 0 ? best - 1 : 0, best < last ? best + 1 : last);
  for (let k = low; k <= high; k++) if (gains[k]! > gains[best]!) best = k;
  while (best === high && high < last) {
    high++;
    gainsOfBlocks(plan, high, high);
    if (gains[high]! > gains[best]!) best = high;
  }
  while (best === low && low > 0) {
    low--;
    gainsOfBlocks(plan, low, low);
    if (gains[low]! > gains[best]!) best = low;
  }
  work[G] = grid[best]!;
  work[SECOND] = second[best]!;
  if (best >= FIRST && best < last) {
    const left = logarithms[best - 1]! - logarithms[best]!;
    const right = logarithms[best + 1]! - logarithms[best]!;
    const down = (gains[best - 1]! - gains[best]!) / left;
    const up = (gains[best + 1]! - gains[best]!) / right;
    const bend = (up - down) / (right - left);
    // Slope of the parabola at the middle point, then Newton.
    const slope = (down * right - up * left) / (right - left);
    const move = -slope / (2 * bend);
    if (bend < 0 && move > left && move < right) {
      work[G] = grid[best]! * Math.exp(move);
      work[SECOND] =
        move > 0
          ? second[best]! + (second[best + 1]! - second[best]!) * (move / right)
          : second[best]! + (second[best - 1]! - second[best]!) * (move / left);
    }
  }
  return best;
}

/** Gains at two rates of the grid at once. */
function gainsOfBlocks(plan: Plan, j: number, k: number): void {
  const { sums, blocks, gains } = plan;
  const { shapes, count } = blocks;
  let p = 0;
  let q = 0;
  let r = 0;
  let s = 0;
  let at = j * count;
  let to = k * count;
  let b = 0;
  for (; b + 1 < count; b += 2) {
    p += shapes[at]! * sums[b]!;
    q += shapes[at + 1]! * sums[b + 1]!;
    r += shapes[to]! * sums[b]!;
    s += shapes[to + 1]! * sums[b + 1]!;
    at += 2;
    to += 2;
  }
  if (b < count) {
    p += shapes[at]! * sums[b]!;
    r += shapes[to]! * sums[b]!;
  }
  gains[j] = (p + q) * (p + q);
  gains[k] = (r + s) * (r + s);
}
