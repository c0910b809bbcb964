import { type Check, check } from "../core/check.ts";
import { exponentialHolds, notExponential, residualsAtRounding } from "../core/messages/fit.ts";
import { neighbourTail, searchExtraShape } from "../numerics/residual-tests.ts";
import { tubeTailKnown, tubeTailScaled } from "../numerics/tube.ts";
import type { ExponentialFit } from "./exponential-fit.ts";
import type { LawFit } from "./law-fit.ts";

/**
 * Each of the two tests calls a clean exponential wrong with this probability (measured with 4000 simulated traces per size in
 * test/fit/calibration.full.test.ts).
 */
export const SHAPE_LIMIT = 4e-3;

export interface ShapeVerdict {
  readonly check: Check;
  /** rate * window of the second component that explains the residuals best; undefined where none was needed. */
  readonly second: number | undefined;
}

/** Residuals smaller than this share of the signal's swing are rounding, not noise. */
const ROUNDING = 1e-9;

/**
 * Is one exponential enough? A score test for a second exponential of any rate (the searched rate is paid for by the tube formula) and the
 * correlation of neighbouring residuals, which catches beating and jumps.
 * @param residual nearly normal, orthogonal to the basis of the law's tangents.
 */
export function shapeCheck(fit: ExponentialFit, basis: readonly Float64Array[], residual: Float64Array): ShapeVerdict {
  const size = Math.sqrt(fit.chi2 / fit.residual.length);
  const swing = swingOf(fit);
  if (!(size > ROUNDING * swing))
    return { check: check("not_exponential", true, residualsAtRounding(), 1, SHAPE_LIMIT), second: undefined };
  const extra = searchExtraShape(residual, fit.weight, basis, fit.grid.shapes);
  const p = fit.likelihood.absolute
    ? tubeTailKnown(extra.gain, extra.length)
    : tubeTailScaled(Math.min(1, extra.gain / fit.chi2), extra.length, fit.dof);
  const neighbours = neighbourTail(residual, basis);
  const measured = Math.min(p, neighbours.p);
  const holds = measured >= SHAPE_LIMIT;
  const sentence = holds
    ? exponentialHolds(p, neighbours.p)
    : notExponential(p, neighbours.correlation, neighbours.p, extra.gain / fit.chi2);
  return {
    check: check("not_exponential", holds, sentence, measured, SHAPE_LIMIT),
    second: holds || extra.best < 0 ? undefined : fit.grid.g[extra.best]!,
  };
}

function swingOf(fit: LawFit): number {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < fit.values.length; i++) {
    const v = fit.values[i]! * fit.weight[i]!;
    if (v < low) low = v;
    if (v > high) high = v;
  }
  return high - low;
}
