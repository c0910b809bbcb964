import { mean } from "../numerics/quantile.ts";
import type { Signal } from "./signal-type.ts";

/** What a law's values cost, and the whitened residuals that the optimiser needs (`numerics/least-squares-problem.ts`). */
export interface Likelihood {
  /** True where the size of the noise is known: errors are absolute and chi2 means something. */
  readonly absolute: boolean;
  /** In words, for the record. */
  readonly name: string;
  /**
   * @param m the law at every delay; fills `residual` and `weight` (square root of each point's information).
   * @returns half the deviance; infinite where the law cannot have made the data.
   */
  whiten(m: Float64Array, residual: Float64Array, weight: Float64Array): number;
  /** Residuals with nearly normal scatter, for tests of the law: the whitened ones, except where few counts make them skew. */
  normalised(m: Float64Array, residual: Float64Array): Float64Array;
  /** Squared deviations over the variance that the noise has by itself (Pearson). */
  chi2(m: Float64Array, residual: Float64Array): number;
  /** By how much the variance of chi2 exceeds twice its degrees of freedom: few counts per point have long tails. */
  excessVariance(m: Float64Array): number;
  /** Squared weights under the hypothesis that nothing decays: for the search. */
  flatWeights(): Float64Array;
  /** A population stays in 0..1. */
  readonly bounded: boolean;
}

/** The type of the noise decides the likelihood. `model`: values that a relative error is taken of (absent: the data's mean). */
export function likelihoodOf(signal: Signal, model?: Float64Array): Likelihood {
  const { y, noise } = signal;
  switch (noise.type) {
    case "binomial":
      return binomial(y, noise.shots);
    case "sigma":
      return gaussian(y, noise.sigma, true, "least squares weighted by the stated sigma");
    case "relative": {
      const typical = mean((model ?? y).map(Math.abs));
      const sigma = y.map((_, i) => noise.relative * Math.max(model ? Math.abs(model[i]!) : typical, 1e-3 * typical));
      return gaussian(y, sigma, true, `least squares, sigma = ${noise.relative} of the fitted value`);
    }
    case "unknown":
      return gaussian(y, new Float64Array(y.length).fill(1), false, "least squares, equal noise estimated from the residuals");
  }
}

function gaussian(y: Float64Array, sigma: Float64Array, absolute: boolean, name: string): Likelihood {
  const inverse = sigma.map((s) => 1 / s);
  return {
    absolute,
    name,
    bounded: false,
    whiten(m, residual, weight) {
      let sum = 0;
      for (let i = 0; i < y.length; i++) {
        const r = (m[i]! - y[i]!) * inverse[i]!;
        residual[i] = r;
        weight[i] = inverse[i]!;
        sum += r * r;
      }
      return sum / 2;
    },
    normalised: (_m, residual) => residual,
    chi2: (_m, residual) => squareSum(residual),
    excessVariance: () => 0,
    flatWeights: () => inverse.map((w) => w * w),
  };
}

/**
 * Binomial counts by maximum likelihood: half the deviance sum n [y ln(y/m) + (1-y) ln((1-y)/(1-m))], right at y = 0 and 1.
 * The information n/(m(1-m)) is taken at m clipped to [0.5/n, 1 - 0.5/n] (the spread that n equal outcomes leave, Jeffreys), the gradient is not.
 */
function binomial(y: Float64Array, shots: Float64Array): Likelihood {
  return {
    absolute: true,
    name: "binomial maximum likelihood",
    bounded: true,
    whiten(m, residual, weight) {
      let sum = 0;
      for (let i = 0; i < y.length; i++) {
        const [p, n, q] = [y[i]!, shots[i]!, m[i]!];
        if (!(q >= 0 && q <= 1) || (q === 0 && p > 0) || (q === 1 && p < 1)) return Number.POSITIVE_INFINITY;
        let gradient = 0;
        if (p > 0) {
          sum += n * p * Math.log(p / q);
          gradient -= (n * p) / q;
        }
        if (p < 1) {
          sum += n * (1 - p) * Math.log((1 - p) / (1 - q));
          gradient += (n * (1 - p)) / (1 - q);
        }
        const inside = Math.min(Math.max(q, 0.5 / n), 1 - 0.5 / n);
        const w = Math.sqrt(n / (inside * (1 - inside)));
        weight[i] = w;
        residual[i] = gradient / w;
      }
      return sum;
    },
    // Signed root of each point's deviance, its mean removed to the order of the skewness (Pierce and Schafer 1986).
    normalised(m, residual) {
      return residual.map((r, i) => {
        const [p, n, q] = [y[i]!, shots[i]!, m[i]!];
        const half = (p > 0 ? n * p * Math.log(p / q) : 0) + (p < 1 ? n * (1 - p) * Math.log((1 - p) / (1 - q)) : 0);
        const variance = n * q * (1 - q);
        const bias = variance > 0.5 ? (1 - 2 * q) / (6 * Math.sqrt(variance)) : 0;
        return Math.sign(r) * Math.sqrt(2 * Math.max(0, half)) - bias;
      });
    },
    chi2(m) {
      let sum = 0;
      for (let i = 0; i < m.length; i++) if (y[i] !== m[i]) sum += ((y[i]! - m[i]!) ** 2 * shots[i]!) / (m[i]! * (1 - m[i]!));
      return sum;
    },
    // Fourth cumulant of a standardised binomial: (1 - 6 q (1 - q))/(n q (1 - q)).
    excessVariance(m) {
      let sum = 0;
      for (let i = 0; i < m.length; i++) {
        const n = shots[i]!;
        const q = Math.min(Math.max(m[i]!, 0.05 / n), 1 - 0.05 / n);
        sum += 1 / (n * q * (1 - q)) - 6 / n;
      }
      return sum;
    },
    flatWeights() {
      let [total, ones] = [0, 0];
      for (let i = 0; i < y.length; i++) {
        total += shots[i]!;
        ones += shots[i]! * y[i]!;
      }
      const p = Math.min(Math.max(ones / total, 0.5 / total), 1 - 0.5 / total);
      return shots.map((n) => n / (p * (1 - p)));
    },
  };
}

function squareSum(v: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < v.length; i++) sum += v[i]! * v[i]!;
  return sum;
}
