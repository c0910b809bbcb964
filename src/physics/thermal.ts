import { HBAR, KB } from "./constants.ts";

/** Bose occupation `1/(exp(hbar w/kB T) - 1)` at angular frequency w (rad/s) and temperature T (K); 0 at T = 0. */
export function thermalOccupation(omega: number, temperature: number): number {
  return temperature === 0 ? 0 : 1 / Math.expm1((HBAR * omega) / (KB * temperature));
}

/** Equilibrium population of the upper level, `1/(exp(hbar w/kB T) + 1)`. */
export function equilibriumPopulation(omega: number, temperature: number): number {
  return temperature === 0 ? 0 : 1 / (Math.exp((HBAR * omega) / (KB * temperature)) + 1);
}

/** `d n_eq/d T = n_eq (1 - n_eq) hbar w/(kB T^2)`, 1/K. */
export function equilibriumSlope(omega: number, temperature: number): number {
  const n = equilibriumPopulation(omega, temperature);
  return temperature === 0 ? 0 : (n * (1 - n) * HBAR * omega) / (KB * temperature * temperature);
}

/** Effective temperature `hbar w/(kB ln((1 - n_eq)/n_eq))`, K; NaN outside 0 < n_eq < 1/2, where there is no positive temperature. */
export function effectiveTemperature(omega: number, nEq: number): number {
  return nEq > 0 && nEq < 0.5 ? (HBAR * omega) / (KB * Math.log((1 - nEq) / nEq)) : Number.NaN;
}

/** `d T_eff/d n_eq = kB T^2/(hbar w n_eq (1 - n_eq))`, K. */
export function effectiveTemperatureSlope(omega: number, nEq: number): number {
  const t = effectiveTemperature(omega, nEq);
  return (KB * t * t) / (HBAR * omega * nEq * (1 - nEq));
}

/** Occupation of a single bath that gives n_eq: `n_th = n_eq/(1 - 2 n_eq)`. */
export function occupationFromPopulation(nEq: number): number {
  return nEq / (1 - 2 * nEq);
}

/** `n_eq = n_th/(1 + 2 n_th)`. */
export function populationFromOccupation(nTh: number): number {
  return nTh / (1 + 2 * nTh);
}
