import type { Estimate, GroupLabels } from "../../core/estimate.ts";
import type { Facts, FileEntry } from "../../lab/lab.ts";
import type { Dataset } from "../../tables/dataset.ts";
import type { PowerStudy } from "../power-study.ts";

/** A dataset with the lab file's entry that matched its file. */
export interface PowerDataset {
  readonly dataset: Dataset;
  readonly entry?: FileEntry;
}

/** Everything that the power route of one qubit in one cooldown rests on. */
export interface PowerInput {
  readonly labels: GroupLabels;
  readonly facts: Facts;
  /** Kinds of the power route; others are passed over. */
  readonly datasets: readonly PowerDataset[];
  /** gamma1_total of the same qubit and cooldown: used for the gap between drive and readout only, never to scale the power. */
  readonly decay?: Estimate;
  /** gamma2 by echo or Ramsey data: used with Rabi frequencies alone, where no sweep knows it. */
  readonly coherence?: Estimate;
  /** Values of the combined rates alone, without errors and checks: what drawing the inputs repeats hundreds of times. */
  readonly valuesOnly?: boolean;
}

export interface PowerResult {
  readonly estimates: readonly Estimate[];
  readonly studies: readonly PowerStudy[];
  /** Qubit frequency that the route used, rad/s: stated, fitted or that of the data; NaN = not known. Absent where nothing was evaluated. */
  readonly omega?: number;
}
