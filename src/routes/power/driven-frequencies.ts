import { columnOf } from "../../tables/dataset.ts";
import type { PowerDataset } from "./input.ts";
import { populationRows } from "./population-rows.ts";

/** Frequencies of the operating points, Hz: of the populations and tables; else, where nothing states the qubit's, the middle of each trace. */
export function drivenFrequencies(datasets: readonly PowerDataset[], unknown: boolean): number[] {
  const driven = datasets.filter((d) => d.dataset.kind !== "equilibrium").flatMap(populationRows);
  const stated = driven.map((r) => r.frequency).filter(Number.isFinite);
  if (stated.length > 0 || !unknown) return stated;
  return datasets.flatMap(({ dataset }) => {
    const axis = dataset.kind === "scattering" ? columnOf(dataset, "frequency")?.values : undefined;
    return axis && axis.length > 0 ? [(Math.min(...axis) + Math.max(...axis)) / 2] : [];
  });
}
