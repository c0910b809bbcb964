import type { Check } from "../core/check.ts";
import type { BudgetLine, Estimate, GroupLabels } from "../core/estimate.ts";
import { fitErrorsInput, meanOfRepeats, ofTheAverage, scatterInput, singleTrace, statedOffset } from "../core/messages/decay.ts";
import { traceNoise } from "../core/messages/fit.ts";
import type { LabelledFit } from "../fit/labelled.ts";
import { type FitOutcome, parameterOf } from "../fit/outcome.ts";
import { effectiveSize } from "../numerics/effective-size.ts";
import { mean, scatter } from "../numerics/quantile.ts";

/** What an estimate of the decay route says, before it has its labels. */
export type Row = Pick<Estimate, "value" | "sigmaStat" | "budget" | "remark" | "checks" | "datasets"> & { readonly sigmaCommon?: number };

/**
 * Unweighted mean with scatter/sqrt(N_eff), but never less than what the fits' own errors give: the scatter of two or three repeats is small by chance
 * so often that scatter/sqrt(2) alone holds the truth in 55 % instead of 68 %, and can be a thousandth of the error.
 */
export function meanRow(
  values: readonly number[],
  slots: readonly number[],
  errors: readonly number[],
  common: number,
  offset: string,
): Omit<Row, "checks" | "datasets"> {
  const effective = effectiveSize(values, slots);
  const scattered = scatter(values) / Math.sqrt(effective);
  // The common part of the fits' errors stands in its own line.
  const own = Math.sqrt(errors.reduce((s, e) => s + Math.max(0, e * e - common * common), 0)) / values.length;
  const floor = own > scattered;
  const sigma = floor ? own : scattered;
  return {
    ...{
      value: mean(values),
      sigmaStat: sigma,
      sigmaCommon: Math.abs(common),
      remark: meanOfRepeats(values.length, effective, floor),
    },
    budget: [
      { input: floor ? fitErrorsInput(values.length) : scatterInput(values.length), contribution: sigma },
      ...(common === 0 ? [] : [{ input: statedOffset(), contribution: common, shared: offset }]),
    ],
  };
}

/** Identity of the error of a stated offset, which all traces of a qubit share. */
export const offsetError = (l: GroupLabels) => `stated offset: ${JSON.stringify([l.cooldown, l.device, l.qubit])}`;

export const commonSigma = (outcome: FitOutcome): number =>
  outcome.state === "refused"
    ? Number.NaN
    : Math.hypot(0, ...(outcome.rateBudget ?? []).filter((l) => l.common).map((l) => l.contribution));

/** Rate and T1 of one fit, with the parts of the error. */
export function traceRows(outcome: FitOutcome, labels: GroupLabels) {
  const rate = parameterOf(outcome, "gamma1_total")!;
  const t1 = parameterOf(outcome, "t1")!;
  const lines = (outcome.state === "refused" ? undefined : outcome.rateBudget) ?? [
    { input: traceNoise(), contribution: rate.sigma, common: false },
  ];
  const part = (common: boolean) => Math.hypot(0, ...lines.filter((l) => l.common === common).map((l) => l.contribution));
  const make = (value: number, factor: number): Omit<Row, "checks" | "datasets"> => ({
    ...{ value, sigmaStat: part(false) * Math.abs(factor), sigmaCommon: part(true) * Math.abs(factor), remark: singleTrace() },
    budget: lines.map(
      (l): BudgetLine => ({
        input: l.input,
        contribution: l.contribution * factor,
        ...(l.common ? { shared: offsetError(labels) } : {}),
      }),
    ),
  });
  return { rate: make(rate.value, 1), t1: make(t1.value, -(t1.value ** 2)) };
}

export function averageRow(
  average: LabelledFit,
  outcome: FitOutcome,
  kind: readonly Check[],
  labels: GroupLabels,
): { readonly rate: Row; readonly t1: Row } {
  const rows = traceRows(outcome, labels);
  const shared = { checks: [...outcome.checks, ...kind], datasets: [average.dataset], remark: ofTheAverage() };
  return { rate: { ...rows.rate, ...shared }, t1: { ...rows.t1, ...shared } };
}
