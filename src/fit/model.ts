import type { Unit } from "../core/units.ts";

/** Data of one trace as a law sees it: delays in s, signal in its own unit. */
export interface Trace {
  /** Delays, s, not necessarily sorted, uniform or distinct. */
  readonly t: Float64Array;
  /** Signal, population (unit 1) or rotated voltage (V). */
  readonly y: Float64Array;
  /** For each point, which of the law's `channels` it is; absent = all are the first. */
  readonly channel?: Uint8Array;
}

export interface ModelParameter {
  readonly name: string;
  /** `signal` = the unit of the data, `signal/s` = that unit per second. */
  readonly unit: Unit | "signal" | "signal/s";
  readonly lower: number;
  readonly upper: number;
  /** The law is linear in it. */
  readonly linear: boolean;
  /** Its bounds only limit the search and are no physical state: a minimum on one is a failure of the law. Default false. */
  readonly searchLimits?: boolean;
}

/** A function of the parameters, with its gradient. */
export interface Derived {
  readonly value: number;
  readonly gradient: readonly number[];
}

/** A quantity that follows from the parameters and that a lab quotes beside them. */
export interface NamedDerived extends Derived {
  readonly name: string;
  readonly unit: Unit;
}

/** What a law may ask of its minimum: parameters, and the standard deviation of any function of them (NaN where the data do not determine it). */
export interface FittedLaw {
  readonly p: readonly number[];
  readonly fixed: readonly boolean[];
  sigma(gradient: readonly number[]): number;
}

/**
 * A decay law. One file per law in `models/`, registered once.
 * Laws of one observable ignore the channel; a law of several (populations p1 and p2 of a qutrit) names them in `channels`.
 */
export interface DecayModel {
  readonly name: string;
  readonly formula: string;
  /** Paper and equation. */
  readonly reference: string;
  readonly parameters: readonly ModelParameter[];
  /** What each channel is; absent = one, the signal. */
  readonly channels?: readonly string[];
  /** Values may pass those at the first and last delay (beats); absent = they lie between. */
  readonly oscillates?: boolean;
  /** Value at delay t in a channel (default 0). */
  evaluate(p: readonly number[], t: number, channel?: number): number;
  /** d value / d parameter at delay t, into `out` (length = number of parameters). */
  gradient(p: readonly number[], t: number, out: Float64Array, channel?: number): void;
  /** Starting values from the data alone, inside the bounds, the most promising first; several where the law has several minima. */
  starts(trace: Trace): readonly (readonly number[])[];
  /** The rate that is compared with Gamma1_total, 1/s, and its gradient with respect to the parameters. */
  rate(p: readonly number[]): Derived;
  /** In one line, what `rate` is for this law and why that one is quoted. */
  readonly rateMeaning: string;
  /** Further quantities that follow from the parameters. */
  derived?(p: readonly number[]): readonly NamedDerived[];
  /** The one of several equal parameter sets (exchanged components) that is quoted. */
  canonical?(p: readonly number[]): readonly number[];
  /** A sentence where the minimum is one of a simpler law, so that some parameters mean nothing. */
  degenerate?(fit: FittedLaw): string | undefined;
  /** Parameters (SI) of realistic decays, from which the contract tests try the law. */
  readonly examples: readonly (readonly number[])[];
}
