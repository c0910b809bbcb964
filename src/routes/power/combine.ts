import { chi2Tail } from "../../numerics/gamma-function.ts";

/** A rate at one operating point with its own relative errors. */
export interface RatePoint {
  readonly gamma: number;
  /** Relative error by the noise of S (or of the powers), and by the noise of the population; NaN = not known. */
  readonly relativeS: number;
  readonly relativeP: number;
}

export interface Combined {
  readonly gamma: number;
  /** Sum 1; 0 for points that are not used. */
  readonly weights: readonly number[];
  /** Statistical error, and its parts. */
  readonly stat: number;
  readonly statS: number;
  readonly statP: number;
  readonly chi2: number;
  readonly dof: number;
  /** Probability of a larger chi2 if the rate is the same at every power; NaN where it cannot be tested. */
  readonly constancy: number;
  /** The statistical error is the scatter of the points, because their noise is not known. */
  readonly fromScatter: boolean;
}

/**
 * Inverse-variance mean with weights from the own noise of S and population only, each error being its relative size times the combined value
 * (iterating to it leaves `w = rel^-2`): errors taken at the measured rates would favour the low ones. Common inputs are added afterwards; as
 * weights they would bias the mean low (Peelle). `used` leaves out points without a rate.
 */
export function combineRates(points: readonly RatePoint[], used: readonly boolean[]): Combined {
  const relative = points.map((p) => Math.hypot(p.relativeS, p.relativeP));
  const known = points.every((_, i) => !used[i] || relative[i]! > 0);
  const raw = points.map((_, i) => (used[i] ? (known ? relative[i]! ** -2 : 1) : 0));
  const total = raw.reduce((a, b) => a + b, 0);
  const weights = raw.map((w) => w / total);
  const sum = (f: (p: RatePoint, i: number) => number) => points.reduce((s, p, i) => (weights[i] === 0 ? s : s + f(p, i)), 0);
  const gamma = sum((p, i) => weights[i]! * p.gamma);
  const n = used.filter(Boolean).length;
  const dof = n - 1;
  if (!known) {
    const scatter = n > 2 ? Math.sqrt(sum((p) => (p.gamma - gamma) ** 2) / dof / n) : Number.NaN;
    return {
      gamma,
      weights,
      stat: scatter,
      statS: Number.NaN,
      statP: Number.NaN,
      chi2: Number.NaN,
      dof,
      constancy: Number.NaN,
      fromScatter: true,
    };
  }
  const size = Math.abs(gamma);
  const statS = size * Math.sqrt(sum((p, i) => (weights[i]! * p.relativeS) ** 2));
  const statP = size * Math.sqrt(sum((p, i) => (weights[i]! * p.relativeP) ** 2));
  const chi2 = sum((p, i) => ((p.gamma - gamma) / (relative[i]! * gamma)) ** 2);
  return {
    gamma,
    weights,
    stat: size / Math.sqrt(total),
    statS,
    statP,
    chi2,
    dof,
    constancy: dof > 0 ? chi2Tail(chi2, dof) : Number.NaN,
    fromScatter: false,
  };
}
