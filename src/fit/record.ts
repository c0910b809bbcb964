import type { Note } from "../core/dataset.ts";
import type { FitOutcome } from "./outcome.ts";

/** The signal that was fitted, after rotation and normalisation, with the fitted curve: what the gallery draws. */
export interface FittedTrace {
  readonly t: readonly number[];
  readonly y: readonly number[];
  /** One s.d. per point that the fit used (estimated from residuals where the noise is unknown); empty for refused fits without one. */
  readonly sigma: readonly number[];
  /** The law at every t; empty for refused fits. */
  readonly fit: readonly number[];
  /** `1` (population or normalised) or `V`. */
  readonly unit: "1" | "V";
  /** Points that the fit did not use (calibration, excluded, not a number), by index into the original rows. */
  readonly left_out: readonly number[];
  /** The law that the trace asks for instead, at every t; absent where one exponential is enough or no law is better. */
  readonly better?: { readonly law: string; readonly y: readonly number[] };
}

/** How a wider law did on a trace; its fit stands among the alternatives under the same name. */
export interface LawRank {
  readonly law: string;
  /** Akaike's criterion minus that of the exponential: negative = better. */
  readonly aicc: number;
  /** Probability that a clean exponential gains this much from the law's further parameters. */
  readonly p: number;
  /** The data determine its parameters, nothing but noise is left, and the gain is no chance: the trace asks for this law. */
  readonly better: boolean;
}

/** One fit of one dataset (or of the average of a series) with everything that the estimate tables and the gallery need. */
export interface FitRecord {
  readonly dataset: string;
  readonly kind: string;
  /** What was fitted as main result. */
  readonly outcome: FitOutcome;
  /** Other fits of the same trace kept beside it: `offset_free`, `offset_fixed`, `calibration_as_data`, `without_outliers`, wider laws by their names. */
  readonly alternatives: Readonly<Record<string, FitOutcome>>;
  /** Laws compared with the exponential where its checks failed, the best first; empty where one exponential was enough. */
  readonly laws: readonly LawRank[];
  readonly trace: FittedTrace;
  /** How the complex signal became a real one; empty where it was real. */
  readonly rotation: string;
  readonly notes: readonly Note[];
}
