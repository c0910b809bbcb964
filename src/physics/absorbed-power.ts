import type { Complex } from "./complex.ts";
import { HBAR } from "./constants.ts";

/**
 * Estimators of the power that a driven qubit takes from its line (PHYSICS.md sec. 1). S is normalised to the qubit-off line,
 * powers are at the qubit's port, W. The work of the drive is what makes `G1tot = W/(hbar w_d (n_e - n_eq))` exact;
 * it may exceed P_in up to fourfold (extinction), so nothing is clipped.
 */

/** Estimator 1, one port, complex S11: `2 P (1 - Re S11)`. Exact at any drive strength. */
export function workFromReflection(power: number, s11: Complex): number {
  return 2 * power * (1 - s11.re);
}

/** Estimator 4, two-sided line or hanger, complex S21: `2 P (1 - Re S21)`. */
export function workFromTransmission(power: number, s21: Complex): number {
  return 2 * power * (1 - s21.re);
}

/** Estimator 4, two-sided line, where the phase of the reflection at the qubit's plane is known: `-2 P Re S11`. */
export function workFromTwoSidedReflection(power: number, s11: Complex): number {
  return -2 * power * s11.re;
}

/**
 * Estimator 2, Paper I sec. 3.6, incident minus reflected as a scalar VNA sees it: `P (1 - |S11|^2) = W - hbar w Gr |s|^2`.
 * It misses what the qubit re-emits incoherently: on resonance it is W (1 + S11)/2, a lower bound.
 * @param magnitude2 |S11|^2.
 */
export function scalarDifference(power: number, magnitude2: number): number {
  return power * (1 - magnitude2);
}

/** Incident minus transmitted minus reflected on a two-sided line: `P (1 - |S21|^2 - |S11|^2)`. On resonance W S21. */
export function scalarDifferenceTwoSided(power: number, transmitted2: number, reflected2: number): number {
  return power * (1 - transmitted2 - reflected2);
}

/** Estimator 3, total output power (power meter, thermal background subtracted), gain cancelled by the off measurement: `P (1 - P_on/P_off)`. Non-radiative part only. */
export function totalPowerDifference(power: number, on: number, off: number): number {
  return power * (1 - on / off);
}

/** Scalar difference over work of the drive, `(1 - |S|^2)/(2(1 - Re S))`: `(1 + S11)/2` on resonance. NaN where nothing is absorbed. */
export function scalarBias(s: Complex): number {
  const extinction = 1 - s.re;
  // 1 - |S|^2 = 2x - x^2 - Im^2 with x = 1 - Re S.
  return extinction === 0 ? Number.NaN : (2 * extinction - extinction * extinction - s.im * s.im) / (2 * extinction);
}

/** The same bias from rates: `1 - (Gr |z_eq|/(2 G2))/(1 + S)`. Zero for a weakly driven over-coupled qubit. */
export function scalarBiasFromRates(gammaRZ: number, gamma2: number, saturation: number): number {
  return 1 - gammaRZ / (2 * gamma2) / (1 + saturation);
}

/** Rate from absorbed power, 1/s: `R/(hbar w_d (n_e - n_eq))` (Paper I eq 21 with the equilibrium population subtracted). Use the drive's frequency. */
export function rateFromPower(power: number, omegaDrive: number, excess: number): number {
  return power / (HBAR * omegaDrive * excess);
}
