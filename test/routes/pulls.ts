import { sigmaOf } from "../../src/core/estimate.ts";
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
      const truth = lab.truth[quantity]!;
      const relative = sigmaOf(e) / e.value;
      all[r]!.push(relative > 0.0691 ? Math.log(e.value / truth) / relative : (e.value - truth) / sigmaOf(e));
    });
  }
  return all.map((p) => {
    const mean = p.reduce((a, b) => a + b, 0) / p.length;
    return { mean, width: Math.sqrt(p.reduce((a, b) => a + (b - mean) ** 2, 0) / (p.length - 1)) };
  });
}
