import { CONVERGED, NOT_FINITE } from "./endings.ts";
import type { Plan } from "./plan.ts";
import { CENTRE, SQUARES } from "./slots.ts";

/**
 * A trace, from place `from` of `values`, into the plan's working memory in the order of rising delays, without its weighted mean (or the fixed offset).
 * @returns the ending of a trace that cannot be fitted, or CONVERGED (so far).
 */
export function takeTrace(plan: Plan, values: Float64Array, from: number): number {
  const { work, trace, weight, totalWeight, axis } = plan;
  const { points, order } = axis;
  if (order) for (let k = 0; k < points; k++) trace[k] = values[from + order[k]!]!;
  let centre = plan.offset;
  if (plan.freeOffset) {
    let [a, b] = [0, 0];
    if (order) for (let k = 0; k < points; k++) a += weight[k]! * trace[k]!;
    else if (plan.equal) {
      let i = 0;
      for (; i + 1 < points; i += 2) {
        a += values[from + i]!;
        b += values[from + i + 1]!;
      }
      if (i < points) a += values[from + i]!;
    } else for (let k = 0; k < points; k++) a += weight[k]! * values[from + k]!;
    centre = (a + b) / totalWeight;
  }
  let [s, t] = [0, 0];
  if (order) {
    for (let k = 0; k < points; k++) {
      const v = trace[k]! - centre;
      trace[k] = v;
      s += weight[k]! * v * v;
    }
  } else if (plan.equal) {
    let i = 0;
    for (; i + 1 < points; i += 2) {
      const v = values[from + i]! - centre;
      const u = values[from + i + 1]! - centre;
      trace[i] = v;
      trace[i + 1] = u;
      s += v * v;
      t += u * u;
    }
    if (i < points) {
      const v = values[from + i]! - centre;
      trace[i] = v;
      s += v * v;
    }
  } else {
    for (let k = 0; k < points; k++) {
      const v = values[from + k]! - centre;
      trace[k] = v;
      s += weight[k]! * v * v;
    }
  }
  work[CENTRE] = centre;
  work[SQUARES] = s + t;
  return s + t < Number.POSITIVE_INFINITY ? CONVERGED : NOT_FINITE;
}
