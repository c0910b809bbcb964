import { check } from "../../core/check.ts";
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
  return tables.flatMap((item) => {
    const table = powerTable(item, context.power, context.omega);
    if ("refused" in table || table.estimator !== "total_power") return [];
    // Beside a line the qubit sends half of its light the other way.
    if (sweep.geometry === "two-sided" && !table.bothDirections) return [];
    const meter = new Map(table.absorbed.points.map((p) => [p.row, p]));
    const paired = operatingPoints([...meter.keys()], sweep, context.power, context.input.facts);
    const work = workOf(paired.points, sweep);
    const rows = work.points.flatMap((w) => {
      const m = meter.get(w.row);
      return m && w.share > 0
        ? [{ m: m.share, sigmaM: Math.abs(m.relative * m.share), w: w.share, sigmaW: Math.abs(w.relative * w.share) }]
        : [];
    });
    if (rows.length === 0 || rows.length < work.points.length) return [];
    const known = rows.every((r) => r.sigmaM > 0);
    const weight = rows.map((r) => (known ? r.w / r.sigmaM : r.w) ** 2);
    const sum = weight.reduce((x, y) => x + y, 0);
    const weights = weight.map((w) => w / sum);
    const place = new Map(work.points.map((w, i) => [w.row, weights[i]!]));
    const meterWeights = table.absorbed.points.map((p) => place.get(p.row) ?? 0);
    const raw = rows.reduce((x, r, i) => x + (weights[i]! * r.m) / r.w, 0);
    const rootOf = (part: (r: (typeof rows)[number], w: number) => number) =>
      Math.sqrt(rows.reduce((x, r, i) => x + part(r, weights[i]!), 0));
    const scatter = rows.length > 2 ? rootOf((r, w) => (w * (r.m / r.w - raw) ** 2) / (rows.length - 1)) : Number.NaN;
    const lines: BudgetLine[] = [
      { input: "noise of the total power", contribution: known ? rootOf((r, w) => ((w * r.sigmaM) / r.w) ** 2) : scatter },
      { input: "noise of S", contribution: rootOf((r, w) => ((w * raw * r.sigmaW) / r.w) ** 2) },
      ...work.common.map((c) => ({ input: c.input, contribution: -raw * c.effect(weights), shared: c.shared })),
      ...leaksOf(context.input.facts.line).map((c) => ({ input: c.input, contribution: -(1 - raw) * c.effect([1]), shared: c.shared })),
      ...table.absorbed.common.map((c) => ({ input: c.input, contribution: raw * c.effect(meterWeights), shared: c.shared })),
    ];
    const chi2 = rows.reduce((x, r) => x + ((r.m - raw * r.w) / Math.hypot(r.sigmaM, raw * r.sigmaW)) ** 2, 0);
    const probability = known && rows.length > 1 ? chi2Tail(chi2, rows.length - 1) : Number.NaN;
    const sentence = probability < UNLIKELY ? say.lossRatioVaries(probability) : say.lossRatioConstant(probability);
    const constancy = Number.isNaN(probability)
      ? []
      : [check("loss_ratio_varies", !(probability < UNLIKELY), sentence, probability, UNLIKELY)];
    const { sigmaStat, sigmaCommon } = sigmasOf(mergeBudget(lines));
    const { value, low, high, chi2: beyond } = ratioOfPart(raw, 1, [Math.hypot(sigmaStat, sigmaCommon) ** 2, 0, 0]);
    const interval = [low, high] as const;
    const sigmas = Math.sqrt(beyond);
    const outside = sigmas > FARTHEST;
    const range = check("partition_outside", !outside, outside ? say.lossRatioOutside(raw, sigmas) : say.insideRange(), sigmas, FARTHEST);
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
        checks: [...inherited(sweep.checks), ...inherited(meterChecks(item, table, sweep)), ...constancy, range],
        datasets: [...new Set([...sweep.datasets, table.dataset])],
        remark: [say.lossRatio(rows.length), ...edge, say.interval(...interval)].join(" "),
      }),
    ];
  });
}
