import { type Estimate, type GroupLabels, type QuantityName, sigmaOf } from "../../core/estimate.ts";

/** The non-radiative share to quote; undefined without a number. */
export function quotedShare(estimates: readonly Estimate[], labels: GroupLabels): Estimate | undefined {
  return quotedOf("f_nonradiative", estimates, labels);
}

/** The row to quote where several combinations of data give the same quantity: usable before doubtful, then the smallest error. */
export function quotedOf(
  quantity: QuantityName,
  estimates: readonly Estimate[],
  { cooldown, device, qubit }: GroupLabels,
): Estimate | undefined {
  const doubt = (e: Estimate) => (e.status === "usable" ? 0 : 1);
  const error = (e: Estimate) => (Number.isFinite(sigmaOf(e)) ? sigmaOf(e) : Number.POSITIVE_INFINITY);
  return estimates
    .filter((e) => e.quantity === quantity && e.condition === "combined" && Number.isFinite(e.value))
    .filter(({ labels: l }) => l.cooldown === cooldown && l.device === device && l.qubit === qubit)
    .sort((a, b) => doubt(a) - doubt(b) || (error(a) === error(b) ? 0 : error(a) - error(b)))[0];
}
