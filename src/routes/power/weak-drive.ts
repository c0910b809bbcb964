import { covarianceOf } from "../../numerics/covariance.ts";
import { chi2Tail } from "../../numerics/gamma-function.ts";

/** A rate with the shapes that two ordinary errors would have there. */
export interface ShapePoint {
  readonly gamma: number;
  /** Statistical error, 1/s. */
  readonly sigma: number;
  /** Change of ln G per unit of a population offset d: `-2 (1+S)/(|z_eq| S)`, which is -1/(n_e - n_eq). */
  readonly byOffset: number;
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
 * Linear fit `G_i = g (1 + d u_i + e v_i)` (PHYSICS.md sec. 1, "Extrapolation"): attenuation and fidelity stay in g.
 * Undefined for fewer than four points or where the shapes cannot be told apart.
 * @param scale rate that turns the shapes into 1/s (the combined one).
 */
export function fitWeakDrive(points: readonly ShapePoint[], scale: number): WeakDrive | undefined {
  const m = points.length;
  if (m < 4 || points.some((p) => !(p.sigma > 0) || !Number.isFinite(p.byOffset + p.byAmplitude))) return undefined;
  const basis = [() => 1, (p: ShapePoint) => scale * p.byOffset, (p: ShapePoint) => scale * p.byAmplitude];
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
  return {
    gamma,
    sigma: Math.sqrt(matrix[0]!),
    offset,
    sigmaOffset: Math.sqrt(matrix[4]!),
    amplitude,
    sigmaAmplitude: Math.sqrt(matrix[8]!),
    parts: row(0),
    probability: m > 3 ? chi2Tail(chi2, m - 3) : Number.NaN,
  };
}
