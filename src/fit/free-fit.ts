import { type Check, check, statusOf } from "../core/check.ts";
import { delaysRepeat, freeMethod, tooFastSentence } from "../core/messages/fit.ts";
import { type RateGrid, rateGrid, scanRates } from "../numerics/rate-scan.ts";
import { type ExponentialFit, fitExponential, scaledDelays } from "./exponential-fit.ts";
import { outcomeOf, refusedOutcome } from "./fit-outcome.ts";
import { rateInterval } from "./interval.ts";
import { likelihoodOf } from "./likelihood.ts";
import { exponential } from "./models/exponential.ts";
import { chi2Checks } from "./noise-checks.ts";
import type { FitOutcome } from "./outcome.ts";
import { outlierCheck, outliersOf } from "./outliers.ts";
import { shapeCheck } from "./shape-checks.ts";
import { signalCheck } from "./signal-check.ts";
import type { Signal } from "./signal-type.ts";
import { testedResiduals } from "./tested-residuals.ts";
import { cutOffCheck, growingCheck, undersampledCheck } from "./window-checks.ts";

/** An exponential with free offset and everything that was measured about it. */
export interface FreeFit {
  readonly outcome: FitOutcome;
  /** Whether there is a decay at all. */
  readonly signalCheck: Check;
  readonly grid: RateGrid;
  /** Absent where no signal was found. */
  readonly fit: ExponentialFit | undefined;
  /** Whether one exponential is enough. */
  readonly shape: Check | undefined;
  /** Points that do not belong to the others, the farthest first. */
  readonly outlying: readonly number[];
}

let lastGrid: RateGrid | undefined;

/** The grid of shapes on these delays; kept for the next trace, which usually has the same. */
function gridFor(t: Float64Array): RateGrid {
  const x = scaledDelays(t);
  const same = lastGrid && lastGrid.x.length === x.length && x.every((v, i) => v === lastGrid!.x[i]);
  if (!same || !lastGrid) lastGrid = rateGrid(x);
  return lastGrid;
}

/**
 * 1 is there a signal, 2 the global minimum, 3 the interval of the rate, 4 window, law and noise checks.
 * @param base checks on the rows, kept in front; @param method in words, from the likelihood's name.
 */
export function freeFit(signal: Signal, base: readonly Check[], method: (likelihood: string) => string = freeMethod): FreeFit {
  const grid = gridFor(signal.t);
  const likelihood = likelihoodOf(signal);
  const name = method(likelihood.name);
  const n = signal.t.length;
  const checks = [...base, duplicateCheck(signal.t)];
  // 1
  const scan = scanRates(grid, signal.y, likelihood.flatWeights());
  const seen = signalCheck(scan, n, likelihood.absolute);
  checks.push(seen);
  if (!seen.holds)
    return {
      outcome: refusedOutcome(exponential.name, n, name, checks, seen),
      signalCheck: seen,
      grid,
      fit: undefined,
      shape: undefined,
      outlying: [],
    };
  // 2
  const fit = fitExponential(signal, grid, scan);
  // 3
  const interval = rateInterval(fit, signal.y);
  // 4
  const tested = testedResiduals(fit);
  const shape = shapeCheck(fit, tested, signal.t);
  const outliers = outliersOf(tested);
  const tooFast = check("not_converged", !fit.tooFast, tooFastSentence(), fit.g, grid.g[grid.g.length - 1]!);
  checks.push(growingCheck(fit, interval), cutOffCheck(fit.g), undersampledCheck(fit.g, grid.x), shape);
  checks.push(...chi2Checks(fit), outlierCheck(outliers, signal));
  if (fit.tooFast) checks.push(tooFast);
  const refusal = checks.find((c) => !c.holds && statusOf([c]) === "refused");
  const window = signal.t[n - 1]! - signal.t[0]!;
  const outcome = refusal
    ? refusedOutcome(exponential.name, n, name, checks, refusal)
    : outcomeOf(fit, { unit: signal.unit, checks, method: name, interval: { low: interval.low / window, high: interval.high / window } });
  return { outcome, signalCheck: seen, grid, fit, shape, outlying: outliers.indices };
}

export function duplicateCheck(t: Float64Array): Check {
  let repeated = 0;
  for (let i = 1; i < t.length; i++) if (t[i] === t[i - 1]) repeated++;
  return check("duplicate_delays", repeated === 0, delaysRepeat(repeated), repeated, 0);
}
