import {
  beyondBound,
  covarianceSentence,
  noFreedom,
  noMinimum,
  noWidth,
  targetAtBound,
  targetFixed,
  targetUndetermined,
} from "../../core/messages/intervals.ts";
import { ENDINGS } from "../../numerics/least-squares.ts";
import { convergenceCheck } from "../fit-outcome.ts";
import { type LawFit, sigmaOf } from "../law-fit.ts";
import { halfWidthAt } from "./level.ts";
import { type Failed, type Flat, type Heading, type Interval, twoSided } from "./outcome.ts";
import { asAsked } from "./reciprocal.ts";
import { type Target, targetOf } from "./target.ts";

/**
 * Symmetric interval value ± w sigma, sigma by first-order propagation, w normal for known noise and Student's for estimated noise.
 * For `t1` the interval of the rate is inverted.
 * @param parameter of the law, `gamma1_total` or `t1`. @throws UserError for an unknown name or level.
 */
export function covarianceInterval(fit: LawFit, parameter: string, level: number): Interval {
  const target = targetOf(fit, parameter);
  const width = halfWidthAt(level, fit.likelihood.absolute, Math.max(fit.dof, 1));
  const heading = headingOf(fit, target, "covariance", level);
  const excuse = noIntervalBecause(fit, target, heading);
  if (excuse) return asAsked(target, excuse);
  const { value } = heading;
  if (
    target.index !== undefined &&
    (value === fit.model.parameters[target.index]!.lower || value === fit.model.parameters[target.index]!.upper)
  )
    return asAsked(target, { ...heading, kind: "failed", reason: "at_bound", sentence: targetAtBound(target.name, value) });
  const sigma = targetSigma(fit, target);
  const flat = undeterminedBecause(fit, target, heading);
  if (flat) return asAsked(target, flat);
  const [low, high] = [value - width * sigma, value + width * sigma];
  const outside = low < target.lower || high > target.upper ? ` ${beyondBound(target.name)}` : "";
  const sentence = sigma === 0 ? noWidth() : covarianceSentence(level, fit.dof, !fit.likelihood.absolute) + outside;
  return asAsked(target, twoSided(heading, low, high, sentence, targetUndetermined(target.name)));
}

export function headingOf(fit: LawFit, target: Target, method: Heading["method"], level: number): Heading {
  return { method, name: target.name, unit: target.unit, level, value: target.value(fit.p) };
}

/**
 * Fixed quantities, noise that cannot be estimated and fits without a minimum have no interval by any method.
 * @param distance hold the fit to its distance from the minimum too. Along what the data do not determine that means nothing, which is what a profile
 * is there to say, and a profile finds what lies lower: it asks for the optimiser's own ending only.
 */
export function noIntervalBecause(fit: LawFit, target: Target, heading: Heading, distance = true): Failed | undefined {
  if (target.fixed) return { ...heading, kind: "failed", reason: "fixed", sentence: targetFixed(target.name) };
  if (!(fit.dof > 0) && !fit.likelihood.absolute)
    return { ...heading, kind: "failed", reason: "no_freedom", sentence: noFreedom(fit.residual.length) };
  const ended = distance ? convergenceCheck(fit).holds || undetermined(fit) : ENDINGS[fit.minimum.ending].converged;
  if (!ended || ![heading.value, fit.scale, fit.minimum.objective].every(Number.isFinite))
    return { ...heading, kind: "failed", reason: "not_converged", sentence: noMinimum() };
  return undefined;
}

/** Where the covariance is singular along the target, simulated traces and walkers wander without end: only a profile has an end. */
export function undeterminedBecause(fit: LawFit, target: Target, heading: Heading): Flat | undefined {
  return Number.isFinite(targetSigma(fit, target)) ? undefined : { ...heading, kind: "flat", sentence: targetUndetermined(target.name) };
}

/** The optimiser ended well, but no covariance exists along some direction. */
function undetermined(fit: LawFit): boolean {
  return ENDINGS[fit.minimum.ending].converged && fit.covariance.some(Number.isNaN);
}

/** Standard deviation of the target from the covariance, NaN where it is undetermined; fixed parameters do not contribute. */
export function targetSigma(fit: LawFit, target: Target): number {
  return sigmaOf(fit, target.gradient(fit.p));
}
