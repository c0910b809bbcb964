import type { Drive, Rates } from "./two-level.ts";

/**
 * Relative error of `G1tot = W/(hbar w_d (n_e - n_eq))` by the counter-rotating half of the drive (PHYSICS.md sec. 1, "Without RWA"):
 * `2 w_d w_q/(w_d^2 + w_q^2) - 1 - (Omega^2/(4 w_d) + G2^2/(2 w_q))/w_q`; on resonance `-(Omega^2/4 + G2^2/2)/w_q^2`, with G2 = G1/2 the
 * `-(Omega^2/4 + G1^2/8)/w_q^2` there. Second order: within a few per cent of itself up to Omega = 0.2 w_q (against harmonic balance, ref04).
 * @param omegaQubit rad/s
 */
export function counterRotatingError(rates: Pick<Rates, "gamma2">, drive: Drive, omegaQubit: number): number {
  const omegaDrive = omegaQubit + drive.delta;
  const detuned = -(drive.delta ** 2) / (omegaDrive ** 2 + omegaQubit ** 2);
  return detuned - (drive.omega ** 2 / (4 * omegaDrive) + rates.gamma2 ** 2 / (2 * omegaQubit)) / omegaQubit;
}

/**
 * Mean work of the drive without the RWA, over hbar, rad/s^2: `w_q [Gd n_e - Gu (1 - n_e)] + Omega G2 mean(cos(w_d t) <sigma_x>)`.
 * Exact in the periodic steady state. Paper I eq 20 has the G1tot/2 part of G2; pure dephasing adds the rest.
 */
export function workBeyondRwa(
  rates: Rates,
  omegaQubit: number,
  rabi: number,
  state: { readonly population: number; readonly cosX: number },
): number {
  const { population, cosX } = state;
  return omegaQubit * (rates.down * population - rates.up * (1 - population)) + rabi * rates.gamma2 * cosX;
}
