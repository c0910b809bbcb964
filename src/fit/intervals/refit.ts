import { rateGrid, scanRates } from "../../numerics/rate-scan.ts";
import { fitExponential, scaledDelays } from "../exponential-fit.ts";
import { convergenceCheck } from "../fit-outcome.ts";
import type { LawFit } from "../law-fit.ts";
import { likelihoodOf } from "../likelihood.ts";
import { exponential } from "../models/exponential.ts";
import { fitLawFrom, startsOf } from "../multistart.ts";
import type { Signal } from "../signal-type.ts";

/** How a simulated trace is fitted; undefined where that gave no minimum. */
export type Refit = (signal: Signal) => LawFit | undefined;

/** From the optimum, which is the truth of the simulated traces; a free exponential by the main path's search. For bootstraps. */
export function refitNearby(fit: LawFit): Refit {
  if (isFreeExponential(fit)) return refitExponential();
  return (signal) => reached(fitLawFrom(fit.model, signal, [fit.p], fit.fixed)?.fit);
}

/** From the law's own starting values, knowing nothing of the truth, the lowest minimum: what a first fit does. For coverage. */
export function refitAnew(fit: LawFit): Refit {
  if (isFreeExponential(fit)) return refitExponential();
  const held = new Map([...fit.p.entries()].filter(([j]) => fit.fixed[j]));
  return (signal) => reached(fitLawFrom(fit.model, signal, startsOf(fit.model, signal, held), fit.fixed)?.fit);
}

function reached(fit: LawFit | undefined): LawFit | undefined {
  return fit && convergenceCheck(fit).holds ? fit : undefined;
}

/** The law whose number the main path prints (`freeFit`). */
export function isFreeExponential(fit: LawFit): boolean {
  return fit.model === exponential && !fit.fixed.some(Boolean);
}

/** Global search over the rate, ends of the law as bounds; the delays of the traces are those of the first. */
function refitExponential(): Refit {
  let grid: ReturnType<typeof rateGrid> | undefined;
  return (signal) => {
    grid ??= rateGrid(scaledDelays(signal.t));
    const found = fitExponential(signal, grid, scanRates(grid, signal.y, likelihoodOf(signal).flatWeights()));
    return found.tooFast ? undefined : reached(found);
  };
}
