import { type Check, check } from "../../core/check.ts";
import type { Estimate, GroupLabels } from "../../core/estimate.ts";
import * as say from "../../core/messages/partition.ts";
import { estimateOf, scaled, sigmasOf } from "../budget.ts";
import { freeShare } from "./agreement.ts";
import type { Combination } from "./sources.ts";
import { sumOf, type Term, termOf } from "./term.ts";

/**
 * `f_nonradiative <= 1 - Gr/(2 G2 |z_eq|)`, because G2 >= G1tot/2 (at T = 0 and weak drive: `(1 + S11(0))/2`). Depth and width of the resonance alone
 * say so; without any pure dephasing the bound is the value.
 */
function boundOf(all: readonly Estimate[], nEq: Term | undefined): Term | undefined {
  const find = (quantity: string) =>
    all.find((e) => e.quantity === quantity && e.estimator === "saturation_sweep" && Number.isFinite(e.value));
  const [radiative, gamma2] = [find("gamma_r"), find("gamma2")];
  if (!radiative || !gamma2) return undefined;
  const width = termOf(gamma2);
  const whole = nEq ? { ...sumOf(1 - 2 * nEq.value, width, -2 * width.value, nEq), value: width.value * (1 - 2 * nEq.value) } : width;
  return freeShare("bound", "gamma_r", termOf(radiative), sumOf(2, whole, 0, whole)).f;
}

/** Where nothing else is known: a row without a value, so that the bound is never read as a measurement, and the bound in its sentence. */
export function depthBound(labels: GroupLabels, all: readonly Estimate[], nEq: Term | undefined): Estimate[] {
  const bound = boundOf(all, nEq);
  if (!bound) return [];
  const { sigmaStat, sigmaCommon } = sigmasOf(bound.lines);
  const why = check("bound_only", false, say.boundOnly(bound.value, Math.hypot(sigmaStat, sigmaCommon)), bound.value, Number.NaN);
  return [
    estimateOf({
      route: "partition",
      quantity: "f_nonradiative",
      estimator: "bound",
      labels,
      value: Number.NaN,
      unit: "1",
      budget: [],
      checks: [why, ...bound.checks],
      datasets: bound.datasets,
      remark: why.sentence,
    }),
  ];
}

const FARTHEST = 3;

/** A share that lies above what the resonance's depth allows. */
export function depthCheck(combination: Combination, all: readonly Estimate[], nEq: Term | undefined): Check | undefined {
  const bound = boundOf(all, nEq);
  if (!bound) return undefined;
  const { f } = freeShare(combination.name, combination.part, combination.x, combination.y);
  const { sigmaStat, sigmaCommon } = sigmasOf(scaled(sumOf(1, f, -1, bound).lines, 1));
  const sigmas = (f.value - bound.value) / Math.hypot(sigmaStat, sigmaCommon);
  if (Number.isNaN(sigmas)) return undefined;
  const sentence = sigmas > FARTHEST ? say.aboveBound(f.value, bound.value, sigmas) : say.belowBound(f.value, bound.value);
  return check("above_depth_bound", !(sigmas > FARTHEST), sentence, sigmas, FARTHEST);
}
