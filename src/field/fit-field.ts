import type { Check } from "../core/check.ts";
import { gridChosen, unchecked } from "../core/messages/field-checks.ts";
import * as say from "../core/messages/field-fit.ts";
import { boundaryCheck } from "./boundary-check.ts";
import { discreteModel } from "./discrete-model.ts";
import { LARGEST_SHIFT } from "./discretisation.ts";
import type { FieldMinimum } from "./evaluator.ts";
import { fieldChecks } from "./field-checks.ts";
import { dataFilm, fieldFilms } from "./films.ts";
import { firstGuess } from "./first-guess.ts";
import { type FitSoFar, fitPhases, minimumOf } from "./fit-phases.ts";
import { DESCENT_ENDINGS } from "./gauss-newton.ts";
import { coarseGrid } from "./grid-choice.ts";
import { fieldMap } from "./maps.ts";
import type { FieldNumber, FieldOutcome } from "./outcome.ts";
import { lawsOn, parametrise } from "./parametrisation.ts";
import { entry, logGamma0Rows, meanGamma0, numbersOf, posteriorOf, scaleSensitivities } from "./posterior.ts";
import type { FieldProblem } from "./problem.ts";
import { type Gamma2Profile, profileGamma2 } from "./profile.ts";
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
 * a grid that is fine enough, 3 errors, profile and other boundaries, 4 checks, 5 a second field.
 * @returns numbers with errors; or why there are none, with what the data say nevertheless
 */
export async function fitField(problem: FieldProblem, options: FitFieldOptions = {}): Promise<FieldOutcome> {
  const pause = () => new Promise<void>((resolve) => setImmediate(resolve));
  // 1
  const coarse = coarseGrid(problem);
  const determined = whatDataDetermine(problem, firstGuess(problem, coarse.grid), mapPoints(problem));
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
    if (options.signal?.aborted) return assembled(fitted, determined, last, say.interrupted("while fitting"));
  }
  if (determined.refused) return ratios(problem, determined, last);
  // 3, 4
  options.progress?.(say.profiling());
  await pause();
  const { ending } = last.fit.descent;
  const { converged, sentence } = DESCENT_ENDINGS[ending ?? "too_many_steps"];
  const outcome = assembled(fitted, determined, last, converged ? undefined : say.notConverged(sentence, last.fit.descent.distance));
  if (outcome.state !== "converged") return outcome;
  // 5
  const { comparisons, checks } = outcome;
  const minimum = minimumOf(last.fit);
  const { twoFields, comparison, check } = await compareTwoFields(
    { problem: fitted, parametrisation: last.parametrisation, minimum, comparisons, checks },
    options,
  );
  return {
    ...{ ...outcome, twoFields },
    comparisons: comparison ? [...comparisons, comparison] : comparisons,
    checks: check ? [...checks, check] : checks,
  };
}

