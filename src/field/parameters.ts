import type { FieldNumber } from "./outcome.ts";

/** What a parameter belongs to. */
export type ParameterKind = "gamma2" | "gamma0" | "scale" | "spot" | "background" | "start" | "bath";

/**
 * One entry of theta, of order one: where `log`, the number is `reference exp(theta)`; else `reference + size theta`.
 * Coefficients of log gamma0's splines are logarithms of the reference gamma0 as well.
 */
export interface Parameter {
  readonly kind: ParameterKind;
  readonly name: string;
  readonly unit: FieldNumber["unit"];
  readonly log: boolean;
  readonly reference: number;
  /** 1 where `log`. */
  readonly size: number;
  /** The source whose size this is the logarithm of, and its stated relative error: a Gaussian prior about 0. Absent = no prior. */
  readonly stated?: { readonly source: string; readonly sigma: number };
  /** Coefficient of a field (gamma0 as a smooth field, a start): no number to quote by itself. */
  readonly coefficient: boolean;
}

/** The number that an entry of theta stands for. */
export function numberOf(parameter: Parameter, theta: number): number {
  return parameter.log ? parameter.reference * Math.exp(theta) : parameter.reference + parameter.size * theta;
}

/** d number / d theta. */
export function slopeOf(parameter: Parameter, theta: number): number {
  return parameter.log ? parameter.reference * Math.exp(theta) : parameter.size;
}
