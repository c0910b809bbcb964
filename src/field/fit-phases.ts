import * as say from "../core/messages/field-fit.ts";
import { cholesky } from "../numerics/cholesky.ts";
import { approach } from "./approach.ts";
import { discreteModel } from "./discrete-model.ts";
import { discretisationShift, LARGEST_SHIFT } from "./discretisation.ts";
import type { Evaluator, FieldMinimum, Resolution } from "./evaluator.ts";
import { DESCENT_ENDINGS, NOTHING } from "./gauss-newton.ts";
import { coarseGrid, gridFor } from "./grid-choice.ts";
import type { Parametrisation } from "./parametrisation.ts";
import type { FieldProblem } from "./problem.ts";
import { effectiveNumbers, fitWithPrior, type PriorFit, refit } from "./smooth-fit.ts";

/** A fit as far as it is; the last one of a generator is its result. */
export interface FitSoFar {
  readonly parametrisation: Parametrisation;
  readonly fit: PriorFit;
  /** The fit on the grid on which the information was computed: what asks for derivatives and Hessian of one and the same model asks it. */
  readonly base: PriorFit;
  /** The fit on three cells per spacing of the data: fine enough for comparisons, where `fit` may be on a grid many times larger. */
  readonly first: PriorFit;
  /** How far the exact solution of the equation would move it, in sigma (`discretisationShift`); absent before that was asked, NaN where it could not be. */
  readonly error?: number;
  readonly sentence: string;
}

/** Cells per spacing of the data (odd: points of a lattice stay centres of cells): of the first result, of its judge, and of what may follow. */
const [FIRST, JUDGE] = [3, 5];
const FINER = [3, 5, 7, 9, 15];
const REFINEMENTS = [1, 2, 4, 8];
/** Cells beyond which no grid is tried. */
const MOST_CELLS = 4e5;
/** Values of cells (half a second) up to which a Jacobian is computed on the grid of the result, not on the data's own. */
const CHEAP = 2e7;
/** Distance to the minimum, in sigma, on the first fine grid and on the last. */
const [TOLERANCE, LAST] = [0.02, 0.1];

/**
 * 1 approach, 2 noise and smoothness on the data's own grid, 3 to the minimum on a finer one, 4 how far the exact solution would move it, by the gradients
 * on a still finer grid and with halved steps, 5 where that is too far, to the grid and steps on which its error, of second order, is small enough.
 */
export function* fitPhases(problem: FieldProblem): Generator<FitSoFar, FitSoFar> {
  // 1
  const coarse = coarseGrid(problem);
  const { parametrisation, theta, noise } = approach(problem, coarse);
  const modelOn = (resolution: Resolution, at: Float64Array) => discreteModel(problem, parametrisation, resolution, at);
  // 2
  const first: Resolution = { grid: gridFor(problem, FIRST), refinement: 1 };
  const whole = modelOn(first, theta);
  const rough = work(whole) <= CHEAP ? whole : modelOn(coarse, theta);
  const begun = yield* told(parametrisation, fitWithPrior(rough, parametrisation, { theta, noise, strength: 0 }));
  if (!DESCENT_ENDINGS[begun.descent.ending!].converged) return { parametrisation, fit: begun, base: begun, first: begun, sentence: "" };
  // 3
  const from = begun.descent.at.theta;
  const fit = rough === whole ? begun : yield* told(parametrisation, refit(modelOn(first, from), parametrisation, begun, from, TOLERANCE));
  // 4
  const done = (result: PriorFit, error: number): FitSoFar => ({
    parametrisation,
    base: closed(begun),
    first: closed(fit),
    fit: closed(renewed(result)),
    error,
    sentence: "",
  });
  const judge = gridFor(problem, JUDGE);
  if (judge.cells > MOST_CELLS || !DESCENT_ENDINGS[fit.descent.ending!].converged) return done(fit, Number.NaN);
  const found = fit.descent.at.theta;
  const minimum = minimumOf(fit);
  const space = discretisationShift(minimum, modelOn({ grid: judge, refinement: 1 }, found), FIRST / JUDGE);
  const time = discretisationShift(minimum, modelOn({ grid: first.grid, refinement: 2 }, found), 1 / 2);
  const errorOf = (multiple: number, refinement: number) => space.largest * (FIRST / multiple) ** 2 + time.largest / refinement ** 2;
  if (errorOf(FIRST, 1) <= LARGEST_SHIFT) return done(fit, errorOf(FIRST, 1));
  // 5
  const choices = FINER.filter((multiple) => gridFor(problem, multiple).cells <= MOST_CELLS).flatMap((multiple) =>
    REFINEMENTS.map((refinement) => ({
      multiple,
      refinement,
      cost: multiple ** problem.dimensions * refinement,
      error: errorOf(multiple, refinement),
    })),
  );
  const cheapest = choices.sort((a, b) => a.cost - b.cost).find(({ error }) => error <= LARGEST_SHIFT);
  const { multiple, refinement, error } = cheapest ?? choices.reduce((a, b) => (b.error < a.error ? b : a));
  const finest: Resolution = { grid: gridFor(problem, multiple), refinement };
  const [inSpace, inTime] = [1 - (FIRST / multiple) ** 2, 1 - 1 / refinement ** 2];
  const near = found.map((v, j) => v + inSpace * space.shift[j]! + inTime * time.shift[j]!);
  return done(yield* told(parametrisation, refit(modelOn(finest, near), parametrisation, fit, near, LAST)), error);
}

