import { sigmaOf } from "../../src/core/estimate.ts";
import { pullOfRate, statisticsOf } from "./pull-statistics.ts";
import { type VirtualLab, virtualLab } from "./virtual-lab.ts";

/** Mean and width of (estimate - truth)/sigma over seeds; the logarithm for rates whose error is above 0.3 dB (PHYSICS.md sec. 1). */
export function pulls(
  options: Omit<VirtualLab, "seed">,
  rows: readonly (readonly [quantity: string, estimator: string, condition?: string])[],
  seeds: number,
) {
  const all = rows.map(() => [] as number[]);
  for (let seed = 1; seed <= seeds; seed++) {
    const lab = virtualLab({ ...options, seed });
    rows.forEach(([quantity, estimator, condition], r) => {
      const e = lab.find(quantity, estimator, condition);
      all[r]!.push(pullOfRate(e.value, sigmaOf(e), lab.truth[quantity]!));
    });
  }
  return all.map(statisticsOf);
}
