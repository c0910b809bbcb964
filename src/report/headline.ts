import { type Estimate, type GroupLabels, sigmaOf } from "../core/estimate.ts";
import type { PowerStudy } from "../routes/power-study.ts";
import { groupKey } from "./names.ts";
import { engineering, measured } from "./number.ts";
import type { Study } from "./study.ts";

/** The comparison of a group, if there is one. */
export function comparisonOf(study: Study, labels: GroupLabels): Study["comparisons"][number] | undefined {
  const key = groupKey(labels);
  return study.comparisons.find((c) => groupKey(c.labels) === key);
}

/** The decay route's number of a group to hold against the power route. */
export function decayOf(study: Study, labels: GroupLabels): Estimate | undefined {
  const compared = comparisonOf(study, labels)?.decay;
  if (compared) return compared;
  const key = groupKey(labels);
  return study.estimates.find(
    (e) => e.route === "decay" && e.quantity === "gamma1_total" && e.condition === "combined" && groupKey(e.labels) === key,
  );
}

/** The power studies of each group, the quoted estimator first. */
export function powerGroups(study: Study): { readonly labels: GroupLabels; readonly studies: readonly PowerStudy[] }[] {
  const groups = new Map<string, PowerStudy[]>();
  for (const p of study.power) {
    const key = groupKey(p.labels);
    groups.set(key, [...(groups.get(key) ?? []), p]);
  }
  return [...groups.values()].map((studies) => {
    const labels = studies[0]!.labels;
    const quoted = comparisonOf(study, labels)?.power?.estimator;
    const first = studies.find((p) => p.estimator === quoted) ?? studies.find((p) => Number.isFinite(p.gamma)) ?? studies[0]!;
    return { labels, studies: [first, ...studies.filter((p) => p !== first)] };
  });
}

/** The error to draw and print: the total, or where its common part is not known the statistical part alone, which is then only a lower bound. */
export function shownSigma(e: Estimate): { readonly sigma: number; readonly lowerBound: boolean } {
  const total = sigmaOf(e);
  if (Number.isFinite(total)) return { sigma: total, lowerBound: false };
  return { sigma: e.sigmaStat, lowerBound: Number.isFinite(e.sigmaStat) };
}

/** Value, error and unit as text; `stat.` behind an error that is the statistical part alone; the drawn interval where the first order fails. */
export function estimateText(e: Estimate): string {
  const { sigma, lowerBound } = shownSigma(e);
  const nonlinear = e.checks.some((c) => c.code === "propagation_nonlinear" && !c.holds);
  const drawn = nonlinear && e.interval ? ` (68 %: ${e.interval.map((x) => engineering(x, e.unit)).join(" to ")})` : "";
  return `${measured(e.value, sigma, e.unit)}${lowerBound ? " stat." : ""}${drawn}`;
}
