import * as say from "../core/messages/field-fit.ts";
import { proposeSpots } from "./defect-spots.ts";
import { residualChecks } from "./field-checks.ts";
import { firstGuess } from "./first-guess.ts";
import { type FitSoFar, fitPhases, minimumOf } from "./fit-phases.ts";
import { DESCENT_ENDINGS } from "./gauss-newton.ts";
import { coarseGrid } from "./grid-choice.ts";
import type { FieldOutcome } from "./outcome.ts";
import type { FieldProblem } from "./problem.ts";
import { ratios, refusal } from "./refusal.ts";
import { boundaryAt, judged, stoppedAt } from "./result.ts";
import { mapPoints } from "./sampling.ts";
import { compareTwoFields } from "./two-fields-comparison.ts";
import { type WhatDataDetermine, whatDataDetermine, withKnownScales } from "./what-data-determine.ts";

export interface FitFieldOptions {
  /** Told about every step. */
  readonly progress?: (text: string) => void;
  /** Once aborted, the best point so far comes back as `stopped`. */
  readonly signal?: AbortSignal;
}

/**
 * Fits `du/dt = R_total - gamma0(r) u + div(gamma2 grad u)` (PHYSICS.md sec. 4) to maps and films of u. 1 what the data determine at all, 2 the minimum on
 * a grid that is fine enough, 3 errors, profile, other boundaries and laws, checks, 4 a second field.
 * @returns numbers with errors; or why there are none, with what the data say nevertheless
 */
export async function fitField(problem: FieldProblem, options: FitFieldOptions = {}): Promise<FieldOutcome> {
  const { gamma0 } = problem;
  if (gamma0.type === "spots" && gamma0.spots.length === 0) {
    // Spots without a list: those that the map of a smooth field suggests.
    const field = await fitField({ ...problem, gamma0: { type: "field" } }, options);
    if (field.state !== "converged") return field;
    const spots = proposeSpots(field.map);
    return fitField({ ...problem, gamma0: spots.length > 0 ? { type: "spots", spots } : { type: "constant" } }, options);
  }
  const coarse = coarseGrid(problem);
  const determined = whatDataDetermine(problem, firstGuess(problem, coarse.grid), mapPoints(problem));
  try {
    return await fitDetermined(problem, determined, options);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const sentence = say.outsideTheModel(error.message);
    return refusal(problem, { ...determined, refused: { sentence, bound: Number.NaN, ratiosOnly: false } });
  }
}

async function fitDetermined(problem: FieldProblem, determined: WhatDataDetermine, options: FitFieldOptions): Promise<FieldOutcome> {
  const pause = () => new Promise<void>((resolve) => setImmediate(resolve));
  // 1
  if (determined.refused && !determined.refused.ratiosOnly) return refusal(problem, determined);
  const fitted = determined.refused ? withKnownScales(problem) : problem;
  // 2
  options.progress?.(say.approaching());
  await pause();
  const phases = fitPhases(fitted);
  let last: FitSoFar;
  for (;;) {
    const { value, done } = phases.next();
    last = value;
    if (done) break;
    options.progress?.(value.sentence);
    await pause();
    if (options.signal?.aborted) return stoppedAt(fitted, determined, last, say.interrupted("while fitting"));
  }
  if (determined.refused) return ratios(problem, determined, last);
  const { ending, distance } = last.fit.descent;
  const { converged, sentence } = DESCENT_ENDINGS[ending ?? "too_many_steps"];
  if (!converged) {
    const stopped = stoppedAt(fitted, determined, last, say.notConverged(sentence, distance));
    const boundary = boundaryAt(fitted, last);
    return { ...stopped, checks: [...stopped.checks, boundary, ...residualChecks(fitted, minimumOf(last.fit))] };
  }
  // 3
  const judgement = judged(fitted, determined, last);
  let step = judgement.next();
  for (; !step.done; step = judgement.next()) {
    options.progress?.(step.value);
    await pause();
    if (options.signal?.aborted) return stoppedAt(fitted, determined, last, say.interrupted("while it was compared with others"));
  }
  const outcome = step.value;
  // 4
  const { comparisons, checks } = outcome;
  const minimum = minimumOf(last.fit);
  const { twoFields, comparison, check } = await compareTwoFields(
    { problem: fitted, parametrisation: last.parametrisation, minimum, strength: last.fit.strength, comparisons, checks },
    options,
  );
  return {
    ...{ ...outcome, twoFields },
    comparisons: comparison ? [...comparisons, comparison] : comparisons,
    checks: check ? [...checks, check] : checks,
  };
}
