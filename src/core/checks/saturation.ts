import type { CheckTable } from "./entry.ts";

/** Rates from the saturation of the scattering. */
export const SATURATION_CHECKS = {
  integrated_line: {
    severity: "doubts",
    meaning:
      "The area of the line is not that of the fitted Lorentzian: the line is broadened otherwise (slow frequency noise), or the normalisation is off.",
  },
  negative_dephasing: {
    severity: "doubts",
    meaning: "The coherence decays more slowly than half the relaxation rate, which is impossible: attenuation, T1 or line shape is wrong.",
  },
  saturation_curvature: {
    severity: "doubts",
    meaning:
      "1/(1-S) on resonance is not linear in drive power, as it is for a Lorentzian line: rates from the saturation of the scattering are off.",
  },
  saturation_plateau: {
    severity: "doubts",
    meaning:
      "The power at which the absorbed power saturates is not the one that the fitted line predicts: the rate from the sweep is off by as much.",
  },
} as const satisfies CheckTable;
