import { type Check, check } from "../core/check.ts";
import { chi2High, chi2Low } from "../core/messages/fit.ts";
import { chi2Tail } from "../numerics/gamma-function.ts";
import type { LawFit } from "./law-fit.ts";

/** chi2 is called too high or too low when the stated noise alone would give it less often than this. */
export const CHI2_LIMIT = 1e-3;

/** chi2 against the stated noise; nothing where the noise was estimated from the same residuals. */
export function chi2Checks(fit: LawFit): Check[] {
  if (!fit.likelihood.absolute || fit.dof < 1) return [];
  // A scaled chi2 with the right mean and variance (Satterthwaite 1946).
  const stretch = Math.max(0.1, 1 + fit.likelihood.excessVariance(fit.values) / (2 * fit.dof));
  const high = chi2Tail(fit.chi2 / stretch, fit.dof / stretch);
  const ratio = fit.chi2 / fit.dof;
  return [
    check("chi2_high", high >= CHI2_LIMIT, chi2High(ratio, fit.dof, high), high, CHI2_LIMIT),
    check("chi2_low", 1 - high >= CHI2_LIMIT, chi2Low(ratio, fit.dof, 1 - high), 1 - high, CHI2_LIMIT),
  ];
}
