import type { BudgetLine, Estimate } from "../../core/estimate.ts";
import type { PowerDataset } from "../power/input.ts";
import { OWN_NOISE } from "../power/rate-estimates.ts";

/** What of a measurement has noise of its own: S and its reference, the powers of a table, populations. */
export type Part = "scattering" | "powers" | "populations";

const OF_KIND: Readonly<Record<string, Part>> = {
  scattering: "scattering",
  reference: "scattering",
  population: "populations",
  equilibrium: "populations",
};

/** `<what>:<ids of datasets>`, perhaps the one of their values that it is. */
const OF_DATASETS = /^[a-z]+:([^:#@ ]+)(#\d+)?( @ .*)?$/;

/**
 * The part whose noise a line of the budget stands for, so that measuring this part again moves it; undefined where it is none's. Shared lines say by
 * their name which datasets they are the noise of; a rate's own noise of S is that of the table where it rests on no scattering.
 */
export function partOf({ input, shared }: BudgetLine, quoted: Estimate, datasets: readonly PowerDataset[]): Part | undefined {
  const kinds = new Map(datasets.map(({ dataset }) => [dataset.id, dataset.kind]));
  if (shared === undefined) {
    if (input === OWN_NOISE.population) return "populations";
    if (input !== OWN_NOISE.share) return undefined;
    return quoted.datasets.some((id) => kinds.get(id) === "scattering") ? "scattering" : "powers";
  }
  if (shared.startsWith("sweep:")) return "scattering";
  const ids = OF_DATASETS.exec(shared)?.[1]?.split("+") ?? [];
  const parts = new Set(ids.map((id) => OF_KIND[kinds.get(id) ?? ""]));
  return parts.size === 1 ? [...parts][0] : undefined;
}
