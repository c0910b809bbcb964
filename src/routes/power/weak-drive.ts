import { shapeFit } from "./shape-fit.ts";

/** A rate with the shapes that two ordinary errors would have there. */
export interface ShapePoint {
  readonly gamma: number;
  /** Statistical error, 1/s. */
  readonly sigma: number;
  /** n_e - n_eq without an offset, `|z_eq| S/(2(1+S))`: an offset d of the population multiplies the rate by excess/(excess + d). */
  readonly excess: number;
  /** Change of ln G per unit of a relative amplitude error e of the reference: `-[(G2/Gr|z_eq|)(1+S) - 1]`. */
  readonly byAmplitude: number;
}

export interface WeakDrive {
  /** Rate with both ordinary errors taken out, 1/s, and its error by the noise of the points and what the fit leaves open. */
  readonly gamma: number;
  readonly sigma: number;
  readonly offset: number;
  readonly sigmaOffset: number;
  readonly amplitude: number;
  readonly sigmaAmplitude: number;
  /** How much of every point's rate the result takes: sum of part_i gamma_i = gamma. */
  readonly parts: readonly number[];
  /** Probability of a larger chi2 if only these errors are there; NaN where no degree of freedom is left. */
  readonly probability: number;
}

/** One s.d. of both errors as stated, relative and of the population; NaN = not stated: free. */
export interface StatedShapes {
  readonly offset: number;
  readonly amplitude: number;
}

/**
 * Fit `G_i = g (1 - d/(excess_i + d) + e v_i)` (PHYSICS.md sec. 1, "Extrapolation", without its expansion in d): attenuation and fidelity stay in g.
 * Linear but for the d below the line (Gauss-Newton). Undefined where the shapes cannot be told apart, for fewer than four points that are all there is
 * to say d and e, and where the offset would be no small error any more.
 * @param scale rate that turns the shapes into 1/s (the combined one).
 */
export function fitWeakDrive(points: readonly ShapePoint[], scale: number, stated?: StatedShapes): WeakDrive | undefined {
  if (points.length < (stated ? 2 : 4)) return undefined;
  let fit: WeakDrive | undefined;
  for (let round = 0; round < ROUNDS; round++) {
    const d = fit?.offset ?? 0;
    if (points.some((p) => !(p.excess + d > SMALLEST * p.excess))) return undefined;
    const found = shapeFit(
      points.map((p) => p.gamma),
      points.map((p) => p.sigma),
      ordinaryColumns(points, scale, d),
      stated ? [Number.NaN, stated.offset, stated.amplitude] : [],
    );
    if (!found) return undefined;
    const [gamma, offset, amplitude] = found.values as [number, number, number];
    // The coefficients are g d/scale and g e/scale.
    const unit = scale / gamma;
    fit = {
      gamma,
      sigma: found.sigmas[0]!,
      offset: offset * unit,
      sigmaOffset: Math.abs(unit) * found.sigmas[1]!,
      amplitude: amplitude * unit,
      sigmaAmplitude: Math.abs(unit) * found.sigmas[2]!,
      parts: found.parts,
      probability: found.probability,
    };
  }
  return fit;
}

const ROUNDS = 6;
/** An offset that takes more than this of an excess away is no small error any more. */
const SMALLEST = 0.3;

/** Rates per unit of g, and of g d/scale and g e/scale, linearised about the offset d: `n/(n + d) = n (n + 2 d0)/(n + d0)^2 - d n/(n + d0)^2`. */
export function ordinaryColumns(points: readonly ShapePoint[], scale: number, d: number): readonly (readonly number[])[] {
  const square = (p: ShapePoint) => (p.excess + d) ** 2;
  return [
    points.map((p) => (p.excess * (p.excess + 2 * d)) / square(p)),
    points.map((p) => (-scale * p.excess) / square(p)),
    points.map((p) => scale * p.byAmplitude),
  ];
}
