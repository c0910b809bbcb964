import type { CheckTable } from "./entry.ts";

/** Power against decay. */
export const COMPARISON_CHECKS = {
  qubits_disagree: {
    severity: "doubts",
    meaning:
      "Qubits on one attenuation give ratios that differ by more than their own errors: their mean is no statement about the line. Ripple over frequency, readout or geometry of single qubits can do that, the attenuation cannot.",
  },
  routes_disagree: { severity: "informs", meaning: "The two routes differ by more than 2 sigma of their combined error." },
  single_route: { severity: "informs", meaning: "Only one route has a number; there is nothing to compare." },
  t1_measured_once: {
    severity: "informs",
    meaning: "T1 rests on one trace: its fluctuation between the measurements of the two routes is not known and not in the error.",
  },
} as const satisfies CheckTable;
