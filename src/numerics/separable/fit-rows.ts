import { badRows, tooFewResults } from "../../core/messages/batch.ts";
import { isCertain } from "./certain.ts";
import { AT_MAXIMUM, climb, NEARLY_STRAIGHT } from "./climb.ts";
import { climbCounts, takeCounts } from "./counts.ts";
import { finishCounts } from "./counts-finish.ts";
import { P, RAW } from "./counts-slots.ts";
import { CONVERGED, GROWING, NO_DECAY, NOT_CONVERGED, TOO_FEW_POINTS } from "./endings.ts";
import { finish, residualSum } from "./finish.ts";
import { firstLook } from "./first-look.ts";
import type { Plan } from "./plan.ts";
import { takeTrace } from "./prepare.ts";
import type { Rates } from "./results.ts";
import { survey } from "./survey.ts";

/** With a free offset a time constant beyond ten windows is not seen in one. */
const SLOWEST_FREE = 0.1;

/**
 * Fits `A exp(-G t) + C` to many traces on one delay axis, without allocating.
 * @param values row per trace, `values[row * points + i]`, in the order of the plan's delays.
 * @param out row 0 of it belongs to the first trace.
 * @throws RangeError when the lengths do not fit together.
 */
export function fitRows(values: Float64Array, rows: number, points: number, plan: Plan, out: Rates): void {
  if (values.length !== rows * points || points !== plan.axis.points) throw new RangeError(badRows(values.length, rows, plan.axis.points));
  if (out.rate.length < rows) throw new RangeError(tooFewResults(out.rate.length, rows));
  for (let row = 0; row < rows; row++) fitTrace(values, row * points, plan, out, row);
}

/** One trace, from place `from` of `values`, into one row of the results; every column of the row is written. */
export function fitTrace(values: Float64Array, from: number, plan: Plan, out: Rates, row: number): void {
  const ending = fitOne(values, from, plan, out, row);
  if (ending === CONVERGED) out.ending[row] = ending;
  else refuse(out, row, ending, plan.work.count);
}

/** A row without numbers. */
export function refuse(out: Rates, row: number, ending: number, iterations: number): void {
  out.amplitude[row] = Number.NaN;
  out.sigmaAmplitude[row] = Number.NaN;
  out.rate[row] = Number.NaN;
  out.sigmaRate[row] = Number.NaN;
  out.offset[row] = Number.NaN;
  out.sigmaOffset[row] = Number.NaN;
  out.chi2[row] = Number.NaN;
  out.iterations[row] = iterations;
  out.ending[row] = ending;
}

function fitOne(values: Float64Array, from: number, plan: Plan, out: Rates, row: number): number {
  const { work } = plan;
  work.count = 0;
  const taken = takeTrace(plan, values, from);
  if (taken !== CONVERGED) return taken;
  if (plan.tooFew) return TOO_FEW_POINTS;
  if (!(work.squares > 0)) return NO_DECAY;
  if (plan.noise === "binomial") return fitCounts(values, from, plan, out, row);
  const found = plan.freeAmplitude && findMaximum(plan);
  if (!found || !isCertain(plan)) {
    const ending = survey(plan, found);
    if (ending !== CONVERGED) return ending;
  }
  if (!(work.g > (plan.freeOffset ? SLOWEST_FREE : 0))) return GROWING;
  residualSum(plan);
  work.variance = plan.noise === "sigma" ? plan.sigma * plan.sigma : Number.NaN;
  if (plan.leastGain > 0 && !isSeen(plan)) return NO_DECAY;
  return finish(plan, out, row);
}

/** Noise seldom makes such a gain: noise of the stated variance, and where there is none or the residuals contradict it, noise of the size found. */
function isSeen(plan: Plan): boolean {
  const { gain, residuals, variance } = plan.work;
  if (gain < plan.leastGain * variance) return false;
  return residuals <= plan.mostChi2 * variance || gain >= plan.leastShare * (gain + residuals);
}

/** Counts: from the least-squares fit, with the weights of a flat trace, to the maximum of the likelihood. */
function fitCounts(values: Float64Array, from: number, plan: Plan, out: Rates, row: number): number {
  const { work, counts, shots } = plan;
  const taken = takeCounts(plan, values, from);
  if (taken !== CONVERGED) return taken;
  const found = plan.freeAmplitude && findMaximum(plan);
  if (!found || !isCertain(plan)) {
    if (survey(plan, found) === NOT_CONVERGED) return NOT_CONVERGED;
    work.g = work.bestG;
  }
  if (plan.leastGain > 0) {
    let ones = 0;
    let total = 0;
    for (let i = 0; i < plan.axis.points; i++) {
      ones += shots[i]! * counts[RAW + i]!;
      total += shots[i]!;
    }
    const p = ones / total;
    work.variance = (p * (1 - p)) / shots[0]!;
    work.residuals = work.squares - work.gain;
    if (!isSeen(plan)) return NO_DECAY;
  }
  const ending = climbCounts(plan);
  if (ending !== CONVERGED) return ending;
  if (!(counts[P + 2]! > (plan.freeOffset ? SLOWEST_FREE : 0))) return GROWING;
  return finishCounts(plan, out, row);
}

/** The short way: a first look and one climb. */
function findMaximum(plan: Plan): boolean {
  const { work, grid } = plan;
  firstLook(plan);
  const fastest = grid[grid.length - 1]!;
  if (!(work.g > NEARLY_STRAIGHT && work.g < fastest)) return false;
  work.low = NEARLY_STRAIGHT;
  work.high = fastest;
  return climb(plan) === AT_MAXIMUM;
}
