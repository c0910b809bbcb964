import { type Check, check } from "../core/check.ts";
import { cutOff, growingSentence, longEnough, underSampled, wellSampled } from "../core/messages/fit.ts";
import type { ExponentialFit } from "./exponential-fit.ts";
import type { RateInterval } from "./interval.ts";

/** A free offset needs a window of this many T1. */
export const WINDOW_LIMIT = 2;
/** A time constant beyond ten windows is not seen in one. */
export const GROWING_LIMIT = 0.1;
/** Distinct delays at which more than a tenth of the decay is still there. */
export const SAMPLES_LIMIT = 4;

/** Cut off: the offset was never reached. */
export function cutOffCheck(g: number): Check {
  const holds = g >= WINDOW_LIMIT;
  return check("cut_off", holds, holds ? longEnough(g) : cutOff(g, WINDOW_LIMIT), g, WINDOW_LIMIT);
}

/** Growing, or not to be told from a straight line within one standard deviation. */
export function growingCheck(fit: ExponentialFit, interval: RateInterval): Check {
  const holds = fit.g > GROWING_LIMIT && interval.aboveZero;
  return check("growing", holds, holds ? longEnough(fit.g) : growingSentence(fit.g, fit.sigmaG), fit.g, GROWING_LIMIT);
}

export function undersampledCheck(g: number, x: Float64Array): Check {
  let count = 0;
  let last = Number.NaN;
  for (const v of x) {
    if (v !== last && g * v < Math.LN10) count++;
    last = v;
  }
  const holds = count >= SAMPLES_LIMIT;
  return check("undersampled", holds, holds ? wellSampled(count) : underSampled(count, SAMPLES_LIMIT), count, SAMPLES_LIMIT);
}

/** With offset (and amplitude) known a rate may be small, but it must be positive by two of its standard deviations. */
export function fixedGrowingCheck(g: number, rate: number, sigma: number): Check {
  const holds = rate > 2 * sigma;
  return check("growing", holds, holds ? longEnough(g) : growingSentence(g, (g * sigma) / Math.abs(rate)), rate / sigma, 2);
}
