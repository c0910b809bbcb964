import { type Check, check } from "../../core/check.ts";
import type { Estimate, QuantityName, Route } from "../../core/estimate.ts";
import * as say from "../../core/messages/joint-route.ts";
import type { Unit } from "../../core/units.ts";
import type { JointNumbers } from "../../fit/joint/joint-fit.ts";
import type { JointProblem } from "../../fit/joint/joint-problem.ts";
import { gradientOf, over, qubitAt, qubitQuantities, type Sloped } from "../../fit/joint/saturation.ts";
import { estimateOf, sigmasOf } from "../budget.ts";
import { HELD, type Held } from "../joint-study.ts";
import type { JointData } from "./assemble.ts";
import { budgetOf } from "./budget.ts";
import type { OpenEnds } from "./open.ts";

/** A number of the joint fit; `scale`: its error in units of this says whether it is known at all. */
interface Target {
  readonly quantity: QuantityName;
  readonly route: Route;
  readonly unit: Unit;
  readonly of: Sloped;
  readonly scale: number;
}

/** Beyond this many scales an error leaves the number open, whatever the rank says. */
const NOMINAL = 1;

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
  return targetsOf(data, at).map(({ quantity, route, unit, of, scale }) => {
    const gradient = gradientOf(data.model, of);
    const make = (value: number, own: readonly Check[], budget: ReturnType<typeof budgetOf>, words: string) =>
      estimateOf({ route, quantity, estimator: "joint", labels, value, unit, budget, checks: own, datasets, remark: words });
    const refuse = (sentence: string) => make(Number.NaN, [...checks, check("not_identifiable", false, sentence)], [], sentence);
    const open = ends.sentenceFor(gradient);
    if (open !== undefined) return refuse(open);
    const budget = budgetOf(data, problem, fit, gradient);
    const { sigmaStat, sigmaCommon } = sigmasOf(budget);
    const share = Math.hypot(sigmaStat, sigmaCommon) / scale;
    if (!(share < NOMINAL)) return refuse(say.nominalOnly(quantity, share, heldBy(data)));
    return make(of.value, checks, budget, remark);
  });
}

/** What is not in the data and would help. */
function heldBy(data: JointData): string[] {
  const held = new Set<Held>([...data.evidence.map((e) => e.held), ...(data.attenuated ? (["attenuation"] as const) : [])]);
  return (["decay", "attenuation", "rabi"] as const).filter((h) => !held.has(h)).map((h) => HELD[h]);
}

function targetsOf(data: JointData, at: (name: string) => number): Target[] {
  const q = qubitQuantities(qubitAt(data.model, at), data.model.geometry, data.model.reference);
  const rate = Math.abs(q.gamma2.value);
  const ratio = assumedRatio(data) * Math.exp(q.ln_attenuation.value);
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
    row("n_eq", "power", q.n_eq, "1", 0.5),
    row("attenuation", "power", { value: ratio, by: q.ln_attenuation.by.map((b) => b * ratio) }, "1", ratio),
    row("gamma_r", "partition", q.gamma_r),
    row("gamma_nr", "partition", q.gamma_nr),
    row("f_nonradiative", "partition", over(q.gamma_nr, q.gamma1), "1", 1),
  ];
}

/** Power at the qubit over power as it is stated, as the scattering took it; 1 where it took it as stated. */
export function assumedRatio({ sweep }: Pick<JointData, "sweep">): number {
  const { pFit, pSource } = sweep.traces[0]!;
  return pFit / pSource;
}
