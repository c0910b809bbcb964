import type { GroupLabels } from "../core/estimate.ts";

/** Name under which the power route shares the decay route's own noise (a gap between drive and readout is corrected with T1). */
export function decayNoise(labels: GroupLabels, input: string): string {
  return `decay noise: ${JSON.stringify([labels.cooldown, labels.device, labels.qubit, input])}`;
}
