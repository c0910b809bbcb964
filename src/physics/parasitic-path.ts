import { type Complex, times } from "./complex.ts";

/**
 * A second way of the wave beside the qubit (circulator leakage, a reflection of the mismatched line) of relative amplitude eps, and a turned
 * reference, as they act on the complex estimator (PHYSICS.md sec. 1, "Failure sizes").
 */

/** Estimated over true work on resonance: `Re[1/(1 + eps e^{i phase})]`. */
export function leakageFactor(eps: number, phase: number): number {
  const [re, im] = [1 + eps * Math.cos(phase), eps * Math.sin(phase)];
  return re / (re * re + im * im);
}

/** Least and largest of that over all phases: `1/(1 + eps)` and `1/(1 - eps)`. */
export function leakageSpan(eps: number): readonly [least: number, largest: number] {
  return [leakageFactor(eps, 0), leakageFactor(eps, Math.PI)];
}

/** Largest turn of the reference that the leak makes, `asin eps`, rad. */
export function leakageTurn(eps: number): number {
  return Math.asin(eps);
}

/** Relative standard error of the work by a path `isolation` dB (of either sign) below the direct one, with unknown phase: `10^(-dB/20)/sqrt 2`. */
export function unknownPathError(isolation: number): number {
  return 10 ** (-Math.abs(isolation) / 20) / Math.SQRT2;
}

/** Estimated over true `1 - Re S` where the reference is turned by `phase` (rad): `1 + phase^2/2 Re S/(1 - Re S)` on resonance, else with `- phase Delta/G2`. */
export function turnedReferenceFactor(s: Complex, phase: number): number {
  return (1 - times(s, { re: Math.cos(phase), im: Math.sin(phase) }).re) / (1 - s.re);
}
