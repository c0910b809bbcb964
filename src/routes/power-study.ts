import type { GroupLabels } from "../core/estimate.ts";

/** One drive power of one qubit. */
export interface PowerPoint {
  /** At the source as the instrument states it, and at the device, W. */
  readonly pSource: number;
  readonly pDevice: number;
  /** Drive frequency, and its distance from the fitted resonance (NaN without one), Hz. */
  readonly frequency: number;
  readonly detuning: number;
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

/** Straight line `flux = slope (n_e - n_eq) + intercept` through the used points, with errors both ways; through the origin if all is well. */
export interface InterceptStudy {
  /** 1/s. */
  readonly slope: number;
  readonly sigmaSlope: number;
  /** 1/s, with the error by the points' noise and by the known errors that they share. */
  readonly intercept: number;
  readonly sigmaStat: number;
  readonly sigmaCommon: number;
}

/** An ordinary error with a shape over power, as fitted and as stated (one s.d., NaN = not stated). */
export interface ShapedError {
  readonly value: number;
  readonly sigma: number;
  readonly stated: number;
}

/** Rate against drive strength: what a, d and e of PHYSICS.md sec. 1 ("Extrapolation") make of it. */
export interface DriveDependence {
  /** Rate with d and e taken out, 1/s, and its error by noise and by d and e. */
  readonly gamma: number;
  readonly sigma: number;
  /** One s.d. of a (attenuation, fidelity: the same at every power), relative, as stated; its value needs the other route. */
  readonly scale: number;
  /** d: offset of the population. */
  readonly offset: ShapedError;
  /** e: relative amplitude error of the reference. */
  readonly amplitude: ShapedError;
  /** Whether d and e were held by their stated errors, or left to the data because the stated errors do not suffice. */
  readonly held: boolean;
  /** Probability of a larger chi2 with d and e in. */
  readonly probability: number;
  /** On resonance against S: rate over `gamma` as fitted, and by one s.d. (stated, else fitted) of d and of e up and down; empty without a law. */
  readonly curves: {
    readonly saturation: readonly number[];
    readonly fitted: readonly number[];
    readonly offset: readonly [up: readonly number[], down: readonly number[]];
    readonly amplitude: readonly [up: readonly number[], down: readonly number[]];
  };
  /** The finding in words. */
  readonly sentence: string;
}

/** Absorbed work over hbar w_d on resonance against the power at the device, as the sweep's law has it. */
export interface WorkCurve {
  /** W. */
  readonly pDevice: readonly number[];
  /** 1/s. */
  readonly flux: readonly number[];
  /** `(Gd - Gu)/2`, 1/s: where it saturates. */
  readonly plateau: number;
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
  /** The part of sigma that all points share, 1/s; NaN = not known. */
  readonly sigmaCommon: number;
  /** Undefined where the noise of the points is not known, there are fewer than three, or the estimator is no straight line. */
  readonly line: InterceptStudy | undefined;
  readonly driveDependence: DriveDependence | undefined;
  readonly workCurve: WorkCurve | undefined;
  /** Least and largest rate over the drive strengths that fluctuations of T1 between repeats lead to, over the constant one; undefined = not known. */
  readonly fluctuation: { readonly scatter: number; readonly least: number; readonly largest: number } | undefined;
  /** Fitted population (or 1-Re S) saturation curve against power at the device, if a sweep fit exists. */
  readonly saturationCurve: { readonly pDevice: readonly number[]; readonly excess: readonly number[] } | undefined;
  readonly resonances: readonly ResonanceStudy[];
  /** Assumptions that could not be tested, each with the fact that would allow it. */
  readonly untested: readonly string[];
  readonly remarks: readonly string[];
}
