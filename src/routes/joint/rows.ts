import { type Check, check } from "../../core/check.ts";
import type { BudgetLine, Estimate, QuantityName, Route } from "../../core/estimate.ts";
import * as say from "../../core/messages/joint-route.ts";
import { dephasingNegative } from "../../core/messages/line-free.ts";
import { insideRange } from "../../core/messages/partition.ts";
import type { Unit } from "../../core/units.ts";
import type { JointFit, JointNumbers } from "../../fit/joint/joint-fit.ts";
import type { JointProblem } from "../../fit/joint/joint-problem.ts";
import { gradientOf, over, qubitAt, qubitQuantities, type Sloped } from "../../fit/joint/saturation.ts";
import { type Bounded, notNegative, ratioOfPart } from "../../numerics/bounded-interval.ts";
import { estimateOf, sigmasOf } from "../budget.ts";
import { HELD, type Held } from "../joint-study.ts";
import type { JointData } from "./assemble.ts";
import { budgetOf } from "./budget.ts";
import type { OpenEnds } from "./open.ts";
import { WIDEST } from "./problem.ts";

/** A number of the joint fit. */
interface Target {
  readonly quantity: QuantityName;
  readonly route: Route;
  readonly unit: Unit;
  readonly of: Sloped;
  /** Its error in units of this says whether it is known at all. */
  readonly scale: number;
  /** A share, or a rate that cannot be below zero: the most likely value that is possible, with its interval. */
  readonly bounded?: "not-negative" | "share";
}

/** Beyond this many scales an error leaves the number open, whatever the rank says. */
const NOMINAL = 1;
/** Standard deviations outside its range beyond which a number contradicts the others. */
const OUTSIDE = 3;

/** One row per number; those that the data leave open are refused with the direction and what would close it. */
export function jointRows(
  data: JointData,
  problem: JointProblem,
  fit: JointNumbers,
  ends: OpenEnds,
  labels: Estimate["labels"],
  checks: readonly Check[],
  remark: string,
): Estimate[] {
  const at = (name: string) => fit.parameter(name).value;
  const datasets = [...new Set(data.evidence.flatMap((e) => e.datasets))];
  return targetsOf(data, at).map((target) => {
    const { quantity, route, unit, of, scale } = target;
    const make = (value: number, own: readonly Check[], budget: readonly BudgetLine[], words: string, more: Partial<Estimate> = {}) =>
      estimateOf({
        ...{ route, quantity, estimator: "joint", labels, value, unit, budget, checks: own, datasets, remark: words },
        ...(more.interval ? { interval: more.interval } : {}),
      });
    const refuse = (sentence: string) => make(Number.NaN, [...checks, check("not_identifiable", false, sentence)], [], sentence);
    if (route === "partition" && !data.sweep.radiative) return refuse(say.drivenPortOnly());
    const open = ends.sentenceFor(gradientOf(data.model, of));
    if (open !== undefined) return refuse(open);
    const budget = budgetOf(data, problem, fit, gradientOf(data.model, of));
    const { sigmaStat, sigmaCommon } = sigmasOf(budget);
    const sigma = Math.hypot(sigmaStat, sigmaCommon);
    if (!(sigma / scale < NOMINAL)) return refuse(say.nominalOnly(quantity, sigma / scale, helpful(data)));
    if (isHeldLoosely(fit, gradientOf(data.model, of))) return refuse(say.vagueAttenuation(quantity, helpful(data)));
    if (target.bounded === undefined) {
      const own = quantity === "gamma_phi" ? [dephasingCheck(of.value / sigma)] : [];
      return make(of.value, [...checks, ...own], budget, remark);
    }
    const bounded = target.bounded === "share" ? shareOf(data, fit, at) : notNegative(of.value, sigma);
    const sigmas = Math.sqrt(bounded.chi2);
    const inside = !(sigmas > OUTSIDE);
    const range = check("partition_outside", inside, inside ? insideRange() : say.outside(quantity, of.value, sigmas), sigmas, OUTSIDE);
    return make(bounded.value, [...checks, range], budget, remark, { interval: [bounded.low, bounded.high] });
  });
}

