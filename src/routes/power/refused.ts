import type { Check } from "../../core/check.ts";
import type { Estimate, GroupLabels } from "../../core/estimate.ts";
import { estimateOf } from "../budget.ts";
import type { PowerDataset } from "./input.ts";

/** A combined row without a number, with the reason as its sentence and every other check beside it. */
export function refusedRate(
  labels: GroupLabels,
  estimator: string,
  why: Check,
  checks: readonly Check[],
  datasets: readonly PowerDataset[],
  quantity: "gamma1_total" | "gamma_nr" = "gamma1_total",
): Estimate {
  return estimateOf({
    route: "power",
    quantity,
    estimator,
    labels,
    value: Number.NaN,
    unit: "1/s",
    budget: [],
    checks: [why, ...checks.filter((c) => c.code !== why.code)],
    datasets: datasets.map((d) => d.dataset.id),
    remark: why.sentence,
  });
}
