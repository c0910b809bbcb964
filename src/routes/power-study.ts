import type { GroupLabels } from "../core/estimate.ts";

/** One drive power of one qubit. */
export interface PowerPoint {
  /** At the source as the instrument states it, and at the device, W. */
  readonly pSource: number;
  readonly pDevice: number;
  readonly sRe: number;
  readonly sIm: number;
  readonly sigmaS: number;
  readonly population: number;
  readonly sigmaPopulation: number;
  /** n_e - n_eq, and its statistical error. */
  readonly excess: number;
  readonly sigmaExcess: number;
  /** Absorbed work over hbar w_d, 1/s. */
  readonly flux: number;
  readonly sigmaFlux: number;
  /** flux/excess, 1/s; statistical error. NaN where the point gives no rate. */
  readonly gamma: number;
  readonly sigmaGamma: number;
  /** Saturation parameter S from the sweep fit; NaN without one. */
  readonly saturation: number;
  readonly used: boolean;
  readonly remark: string;
}

/** Scattering against frequency at one power, normalised, with the fitted circle. */
export interface ResonanceStudy {
  readonly pSource: number;
  readonly frequency: readonly number[];
  readonly sRe: readonly number[];
  readonly sIm: readonly number[];
  readonly fitRe: readonly number[];
  readonly fitIm: readonly number[];
}

/** The power route of one qubit in one cooldown with one estimator. */
export interface PowerStudy {
  readonly labels: GroupLabels;
  readonly estimator: string;
  readonly points: readonly PowerPoint[];
  /** Combined slope flux/excess with total sigma, 1/s; NaN when refused. */
  readonly gamma: number;
  readonly sigma: number;
  /** Fitted population (or 1-Re S) saturation curve against power at the device, if a sweep fit exists. */
  readonly saturationCurve: { readonly pDevice: readonly number[]; readonly excess: readonly number[] } | undefined;
  readonly resonances: readonly ResonanceStudy[];
  readonly remarks: readonly string[];
}
