import { CONVERGED, NOT_FINITE } from "./endings.ts";
import type { Plan } from "./plan.ts";

/**
 * A trace, from place `from` of `values`, into the plan's working memory in the order of rising delays, without its weighted mean (or the fixed offset),
 * but see `Work.left`; its sums over the blocks into `plan.sums`.
 * @returns the ending of a trace that cannot be fitted, or CONVERGED (so far).
 */
export function takeTrace(plan: Plan, values: Float64Array, from: number): number {
  if (plan.horner && plan.axis.order === undefined) takeEqual(plan, values, from);
  else takeAny(plan, values, from);
  return plan.work.squares < Number.POSITIVE_INFINITY ? CONVERGED : NOT_FINITE;
}

/** One pass: the last point (near the offset) is taken out at once, the mean of the rest stays to be taken out of sums (`Work.left`). */
function takeEqual(plan: Plan, values: Float64Array, from: number): void {
  const { work, trace, sums, totalWeight } = plan;
  const { points } = plan.axis;
  const { ends, count, weight } = plan.blocks;
  const base = plan.freeOffset ? values[from + points - 1]! : plan.offset;
  let total = 0;
  let squares = 0;
  let odd = 0;
  let i = 0;
  for (let b = 0; b < count; b++) {
    const end = ends[b]!;
    let sum = 0;
    for (; i + 1 < end; i += 2) {
      const v = values[from + i]! - base;
      const u = values[from + i + 1]! - base;
      trace[i] = v;
      trace[i + 1] = u;
      sum += v + u;
      squares += v * v;
      odd += u * u;
    }
    if (i < end) {
      const v = values[from + i]! - base;
      trace[i] = v;
      sum += v;
      squares += v * v;
      i++;
    }
    sums[b] = sum;
    total += sum;
  }
  if (!plan.freeOffset) total = 0;
  const left = total / totalWeight;
  for (let b = 0; b < count; b++) sums[b] = sums[b]! - left * weight[b]!;
  work.left = left;
  work.centre = base + left;
  work.squares = squares + odd - total * left;
}

/** Takes the mean out of every point, for sums that do not know of it. */
export function centreTrace(plan: Plan): void {
  const { work, trace } = plan;
  const left = work.left;
  if (left === 0) return;
  let squares = 0;
  for (let i = 0; i < plan.axis.points; i++) {
    const v = trace[i]! - left;
    trace[i] = v;
    squares += v * v;
  }
  work.left = 0;
  work.squares = squares;
}

function takeAny(plan: Plan, values: Float64Array, from: number): void {
  const { work, trace, sums, weight, totalWeight, axis } = plan;
  const { points, order } = axis;
  const { ends, count } = plan.blocks;
  let total = 0;
  for (let k = 0; k < points; k++) {
    const v = values[from + (order === undefined ? k : order[k]!)]!;
    trace[k] = v;
    total += weight[k]! * v;
  }
  const centre = plan.freeOffset ? total / totalWeight : plan.offset;
  let squares = 0;
  for (let b = 0, k = 0; b < count; b++) {
    let sum = 0;
    for (; k < ends[b]!; k++) {
      const v = trace[k]! - centre;
      const wv = weight[k]! * v;
      trace[k] = v;
      sum += wv;
      squares += wv * v;
    }
    sums[b] = sum;
  }
  work.left = 0;
  work.centre = centre;
  work.squares = squares;
}
