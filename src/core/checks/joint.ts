import type { CheckTable } from "./entry.ts";

/** Joint fit and drawn errors. */
export const JOINT_CHECKS = {
  inputs_disagree: {
    severity: "doubts",
    meaning:
      "Fitted together, the data move an input of the lab file more than 3 of its standard deviations: the data or the statements contradict each other.",
  },
  joint_chi2: {
    severity: "doubts",
    meaning:
      "The joint fit does not describe the data within their noise: noise that is stated too small, or a line, populations or T1 that do not belong together. Its errors are too small.",
  },
  not_identifiable: {
    severity: "refuses",
    meaning:
      "The data leave this number open: other values describe them exactly as well. The sentence names what moves with it and what would close it.",
  },
  propagation_nonlinear: {
    severity: "doubts",
    meaning:
      "Drawing all inputs gives another error than the first order: the errors are too large for it. The interval of the draws is the one to quote.",
  },
} as const satisfies CheckTable;
