import { HBAR } from "./constants.ts";

/**
 * Undriven theorem (Paper I eq 12) for what the line sees after a pulse: emitted power above the line's thermal background,
 * `P_em(t) = hbar w Gr (1 + 2 n_r) (n_e(t) - n_eq)`, W; the ratio to the excess is constant in time.
 */
export function emittedPower(omega: number, gammaR: number, nR: number, excess: number): number {
  return HBAR * omega * gammaR * (1 + 2 * nR) * excess;
}

/** Its inverse: `Gr (1 + 2 n_r) = P_em/(hbar w (n_e - n_eq))`, 1/s. */
export function radiativeRateFromEmission(power: number, omega: number, excess: number): number {
  return power / (HBAR * omega * excess);
}

/** Photons that a pi pulse on the equilibrium state sends into the line above its background: `Gr (1 + 2 n_r) (1 - 2 n_eq)/G1tot`; Gr/G1 at T = 0. */
export function photonsPerPiPulse(gammaR: number, nR: number, gamma1Total: number, nEq: number): number {
  return (gammaR * (1 + 2 * nR) * (1 - 2 * nEq)) / gamma1Total;
}
