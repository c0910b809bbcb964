import type { CheckTable } from "./entry.ts";

/** The field model fitted to maps of energy density. */
export const FIELD_CHECKS = {
  field_background: {
    severity: "doubts",
    meaning:
      "The model reads u as energy above equilibrium, which is zero far from every source and long after it. Here it is not: an offset is in the data, and gamma0 and gamma2 are off by it.",
  },
  field_boundary: {
    severity: "doubts",
    meaning:
      "The data near a side of the domain contradict the boundary condition that was assumed there. A wrong one shifts gamma2 by many times its error.",
  },
  field_chi2: {
    severity: "doubts",
    meaning: "The field model does not describe the data within their stated noise: its errors are too small, or the model is wrong.",
  },
  field_dark: {
    severity: "refuses",
    meaning: "There is no signal: u is nowhere above its noise, or no value can be used.",
  },
  field_discretisation: {
    severity: "doubts",
    meaning:
      "The solver's grid or time steps are too coarse for the noise of the data: a finer one moves the result by a noticeable part of its error.",
  },
  field_energy_balance: {
    severity: "doubts",
    meaning:
      "In the solver's result power in, power absorbed, power through the sides and stored energy do not add up: the numbers do not obey the equation.",
  },
  field_gamma2_by_law: {
    severity: "doubts",
    meaning:
      "gamma2 is determined only because gamma0(r) was assumed to follow a simple law: a map of gamma0 that is free at every position would leave it open.",
  },
  field_gamma2_limit: {
    severity: "doubts",
    meaning: "The data bound gamma2 on one side only: the limit is what they say, the value beside it is only where the fit stopped.",
  },
  field_gamma2_open: {
    severity: "refuses",
    meaning:
      "Other values of gamma2, each with a map gamma0(r) of its own, describe the data exactly as well: the sentence says what would decide.",
  },
  field_incomplete: {
    severity: "refuses",
    meaning:
      "Maps and statements do not make a problem of the field model; the sentence says what is missing or contradicts, and what to write.",
  },
  field_law: {
    severity: "doubts",
    meaning: "The data ask for a richer law of gamma0(r) than the one that was fitted: what it leaves out has gone into gamma0 and gamma2.",
  },
  field_maps_disagree: {
    severity: "doubts",
    meaning:
      "The maps that were fitted together do not follow from one medium: one of them is described much worse than it would be by chance.",
  },
  field_mean_prior: {
    severity: "doubts",
    meaning: "The mean of gamma0 over the domain counts places that the data do not see: its value is partly the assumption of smoothness.",
  },
  field_negative: {
    severity: "doubts",
    meaning: "The solver's u goes below zero, which the equation forbids: time steps are too long for the sharpest detail.",
  },
  field_on_assumed: {
    severity: "doubts",
    meaning:
      "When a source of a film is on is not stated: it was taken to be on all the time. A source that was switched makes gamma0 and gamma2 wrong.",
  },
  field_prior: {
    severity: "informs",
    meaning:
      "In the hatched part of the map the error of gamma0 is nearly what it was assumed to be before any data (above 0.7 of it): there the map shows the prior, not the data.",
  },
  field_qubit_decay: {
    severity: "doubts",
    meaning:
      "gamma0 at a qubit is not its own relaxation rate, as it must be without exchange of energy: absorbed power, population or T1 is wrong, or energy moves between the qubits.",
  },
  field_residuals_space: {
    severity: "doubts",
    meaning:
      "Residuals at neighbouring points are alike: the model misses a structure in space (a source, a defect, the boundary), and its errors are too small.",
  },
  field_residuals_time: {
    severity: "doubts",
    meaning:
      "Residuals at neighbouring times are alike: the model misses a course in time (switching times of the source, a second field, a memory), and its errors are too small.",
  },
  field_scale_open: {
    severity: "refuses",
    meaning:
      "Without the source's absolute size only ratios are determined: the diffusion length sqrt(gamma2/gamma0) and f, neither gamma0 nor gamma2.",
  },
  field_sensors_coarse: {
    severity: "doubts",
    meaning:
      "The points stand further apart than energy diffuses: what lies between them is not measured, and gamma2 rests on the law of the fit.",
  },
  field_source_assumed: {
    severity: "doubts",
    meaning:
      "The size of the absorbed power density is taken as stated without an uncertainty, and the data do not give it: what it contributes to the errors is not in the numbers.",
  },
  field_source_scale: {
    severity: "doubts",
    meaning:
      "The data themselves give the size of the absorbed power (by the rise and the decay), and it is not the stated one: calibration, timing or model is wrong.",
  },
  field_source_window: {
    severity: "doubts",
    meaning: "The map of a source ends where it still absorbs: what lies beyond was taken as zero, and gamma0 and gamma2 answer for it.",
  },
  field_start_assumed: {
    severity: "doubts",
    meaning:
      "The state before the first time is taken as stated (empty, or the steady state under the sources), not fitted; it fails where the source had not been on for long enough to be steady.",
  },
  field_times_coarse: {
    severity: "doubts",
    meaning: "The times are too far apart, or span too little, to see the decay: gamma0 and gamma2 rest on the tail or on the start alone.",
  },
  field_two_fields: {
    severity: "doubts",
    meaning:
      "gamma0 changes with the energy that was dissipated before: the numbers of the one-field model are means over that, the rows of estimator two_fields are those of the model with a second field.",
  },
  field_undriven: {
    severity: "refuses",
    meaning: "Neither a source nor a start gives the model any energy, so that it can only be zero.",
  },
  field_values_left_out: {
    severity: "informs",
    meaning: "Values whose sigma is no positive number were left out of the fit; the sentence says how many.",
  },
} as const satisfies CheckTable;
