import { type Check, check, statusOf } from "../core/check.ts";
import type { Estimate, GroupLabels, QuantityName } from "../core/estimate.ts";
import {
  allRefused,
  alternativeEstimator,
  averageQuoted,
  fewRefused,
  mostRefused,
  noMeanOfSurvivors,
  survivorsOnly,
} from "../core/messages/decay.ts";
import type { LabelledFit } from "../fit/labelled.ts";
import { type FitOutcome, parameterOf } from "../fit/outcome.ts";
import { effectiveSize } from "../numerics/effective-size.ts";
import { mean, median, scatter } from "../numerics/quantile.ts";
import { kindCheck, scatterCheck, seriesChecks } from "./decay-checks.ts";
import { outlyingCheck } from "./decay-outliers.ts";
import { averageRow, commonSigma, meanRow, offsetError, type Row, traceRows } from "./decay-rows.ts";
import { type DecayEstimator, mainEstimator, variantsOf } from "./decay-variants.ts";
import { seriesAxis } from "./series-axis.ts";

/** Repeats of one qubit under one condition, in the order of measurement, and the fit of their average. */
export interface Series {
  readonly labels: GroupLabels;
  readonly condition: string;
  readonly traces: readonly LabelledFit[];
  readonly average: LabelledFit | undefined;
  /** Checks on the choice of traces; they go with every estimate. */
  readonly checks: readonly Check[];
}

/** Up to this share of refused repeats the mean of the others stands. */
const FEW_REFUSED = 0.1;
/** From this share on, without an average, the others are no measurement. */
const MOST_REFUSED = 0.5;

/** Every estimate of a series: the main estimator with all its quantities, the alternatives with rate and mean T1. */
export function seriesEstimates(series: Series): Estimate[] {
  const all = series.average ? [...series.traces, series.average] : series.traces;
  const main = mainEstimator(all[0]!);
  const names = new Set<DecayEstimator>([main]);
  for (const fit of all) for (const name of variantsOf(fit).keys()) names.add(name);
  return [...names].flatMap((name) => {
    const rows = estimatesBy(series, name);
    if (name === main) return rows;
    const note = alternativeEstimator(name);
    return rows
      .filter((e) => e.quantity === "gamma1_total" || e.quantity === "t1_mean")
      .map((e) => ({ ...e, remark: `${note} ${e.remark}`.trim() }))
      .map((e) => (name === "calibration_as_data" ? doubted(e, check("calibration_ignored", false, note)) : e));
  });
}

function doubted(e: Estimate, why: Check): Estimate {
  const checks = [...e.checks, why];
  return { ...e, checks, status: statusOf(checks) };
}

