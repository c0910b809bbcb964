import { denseModel } from "./dense-model.ts";
import type { Minimum, Options, Problem } from "./least-squares-problem.ts";
import { trustRegion } from "./trust-region.ts";

export { ENDINGS, type Ending, type Minimum, type Options, type Problem } from "./least-squares-problem.ts";

/**
 * Minimises F by trust-region Levenberg-Marquardt (`trust-region.ts`) with a dense Jacobian by QR (More 1978, as in MINPACK's lmder and lmdif).
 * Every ending is a value (`Minimum.ending`, its sentence in `ENDINGS`); nothing is thrown for a failed fit.
 * @param start values of all parameters; those outside the bounds are moved onto them, fixed ones are kept as they are.
 */
export function leastSquares(problem: Problem, start: ArrayLike<number>, options: Options = {}): Minimum {
  const model = denseModel(problem, options.fixed);
  const stop = trustRegion(model, start, problem, options);
  return { ...stop, residual: model.residual, jacobian: model.jacobian };
}
