import type { Unit } from "../core/units.ts";

/** Data of one trace as a law sees it: delays in s, signal in its own unit. */
export interface Trace {
  /** Delays, s, not necessarily sorted, uniform or distinct. */
  readonly t: Float64Array;
  /** Signal, population (unit 1) or rotated voltage (V). */
  readonly y: Float64Array;
}

export interface ModelParameter {
  readonly name: string;
  /** `signal` = the unit of the data. */
  readonly unit: Unit | "signal";
  readonly lower: number;
  readonly upper: number;
  /** The law is linear in it. */
  readonly linear: boolean;
}

/** A decay law. One file per law in `models/`, registered once. */
export interface DecayModel {
  readonly name: string;
  readonly formula: string;
  /** Paper and equation. */
  readonly reference: string;
  readonly parameters: readonly ModelParameter[];
  /** Value at delay t. */
  evaluate(p: readonly number[], t: number): number;
  /** d value / d parameter at delay t, into `out` (length = number of parameters). */
  gradient(p: readonly number[], t: number, out: Float64Array): void;
  /** Starting values from the data alone, inside the bounds, the most promising first; several where the law has several minima. */
  starts(trace: Trace): readonly (readonly number[])[];
  /** Gamma1_total in 1/s, and its gradient with respect to the parameters. */
  rate(p: readonly number[]): { readonly value: number; readonly gradient: readonly number[] };
  /** Parameters (SI) of realistic decays, from which the contract tests try the law. */
  readonly examples: readonly (readonly number[])[];
}