function estimatesBy(series: Series, estimator: DecayEstimator): Estimate[] {
  const { labels, condition, average } = series;
  const row = (quantity: QuantityName, r: Row): Estimate => ({
    ...{ route: "decay", quantity, estimator, condition, labels },
    ...{ value: r.value, sigmaStat: r.sigmaStat, sigmaCommon: r.sigmaCommon ?? (Number.isNaN(r.sigmaStat) ? Number.NaN : 0) },
    ...{ unit: quantity === "gamma1_total" ? "1/s" : "s", status: statusOf(r.checks), checks: r.checks },
    ...{ budget: r.budget, datasets: r.datasets, remark: r.remark },
  });
  const members = series.traces.flatMap((fit, position) => {
    const outcome = variantsOf(fit).get(estimator);
    return outcome ? [{ fit, outcome, position }] : [];
  });
  const kind = [...kindCheck(series.traces.some((f) => f.kindInferred) || (average?.kindInferred ?? false)), ...series.checks];
  const good = members.filter((m) => m.outcome.state !== "refused");
  const bad = members.filter((m) => m.outcome.state === "refused");
  const averaged = average ? variantsOf(average).get(estimator) : undefined;
  const ofAverage = average && averaged && averaged.state !== "refused" ? averageRow(average, averaged, kind, labels) : undefined;
  const share = members.length === 0 ? 1 : bad.length / members.length;
  const reason = bad[0]?.outcome.state === "refused" ? bad[0].outcome.sentence : averaged?.state === "refused" ? averaged.sentence : "";
  const t1OfAverage = ofAverage ? [row("t1_of_average", ofAverage.t1)] : [];
  const refused = (sentence: string, checks: readonly Check[]): Row => ({
    ...{ value: Number.NaN, sigmaStat: Number.NaN, budget: [], remark: sentence, checks },
    datasets: members.map((m) => m.fit.dataset),
  });

  if (share > FEW_REFUSED && ofAverage && members.length > 0) {
    const many = check("many_traces_refused", false, averageQuoted(bad.length, members.length, reason), share, FEW_REFUSED);
    const remark = many.sentence;
    const noMean = noMeanOfSurvivors(bad.length, members.length);
    return [
      row("gamma1_total", { ...ofAverage.rate, checks: [...ofAverage.rate.checks, many], remark }),
      row("t1_mean", refused(noMean, [...refusals(bad.map((m) => m.outcome)), many])),
      ...t1OfAverage,
    ];
  }
  if (good.length === 0 || (share >= MOST_REFUSED && members.length > 1)) {
    if (members.length === 0 && ofAverage) return [row("gamma1_total", ofAverage.rate), ...t1OfAverage];
    const sentence = good.length === 0 ? allRefused(Math.max(1, members.length), reason) : mostRefused(bad.length, members.length, reason);
    const checks = [...refusals(bad.length > 0 ? bad.map((m) => m.outcome) : averaged ? [averaged] : []), ...kind];
    return [row("gamma1_total", refused(sentence, checks)), row("t1_mean", refused(sentence, checks))];
  }

  const outcomes = good.map((m) => m.outcome);
  const checks = [...seriesChecks(outcomes), ...scatterCheck(outcomes), ...outlyingCheck(good), ...kind];
  if (share > FEW_REFUSED)
    checks.push(check("many_traces_refused", false, survivorsOnly(bad.length, members.length, reason), share, FEW_REFUSED));
  else if (bad.length > 0) checks.push(check("some_traces_refused", false, fewRefused(bad.length, members.length), share, 0));
  const datasets = good.map((m) => m.fit.dataset);
  const shared = { checks, datasets };
  if (outcomes.length === 1) {
    const rows = traceRows(outcomes[0]!, labels);
    return [row("gamma1_total", { ...rows.rate, ...shared }), row("t1_mean", { ...rows.t1, ...shared }), ...t1OfAverage];
  }
  const { slots } = seriesAxis(
    good.map(({ fit, position }) => ({ time: Date.parse(fit.started) / 1000, position, file: fit.sources[0] ?? "" })),
  );
  const rates = outcomes.map((o) => parameterOf(o, "gamma1_total")!.value);
  const t1s = outcomes.map((o) => parameterOf(o, "t1")!.value);
  const spread = scatter(t1s);
  const common = mean(outcomes.map(commonSigma));
  const meanT1 = mean(t1s);
  const offset = offsetError(labels);
  const errors = (name: string) => outcomes.map((o) => parameterOf(o, name)!.sigma);
  return [
    row("gamma1_total", { ...meanRow(rates, slots, errors("gamma1_total"), common, offset), ...shared }),
    row("t1_mean", { ...meanRow(t1s, slots, errors("t1"), -common * meanT1 ** 2, offset), ...shared }),
    ...t1OfAverage,
    row("t1_scatter", {
      value: spread,
      sigmaStat: spread / Math.sqrt(2 * Math.max(1, effectiveSize(t1s, slots) - 1)),
      budget: [],
      remark: "",
      ...shared,
    }),
    row("t1_median_sigma", {
      value: median(outcomes.map((o) => parameterOf(o, "t1")!.sigma)),
      sigmaStat: Number.NaN,
      budget: [],
      remark: "",
      ...shared,
    }),
  ];
}

/** One failed check per refusing code among the refused traces. */
function refusals(outcomes: readonly FitOutcome[]): Check[] {
  const byCode = new Map<string, Check>();
  for (const outcome of outcomes)
    for (const c of outcome.checks) if (!c.holds && statusOf([c]) === "refused" && !byCode.has(c.code)) byCode.set(c.code, c);
  return [...byCode.values()];
}
