import type { Axis } from "./axis.ts";
import type { Blocks } from "./blocks.ts";
import type { Ladder } from "./ladder.ts";
import type { Work } from "./work.ts";

/** How the scatter of the traces is known: one number for all delays, or one per delay. */
export type BatchNoise =
  | { readonly type: "unknown" }
  /** Standard deviation of a point, in the unit of the traces. */
  | { readonly type: "sigma"; readonly sigma: number | ArrayLike<number> }
  /** Populations of counted shots. */
  | { readonly type: "binomial"; readonly shots: number | ArrayLike<number> };

export interface PlanOptions {
  /** Default: unknown and equal. */
  readonly noise?: BatchNoise;
  /** C is fixed at this value. Default: free. */
  readonly offset?: number;
  /** A (at delay 0) is fixed at this value; needs `offset`. Default: free. */
  readonly amplitude?: number;
  /**
   * Traces that noise alone makes with a larger probability than this end as `no_decay` (tube formula over all rates, free offset only). Default: 0,
   * every minimum is reported.
   */
  readonly significance?: number;
  /**
   * Stated noise is contradicted by a chi2 of a smaller tail probability than this: then noise of the found size must not make the trace with
   * the probability `significance` either. Default: 0, stated noise is believed.
   */
  readonly contradiction?: number;
}

/** All that the fits of traces on one delay axis share; made once per axis. Not to be used by two fits at the same time: it holds their working memory. */
export interface Plan {
  readonly axis: Axis;
  readonly options: PlanOptions;
  readonly noise: "unknown" | "sigma" | "binomial";
  /** One standard deviation that the weights are relative to: chi2 and variances are scaled with it. */
  readonly sigma: number;
  /** Squared weights, equal to 1 throughout where `equal`. */
  readonly weight: Float64Array;
  readonly equal: boolean;
  readonly totalWeight: number;
  readonly shots: Float64Array;
  readonly freeOffset: boolean;
  readonly freeAmplitude: boolean;
  readonly offset: number;
  readonly amplitude: number;
  /** Number of free parameters; points minus this; too few delays for it. */
  readonly parameters: number;
  readonly dof: number;
  readonly tooFew: boolean;
  /** Sums over equal delays in closed form. */
  readonly horner: boolean;
  readonly grid: Float64Array;
  readonly ladder: Ladder;
  /** `rows[k * points + i]`: projections on the unit vectors of the grid, point by point. */
  readonly rows: Float64Array;
  /** sum w b^2 at the grid, for a fixed amplitude. */
  readonly sizes: Float64Array;
  readonly blocks: Blocks;
  /** Gain over noise (known noise), or share of the sum of squares, below which there is no decay. */
  readonly leastGain: number;
  readonly leastShare: number;
  /** chi2 above which stated noise is contradicted. */
  readonly mostChi2: number;
  /** Working memory: see work.ts; the trace without its centre, padded with zeros to a multiple of four. */
  readonly work: Work;
  readonly trace: Float64Array;
  readonly gains: Float64Array;
  readonly sums: Float64Array;
  /** See counts-sums.ts. */
  readonly counts: Float64Array;
}
