import { HBAR } from "./constants.ts";
import type { PortGeometry } from "./ports.ts";

/**
 * Where the energy goes (PHYSICS.md sec. 3). Gr, Gnr are zero-temperature rates into the line and into everything else; G1 = Gr + Gnr
 * is the zero-temperature total, `G1 = G1tot (1 - 2 n_eq)`.
 */

/** `G1 = Gd - Gu = G1tot (1 - 2 n_eq)`. */
export function zeroTemperatureRate(gamma1Total: number, nEq: number): number {
  return gamma1Total * (1 - 2 * nEq);
}

/** `Gd = G1tot (1 - n_eq)`, `Gu = G1tot n_eq`. */
export function downAndUp(gamma1Total: number, nEq: number): { readonly down: number; readonly up: number } {
  return { down: gamma1Total * (1 - nEq), up: gamma1Total * nEq };
}

/** `f_nonradiative = Gnr/G1 = 1 - Gr/G1`. With Gr|z_eq| and T1: `Gr/G1 = Gr|z_eq|/(G1tot z_eq^2)`. */
export function nonradiativeFraction(gammaRZ: number, gamma1Total: number, nEq: number): number {
  const z = 1 - 2 * nEq;
  return 1 - gammaRZ / (gamma1Total * z * z);
}

/**
 * Zero-temperature rate from the saturation of the scattering with calibrated power, in any geometry:
 * `Gd - Gu = 4/(hbar w_d d[1/(1-S)]/dP)`, P at the device on resonance. Assumes Lorentzian dephasing.
 * @param slope d[1/(1-S)]/dP at zero detuning, 1/W.
 */
export function rateFromSaturation(slope: number, omegaDrive: number): number {
  return 4 / (HBAR * omegaDrive * slope);
}

/** `f_int <= (1 + S11(0))/2` at zero temperature and weak drive, from the resonance alone; two-sided: `S21(0)`. */
export function internalFractionBound(geometry: PortGeometry, onResonance: number): number {
  return geometry === "one-port" ? (1 + onResonance) / 2 : onResonance;
}
