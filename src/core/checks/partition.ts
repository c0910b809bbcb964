import type { CheckTable } from "./entry.ts";

/** Where the energy goes. */
export const PARTITION_CHECKS = {
  above_depth_bound: {
    severity: "doubts",
    meaning:
      "The non-radiative share is above what the depth of the resonance allows (G2 >= G1tot/2): T1, width or normalisation is wrong.",
  },
  bound_only: {
    severity: "refuses",
    meaning:
      "Depth and width of the resonance alone bound the non-radiative share from above; the bound stands in the sentence, it is no value.",
  },
  loss_ratio_varies: {
    severity: "doubts",
    meaning:
      "The share of the work that does not come out again depends on the drive power: baths of different temperature, or a wrong background.",
  },
  participation_rank: {
    severity: "refuses",
    meaning: "The stated participations cannot tell the loss channels apart: too few qubits, or all in one ratio.",
  },
  participation_scatter: {
    severity: "doubts",
    meaning: "The rates scatter about the sum over channels by more than their errors; a common scatter was added to each error.",
  },
  participation_unstated: { severity: "refuses", meaning: "A channel that some qubits state is missing from the participation of others." },
  partition_disagrees: {
    severity: "doubts",
    meaning: "Two ways to the non-radiative share differ by more than 3 sigma, errors of their common inputs taken out.",
  },
  partition_outside: {
    severity: "doubts",
    meaning:
      "A part of the relaxation came out larger than the whole by more than 3 sigma: geometry, attenuation, n_eq or line shape is wrong.",
  },
} as const satisfies CheckTable;
