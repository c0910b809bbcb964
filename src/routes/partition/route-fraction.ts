import type { Estimate, GroupLabels } from "../../core/estimate.ts";
import * as say from "../../core/messages/partition.ts";
import { estimateOf, inherited, scaled } from "../budget.ts";
import { quotedPower } from "../compare.ts";
import { withDecayNoise } from "../decay-noise.ts";
import { eachOnce } from "./term.ts";

/** Estimators of the work of the drive, beside the one that is quoted. The scalar difference is one only where it is quoted: its f_route is an artefact. */
const OTHERS: readonly string[] = ["separate_ports", "scalar_on_resonance", "saturation_sweep", "rabi"];

/** `f_route = G1tot(decay)/G1tot(power)` (Paper I sec. 3.6) for every estimator of the power route. */
export function routeFractions(labels: GroupLabels, decay: Estimate, all: readonly Estimate[]): Estimate[] {
  const quoted = quotedPower(all);
  const others = all.filter((e) => e.quantity === "gamma1_total" && e.condition === "combined" && OTHERS.includes(e.estimator));
  const rates = [...new Set([...(quoted ? [quoted] : []), ...others])].filter((e) => Number.isFinite(e.value));
  const noise = withDecayNoise(decay);
  return rates.map((power) => {
    const value = decay.value / power.value;
    return estimateOf({
      route: "partition",
      quantity: "f_route",
      estimator: power.estimator,
      labels,
      value,
      unit: "1",
      budget: [...scaled(noise.budget, 1 / power.value), ...scaled(power.budget, -value / power.value)],
      own: noise.own,
      checks: eachOnce([...inherited(power.checks), ...inherited(decay.checks)]),
      datasets: [...new Set([...decay.datasets, ...power.datasets])],
      remark: power.estimator === "scalar_difference" ? say.fRouteScalar() : say.fRoute(),
    });
  });
}
