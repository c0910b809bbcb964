import { type Check, check } from "../core/check.ts";
import { chi2High, chi2Low } from "../core/messages/fit.ts";
import { chi2Tail } from "../numerics/gamma-function.ts";
import type { LawFit } from "./law-fit.ts";

/** chi2 is called too high or too low when the stated noise alone would give it less often than this. */
export const CHI2_LIMIT = 1e-3;

/**
 * Probability of a larger Pearson's chi2: a scaled chi2 with the right mean and variance (Satterthwaite 1946).
 * @param excess by how much its variance exceeds 2 dof (`Likelihood.excessVariance`).
 */
export function pearsonTail(chi2: number, excess: number, dof: number): number {
  const stretch = Math.max(0.1, 1 + excess / (2 * dof));
  return chi2Tail(chi2 / stretch, dof / stretch);
}

/** chi2 against the stated noise; nothing where the noise was estimated from the same residuals. */
export function chi2Checks(fit: LawFit): Check[] {
  if (!fit.likelihood.absolute || fit.dof < 1) return [];
  const high = pearsonTail(fit.chi2, fit.likelihood.excessVariance(fit.values), fit.dof);
  const ratio = fit.chi2 / fit.dof;
  return [
    check("chi2_high", high >= CHI2_LIMIT, chi2High(ratio, fit.dof, high), high, CHI2_LIMIT),
    check("chi2_low", 1 - high >= CHI2_LIMIT, chi2Low(ratio, fit.dof, 1 - high), 1 - high, CHI2_LIMIT),
  ];
}
