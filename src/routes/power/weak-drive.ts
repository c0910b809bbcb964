import { covarianceOf } from "../../numerics/covariance.ts";
import { chi2Tail } from "../../numerics/gamma-function.ts";

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
  /** Rate with both ordinary errors taken out, 1/s, and its statistical error. */
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

/**
 * Fit `G_i = g (1 - d/(excess_i + d) - e v_i)` (PHYSICS.md sec. 1, "Extrapolation", without its expansion in d): attenuation and fidelity stay in g.
 * Linear but for the d below the line, which is iterated. Undefined for fewer than four points or where the shapes cannot be told apart.
 * @param scale rate that turns the shapes into 1/s (the combined one).
 */
export function fitWeakDrive(points: readonly ShapePoint[], scale: number): WeakDrive | undefined {
  let fit: WeakDrive | undefined;
  for (let round = 0; round < ROUNDS; round++) {
    const d = fit?.offset ?? 0;
    // An offset as large as the excess itself is no small error any more.
    if (points.some((p) => !(p.excess + d > 0.3 * p.excess))) return undefined;
    fit = linearFit(
      points.map((p) => ({ ...p, byOffset: -1 / (p.excess + d) })),
      scale,
    );
    if (!fit) return undefined;
  }
  return fit;
}

const ROUNDS = 6;

function linearFit(points: readonly (ShapePoint & { readonly byOffset: number })[], scale: number): WeakDrive | undefined {
  const m = points.length;
  if (m < 4 || points.some((p) => !(p.sigma > 0) || !Number.isFinite(p.byOffset + p.byAmplitude))) return undefined;
  const basis = [() => 1, (p: (typeof points)[number]) => scale * p.byOffset, (p: (typeof points)[number]) => scale * p.byAmplitude];
  const jacobian = Float64Array.from({ length: 3 * m }, (_, c) => {
    const p = points[c % m]!;
    return basis[Math.floor(c / m)]!(p) / p.sigma;
  });
  const { matrix, rank } = covarianceOf(jacobian, m, 3);
  if (rank < 3) return undefined;
  // Row j of C J^T: how parameter j depends on every whitened rate.
  const row = (j: number) =>
    points.map(
      (p, i) =>
        (matrix[3 * j]! * jacobian[i]! + matrix[3 * j + 1]! * jacobian[m + i]! + matrix[3 * j + 2]! * jacobian[2 * m + i]!) / p.sigma,
    );
  const value = (j: number) => row(j).reduce((s, h, i) => s + h * points[i]!.gamma, 0);
  const [gamma, offset, amplitude] = [value(0), value(1), value(2)];
  const chi2 = points.reduce(
    (s, p) => s + ((p.gamma - gamma - scale * (offset * p.byOffset + amplitude * p.byAmplitude)) / p.sigma) ** 2,
    0,
  );
  // The parameters are g d/scale and g e/scale.
  const unit = scale / gamma;
  return {
    gamma,
    sigma: Math.sqrt(matrix[0]!),
    offset: offset * unit,
    sigmaOffset: Math.abs(unit) * Math.sqrt(matrix[4]!),
    amplitude: amplitude * unit,
    sigmaAmplitude: Math.abs(unit) * Math.sqrt(matrix[8]!),
    parts: row(0),
    probability: m > 3 ? chi2Tail(chi2, m - 3) : Number.NaN,
  };
}
