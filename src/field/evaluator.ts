import type { Medium, Solution } from "./equation.ts";
import type { Grid } from "./grid.ts";
import type { Parameter } from "./parameters.ts";

/** How finely the equation is solved. */
export interface Resolution {
  readonly grid: Grid;
  /** 1 = time steps of the forward solver's choice, 2 = halved, ... */
  readonly refinement: number;
}

/** The data that a fit uses (NaN left out), in an order that is the same for every resolution. */
export interface UsedData {
  readonly values: Float64Array;
  /** One standard deviation as stated; 1 in experiments that state none (the size of their noise is then a number of the fit). */
  readonly sigma: Float64Array;
  /** Where each stands in the problem. */
  readonly experiment: Int32Array;
  readonly time: Int32Array;
  readonly point: Int32Array;
  /** Per experiment: false where the size of the noise is estimated from the residuals. */
  readonly absolute: readonly boolean[];
}

/** The model at one theta, and its exact discrete derivatives. */
export interface Linearisation {
  readonly theta: Float64Array;
  /** The model at every used datum. */
  readonly model: Float64Array;
  readonly medium: Medium;
  /** One per experiment. */
  readonly solutions: readonly Solution[];
  /** `J^T w`, by the adjoint: gradient of `w . model`. */
  transposed(w: Float64Array): Float64Array;
  /** `J d`, by the tangent. */
  along(direction: Float64Array): Float64Array;
  /** `J^T diag(weight) J` (row-major, both halves), by one tangent per parameter; rows of `held` parameters are zero and cost nothing. `each` is given every experiment's share. */
  information(weight: Float64Array, held?: ReadonlySet<number>, each?: (share: Float64Array) => void): Float64Array;
  /** Derivative of the model with respect to the logarithm of the size of all sources of this name. */
  alongScale(source: string): Float64Array;
}

/**
 * The model as a function of theta at one resolution. theta means the same at every resolution: logarithms of numbers relative to their reference,
 * or numbers over their size, and spline coefficients (`parameters.ts`).
 */
export interface Evaluator {
  readonly resolution: Resolution;
  readonly parameters: readonly Parameter[];
  /** Time steps of each experiment; 0 where it is steady. */
  readonly steps: readonly number[];
  readonly data: UsedData;
  /** @throws RangeError where theta is outside the law's domain (gamma0 not positive in a cell) */
  at(theta: Float64Array): Linearisation;
}

/** A minimum of `chi2(theta) + theta^T P theta`, where `chi2 = sum weight (model - value)^2`. */
export interface FieldMinimum {
  readonly evaluator: Evaluator;
  readonly at: Linearisation;
  readonly chi2: number;
  /** Per experiment: factor on `sigma`, 1 where it is stated. */
  readonly noise: readonly number[];
  /** Per datum: `1/(noise sigma)^2`. */
  readonly weight: Float64Array;
  /** `J^T W J`, row-major, both halves; it may come from a coarser grid than the evaluator. */
  readonly information: Float64Array;
  /** The prior's precision P (zero for everything that has none). */
  readonly prior: Float64Array;
  /** Lower Cholesky factor of `information + prior`. */
  readonly factor: Float64Array;
  /** tr((information + prior)^-1 information). */
  readonly effective: number;
  /** sqrt(g^T H^-1 g): how far the minimum is, in sigma. */
  readonly distance: number;
}
