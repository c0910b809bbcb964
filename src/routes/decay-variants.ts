import type { LabelledFit } from "../fit/labelled.ts";
import type { FitOutcome } from "../fit/outcome.ts";

/** How the rate was taken from a trace: the estimator's name in `estimates.csv`. */
export type DecayEstimator = "exponential" | "calibrated" | "offset_fixed" | "calibration_as_data";

/** The alternatives that are estimators of the rate; a bi-exponential is not: it has two. */
const ALTERNATIVES: readonly (readonly [key: string, estimator: DecayEstimator])[] = [
  ["offset_free", "exponential"],
  ["offset_fixed", "offset_fixed"],
  ["calibration_as_data", "calibration_as_data"],
];

/** The main outcome's estimator: with calibration points the free offset stands among the alternatives. */
export const mainEstimator = (fit: LabelledFit): DecayEstimator => (fit.alternatives.offset_free ? "calibrated" : "exponential");

/** Every estimator that this trace allows, the main one first. */
export function variantsOf(fit: LabelledFit): ReadonlyMap<DecayEstimator, FitOutcome> {
  const variants = new Map<DecayEstimator, FitOutcome>([[mainEstimator(fit), fit.outcome]]);
  for (const [key, estimator] of ALTERNATIVES) {
    const outcome = fit.alternatives[key];
    if (outcome) variants.set(estimator, outcome);
  }
  return variants;
}
