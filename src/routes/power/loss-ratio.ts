import { type Check, check } from "../../core/check.ts";
import type { BudgetLine, Estimate } from "../../core/estimate.ts";
import * as say from "../../core/messages/partition.ts";
import { ratioOfPart } from "../../numerics/bounded-interval.ts";
import { chi2Tail } from "../../numerics/gamma-function.ts";
import { estimateOf, inherited, mergeBudget, sigmasOf } from "../budget.ts";
import { workOf } from "./absorbed.ts";
import type { RouteContext } from "./context.ts";
import type { PowerDataset } from "./input.ts";
import { leaksOf } from "./leaks.ts";
import { meterChecks } from "./meter-checks.ts";
import { operatingPoints } from "./operating-points.ts";
import { powerTable } from "./power-table.ts";
import type { Sweep } from "./sweep.ts";

/** Three standard deviations of a normal number, two-sided. */
const UNLIKELY = 0.0027;
/** Beyond this many sigma outside 0 to 1 the loss and the work do not belong together. */
const FARTHEST = 3;

/**
 * `f_nonradiative = (P_in - P_out)/W` at the same powers (PHYSICS.md sec. 1, estimators 1 and 3): what a power meter misses over the work of the drive.
 * Both are shares of one incident power, and n_e - n_eq drops out, so that neither attenuation nor populations are needed. It is the slope of one
 * share against the other: `f = sum w m_i W_i/sum w W_i^2`, w from the meter's noise, which does not depend on the share.
 * A leak makes S and what the meter shows coherently change together: `(S + eps)/(1 + eps)` divides `1 - f` by `1 + eps`, as it does gamma_r.
 */
export function lossRatio(context: RouteContext, sweep: Sweep, tables: readonly PowerDataset[]): Estimate[] {
  // One output of several holds a share of the light that nobody knows: the table's own row says so.
  if (!sweep.complex || !sweep.radiative) return [];
  return tables.flatMap((item) => ratioOf(context, sweep, item));
}

function ratioOf(context: RouteContext, sweep: Sweep, item: PowerDataset): Estimate[] {
  const table = powerTable(item, context.power, context.omega);
  if ("refused" in table || table.estimator !== "total_power") return [];
  // Beside a line the qubit sends half of its light the other way.
  if (sweep.geometry === "two-sided" && !table.bothDirections) return [];
  const meter = new Map(table.absorbed.points.map((p) => [p.row, p]));
  const paired = operatingPoints([...meter.keys()], sweep, context.power, context.input.facts);
  const work = workOf(paired.points, sweep);
  const pairs = work.points.flatMap((w): Pair[] => {
    const m = meter.get(w.row);
    return m && w.share > 0
      ? [{ m: m.share, sigmaM: Math.abs(m.relative * m.share), w: w.share, sigmaW: Math.abs(w.relative * w.share) }]
      : [];
  });
  if (pairs.length === 0 || pairs.length < work.points.length) return [];
  const { slope: raw, weights, byMeter, byWork, probability } = slopeOf(pairs);
  const place = new Map(work.points.map((w, i) => [w.row, weights[i]!]));
  const meterWeights = table.absorbed.points.map((p) => place.get(p.row) ?? 0);
  const lines: BudgetLine[] = [
    { input: "noise of the total power", contribution: byMeter },
    { input: "noise of S", contribution: byWork },
    ...work.common.map((c) => ({ input: c.input, contribution: -raw * c.effect(weights), shared: c.shared })),
    ...leaksOf(context.input.facts.line, context.input.labels).map((c) => ({
      input: c.input,
      contribution: -(1 - raw) * c.effect([1]),
      shared: c.shared,
    })),
    ...table.absorbed.common.map((c) => ({ input: c.input, contribution: raw * c.effect(meterWeights), shared: c.shared })),
  ];
  const { sigmaStat, sigmaCommon } = sigmasOf(mergeBudget(lines));
  const { value, low, high, chi2 } = ratioOfPart(raw, 1, [Math.hypot(sigmaStat, sigmaCommon) ** 2, 0, 0]);
  const interval = [low, high] as const;
  const edge = value === raw ? [] : [say.atEdge(value as 0 | 1, raw)];
  return [
    estimateOf({
      route: "partition",
      quantity: "f_nonradiative",
      estimator: "total_power_over_work",
      labels: context.input.labels,
      value,
      unit: "1",
      budget: lines,
      interval,
      unbounded: raw,
      checks: [
        ...inherited(sweep.checks),
        ...inherited(meterChecks(item, table, sweep)),
        ...constancyChecks(probability),
        ...rangeChecks(raw, Math.sqrt(chi2)),
      ],
      datasets: [...new Set([...sweep.datasets, table.dataset])],
      remark: [say.lossRatio(pairs.length), ...edge, say.interval(...interval)].join(" "),
    }),
  ];
}

/** What the meter misses and the work of the drive at one power, over the incident power, with their own noise. */
interface Pair {
  readonly m: number;
  readonly sigmaM: number;
  readonly w: number;
  readonly sigmaW: number;
}

/** `m = slope w` with weights that sum to 1, its errors by the noise of both, and the probability of a larger chi2 (NaN = not known). */
function slopeOf(pairs: readonly Pair[]) {
  const known = pairs.every((p) => p.sigmaM > 0);
  const weight = pairs.map((p) => (known ? p.w / p.sigmaM : p.w) ** 2);
  const total = weight.reduce((x, y) => x + y, 0);
  const weights = weight.map((w) => w / total);
  const over = (of: (p: Pair, weight: number) => number) => pairs.reduce((x, p, i) => x + of(p, weights[i]!), 0);
  const slope = over((p, weight) => (weight * p.m) / p.w);
  const scatter = pairs.length > 2 ? Math.sqrt(over((p, weight) => (weight * (p.m / p.w - slope) ** 2) / (pairs.length - 1))) : Number.NaN;
  const chi2 = over((p) => ((p.m - slope * p.w) / Math.hypot(p.sigmaM, slope * p.sigmaW)) ** 2);
  return {
    slope,
    weights,
    byMeter: known ? Math.sqrt(over((p, weight) => ((weight * p.sigmaM) / p.w) ** 2)) : scatter,
    byWork: Math.sqrt(over((p, weight) => ((weight * slope * p.sigmaW) / p.w) ** 2)),
    probability: known && pairs.length > 1 ? chi2Tail(chi2, pairs.length - 1) : Number.NaN,
  };
}

function constancyChecks(probability: number): Check[] {
  if (Number.isNaN(probability)) return [];
  const varies = probability < UNLIKELY;
  const sentence = varies ? say.lossRatioVaries(probability) : say.lossRatioConstant(probability);
  return [check("loss_ratio_varies", !varies, sentence, probability, UNLIKELY)];
}

/** @param sigmas by which the ratio lies outside 0 to 1, 0 within; NaN = an error is not known, and nothing is tested */
function rangeChecks(raw: number, sigmas: number): Check[] {
  if (Number.isNaN(sigmas)) return [];
  const outside = sigmas > FARTHEST;
  return [check("partition_outside", !outside, outside ? say.lossRatioOutside(raw, sigmas) : say.insideRange(), sigmas, FARTHEST)];
}
