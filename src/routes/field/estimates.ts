import { type Check, check } from "../../core/check.ts";
import type { BudgetLine, Estimate, QuantityName } from "../../core/estimate.ts";
import * as say from "../../core/messages/field-route.ts";
import type { FieldNumber, FieldOutcome, ScaleSensitivity } from "../../field/outcome.ts";
import { estimateOf } from "../budget.ts";
import type { StatedSource } from "./sources.ts";

type Fitted = Exclude<FieldOutcome, { readonly state: "refused" }>;

/** What an estimate of the field route is made with. */
export interface FieldContext {
  readonly labels: Estimate["labels"];
  /** Name of the law of gamma0, of both fields' model, or of what refused. */
  readonly estimator: string;
  readonly datasets: readonly string[];
  readonly sources: readonly StatedSource[];
}

/**
 * `field_gamma0` (mean over the domain) and `field_gamma2`, with the noise of the maps as statistical error and the stated uncertainty of every source's
 * scale as a common one: `value * dln(value)/dln(scale) * sigma`.
 */
export function fieldEstimates(outcome: FieldOutcome, context: FieldContext): Estimate[] {
  if (outcome.state === "refused") return refusedEstimates(outcome.sentence, outcome.checks, context);
  if (outcome.state === "stopped")
    return refusedEstimates(outcome.sentence, [...outcome.checks, check("not_converged", false, outcome.sentence)], context);
  const { numbers } = outcome;
  const gamma0 = numbers.find((n) => n.name === "gamma0_mean");
  const gamma2 = numbers.filter((n) => n.name === "gamma2" || n.name.startsWith("gamma2 "));
  return [
    ...(gamma0 ? [estimate("field_gamma0", "combined", gamma0, "gamma0", outcome, context)] : []),
    ...gamma2.map((n) =>
      estimate("field_gamma2", n.name === "gamma2" ? "combined" : `region=${n.name.slice(7)}`, n, "gamma2", outcome, context),
    ),
  ];
}

/** Both quantities without numbers. */
export function refusedEstimates(sentence: string, checks: readonly Check[], context: FieldContext): Estimate[] {
  const { labels, estimator, datasets } = context;
  const refusal = { route: "field", estimator, labels, value: Number.NaN, budget: [], checks, datasets, remark: sentence } as const;
  return [
    estimateOf({ ...refusal, quantity: "field_gamma0", unit: "1/s" }),
    estimateOf({ ...refusal, quantity: "field_gamma2", unit: "m^2/s" }),
  ];
}

function estimate(
  quantity: QuantityName,
  condition: string,
  number: FieldNumber,
  key: "gamma0" | "gamma2",
  outcome: Fitted,
  { labels, estimator, datasets, sources }: FieldContext,
): Estimate {
  const { value, sigma, low, high } = number;
  const common = outcome.inputs.flatMap((input) => scaleLines(input, key, value, sources));
  // The profile's interval is that of the noise alone.
  const ownInterval = common.length === 0 && Number.isFinite(low) && Number.isFinite(high);
  return estimateOf({
    ...{ route: "field", quantity, estimator, condition, labels, value, unit: key === "gamma0" ? "1/s" : "m^2/s", datasets },
    budget: [{ input: "noise of the maps", contribution: sigma }, ...common],
    checks: outcome.checks,
    remark: say.fitted(outcome.grid.sentence),
    ...(ownInterval ? { interval: [low, high] as const } : {}),
  });
}

/** One line per source whose uncertainty is stated; one entry of the lab file is one error, whatever it is stated for. */
function scaleLines(input: ScaleSensitivity, key: "gamma0" | "gamma2", value: number, sources: readonly StatedSource[]): BudgetLine[] {
  const source = sources.find((s) => s.term.name === input.name);
  if (!source || !(source.term.sigma > 0)) return [];
  return [{ input: say.scaleOf(input.name), contribution: value * input[key] * source.term.sigma, shared: source.entry }];
}
