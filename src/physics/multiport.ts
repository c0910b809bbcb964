import { abs2, type Complex } from "./complex.ts";

/**
 * Estimators of the work of the drive where a single port does not tell it (PHYSICS.md sec. 1, estimators 5 to 7). Powers are incident at the
 * driven port, W; S is referred to the qubit-off amplitudes.
 */

/**
 * Estimator 5, lossless network, drive in port 1: `2 P (1 - Re sum_j conj(C_j1) S_j1)`. Exact at any drive strength; loss between the ports makes
 * `sum |C_j1|^2` less than 1 and must be divided out first.
 * @param background C_j1, qubit off; @param measured S_j1 at the same ports.
 */
export function workFromColumn(power: number, background: readonly Complex[], measured: readonly Complex[]): number {
  // 1 = sum |C|^2 of a lossless column: as a sum of differences it keeps its digits.
  return 2 * power * background.reduce((sum, c, j) => sum + c.re * (c.re - measured[j]!.re) + c.im * (c.im - measured[j]!.im), 0);
}

/** Incident minus all that comes out coherently, `P (1 - sum_j |S_j1|^2)`: the scalar estimator with every port measured. */
export function scalarDifferenceOfColumn(power: number, measured: readonly Complex[]): number {
  return power * (1 - measured.reduce((sum, s) => sum + abs2(s), 0));
}

/**
 * Estimator 6, hanger in a line that is mismatched symmetrically about it: `2 P cos(phi) Re[e^{-i phi} (1 - S21/S21bg)]` (diameter correction).
 * @param ratio S21/S21bg; @param mismatch phi, rad: the resonance circle's rotation about the off point.
 */
export function workFromHanger(power: number, ratio: Complex, mismatch: number): number {
  const [c, s] = [Math.cos(mismatch), Math.sin(mismatch)];
  return 2 * power * c * (c * (1 - ratio.re) - s * ratio.im);
}

/**
 * Estimator 7, driven through one port and detected through another without a direct path, on resonance: `2 P sqrt(k_drive/k_detect) |S21|`.
 * There is no off trace, so the absolute gain of the chain enters.
 */
export function workFromSeparatePorts(power: number, drive: number, detect: number, magnitude: number): number {
  return 2 * power * Math.sqrt(drive / detect) * magnitude;
}
