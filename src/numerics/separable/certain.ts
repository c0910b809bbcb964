import type { Plan } from "./plan.ts";

/** Is the maximum in the working numbers certainly the highest? `false` means not known. */
export function isCertain(plan: Plan): boolean {
  const { work, grid } = plan;
  const { certain } = plan.blocks;
  const g = work.g;
  let low = 0;
  let high = grid.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (grid[middle]! <= g) low = middle;
    else high = middle;
  }
  const least = certain[low]! < certain[high]! ? certain[low]! : certain[high]!;
  if (work.squares - work.gain <= least * least * work.gain) return true;
  return isOnlyHill(plan, low);
}

/**
 * The same question to the trace itself, through its block sums. With h(s) = u(s) y along the curve of unit vectors, what blocks do not see of y is at
 * most |u outside the block means| |y outside the block means|, and between two points of the grid h leaves its ends by at most gap^2/8 max|h''|. An interval of
 * the grid is out where |h| stays below the maximum found; the others must be neighbours of the found one, with h'' = -h + (bend) y of the hill's sign at
 * both ends and by a margin for what lies between: then there is no second hill.
 * @param at place in the grid below the maximum; @returns false where it cannot be said.
 */
function isOnlyHill(plan: Plan, at: number): boolean {
  const { work, sums, gains, grid, blocks } = plan;
  const { count, weight, shapes, bends, shapeLoss, bendLoss, curvature, gap } = blocks;
  const last = grid.length - 1;
  let seen = 0;
  for (let b = 0; b < count; b++) seen += (sums[b]! * sums[b]!) / weight[b]!;
  const squares = work.squares;
  const unseen = Math.sqrt(squares > seen ? squares - seen : 0);
  const whole = Math.sqrt(squares);
  const top = Math.sqrt(work.gain);
  const rest = Math.sqrt(squares > work.gain ? squares - work.gain : 0);
  for (let k = 0; k <= last; k++) {
    let p = 0;
    let q = 0;
    let b = 0;
    let i = k * count;
    for (; b + 1 < count; b += 2, i += 2) {
      p += shapes[i]! * sums[b]!;
      q += shapes[i + 1]! * sums[b + 1]!;
    }
    if (b < count) p += shapes[i]! * sums[b]!;
    gains[k] = p + q;
  }
  const sign = gains[at]! + gains[at + 1]! > 0 ? 1 : -1;
  let run = -1;
  for (let k = 0; k < last; k++) {
    const left = Math.abs(gains[k]!) + shapeLoss[k]! * unseen;
    const right = Math.abs(gains[k + 1]!) + shapeLoss[k + 1]! * unseen;
    const bend = curvature[k]! > curvature[k + 1]! ? curvature[k]! : curvature[k + 1]!;
    const width = gap[k]!;
    const most = (left > right ? left : right) + (width * width * bend * whole) / 8;
    if (most < top) continue;
    // One unbroken run of intervals, and the found maximum in it.
    if (run >= 0 && run !== k - 1) return false;
    if (run < 0 && k > at) return false;
    run = k;
    const margin = (width / 2) * (top + bend * bend * rest);
    for (let j = k; j <= k + 1; j++) {
      let second = -gains[j]!;
      for (let b = 0; b < count; b++) second += bends[j * count + b]! * sums[b]!;
      if (!(sign * second + (shapeLoss[j]! + bendLoss[j]!) * unseen + margin < 0)) return false;
    }
  }
  return run >= at;
}
