import { mean } from "../../numerics/quantile.ts";
import type { LawFit } from "../law-fit.ts";
import type { Signal } from "../signal-type.ts";

/** By how much a law describes a trace better than a constant, in chi2 (of the residuals' own size where the noise is not known). */
export function gainOverConstant(fit: LawFit, { y }: Signal): number {
  const [residual, weight] = [new Float64Array(y.length), new Float64Array(y.length)];
  const flat = fit.likelihood.whiten(new Float64Array(y.length).fill(mean(y)), residual, weight);
  return (2 * (flat - fit.minimum.objective)) / fit.scale ** 2;
}
