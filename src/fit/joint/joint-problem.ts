import { UserError } from "../../core/errors.ts";
import { badPrior, repeatedParameter, unknownParameter, unusedParameter } from "../../core/messages/joint.ts";
import type { Unit } from "../../core/units.ts";

/** A parameter of a joint fit. The same name in several blocks is one parameter. */
export interface JointParameter {
  readonly name: string;
  readonly unit: Unit;
  readonly start: number;
  /** Inclusive; absent = none. */
  readonly lower?: number;
  readonly upper?: number;
  /** Known exactly: keeps its start. */
  readonly fixed?: boolean;
  /** What is known of it from elsewhere (a normal distribution), counted as one more residual (p - mean)/sigma. */
  readonly prior?: { readonly mean: number; readonly sigma: number };
}

/** One data set of a joint fit: points, and how they follow from its parameters. */
export interface JointBlock {
  readonly name: string;
  readonly points: number;
  /** Names of its parameters, in the order in which `evaluate` has them. */
  readonly parameters: readonly string[];
  /**
   * Fills whitened residuals and their derivatives (column-major points x parameters), as `Problem.evaluate` in numerics/least-squares-problem.ts:
   * for known Gaussian noise (model - data)/sigma; for a likelihood r = (dF/dm)/w, J = w dm/dp with w^2 the information.
   * @returns half the deviance (half the sum of squares); not finite outside the law's domain.
   */
  evaluate(p: Float64Array, residual: Float64Array, jacobian: Float64Array): number;
}

export interface JointProblem {
  readonly parameters: readonly JointParameter[];
  readonly blocks: readonly JointBlock[];
}

/** @throws UserError for names that are unknown, repeated or unused, and for priors without a positive sigma. */
export function requireSound({ parameters, blocks }: JointProblem): void {
  const used = new Set<string>();
  const known = new Set<string>();
  for (const { name, prior, fixed } of parameters) {
    if (known.has(name)) throw new UserError(repeatedParameter(name));
    known.add(name);
    if (prior && !(prior.sigma > 0 && Number.isFinite(prior.sigma))) throw new UserError(badPrior(name, prior.sigma));
    if (prior || fixed) used.add(name);
  }
  for (const block of blocks) {
    const own = new Set<string>();
    for (const name of block.parameters) {
      if (!known.has(name)) throw new UserError(unknownParameter(block.name, name, [...known]));
      if (own.has(name)) throw new UserError(repeatedParameter(name));
      own.add(name);
      used.add(name);
    }
  }
  for (const { name } of parameters) if (!used.has(name)) throw new UserError(unusedParameter(name));
}