/** Share of an error beyond which a number rests on the hold of an attenuation that nothing is known of. */
const LOOSE = 0.1;

/** Whether a number is what it is because a free attenuation was held loosely. */
export function isHeldLoosely(fit: JointNumbers, gradient: ReadonlyMap<string, number>): boolean {
  if (!fit.parameters.some((p) => p.name === "ln_attenuation" && !p.fixed)) return false;
  const weights = Object.fromEntries(gradient);
  return Math.abs(fit.between(weights, { ln_attenuation: 1 })) / WIDEST > LOOSE * fit.combination(weights).sigma;
}

/** Every row without a number: the fit found no minimum. */
export function refusedRows(
  data: JointData,
  labels: Estimate["labels"],
  fit: Exclude<JointFit, { readonly state: "converged" }>,
): Estimate[] {
  const why = check("not_converged", false, say.notConverged(fit.sentence));
  const datasets = [...new Set(data.evidence.flatMap((e) => e.datasets))];
  return targetsOf(data, () => Number.NaN).map(({ quantity, route, unit }) =>
    estimateOf({
      ...{ route, quantity, estimator: "joint", labels, value: Number.NaN, unit, budget: [] },
      ...{ checks: [why], datasets, remark: why.sentence },
    }),
  );
}

/** `Gnr/G1` within 0 and 1. */
function shareOf(data: JointData, fit: JointNumbers, at: (name: string) => number): Bounded {
  const q = qubitQuantities(qubitAt(data.model, at), data.model.geometry, data.model.reference);
  const [x, y] = [q.gamma_nr, q.gamma1].map((of) => Object.fromEntries(gradientOf(data.model, of)));
  return ratioOfPart(q.gamma_nr.value, q.gamma1.value, [fit.between(x!, x!), fit.between(x!, y!), fit.between(y!, y!)]);
}

function dephasingCheck(sigmas: number): Check {
  return check("negative_dephasing", !(sigmas < -OUTSIDE), dephasingNegative(sigmas), sigmas, -OUTSIDE);
}

/** What is not in the data and would help. */
function helpful(data: JointData): string[] {
  const held = new Set<Held>([...data.evidence.map((e) => e.held), ...(data.attenuated ? (["attenuation"] as const) : [])]);
  return (["decay", "attenuation", "rabi"] as const).filter((h) => !held.has(h)).map((h) => HELD[h]);
}

function targetsOf(data: JointData, at: (name: string) => number): Target[] {
  const q = qubitQuantities(qubitAt(data.model, at), data.model.geometry, data.model.reference);
  const rate = Math.abs(q.gamma2.value);
  const ratio = (data.line?.ratio ?? Number.NaN) * Math.exp(q.ln_attenuation.value);
  const row = (
    quantity: QuantityName,
    route: Route,
    of: Sloped,
    unit: Unit = "1/s",
    scale = Math.max(Math.abs(of.value), rate),
  ): Target => ({
    quantity,
    route,
    unit,
    of,
    scale,
  });
  return [
    row("gamma1_total", "power", q.gamma1_total),
    row("gamma1", "power", q.gamma1),
    row("gamma2", "power", q.gamma2),
    row("gamma_phi", "power", q.gamma_phi),
    ...(q.variance.value > 0 ? [row("sigma_frequency", "power", widthOf(q.variance))] : []),
    row("n_eq", "power", q.n_eq, "1", 0.5),
    ...(data.line ? [row("attenuation", "power", { value: ratio, by: q.ln_attenuation.by.map((b) => b * ratio) }, "1", ratio)] : []),
    row("gamma_r", "partition", q.gamma_r),
    { ...row("gamma_nr", "partition", q.gamma_nr), bounded: "not-negative" },
    { ...row("f_nonradiative", "partition", over(q.gamma_nr, q.gamma1), "1", 1), bounded: "share" },
  ];
}

/** Width of the frequency noise, from its variance. */
function widthOf({ value, by }: Sloped): Sloped {
  const sigma = Math.sqrt(value);
  return { value: sigma, by: by.map((b) => b / (2 * sigma)) };
}
