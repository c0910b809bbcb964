import { studentHalfWidth } from "../numerics/beta-function.ts";
import { shape } from "../numerics/exponential-basis.ts";
import { ONE_SIGMA } from "../numerics/normal.ts";
import type { ExponentialFit } from "./exponential-fit.ts";

/** 68.3 % interval of rate * window; NaN on a side that the data leave open. */
export interface RateInterval {
  readonly low: number;
  readonly high: number;
  /** A straight line (rate 0) lies outside. */
  readonly aboveZero: boolean;
}

const halfWidths = new Map<number, number>();

/** Half width of a 68.3 % interval in standard deviations: 1 for known noise, Student's t where the noise was estimated with few degrees of freedom. */
export function halfWidth(absolute: boolean, dof: number): number {
  if (absolute) return 1;
  let w = halfWidths.get(dof);
  if (w === undefined) {
    w = studentHalfWidth(ONE_SIGMA, dof);
    halfWidths.set(dof, w);
  }
  return w;
}

/**
 * Profile of the residual sum in the rate, amplitude and offset free, with the weights of the minimum: the interval where it rises by one
 * (times the found variance and the square of Student's factor). It is not symmetric, and open where the rate has no lower or upper limit.
 */
export function rateInterval(fit: ExponentialFit, y: Float64Array): RateInterval {
  const { x, g: gridG } = fit.grid;
  const width = halfWidth(fit.likelihood.absolute, fit.dof);
  const rise = (width * fit.scale) ** 2;
  if (!(rise > 0) || !(fit.sigmaG > 0)) {
    // Data without noise leave no width; an error that does not exist leaves no interval.
    const edge = rise === 0 || fit.sigmaG === 0 ? fit.g : Number.NaN;
    return { low: edge, high: edge, aboveZero: fit.g > 0 };
  }
  const phi = new Float64Array(x.length);
  const profile = (g: number) => {
    shape(g, x, phi);
    return profileSum(phi, y, fit.weight);
  };
  const bottom = profile(fit.g);
  const solve = (side: 1 | -1) => {
    let g = fit.g + side * Math.min(width * fit.sigmaG, fit.g);
    for (let k = 0; k < 12; k++) {
      const ratio = (profile(g) - bottom) / rise;
      if (Math.abs(ratio - 1) < 2e-3) return g;
      if (!(ratio > 1e-6)) return Number.NaN;
      // The profile is nearly a parabola: its root in one step, never further than twice at once.
      const next = fit.g + (g - fit.g) * Math.min(2, 1 / Math.sqrt(ratio));
      if (next < gridG[0]! || next > 3 * gridG[gridG.length - 1]!) return Number.NaN;
      g = next;
    }
    return Number.NaN;
  };
  const aboveZero = fit.g > 0 && profile(0) - bottom > rise;
  // A population held at 0 or 1 has no parabola of its own there: the symmetric interval is given.
  if (fit.minimum.atBound.length > 0) return { low: fit.g - fit.sigmaG, high: fit.g + fit.sigmaG, aboveZero };
  return { low: aboveZero ? solve(-1) : Number.NaN, high: solve(1), aboveZero };
}

/** Weighted residual sum of the best a + b phi. */
function profileSum(phi: Float64Array, y: Float64Array, weight: Float64Array): number {
  const n = y.length;
  let [w, p, q] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const s = weight[i]! * weight[i]!;
    w += s;
    p += s * phi[i]!;
    q += s * y[i]!;
  }
  const [mp, mq] = [p / w, q / w];
  let [pp, pq] = [0, 0];
  for (let i = 0; i < n; i++) {
    const s = weight[i]! * weight[i]!;
    const d = phi[i]! - mp;
    pp += s * d * d;
    pq += s * d * (y[i]! - mq);
  }
  const slope = pq / pp;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const r = weight[i]! * (y[i]! - mq - slope * (phi[i]! - mp));
    sum += r * r;
  }
  return sum;
}
