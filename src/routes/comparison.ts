import type { Estimate, GroupLabels } from "../core/estimate.ts";

/** The two routes of one qubit and cooldown side by side. */
export interface Comparison {
  readonly labels: GroupLabels;
  readonly decay: Estimate | undefined;
  readonly power: Estimate | undefined;
  /** power / decay. NaN where one is missing. */
  readonly ratio: number;
  readonly sigmaRatio: number;
  /** 10 log10(ratio): the attenuation error that would explain it. */
  readonly ratioDb: number;
  readonly sigmaDb: number;
  /** power - decay, 1/s, with the correlated covariance. */
  readonly difference: number;
  readonly sigmaDifference: number;
  /** ln(ratio)/sigma(ln ratio). */
  readonly pull: number;
  readonly verdict: "agree" | "tension" | "disagree" | "empty" | "one-route" | "none";
  /** The verdict in words. */
  readonly sentence: string;
  /** gamma_r, gamma_nr, f: what is missing for those that have no number. */
  readonly missing: readonly string[];
}
