import type { CheckTable } from "./entry.ts";

/** Power route: whether data and assumptions hold. */
export const POWER_CHECKS = {
  channels: {
    severity: "doubts",
    meaning:
      "More would go into the line than is lost in all: power at the device, geometry, or the assumption of Markovian channels in parallel is wrong.",
  },
  drive_dependent: { severity: "doubts", meaning: "The rate per power is not constant within its errors." },
  drive_off_line: {
    severity: "refuses",
    meaning:
      "Populations are driven far higher than a drive at the frequency that is stated for them can: that frequency is not the drive's.",
  },
  frequency_disagrees: {
    severity: "doubts",
    meaning:
      "The lab file's qubit frequency is not that of the resonance: another qubit or an old number, and what follows from it is off.",
  },
  leakage: {
    severity: "doubts",
    meaning: "The circulator, or another path past the qubit, leaks so much that the work of the drive is uncertain.",
  },
  levels_above: {
    severity: "doubts",
    meaning: "Levels above the first hold so much of the absorbed energy that the two-level rate is off by a good part of its error.",
  },
  line_shape: {
    severity: "doubts",
    meaning:
      "The scattering is not described by a saturating Lorentzian within its noise: depth, width and saturation are read with a wrong law.",
  },
  low_power_only: { severity: "informs", meaning: "The saturation does not span 0.1 to 10: the extrapolation to weak drive is refused." },
  markov: { severity: "doubts", meaning: "The qubit's quality factor is too low for a rate to be defined." },
  not_through_origin: {
    severity: "doubts",
    meaning:
      "Absorbed work against excess population is a straight line that does not pass through the origin within its errors: the equilibrium population is off, or something beside the qubit absorbs.",
  },
  passivity: { severity: "doubts", meaning: "|S| exceeds 1 by more than its noise: the normalisation is wrong." },
  phase_reference: {
    severity: "doubts",
    meaning: "The off-resonance scattering is not 1 after normalisation: the reference's phase or gain is off.",
  },
  population_below_equilibrium: { severity: "doubts", meaning: "A driven population is not above equilibrium: this power gives no rate." },
  rwa: {
    severity: "doubts",
    meaning: "Drive strength or detuning is not small against the qubit frequency: the rotating-wave formulas are imprecise.",
  },
  scalar_bias: {
    severity: "doubts",
    meaning:
      "Incident minus reflected misses the power that the qubit re-emits incoherently: the rate is a lower bound, biased by the factor printed.",
  },
  shapes_alike: {
    severity: "informs",
    meaning:
      "The powers do not tell a population offset from an amplitude error of the reference: the extrapolation to weak drive is refused.",
  },
  steady_state: { severity: "doubts", meaning: "The drive may have been too short for a steady state." },
  two_level: { severity: "doubts", meaning: "The drive is not small against the anharmonicity: higher levels take part." },
} as const satisfies CheckTable;
