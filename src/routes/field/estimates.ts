import { type Check, check } from "../../core/check.ts";
import type { BudgetLine, Estimate, QuantityName } from "../../core/estimate.ts";
import * as say from "../../core/messages/field-route.ts";
import type { FieldNumber, FieldOutcome } from "../../field/outcome.ts";
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
 * `field_gamma0` (mean over the domain) and `field_gamma2`. Of the fit's error the stated uncertainty of every source's scale is common,
 * `value * dln(value)/dln(scale) * sigma`, and the rest is the noise of the maps.
 */
export function fieldEstimates(outcome: FieldOutcome, context: FieldContext): Estimate[] {
  if (outcome.state === "refused") return refusedEstimates(outcome.sentence, outcome.checks, context);
  if (outcome.state === "stopped")
    return refusedEstimates(outcome.sentence, [...outcome.checks, check("not_converged", false, outcome.sentence)], context);
  const one = {
    estimator: context.estimator,
    numbers: outcome.numbers,
    inputs: outcome.inputs,
    checks: outcome.checks,
  };
  const { twoFields: two } = outcome;
  return [one, ...(two?.state === "fitted" ? [{ estimator: "two_fields", ...two }] : [])].flatMap(
    ({ estimator, numbers, inputs, checks }) =>
      numbers.flatMap((number) => {
        const [name, region] = splitName(number.name);
        const row = ROWS[name];
        return row ? [estimate(row, region, number, { ...context, estimator, inputs, checks, outcome })] : [];
      }),
  );
}

/** Which numbers of a fit are rows of their own. */
const ROWS: Readonly<Record<string, readonly [QuantityName, Estimate["unit"]]>> = {
  gamma0_mean: ["field_gamma0", "1/s"],
  gamma2: ["field_gamma2", "m^2/s"],
  gamma0_change: ["field_gamma0_change", "1"],
  bath_rate: ["field_bath_rate", "1/s"],
  bath_diffusion: ["field_bath_diffusion", "m^2/s"],
};

/** `gamma2 metal` -> `gamma2`, `region=metal`. */
function splitName(name: string): [name: string, condition: string] {
  const region = /^gamma2 (.+)$/.exec(name)?.[1];
  return region === undefined ? [name, "combined"] : ["gamma2", `region=${region}`];
}

/** Both quantities without numbers. */
function refusedEstimates(sentence: string, checks: readonly Check[], context: FieldContext): Estimate[] {
  const { labels, estimator, datasets } = context;
  const refusal = { route: "field", estimator, labels, value: Number.NaN, budget: [], checks, datasets, remark: sentence } as const;
  return [
    estimateOf({ ...refusal, quantity: "field_gamma0", unit: "1/s" }),
    estimateOf({ ...refusal, quantity: "field_gamma2", unit: "m^2/s" }),
  ];
}

/** What the numbers of one model have in common. */
interface Model extends FieldContext {
  readonly inputs: readonly { readonly name: string; readonly by: Readonly<Record<string, number>> }[];
  readonly checks: readonly Check[];
  readonly outcome: Fitted;
}

function estimate(
  [quantity, unit]: readonly [QuantityName, Estimate["unit"]],
  condition: string,
  number: FieldNumber,
  model: Model,
): Estimate {
  const { labels, estimator, datasets, inputs, outcome } = model;
  const { value, sigma, low, high } = number;
  const [name] = splitName(number.name);
  const checks = model.checks.filter((c) => c.code !== "field_mean_prior" || name === "gamma0_mean");
  const common = inputs.flatMap((input) => scaleLines(input.name, value * (input.by[number.name] ?? Number.NaN), model));
  // A number that is only bounded is none: its bounds are in words.
  const limit = name === "gamma2" ? checks.find((c) => c.code === "field_gamma2_limit" && !c.holds) : undefined;
  const bound = limit?.sentence ?? (Number.isFinite(sigma) ? vague(number) : say.bounded(low, high, number.unit));
  const shared = common.filter(({ noise }) => !noise).map(({ contribution }) => contribution);
  const noise = Math.sqrt(Math.max(0, sigma ** 2 - shared.reduce((s, c) => s + c * c, 0)));
  // The profile's interval has the stated errors of the sources in it, but not what the data leave open of a size without one.
  const ownInterval = shared.length === common.length && Number.isFinite(low) && Number.isFinite(high);
  return estimateOf({
    ...{ route: "field", quantity, estimator, condition, labels, value: bound === undefined ? value : Number.NaN, unit, datasets },
    budget: [{ input: say.mapNoise(), contribution: noise }, ...common],
    checks: bound === undefined ? checks : [...checks, check("not_identifiable", false, bound)],
    remark: bound ?? outcome.grid.sentence,
    ...(ownInterval ? { interval: [low, high] as const } : {}),
  });
}

/** Rates and diffusion constants are positive: an error larger than the value leaves their size open. */
function vague({ name, value, sigma, unit }: FieldNumber): string | undefined {
  return name !== "gamma0_change" && sigma > Math.abs(value) ? say.vague(value, sigma, unit) : undefined;
}

/**
 * One line for a source whose uncertainty is stated; one entry of the lab file is one error, whatever it is stated for. Where none is stated, what the
 * film itself leaves open of the scale: noise of these data, which all numbers of the fit see.
 */
function scaleLines(name: string, perScale: number, { sources, labels, outcome }: Model): BudgetLine[] {
  const source = sources.find((s) => s.term.name === name);
  const found = outcome.inputs.find((i) => i.name === name)?.sigma ?? Number.NaN;
  if (source && Number.isNaN(source.term.sigma) && Number.isFinite(found))
    return [
      {
        input: say.scaleFromData(name),
        contribution: perScale * found,
        shared: `scale of ${name} @ ${labels.cooldown}/${labels.device}`,
        noise: true,
      },
    ];
  if (!source || !(source.term.sigma > 0)) return [];
  return [{ input: say.scaleOf(name), contribution: perScale * source.term.sigma, shared: source.entry }];
}
