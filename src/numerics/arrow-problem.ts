import type { Bounds } from "./least-squares-problem.ts";

/**
 * One data set of a joint fit, with the contract of `Problem.evaluate` (whitened residuals, F with gradient J^T r) in the block's own parameters:
 * first its local ones, then those that it shares.
 */
export interface ArrowBlock {
  readonly points: number;
  /** Global indices of the parameters that no other block has. */
  readonly local: readonly number[];
  /** Positions in `ArrowProblem.shared`. */
  readonly shared: readonly number[];
  evaluate(p: Float64Array, residual: Float64Array, jacobian: Float64Array): number;
}

/**
 * A sum of blocks that share few parameters: ordered local first, shared last, J^T J has the shape of an arrow.
 * Memory: two triangles of (k+1)^2 numbers per block (k = its parameters), and the Jacobian of the largest block, once.
 */
export interface ArrowProblem extends Bounds {
  readonly parameters: number;
  /** Global indices of the shared parameters. */
  readonly shared: readonly number[];
  readonly blocks: readonly ArrowBlock[];
}

/** A block reduced by QR: [J r] as `rows` x (k+1), column-major; everything that the fit needs is in it. */
export interface Triangle {
  readonly size: number;
  readonly values: Float64Array;
}
