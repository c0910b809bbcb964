import { atBounds, notDetermined, rateVanishes } from "../core/messages/laws.ts";
import { type LawFit, sigmaOf } from "./law-fit.ts";

/**
 * Why the parameters of a minimum are not all determined: directions along which nothing changes (their covariance is NaN), a shape parameter on its
 * bound, or a minimum that is a simpler law's (the law's own test, at two standard deviations). Undefined where the data determine everything.
 */
export function degenerate(fit: LawFit): string | undefined {
  const n = fit.p.length;
  const { parameters } = fit.model;
  const own = fit.model.degenerate?.({ p: fit.p, fixed: fit.fixed, sigma: (gradient) => sigmaOf(fit, gradient) });
  if (own) return own;
  const open = parameters.filter((_, j) => !fit.fixed[j] && !Number.isFinite(fit.covariance[j * n + j]!));
  if (open.length > 0) return notDetermined(open.map((p) => p.name));
  const held = parameters.filter((p, j) => !fit.fixed[j] && p.searchLimits && (fit.p[j] === p.lower || fit.p[j] === p.upper));
  if (held.length > 0) return atBounds(held.map((p) => p.name));
  return fit.model.rate(fit.p).value > 0 ? undefined : rateVanishes(fit.model.name);
}
