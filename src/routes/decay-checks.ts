import { type Check, type CheckCode, check } from "../core/check.ts";
import { CHECKS } from "../core/checks.ts";
import { inTraces, kindNotStated, scatterAgainstFit } from "../core/messages/decay.ts";
import { type FitOutcome, parameterOf } from "../fit/outcome.ts";
import { chi2Tail } from "../numerics/gamma-function.ts";
import { mean, median, scatter } from "../numerics/quantile.ts";

/** A check fails for a series when it fails in more than this share of its repeats: single failures are expected among many traces. */
const SHARE_LIMIT = 0.2;
/** Scatter beyond the fits' errors, by chance this rarely. */
export const SCATTER_LIMIT = 1e-3;

/** The checks of one trace, or those of a series: each with the share of repeats in which it fails. Refusals are handled apart. */
export function seriesChecks(outcomes: readonly FitOutcome[]): Check[] {
  if (outcomes.length === 1) return [...outcomes[0]!.checks];
  const failed = new Map<CheckCode, Check[]>();
  for (const outcome of outcomes)
    for (const c of outcome.checks)
      if (!c.holds && CHECKS[c.code].severity !== "refuses") failed.set(c.code, [...(failed.get(c.code) ?? []), c]);
  return [...failed].map(([code, list]) => {
    const share = list.length / outcomes.length;
    return check(code, share <= SHARE_LIMIT, inTraces(list.length, outcomes.length, list[0]!.sentence), share, SHARE_LIMIT);
  });
}

export function kindCheck(inferred: boolean): Check[] {
  return inferred ? [check("kind_inferred", false, kindNotStated())] : [];
}

/** Do the T1 of the repeats vary by more than their fits' errors? */
export function scatterCheck(outcomes: readonly FitOutcome[]): Check[] {
  if (outcomes.length < 2) return [];
  const rate = outcomes.map((o) => parameterOf(o, "gamma1_total")!);
  const t1 = outcomes.map((o) => parameterOf(o, "t1")!);
  // The weighted mean is where chi2 is least: nothing else may be compared with n - 1 degrees of freedom.
  const weights = rate.map((p) => 1 / p.sigma ** 2);
  const centre = mean(rate.map((p, i) => p.value * weights[i]!)) / mean(weights);
  const chi2 = rate.reduce((s, p, i) => s + (p.value - centre) ** 2 * weights[i]!, 0);
  const dof = outcomes.length - 1;
  const p = chi2Tail(chi2, dof);
  const values = t1.map((x) => x.value);
  const sentence = scatterAgainstFit(scatter(values), median(t1.map((x) => x.sigma)), chi2 / dof);
  return [check("scatter_exceeds_fit", !(p < SCATTER_LIMIT), sentence, p, SCATTER_LIMIT)];
}
