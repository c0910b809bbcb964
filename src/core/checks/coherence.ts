import type { CheckTable } from "./entry.ts";

/** Rabi oscillations, coherence, emission and populations beside the power route. */
export const COHERENCE_CHECKS = {
  beyond_2t1: {
    severity: "doubts",
    meaning: "The coherence outlives 2 T1 by more than 3 sigma, which no qubit can: T1 and T2 were not those of one time, or a fit is off.",
  },
  coherence_shape: {
    severity: "doubts",
    meaning: "The coherence does not decay exponentially within its noise: slow frequency noise, and gamma2 is a number of the window.",
  },
  dephasing_differs: {
    severity: "informs",
    meaning: "Coherence rates of the sweep, of Ramsey and of echo data differ by more than 3 sigma: frequency noise that is slow.",
  },
  driven_shape: {
    severity: "doubts",
    meaning: "A Rabi trace is not described by the damped oscillation of a two-level system within its noise.",
  },
  emission_not_constant: {
    severity: "doubts",
    meaning: "Emitted power over excited population is not constant in time: background, gain or population are off.",
  },
  heating: {
    severity: "doubts",
    meaning: "The equilibrium population rises with drive power by more than 3 sigma: the drive heats the qubit's surroundings.",
  },
  no_rabi: {
    severity: "refuses",
    meaning: "Rabi data are there, but give no Rabi frequency, or nothing stands beside them to make a rate of it.",
  },
  rabi_line: {
    severity: "doubts",
    meaning: "The squared Rabi frequency is not a straight line through the origin against power: source or amplifier are not linear.",
  },
  rabi_no_sigma: {
    severity: "doubts",
    meaning: "The Rabi frequencies have no uncertainty, and are too few for one from their scatter about a line.",
  },
} as const satisfies CheckTable;
