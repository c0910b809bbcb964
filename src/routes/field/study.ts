import type { Status } from "../../core/check.ts";
import type { GroupLabels } from "../../core/estimate.ts";
import type { FieldOutcome } from "../../field/outcome.ts";
import type { FieldProblem } from "../../field/problem.ts";

/** One thing that a fit of the field model rests on, in words. */
export interface FieldFact {
  readonly sentence: string;
  /** Nothing states it: the default was taken. */
  readonly assumed: boolean;
}

/** A qubit among the places of a map. */
export interface FieldSite {
  readonly qubit: string;
  readonly x: number;
  readonly y?: number;
  /** gamma0 at the site, 1/s. */
  readonly gamma0: number;
  readonly sigma: number;
  /** Gamma_1 of the other routes, where they have one, 1/s. */
  readonly decay?: { readonly value: number; readonly sigma: number };
  readonly power?: { readonly value: number; readonly sigma: number };
}

/** The maps of one cooldown and device, and what was made of them. */
export interface FieldStudy {
  readonly labels: GroupLabels;
  /** Tells several fits under equal labels apart; empty where there is one. */
  readonly name: string;
  /** Files of the maps, then those of the sources. */
  readonly files: readonly string[];
  readonly facts: readonly FieldFact[];
  /** Absent where the data and the lab file did not make a problem: `outcome` says why. */
  readonly problem?: Pick<FieldProblem, "dimensions" | "domain" | "boundary" | "gamma0" | "gamma2" | "background">;
  readonly outcome: FieldOutcome;
  /** As in estimates.csv. */
  readonly status: Status;
  readonly sites?: readonly FieldSite[];
}
