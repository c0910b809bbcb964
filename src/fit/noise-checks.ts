import { type Check, check } from "../core/check.ts";
import { chi2High, chi2Low, outlierSentence } from "../core/messages/fit.ts";
import { studentTail } from "../numerics/beta-function.ts";
import { chi2Tail } from "../numerics/gamma-function.ts";
import { normalCdf } from "../numerics/normal.ts";
import type { LawFit } from "./law-fit.ts";

/** chi2 is called too high or too low when the stated noise alone would give it less often than this. */
export const CHI2_LIMIT = 1e-3;
/** A trace of good noise shows an "outlier" this often. */
export const OUTLIER_LIMIT = 0.01;

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

/** Largest deleted studentised residual, its probability multiplied by the number of points (Bonferroni). Nothing is dropped. */
export function outlierCheck(fit: LawFit, basis: readonly Float64Array[], residual: Float64Array, t: Float64Array): Check {
  let [worst, largest] = [0, 0];
  for (let i = 0; i < residual.length; i++) {
    let leverage = 0;
    for (const q of basis) leverage += q[i]! ** 2;
    if (!(leverage < 1 - 1e-6)) continue;
    const r = Math.abs(residual[i]!) / fit.scale / Math.sqrt(1 - leverage);
    if (r > largest) [worst, largest] = [i, r];
  }
  let p: number;
  if (fit.likelihood.absolute) p = 2 * normalCdf(-largest);
  else {
    const left = fit.dof - largest * largest;
    p = fit.dof < 2 ? 1 : left > 0 ? studentTail(largest * Math.sqrt((fit.dof - 1) / left), fit.dof - 1) : 0;
  }
  const measured = Math.min(1, p * residual.length);
  return check("outliers", measured >= OUTLIER_LIMIT, outlierSentence(largest, t[worst]!), measured, OUTLIER_LIMIT);
}
