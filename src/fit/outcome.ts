import type { Check } from "../core/check.ts";
import type { Unit } from "../core/units.ts";

export interface FitParameter {
  readonly name: string;
  readonly value: number;
  /** One standard deviation from the covariance; NaN where the data do not determine it; 0 only for a parameter that was fixed. */
  readonly sigma: number;
  /** 68.3 % interval; NaN where it was not computed. */
  readonly low: number;
  readonly high: number;
  readonly unit: Unit;
  readonly fixed: boolean;
}

interface FitNumbers {
  readonly model: string;
  /** The law's own parameters, then derived ones (`gamma1_total`, `t1`). */
  readonly parameters: readonly FitParameter[];
  /** Covariance of the law's own parameters, row-major, in the units of the stored parameters. */
  readonly covariance: readonly (readonly number[])[];
  readonly chi2: number;
  readonly dof: number;
  /** Points used. */
  readonly n: number;
  /** Estimated distance to the minimum in units of sigma (expected decrease of chi2 in the next step). */
  readonly distance: number;
  readonly iterations: number;
  readonly checks: readonly Check[];
  /** How the fit was made, in words: likelihood, offset, rotation. */
  readonly method: string;
  /** What the error of the rate consists of; absent = the trace's own noise alone. */
  readonly rateBudget?: readonly RateBudgetLine[];
}

/** A share of the rate's standard deviation, 1/s. */
export interface RateBudgetLine {
  readonly input: string;
  readonly contribution: number;
  /** Other traces use the same input: it does not average down. */
  readonly common: boolean;
}

/** The end of every fit is a value with its sentence. Numbers exist only where they are valid. */
export type FitOutcome =
  | (FitNumbers & { readonly state: "converged" })
  | (FitNumbers & { readonly state: "stopped"; readonly sentence: string })
  | {
      readonly state: "refused";
      readonly model: string;
      readonly sentence: string;
      readonly n: number;
      readonly checks: readonly Check[];
      readonly method: string;
    };

/** A parameter of a fit that has numbers, or undefined. */
export function parameterOf(outcome: FitOutcome, name: string): FitParameter | undefined {
  return outcome.state === "refused" ? undefined : outcome.parameters.find((p) => p.name === name);
}
