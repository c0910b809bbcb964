import { FIRST, STEP, STRIDE } from "./ladder.ts";
import type { Plan } from "./plan.ts";

/** About the rate that fits a trace best (to a few per cent), from its sums over the blocks (in `plan.sums`), into `work.g`. */
export function firstLook(plan: Plan): void {
  const { gains, work, ladder } = plan;
  const { rungs, steps } = ladder;
  climbLadder(plan);
  let best = 0;
  let most = -1;
  for (let r = 0; r < rungs; r++) {
    const gain = gains[r]!;
    if (gain > most) {
      most = gain;
      best = r;
    }
  }
  let g = plan.grid[FIRST + STRIDE * best]!;
  if (best > 0 && best < rungs - 1) {
    // `lean`, spelled out: a number that crosses a call may be boxed.
    const before = gains[best - 1]!;
    const after = gains[best + 1]!;
    const v = (after - before) / (2 * most - after - before);
    const c = 5 * best;
    const place = steps[c]! + v * (steps[c + 1]! + v * (steps[c + 2]! + v * (steps[c + 3]! + v * steps[c + 4]!)));
    // By Math.min and Math.max: a choice between an integer constant and a fraction is boxed.
    const u = STEP * Math.min(STRIDE, Math.max(-STRIDE, place));
    // e^u, nearly.
    g = (g * (12 + u * (6 + u))) / (12 - u * (6 - u));
  }
  work.g = g;
}

/** The gains at the rungs, into `plan.gains`: four at a time, as many sums as stay in registers. */
function climbLadder(plan: Plan): void {
  const { gains, sums, ladder } = plan;
  const { rungs, shapes } = ladder;
  const { count } = plan.blocks;
  let at = 0;
  for (let r = 0; r < rungs; r += 4) {
    let p = 0;
    let q = 0;
    let s = 0;
    let t = 0;
    for (let b = 0; b < count; b++) {
      const sum = sums[b]!;
      p += shapes[at]! * sum;
      q += shapes[at + 1]! * sum;
      s += shapes[at + 2]! * sum;
      t += shapes[at + 3]! * sum;
      at += 4;
    }
    gains[r] = p * p;
    gains[r + 1] = q * q;
    gains[r + 2] = s * s;
    gains[r + 3] = t * t;
  }
}
