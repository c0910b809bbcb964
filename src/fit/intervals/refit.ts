import { ENDINGS } from "../../numerics/least-squares.ts";
import { fitLaw, type LawFit } from "../law-fit.ts";
import type { Signal } from "../signal-type.ts";

/** How a simulated trace is fitted; undefined where that gave no minimum. */
export type Refit = (signal: Signal) => LawFit | undefined;

/** A converged ending and a finite objective: what a refit must show to be counted. */
function reached(fit: LawFit): boolean {
  const near = fit.minimum.distance / (fit.scale || 1) < 0.05;
  return Number.isFinite(fit.minimum.objective) && (ENDINGS[fit.minimum.ending].converged || near) && fit.p.every(Number.isFinite);
}

/** From the optimum, which is the truth of the simulated traces: the same minimum as the fit's, followed. For bootstraps. */
export function refitNearby(fit: LawFit): Refit {
  return (signal) => {
    const found = fitLaw(fit.model, signal, fit.p, fit.fixed);
    return reached(found) ? found : undefined;
  };
}

/** From the law's own starting values, knowing nothing of the truth, the lowest minimum: what a first fit does. For coverage. */
export function refitAnew(fit: LawFit): Refit {
  return (signal) => {
    let best: LawFit | undefined;
    for (const start of fit.model.starts(signal)) {
      const found = fitLaw(
        fit.model,
        signal,
        start.map((v, j) => (fit.fixed[j] ? fit.p[j]! : v)),
        fit.fixed,
      );
      if (reached(found) && !(best && best.minimum.objective <= found.minimum.objective)) best = found;
    }
    return best;
  };
}
