/**
 * What the trust-region loop asks of a problem: values and linear algebra, for a dense Jacobian (`dense-model.ts`) or for blocks that share
 * few parameters (`arrow-model.ts`). It holds two states: the current point, and the trial point that `evaluate` was last called with.
 */
export interface Linearised {
  readonly points: number;
  readonly parameters: number;
  /** Puts p into the trial state. @returns F(p); not finite where p is outside the law's domain. */
  evaluate(p: Float64Array): number;
  /** Completes the trial state by its Jacobian where `evaluate` did not. @returns false where it holds values that are not finite. */
  differentiate(): boolean;
  /** The trial state becomes the current one. */
  accept(): void;
  residualNorm(): number;
  columnNorm(j: number): number;
  /** Column j of J times the residual. */
  gradient(j: number): number;
  /** Prepares steps in which the held parameters (rising) do not move. */
  factorise(held: readonly number[]): void;
  /** Fills `step` with the minimiser of |r + J s| under |D s| <= radius (within 10 %), zero for held parameters. */
  step(scale: Float64Array, radius: number, damping: number, step: Float64Array): { readonly damping: number; readonly length: number };
  /** Reduction of F that the linear model expects from a step, and its first-order part. */
  predicted(step: Float64Array): { readonly value: number; readonly slope: number };
  /** sqrt(g^T (J^T J)^-1 g) over the parameters that are not held: how far the minimum is, in units of sigma. */
  distance(held: readonly number[]): number;
}
