/** Bounds, inclusive; absent = none. */
export interface Bounds {
  readonly lower?: ArrayLike<number>;
  readonly upper?: ArrayLike<number>;
}

/**
 * A minimisation over parameters p of half a sum of squares, or of a negative log-likelihood written with whitened residuals:
 * F(p) with gradient J^T r and curvature about J^T J. For least squares F = |r|^2/2; for a likelihood r_i = (dF/dm_i)/w_i and J_ij = w_i dm_i/dp_j
 * with any w_i > 0, so that the gradient is exact and the curvature is the information matrix (Fisher scoring).
 */
export interface Problem extends Bounds {
  readonly points: number;
  readonly parameters: number;
  /**
   * Fills `residual` (length points) and, where it is given, `jacobian` (column-major, `jacobian[j * points + i]`).
   * @returns F(p); infinite or NaN where p is outside the law's domain (the step is then rejected).
   */
  evaluate(p: Float64Array, residual: Float64Array, jacobian?: Float64Array): number;
  /**
   * Where the Jacobian comes from. `analytic` (default): `evaluate` fills it. `forward`, `central`: from differences of the residuals
   * (`finite-differences.ts`), then F must be half their sum of squares.
   */
  readonly derivatives?: "analytic" | "forward" | "central";
}

export interface Options {
  /** Relative reduction of F below which the fit has converged. Default 1e-14. */
  readonly ftol?: number;
  /** Relative change of scaled parameters. Default 1e-12. */
  readonly xtol?: number;
  /** Cosine between the residual and each column of J. Default 1e-14. */
  readonly gtol?: number;
  /** Initial trust radius in scaled parameters (MINPACK's `factor`). Default 1. */
  readonly factor?: number;
  /** Parameters that keep their start; default none. They count neither in the rank nor in the distance, and their bounds do not matter. */
  readonly fixed?: ArrayLike<boolean>;
  /** Default 400. The evaluations for finite differences are not counted. */
  readonly maxEvaluations?: number;
}

/** How a minimisation ended; each has its sentence in `ENDINGS`. */
export type Ending =
  | "gradient"
  | "reduction"
  | "step"
  | "exact"
  | "rounding"
  | "too_many_evaluations"
  | "bad_start"
  | "too_few_points"
  | "not_finite";

export const ENDINGS: Readonly<Record<Ending, { readonly converged: boolean; readonly sentence: string }>> = {
  gradient: { converged: true, sentence: "the residual is orthogonal to every column of the Jacobian" },
  reduction: { converged: true, sentence: "actual and predicted relative reduction are below ftol" },
  step: { converged: true, sentence: "the scaled step is below xtol" },
  exact: { converged: true, sentence: "the residual is zero" },
  rounding: { converged: true, sentence: "no step lowers the residual any more within rounding" },
  too_many_evaluations: { converged: false, sentence: "the limit of evaluations was reached; start nearer, or scale the data" },
  bad_start: { converged: false, sentence: "the law is not finite at the starting values; give others" },
  too_few_points: { converged: false, sentence: "there are fewer points than parameters; measure more points or fix a parameter" },
  not_finite: { converged: false, sentence: "the Jacobian holds values that are not finite; the law is not differentiable there" },
};

export interface Minimum {
  readonly ending: Ending;
  readonly p: Float64Array;
  /** F at p. */
  readonly objective: number;
  readonly residual: Float64Array;
  /** At p, column-major. */
  readonly jacobian: Float64Array;
  /** sqrt(g^T (J^T J)^-1 g): how far the minimum is, in units of sigma, over the parameters that are not held by a bound. */
  readonly distance: number;
  readonly iterations: number;
  readonly evaluations: number;
  /** Parameters that ended on a bound with the gradient pushing outwards. */
  readonly atBound: readonly number[];
}
