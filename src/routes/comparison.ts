import type { Estimate, GroupLabels } from "../core/estimate.ts";
import type { ComparedLine } from "./compared-line.ts";

/** The two routes of one qubit and cooldown side by side. */
export interface Comparison {
  readonly labels: GroupLabels;
  readonly decay: Estimate | undefined;
  readonly power: Estimate | undefined;
  /** power / decay. NaN where one is missing. */
  readonly ratio: number;
  readonly sigmaRatio: number;
  /** 10 log10(ratio): the attenuation error that would explain it; its error, and the statistical part of that. */
  readonly ratioDb: number;
  readonly sigmaDb: number;
  readonly sigmaStatDb: number;
  /** power - decay, 1/s, with the correlated covariance. */
  readonly difference: number;
  readonly sigmaDifference: number;
  /** ln(ratio)/sigma(ln ratio). */
  readonly pull: number;
  readonly verdict: "agree" | "tension" | "disagree" | "bound" | "empty" | "one-route" | "none";
  /** The verdict in words. */
  readonly sentence: string;
  /** The attenuation that the power rests on; absent where none enters it (Rabi rate, power stated at the device). */
  readonly line?: ComparedLine;
  /** What measured the power, as far as it is known: `vna`, `power-meter`. */
  readonly detectors: readonly string[];
  /** gamma_r, gamma_nr, f: what is missing for those that have no number. */
  readonly missing: readonly string[];
}
