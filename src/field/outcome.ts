import type { Check } from "../core/check.ts";

/** A fitted number with its error; sigma is NaN where the data do not determine it. */
export interface FieldNumber {
  readonly name: string;
  readonly unit: "1/s" | "m^2/s" | "m" | "W" | "W/m" | "W/m^2" | "J/m" | "J/m^2" | "m/J" | "m^2/J" | "1";
  readonly value: number;
  readonly sigma: number;
  /** 68.3 % interval; of gamma2 from its profile likelihood. */
  readonly low: number;
  readonly high: number;
}

/** chi2 minimised over everything else, above its least value, at fixed gamma2. */
export interface ProfilePoint {
  readonly gamma2: number;
  readonly deltaChi2: number;
}

/** The fields at the points of the data. */
export interface FieldMap {
  readonly x: Float64Array;
  readonly y?: Float64Array;
  readonly gamma0: Float64Array;
  /** One standard deviation of gamma0, 1/s. */
  readonly sigma: Float64Array;
  /** Posterior over prior standard deviation of log gamma0: above 0.7 the map shows the prior, not the data. NaN without a prior. */
  readonly priorShare: Float64Array;
  /** sqrt(gamma2/gamma0), m. */
  readonly diffusionLength: Float64Array;
  /**
   * f = gamma0 u / R of the steady state that the sources of the first experiment with sources keep up, which is `gamma0 int u dt / int R dt` over all time
   * of a pulse from rest; NaN where R is below 1 % of its largest value (PHYSICS.md sec. 3), or without source.
   */
  readonly partition: Float64Array;
  /** The same state's gamma0 u over the integral of R, 1/m^d: where the absorbed power is dissipated, whatever R is there; NaN without source. */
  readonly share: Float64Array;
}

/**
 * How the result moves with what is stated of a source's size: `d ln(number) / d ln(scale)` at the minimum. Where an error is stated the data may correct
 * the size: these are derivatives by its stated value (near 0 where the data know better), and sigma of the numbers has that error in it already.
 */
export interface ScaleSensitivity {
  /** Of the source terms. */
  readonly name: string;
  /** Of `gamma0_mean` and each `gamma2`, by name of the number. */
  readonly by: Readonly<Record<string, number>>;
  /** Relative standard deviation with which the data themselves know the scale; absent or NaN where they do not. */
  readonly sigma?: number;
}

/** Data and model of one experiment, `[time * points + point]`. */
export interface FieldFilm {
  readonly name: string;
  readonly x: Float64Array;
  readonly y?: Float64Array;
  readonly times?: Float64Array;
  readonly values: Float64Array;
  readonly model: Float64Array;
  /** Standard deviations as used (estimated ones too). */
  readonly sigma: Float64Array;
  /** f = gamma0 u / R of the model; NaN where the source is off or below 1 % of its largest value. */
  readonly partition: Float64Array;
  /** R_total at the points, same shape, W/m^d. */
  readonly source: Float64Array;
}

/** One law against another: which describes the data, and by how much. */
export interface FieldComparison {
  readonly simpler: string;
  readonly richer: string;
  readonly chi2: readonly [simpler: number, richer: number];
  /** Effective numbers of parameters. */
  readonly parameters: readonly [simpler: number, richer: number];
  readonly preferred: string;
  readonly sentence: string;
}

/** A change of the fields that leaves every measured value as it is (or nearly), in words and drawn at the points of the map. */
export interface NullDirection {
  readonly sentence: string;
  /** d(log gamma0) at the points of `map`, scaled to a largest component of one over everything. */
  readonly gamma0: Float64Array;
  readonly others: readonly { readonly name: string; readonly change: number }[];
}

/**
 * The two-field model beside the one-field fit (PHYSICS.md sec. 4, U not observed, rho = 1). `fitted` only where the data reject one field;
 * `unneeded`: they do not; `untold`: they could not.
 */
export type TwoFieldOutcome =
  | { readonly state: "unneeded" | "untold"; readonly sentence: string }
  | {
      readonly state: "fitted" | "stopped";
      /** The law of gamma0(U) and the bath's equation, in words. */
      readonly law: string;
      /**
       * `gamma0_mean` (at U = 0) and `gamma2` as in one field; `bath_rate` G_B, `bath_diffusion` D, `gamma0_change` (relative, at the largest U of the
       * data) and `bath_slope` = rho d ln(gamma0)/dU. Where the data leave a number open sigma is NaN and low and high say what they allow.
       */
      readonly numbers: readonly FieldNumber[];
      /** d ln|number| / d ln(stated scale) of each source with a stated error, by name of the number; its part is in sigma already. */
      readonly inputs: readonly { readonly name: string; readonly by: Readonly<Record<string, number>> }[];
      readonly chi2: number;
      readonly dof: number;
      readonly n: number;
      /** Those of the one-field fit that do not judge its model, and checks of the joint fit's residuals. */
      readonly checks: readonly Check[];
      readonly sentence: string;
    };

interface FieldFit {
  /** The law of gamma0: constant, field, regions, spots. */
  readonly law: string;
  /** `gamma0_mean` (over the domain), `gamma2` or `gamma2 <region>`, `scale <source>`, `background`, numbers of spots. */
  readonly numbers: readonly FieldNumber[];
  /** One per name of a source with known scale. */
  readonly inputs: readonly ScaleSensitivity[];
  readonly map: FieldMap;
  readonly films: readonly FieldFilm[];
  readonly profile: readonly ProfilePoint[];
  readonly comparisons: readonly FieldComparison[];
  /** Absent where the one-field fit did not converge. */
  readonly twoFields?: TwoFieldOutcome;
  readonly chi2: number;
  readonly dof: number;
  readonly n: number;
  /** The internal grid and its steps, how they were chosen, in words. */
  readonly grid: { readonly cells: readonly number[]; readonly steps: number; readonly error: number; readonly sentence: string };
  readonly method: string;
  readonly checks: readonly Check[];
  readonly nullDirections: readonly NullDirection[];
  /** Correlation of the estimates is left to the covariance of log gamma2 with the mean of log gamma0. */
  readonly correlation: number;
}

/** The end of a fit of the field model. `stopped` = interrupted or out of steps: the best point so far, never quoted as a result. */
export type FieldOutcome =
  | (FieldFit & { readonly state: "converged" })
  | (FieldFit & { readonly state: "stopped"; readonly sentence: string })
  | {
      readonly state: "refused";
      readonly sentence: string;
      readonly checks: readonly Check[];
      readonly nullDirections: readonly NullDirection[];
      /** The data as they were taken, for pictures. */
      readonly films: readonly Omit<FieldFilm, "model" | "partition">[];
      /** Upper bound on gamma2 (m^2/s) that the data give nevertheless; NaN = none. */
      readonly bound: number;
      /** What the refused number could still be: e.g. the map of the diffusion length, absent where not determined. */
      readonly map?: Pick<FieldMap, "x" | "y" | "diffusionLength">;
    };
