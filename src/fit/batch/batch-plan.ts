import { separablePlan } from "../../numerics/separable/make-plan.ts";
import type { Plan, PlanOptions } from "../../numerics/separable/plan.ts";
import { CHI2_LIMIT } from "../noise-checks.ts";
import { SIGNAL_LIMIT } from "../signal-check.ts";

/** The plan with the limits of single fits (signal-check.ts). */
export function planFor(delays: ArrayLike<number>, options: PlanOptions): Plan {
  return separablePlan(delays, { significance: SIGNAL_LIMIT, contradiction: CHI2_LIMIT, ...options });
}
