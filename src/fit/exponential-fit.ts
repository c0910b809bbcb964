import { covarianceOf } from "../numerics/covariance.ts";
import { shape, shapeWithSlope, toAmplitudeRateOffset } from "../numerics/exponential-basis.ts";
import { leastSquares } from "../numerics/least-squares.ts";
import { endpointsAt, type RateGrid, type RateScan } from "../numerics/rate-scan.ts";
import { type LawFit, spread } from "./law-fit.ts";
import { type Likelihood, likelihoodOf } from "./likelihood.ts";
import { exponential } from "./models/exponential.ts";
import type { Signal } from "./signal-type.ts";

/** An exponential with free offset, with the form in which it was found. */
export interface ExponentialFit extends LawFit {
  /** Values at the first and last delay, and rate * window. */
  readonly a: number;
  readonly b: number;
  readonly g: number;
  readonly sigmaG: number;
  readonly grid: RateGrid;
  /** The rate ended on the fastest that the delays resolve. */
  readonly tooFast: boolean;
}

/** Scaled delays (t - first)/window of a sorted signal. */
export function scaledDelays(t: Float64Array): Float64Array {
  const first = t[0]!;
  const window = t[t.length - 1]! - first;
  return t.map((v) => (v - first) / window);
}

/**
 * `A exp(-rate t) + C`, all free: from the best rate of the whole grid, so that the minimum is the global one, polished in the well-conditioned form
 * of `exponential-basis.ts` and turned into amplitude, rate and offset with their covariance.
 */
export function fitExponential(signal: Signal, grid: RateGrid, scan: RateScan): ExponentialFit {
  const first = likelihoodOf(signal);
  const flat = first.flatWeights();
  const phi = new Float64Array(signal.t.length);
  shape(scan.g, grid.x, phi);
  let fit = polish(signal, grid, first, { ...endpointsAt(phi, signal.y, flat), g: scan.g });
  if (signal.noise.type !== "relative") return fit;
  for (let k = 0; k < 20; k++) {
    const next = polish(signal, grid, likelihoodOf(signal, fit.values), fit);
    const moved = Math.abs(next.g - fit.g) / next.sigmaG;
    fit = next;
    if (!(moved > 1e-6)) break;
  }
  return fit;
}

function polish(signal: Signal, grid: RateGrid, likelihood: Likelihood, start: { a: number; b: number; g: number }): ExponentialFit {
  const m = signal.t.length;
  const values = new Float64Array(m);
  const weight = new Float64Array(m);
  const phi = new Float64Array(m);
  const slope = new Float64Array(m);
  const evaluate = (p: Float64Array, residual: Float64Array, jacobian?: Float64Array) => {
    const [a, b, g] = p as unknown as [number, number, number];
    shapeWithSlope(g, grid.x, phi, slope);
    for (let i = 0; i < m; i++) values[i] = b + (a - b) * phi[i]!;
    const objective = likelihood.whiten(values, residual, weight);
    if (jacobian && Number.isFinite(objective))
      for (let i = 0; i < m; i++) {
        const w = weight[i]!;
        jacobian[i] = w * phi[i]!;
        jacobian[m + i] = w * (1 - phi[i]!);
        jacobian[2 * m + i] = w * (a - b) * slope[i]!;
      }
    return objective;
  };
  const slowest = grid.g[0]!;
  const fastest = grid.g[grid.g.length - 1]!;
  const none = Number.POSITIVE_INFINITY;
  // Inside its bounds a population of exactly 0 or 1 would have no likelihood for any other count.
  const inside = (v: number) => (likelihood.bounded ? Math.min(Math.max(v, 1e-3), 1 - 1e-3) : v);
  const minimum = leastSquares(
    {
      points: m,
      parameters: 3,
      evaluate,
      lower: likelihood.bounded ? [0, 0, slowest] : [-none, -none, slowest],
      upper: likelihood.bounded ? [1, 1, fastest] : [none, none, fastest],
    },
    [inside(start.a), inside(start.b), start.g],
    { ftol: 1e-10, xtol: 1e-9 },
  );
  const residual = new Float64Array(m);
  const tangents = new Float64Array(3 * m);
  evaluate(minimum.p, residual, tangents);
  const [a, b, g] = minimum.p as unknown as [number, number, number];
  const inner = covarianceOf(tangents, m, 3).matrix;
  const window = signal.t[m - 1]! - signal.t[0]!;
  const outer = toAmplitudeRateOffset(a, b, g, signal.t[0]!, window);
  const { chi2, dof, scale } = spread(values, residual, 3, likelihood);
  return {
    ...{ model: exponential, p: [outer.amplitude, outer.rate, outer.offset], fixed: [false, false, false] },
    ...{ covariance: congruence(outer.jacobian, inner), minimum, values, residual, weight, tangents, likelihood, dof, chi2, scale },
    ...{ a, b, g, sigmaG: scale * Math.sqrt(inner[8]!), grid, tooFast: g >= fastest },
  };
}

/** J C J^T of 3 x 3 matrices, row-major. */
function congruence(j: readonly number[], c: Float64Array): Float64Array {
  const out = new Float64Array(9);
  for (let r = 0; r < 3; r++)
    for (let s = 0; s < 3; s++) {
      let sum = 0;
      for (let k = 0; k < 3; k++) for (let l = 0; l < 3; l++) sum += j[r * 3 + k]! * c[k * 3 + l]! * j[s * 3 + l]!;
      out[r * 3 + s] = sum;
    }
  return out;
}
