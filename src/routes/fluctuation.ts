import type { Estimate, GroupLabels } from "../core/estimate.ts";
import { fluctuating } from "../core/messages/drive-dependence.ts";
import { fluctuationSpan } from "../physics/fluctuating-t1.ts";
import type { PowerStudy } from "./power-study.ts";

/** A trend below this is not worth a remark. */
const SMALLEST = 0.005;

/**
 * The study with what a T1 that fluctuates between repeats does to its rates over the drive strengths: work and population are averaged apart,
 * `G_power = <G n>/<n>` (PHYSICS.md sec. 1, "Fluctuating T1"). The scatter of the repeats less what their own errors make of it; unchanged without repeats.
 * @param decay all estimates of the decay route.
 */
export function withFluctuation(study: PowerStudy, decay: readonly Estimate[]): PowerStudy {
  const of = (quantity: Estimate["quantity"]) =>
    decay.find((e) => e.quantity === quantity && sameGroup(e.labels, study.labels) && Number.isFinite(e.value))?.value ?? Number.NaN;
  const [mean, all, own] = [of("t1_mean"), of("t1_scatter"), of("t1_median_sigma")];
  const scatter = Math.sqrt(Math.max(0, all ** 2 - (own > 0 ? own ** 2 : 0))) / mean;
  if (!(scatter ** 2 > SMALLEST)) return study;
  const [least, largest] = fluctuationSpan(scatter);
  return {
    ...study,
    fluctuation: { scatter, least: least / mean, largest: largest / mean },
    remarks: [...study.remarks, fluctuating(scatter, least, largest)],
  };
}

const sameGroup = (a: GroupLabels, b: GroupLabels) => a.cooldown === b.cooldown && a.device === b.device && a.qubit === b.qubit;
