import type { GroupLabels } from "../../src/core/estimate.ts";
import type { PlacedDataset } from "./place.ts";

/** Kinds of data that the power route takes. */
export const POWER_KINDS: readonly string[] = [
  "scattering",
  "reference",
  "population",
  "equilibrium",
  "power",
  "total-power",
  "rabi",
  "emission",
];

/** Groups that hold a decay or power dataset, ordered by cooldown, device, qubit. */
export function groupsOf(placed: readonly PlacedDataset[]): GroupLabels[] {
  const groups = new Map<string, GroupLabels>();
  for (const { dataset } of placed) {
    if (dataset.kind !== "decay" && !POWER_KINDS.includes(dataset.kind)) continue;
    const { cooldown, device, qubit } = dataset.labels;
    groups.set(groupName(dataset.labels), { cooldown, device, qubit });
  }
  return [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, labels]) => labels);
}

/** Name of a group's slot in the store. */
export const groupName = ({ cooldown, device, qubit }: GroupLabels) => JSON.stringify([cooldown, device, qubit]);

/** The same qubit in the same cooldown. */
export const sameGroup = (a: GroupLabels, b: GroupLabels) => a.cooldown === b.cooldown && a.device === b.device && a.qubit === b.qubit;
