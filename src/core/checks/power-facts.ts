import type { CheckTable } from "./entry.ts";

/** Power route: what the lab file and the datasets have to state, and how well. */
export const POWER_FACT_CHECKS = {
  assumed_on_resonance: { severity: "informs", meaning: "The drive frequency of the population is not stated; resonance is assumed." },
  attenuation_disagrees: {
    severity: "doubts",
    meaning: "The stated attenuation and the one that Rabi oscillations with the radiative rate give differ by more than 3 sigma.",
  },
  attenuation_elsewhere: {
    severity: "doubts",
    meaning: "The attenuation was determined at another frequency, and its variation over frequency (ripple) is not stated.",
  },
  attenuation_no_sigma: {
    severity: "doubts",
    meaning:
      "The attenuation has no uncertainty: only the statistical part of the power route's error is known, and that is a lower bound.",
  },
  attenuation_unknown_origin: {
    severity: "doubts",
    meaning: "Where the attenuation comes from is not stated: it never counts as independent.",
  },
  background_no_sigma: {
    severity: "doubts",
    meaning: "The stated background of the power meter has no uncertainty: only the statistical part of the error is known.",
  },
  background_unknown: {
    severity: "informs",
    meaning: "The background of the power meter is not stated; the powers are taken as what is left after its subtraction.",
  },
  circular: {
    severity: "doubts",
    meaning: "The attenuation was calibrated from the same relaxation: agreement of the two routes is empty.",
  },
  detector_bandwidth: {
    severity: "doubts",
    meaning:
      "The power meter's bandwidth does not hold the whole spectrum of the driven qubit: emitted power is missed and counts as absorbed.",
  },
  equilibrium_disagrees: { severity: "doubts", meaning: "Two sources of the equilibrium population differ by more than 3 sigma." },
  equilibrium_no_sigma: {
    severity: "doubts",
    meaning:
      "The equilibrium population, or the temperature that it comes from, has no uncertainty: what it adds to the error is not known.",
  },
  no_absorption: { severity: "refuses", meaning: "The rate from absorbed power cannot be told from zero within its statistical error." },
  no_attenuation: { severity: "refuses", meaning: "The power at the device is not known: state the line's attenuation in gammawatt.yaml." },
  no_detector: {
    severity: "refuses",
    meaning: "A table of incident and reflected power needs detector: vna or power-meter; they measure different things.",
  },
  no_equilibrium: {
    severity: "doubts",
    meaning: "The equilibrium population is not known; it was taken as zero, and the error is left empty.",
  },
  no_frequency: { severity: "refuses", meaning: "The drive frequency is not known." },
  no_geometry: { severity: "doubts", meaning: "The port geometry is not stated; a wrong one is a factor of 2." },
  no_population: { severity: "refuses", meaning: "The excited population under drive was not measured." },
  no_readout: { severity: "refuses", meaning: "Measured p1 cannot be turned into a population: state readout errors in gammawatt.yaml." },
  no_reference: {
    severity: "refuses",
    meaning: "No qubit-off value: incident minus reflected is dominated by cable loss. Measure with the qubit detuned.",
  },
  no_scattering: { severity: "refuses", meaning: "Populations under drive are there, but neither scattering nor absorbed power." },
  no_source_power: {
    severity: "refuses",
    meaning: "The power at the source is not known: give a column, a {power} label, or power: in the entry.",
  },
  no_temperature: {
    severity: "refuses",
    meaning: "The equilibrium population is compatible with 0, or is that of no temperature: the sentence says below which one it is.",
  },
  normalisation_assumed: {
    severity: "doubts",
    meaning: "There is no qubit-off reference; S was taken as already normalised, or its background was fitted.",
  },
  prepared_assumed: {
    severity: "informs",
    meaning: "How the levels behind the readout errors were prepared is not stated; heralded is assumed.",
  },
  readout_no_sigma: {
    severity: "doubts",
    meaning:
      "The readout errors have no uncertainty: only the statistical part of the power route's error is known, and that is a lower bound.",
  },
  reference_no_sigma: {
    severity: "doubts",
    meaning:
      "The noise of the qubit-off reference is not known: only the statistical part of the power route's error is known, and that is a lower bound.",
  },
  temperature_from_fridge: { severity: "doubts", meaning: "The qubit's temperature is taken from the fridge; qubits are usually hotter." },
  unsupported_geometry: { severity: "refuses", meaning: "This port geometry cannot be evaluated from the data that are there." },
} as const satisfies CheckTable;