/** @param stopped why this is not a result; absent where it is one */
function assembled(problem: FieldProblem, determined: WhatDataDetermine, last: FitSoFar, stopped: string | undefined): FieldOutcome {
  const { parametrisation, fit } = last;
  const minimum = minimumOf(fit);
  const base = last.base === fit ? minimum : minimumOf(last.base);
  const rows = logGamma0Rows(problem, parametrisation, minimum);
  const mean = meanGamma0(minimum, rows);
  const n = minimum.evaluator.data.values.length;
  const dof = Math.max(0, n - minimum.effective);
  const noiseDof = minimum.evaluator.data.absolute.every(Boolean) ? Number.POSITIVE_INFINITY : dof;
  const profile = stopped ? undefined : profileAbout(minimum, base, noiseDof);
  const map = fieldMap(problem, parametrisation, minimum, rows, fit.strength);
  const { grid } = minimum.evaluator.resolution;
  const cells = [grid.x.centres.length, ...(grid.y ? [grid.y.centres.length] : [])];
  const steps = Math.max(...minimum.evaluator.steps);
  const error = last.error ?? Number.NaN;
  const outcome = {
    law: problem.gamma0.type,
    numbers: withProfile(numbersOf(minimum, mean), profile),
    inputs: scaleSensitivities(problem, base, mean.direction),
    map,
    films: fieldFilms(problem, parametrisation, minimum),
    profile: profile?.points ?? [],
    comparisons: [],
    chi2: minimum.chi2,
    dof,
    n,
    grid: {
      cells,
      steps,
      error,
      sentence: Number.isFinite(error) ? gridChosen(cells, steps, error, LARGEST_SHIFT) : unchecked(cells, steps),
    },
    method: parametrisation.field
      ? say.smoothMethod(parametrisation.field.spline.count, minimum.effective)
      : say.lawMethod(problem.gamma0.type),
    nullDirections: determined.nullDirections,
    correlation: correlation(minimum, mean.direction),
  };
  if (stopped) return { state: "stopped", sentence: stopped, ...outcome, checks: determined.checks };
  const evaluatorWith = (boundary: FieldProblem["boundary"]) =>
    discreteModel({ ...problem, boundary }, parametrisation, base.evaluator.resolution, minimum.at.theta);
  const checks: Check[] = [
    ...determined.checks,
    boundaryCheck(minimum, problem.boundary, problem.dimensions, evaluatorWith),
    ...fieldChecks({ problem, minimum, map, ...(profile && { profile }), grid: { cells, steps, error } }),
  ];
  return { state: "converged", ...outcome, checks };
}

/** The profile of the base, moved to the minimum: relative to it, it hardly depends on the grid. */
function profileAbout(minimum: FieldMinimum, base: FieldMinimum, dof: number): Gamma2Profile | undefined {
  const profile = profileGamma2(base, dof);
  const gamma2 = base.evaluator.parameters.findIndex(({ kind }) => kind === "gamma2");
  const factor = Math.exp(minimum.at.theta[gamma2]! - base.at.theta[gamma2]!);
  return (
    profile && {
      points: profile.points.map((point) => ({ ...point, gamma2: factor * point.gamma2 })),
      low: factor * profile.low,
      high: factor * profile.high,
    }
  );
}

/** The interval of gamma2 is that of its profile. */
function withProfile(numbers: FieldNumber[], profile: Gamma2Profile | undefined): FieldNumber[] {
  return profile
    ? numbers.map((number) => (number.name === "gamma2" ? { ...number, low: profile.low, high: profile.high } : number))
    : numbers;
}

function correlation(minimum: FieldMinimum, mean: Float64Array): number {
  const posterior = posteriorOf(minimum);
  const gamma2 = entry(
    minimum.evaluator.parameters.findIndex(({ kind }) => kind === "gamma2"),
    mean.length,
  );
  return posterior.covariance(gamma2, mean) / (posterior.sigma(gamma2) * posterior.sigma(mean));
}

function refusal(problem: FieldProblem, { refused, checks, nullDirections }: WhatDataDetermine): FieldOutcome {
  const { grid } = coarseGrid(problem);
  const parametrisation = parametrise({ ...problem, gamma0: { type: "constant" } }, firstGuess(problem, grid).references);
  const { densities } = lawsOn(grid, parametrisation, problem.experiments).at(new Float64Array(parametrisation.parameters.length));
  const films = problem.experiments.map((experiment, e) =>
    dataFilm(problem, experiment, grid, densities[e]!, experiment.sigma ? 1 : Number.NaN),
  );
  return { state: "refused", sentence: refused!.sentence, checks, nullDirections, films, bound: refused!.bound };
}

/** Without the absolute size of the sources: the diffusion length alone, from a fit with any scale. */
function ratios(problem: FieldProblem, determined: WhatDataDetermine, { parametrisation, fit }: FitSoFar): FieldOutcome {
  const known = withKnownScales(problem);
  const minimum = minimumOf(fit);
  const { x, y, diffusionLength } = fieldMap(known, parametrisation, minimum, new Map(), 0);
  return {
    ...(refusal(problem, determined) as Extract<FieldOutcome, { state: "refused" }>),
    films: fieldFilms(known, parametrisation, minimum),
    map: { x, ...(y && { y }), diffusionLength },
  };
}
