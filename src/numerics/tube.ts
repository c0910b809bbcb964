import { betaI } from "./beta-function.ts";
import { chi2Tail } from "./gamma-function.ts";

/**
 * How likely noise alone fits a searched direction this well. A shape with one free amplitude and one searched non-linear parameter traces a
 * curve of unit vectors u(g) on the sphere of the whitened data; the best fit over g is the largest projection of the data onto the curve.
 * Its tail probability is the volume of a tube around the curve (Hotelling 1939; the bound for any curve: Naiman 1986; for known noise
 * the same number is Davies 1987). It depends on the delays only through the curve's length, so it holds for every design and number of points.
 * Both signs of the amplitude count.
 */

/** Noise known: P(max_g (u(g).z)^2 >= c), z standard normal. @param length of the curve, rad. */
export function tubeTailKnown(c: number, length: number): number {
  if (!(c >= 0) || !(length >= 0)) return Number.NaN;
  return Math.min(1, (length / Math.PI) * Math.exp(-c / 2) + chi2Tail(c, 1));
}

/**
 * Noise unknown: P(max_g (u(g).z)^2 / |z|^2 >= share) for z in `dimension` dimensions.
 * It also holds for the projection of complex noise on its principal axis: the direction of the projected vector stays uniform,
 * whatever the covariance of the two quadratures.
 */
export function tubeTailScaled(share: number, length: number, dimension: number): number {
  if (!(share >= 0 && share <= 1) || !(length >= 0) || !(dimension >= 2)) return Number.NaN;
  const curve = (length / Math.PI) * (1 - share) ** ((dimension - 2) / 2);
  const ends = 1 - betaI(share, 0.5, (dimension - 1) / 2);
  return Math.min(1, curve + ends);
}
