import type { Check } from "../core/check.ts";
import { gridChosen, unchecked } from "../core/messages/field-checks.ts";
import * as say from "../core/messages/field-fit.ts";
import { boundaryCheck } from "./boundary-check.ts";
import { discreteModel } from "./discrete-model.ts";
import { LARGEST_SHIFT } from "./discretisation.ts";
import type { FieldMinimum } from "./evaluator.ts";
import { fieldChecks, PRIOR } from "./field-checks.ts";
import { fieldFilms } from "./films.ts";
import { type FitSoFar, minimumOf } from "./fit-phases.ts";
import { fieldMap } from "./maps.ts";
import { drawnMean, priorPartOfMean, VAGUE } from "./mean-gamma0.ts";
import { chi2Of } from "./noise.ts";
import type { FieldNumber, FieldOutcome } from "./outcome.ts";
import { entry, logGamma0Rows, meanGamma0, numbersOf, scaleSensitivities } from "./posterior.ts";
import type { FieldProblem } from "./problem.ts";
import { type Gamma2Profile, profileGamma2 } from "./profile.ts";
import { compareRivals } from "./rivals.ts";
import { mapPoints } from "./sampling.ts";
import { type Mixture, strengthMixture } from "./strength-mixture.ts";
import type { WhatDataDetermine } from "./what-data-determine.ts";

type Converged = Extract<FieldOutcome, { state: "converged" }>;
type Stopped = Extract<FieldOutcome, { state: "stopped" }>;

/** The best point so far with its errors, and why it is no result. */
export function stoppedAt(problem: FieldProblem, determined: WhatDataDetermine, last: FitSoFar, sentence: string): Stopped {
  const { fit } = described(problem, determined, last);
  return { state: "stopped", sentence, ...fit, profile: [], comparisons: [], checks: determined.checks };
}

/** A converged fit with everything that it is asked: profile of gamma2, other boundaries, other laws, checks. Yields what it is at. */
export function* judged(problem: FieldProblem, determined: WhatDataDetermine, last: FitSoFar): Generator<string, Converged> {
  const { fit, minimum, priorOfMean } = described(problem, determined, last);
  const base = last.base === last.fit ? minimum : minimumOf(last.base);
  const dof = minimum.evaluator.data.absolute.every(Boolean) ? Number.POSITIVE_INFINITY : fit.dof;
  yield say.profiling();
  const profile = profileAbout(minimum, base, dof);
  yield say.boundaries();
  const boundary = boundaryAt(problem, last);
  const rivals = yield* compareRivals(problem, { parametrisation: last.parametrisation, fit: last.first }, fit.map, dof);
  const checks: Check[] = [
    ...determined.checks,
    boundary,
    ...fieldChecks({
      problem,
      minimum,
      map: fit.map,
      ...(priorOfMean !== undefined && { priorOfMean }),
      ...(profile && { profile }),
      grid: fit.grid,
    }),
    ...rivals.checks,
  ];
  const numbers = withProfile(fit.numbers, profile);
  return { state: "converged", ...fit, numbers, profile: profile?.points ?? [], comparisons: rivals.comparisons, checks };
}

/** Whether other boundaries describe the data better: directions from the base's grid, residuals of the fit. */
export function boundaryAt(problem: FieldProblem, { parametrisation, fit, base }: FitSoFar): Check {
  const minimum = minimumOf(fit);
  const { resolution } = base.evaluator;
  const evaluatorWith = (boundary: FieldProblem["boundary"]) =>
    discreteModel({ ...problem, boundary }, parametrisation, resolution, minimum.at.theta);
  return boundaryCheck(minimum, problem.boundary, problem.dimensions, evaluatorWith);
}

function described(problem: FieldProblem, determined: WhatDataDetermine, last: FitSoFar) {
  const { parametrisation } = last;
  const minimum = minimumOf(last.fit);
  const base = last.base === last.fit ? minimum : minimumOf(last.base);
  const rows = logGamma0Rows(problem, parametrisation, minimum);
  const mean = meanGamma0(minimum, rows);
  const posterior = strengthMixture(minimum, parametrisation, last.fit.strength, mapPoints(problem));
  const map = fieldMap(problem, parametrisation, minimum, rows, posterior);
  const vague = map.sigma.some((s, i) => s > VAGUE * map.gamma0[i]!);
  const numbers = numbersOf(minimum, mean, posterior).map((number) =>
    vague && number.name === "gamma0_mean" ? { ...number, ...drawnMean(problem, parametrisation, minimum, posterior, mean.value) } : number,
  );
  const n = minimum.evaluator.data.values.length;
  const { grid } = minimum.evaluator.resolution;
  const cells = [grid.x.centres.length, ...(grid.y ? [grid.y.centres.length] : [])];
  const steps = Math.max(...minimum.evaluator.steps);
  const error = last.error ?? Number.NaN;
  const known = Number.isFinite(error);
  const fit = {
    law: problem.gamma0.type,
    numbers,
    inputs: scaleSensitivities(problem, base, mean.direction, posterior),
    map,
    films: fieldFilms(problem, parametrisation, minimum),
    chi2: chi2Of(minimum.evaluator.data, minimum.at.model, minimum.noise),
    dof: Math.max(0, n - minimum.effective),
    n,
    grid: { cells, steps, error, sentence: known ? gridChosen(cells, steps, error, LARGEST_SHIFT) : unchecked(cells, steps) },
    method: parametrisation.field
      ? say.smoothMethod(parametrisation.field.spline.count, minimum.effective)
      : say.lawMethod(problem.gamma0.type),
    nullDirections: determined.nullDirections,
    correlation: correlation(minimum, mean.direction, posterior),
  };
  const priorOfMean = parametrisation.field && priorPartOfMean(minimum, rows, map, posterior, PRIOR);
  return { fit, minimum, priorOfMean };
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

/** The interval of gamma2 is that of its profile at the most probable smoothness, or that of its error over all of them where it is wider. */
function withProfile(numbers: FieldNumber[], profile: Gamma2Profile | undefined): FieldNumber[] {
  return profile
    ? numbers.map((number) =>
        number.name === "gamma2"
          ? { ...number, low: Math.min(number.low, profile.low), high: Math.max(number.high, profile.high) }
          : number,
      )
    : numbers;
}

function correlation(minimum: FieldMinimum, mean: Float64Array, posterior: Mixture): number {
  const gamma2 = entry(
    minimum.evaluator.parameters.findIndex(({ kind }) => kind === "gamma2"),
    mean.length,
  );
  return posterior.covariance(gamma2, mean) / (posterior.sigma(gamma2) * posterior.sigma(mean));
}
