import { type Check, check } from "../core/check.ts";
import { type departureNames, exponentialHolds, notExponential, residualsAtRounding } from "../core/messages/fit.ts";
import { type ExtraShape, neighbourTail, searchExtraShape } from "../numerics/residual-tests.ts";
import { searchStep } from "../numerics/step-search.ts";
import { tubeTailKnown, tubeTailScaled } from "../numerics/tube.ts";
import type { ExponentialFit } from "./exponential-fit.ts";
import type { LawFit } from "./law-fit.ts";
import { type TestedResiduals, testedResiduals } from "./tested-residuals.ts";

type Departure = keyof typeof departureNames;

/**
 * How often each test may call a clean exponential wrong. A drift gets the most: it hides behind offset and rate, so that 5 % of the amplitude over
 * five T1 at 1000 shots lies only 2 (51 points) to 4 (200 points) standard deviations from a clean trace for any test.
 */
const SHARES: Readonly<Record<Departure, number>> = { component: 1e-3, neighbours: 2e-3, drift: 0.03, jump: 2e-3 };

/** All of them together (Bonferroni with weights); measured in test/fit/calibration.full.test.ts. */
export const SHAPE_LIMIT = Object.values(SHARES).reduce((s, v) => s + v, 0);

/**
 * Is one exponential enough? Score tests for a second exponential of any rate, a linear drift and a jump at any delay (a searched position is paid for
 * by the tube formula), and the correlation of neighbouring residuals, which catches beating. The check measures the smallest probability,
 * each stretched to its share of the limit.
 * @param t delays, s.
 */
export function shapeCheck(fit: ExponentialFit, tested: TestedResiduals, t: Float64Array): Check {
  const { residual, weight, basis } = tested;
  if (tested.rounding) return check("not_exponential", true, residualsAtRounding(), 1, SHAPE_LIMIT);
  const component = searchExtraShape(residual, weight, basis, fit.grid.shapes);
  const drift = searchExtraShape(residual, weight, basis, [fit.grid.x]);
  const jump = searchStep(residual, weight, basis);
  const tail = (shape: ExtraShape) => tailOf(shape, fit, tested);
  const p: Readonly<Record<Departure, number>> = {
    component: tail(component),
    neighbours: neighbourTail(residual, basis).p,
    drift: tail(drift),
    jump: tail(jump),
  };
  const stretched = (name: Departure) => (p[name] * SHAPE_LIMIT) / SHARES[name];
  const names = Object.keys(SHARES) as Departure[];
  const worst = names.reduce((a, b) => (stretched(b) < stretched(a) ? b : a));
  const measured = Math.min(1, stretched(worst));
  const holds = measured >= SHAPE_LIMIT;
  const gain = { component: component.gain, drift: drift.gain, jump: jump.gain, neighbours: 0 }[worst];
  const sentence = holds ? exponentialHolds(p) : notExponential(worst, p, Math.min(1, gain / tested.square), t[Math.max(0, jump.best)]!);
  return check("not_exponential", holds, sentence, measured, SHAPE_LIMIT);
}

function tailOf(shape: ExtraShape, fit: LawFit, tested: TestedResiduals): number {
  return tested.known
    ? tubeTailKnown(shape.gain, shape.length)
    : tubeTailScaled(Math.min(1, shape.gain / tested.square), shape.length, fit.dof);
}

/** Does any law leave structure behind: a jump, or neighbours that are alike? */
export function leavesStructure(fit: LawFit): boolean {
  const tested = testedResiduals(fit);
  if (tested.rounding) return false;
  const { residual, weight, basis } = tested;
  return neighbourTail(residual, basis).p < SHARES.neighbours || tailOf(searchStep(residual, weight, basis), fit, tested) < SHARES.jump;
}
