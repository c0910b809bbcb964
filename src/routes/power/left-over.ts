import { shapeFit } from "./shape-fit.ts";
import { ordinaryColumns, type ShapePoint, type StatedShapes } from "./weak-drive.ts";

/** A point with the Rabi rate that drove it. */
export interface DrivenPoint extends ShapePoint {
  /** rad/s; NaN = not known. */
  readonly rabi: number;
}

/** What is left of a trend when a, d and e are as good as stated. */
export interface LeftOver {
  /** Relative change of the rate from no drive to the strongest one, and its error. */
  readonly change: number;
  readonly sigma: number;
  /** Largest Rabi rate, Hz. */
  readonly rabi: number;
  readonly probability: number;
}

/**
 * Change of the rate with the square of the Rabi rate beside d and e held by their stated errors: what a bath G(w), sampled at w_d and w_d +- Omega, does
 * first (PHYSICS.md sec. 1): `G (1 + (c/4 - s^2/2) Omega^2)`, `s = dlnG/dw`, `c = G''/G`. On resonance it has exactly the shape of e, so that e must be
 * stated; undefined without that, or without Rabi rates.
 */
export function leftOver(points: readonly DrivenPoint[], scale: number, stated: StatedShapes): LeftOver | undefined {
  const largest = Math.max(...points.map((p) => p.rabi));
  if (!(stated.amplitude > 0) || !(largest > 0)) return undefined;
  const bend = points.map((p) => scale * (p.rabi / largest) ** 2);
  const fit = shapeFit(
    points.map((p) => p.gamma),
    points.map((p) => p.sigma),
    [...ordinaryColumns(points, scale, 0), bend],
    [Number.NaN, stated.offset, stated.amplitude],
  );
  if (!fit) return undefined;
  const unit = scale / fit.values[0]!;
  return {
    change: fit.values[3]! * unit,
    sigma: Math.abs(unit) * fit.sigmas[3]!,
    rabi: largest / (2 * Math.PI),
    probability: fit.probability,
  };
}
