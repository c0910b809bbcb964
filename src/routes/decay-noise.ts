import type { BudgetLine, Estimate, GroupLabels } from "../core/estimate.ts";

/** Name under which the power route shares the decay route's own noise (a gap between drive and readout is corrected with T1). */
export function decayNoise(labels: GroupLabels, input: string): string {
  return `decay noise: ${JSON.stringify([labels.cooldown, labels.device, labels.qubit, input])}`;
}

/**
 * The decay's lines with its own noise under that name, so that it adds with its sign to what a gap correction brought into the power route;
 * and the names, which are statistical again in the result.
 */
export function withDecayNoise(decay: Estimate): { readonly budget: readonly BudgetLine[]; readonly own: ReadonlySet<string> } {
  if (decay.route !== "decay") return { budget: decay.budget, own: new Set() };
  const lines = decay.budget.length > 0 ? decay.budget : [{ input: "decay", contribution: Math.hypot(decay.sigmaStat, decay.sigmaCommon) }];
  const own = new Set<string>();
  const budget = lines.map((l) => {
    if (l.shared !== undefined) return l;
    const shared = decayNoise(decay.labels, l.input);
    own.add(shared);
    return { ...l, shared };
  });
  return { budget, own };
}