/** With the information at the very minimum, where that is cheap: errors rest on it. */
function renewed(fit: PriorFit): PriorFit {
  const { evaluator, descent, weight, prior } = fit;
  if (work(evaluator) > CHEAP) return fit;
  const information = descent.at.information(weight);
  const factor = cholesky(
    information.map((v, k) => v + prior[k]!),
    descent.at.theta.length,
  );
  return factor ? { ...fit, descent: { ...descent, information, factor } } : fit;
}

/**
 * Where gamma2 ended at nothing its logarithm is open downwards: the information takes it as known to a factor e there, so that it does not make everything
 * else uncertain; what it can be at most is its profile's to say.
 */
function closed(fit: PriorFit): PriorFit {
  const { evaluator, descent, prior } = fit;
  const { theta } = descent.at;
  const at = [...theta.keys()].filter((j) => evaluator.parameters[j]!.kind === "gamma2" && theta[j]! <= NOTHING);
  if (at.length === 0) return fit;
  const n = theta.length;
  const information = descent.information.slice();
  for (const j of at) {
    for (let k = 0; k < n; k++) information[j * n + k] = information[k * n + j] = 0;
    information[j * n + j] = 1;
  }
  const factor = cholesky(
    information.map((v, k) => v + prior[k]!),
    n,
  );
  return factor ? { ...fit, descent: { ...descent, information, factor } } : fit;
}

/** Values of cells that one Jacobian takes. */
function work({ resolution, steps, parameters }: Evaluator): number {
  return resolution.grid.cells * steps.reduce((a, b) => a + Math.max(1, b), 0) * parameters.length;
}

function* told(parametrisation: Parametrisation, fits: Generator<PriorFit, PriorFit>): Generator<FitSoFar, PriorFit> {
  for (;;) {
    const { value: fit, done } = fits.next();
    const { grid } = fit.evaluator.resolution;
    const cells = [grid.x.centres.length, ...(grid.y ? [grid.y.centres.length] : [])];
    const { iterations, chi2, distance } = fit.descent;
    if (done) return fit;
    yield { parametrisation, fit, base: fit, first: fit, sentence: say.fitting(cells, iterations, chi2, distance) };
  }
}

/** The minimum that a fit has found, with everything that errors need. */
export function minimumOf({ evaluator, descent, prior, weight, noise }: Omit<PriorFit, "shares" | "strength">): FieldMinimum {
  const { at, chi2, information, factor, distance } = descent;
  const effective = effectiveNumbers([information], [1], prior)[0]!;
  return { evaluator, at, chi2, noise, weight, information, prior, factor, effective, distance };
}
