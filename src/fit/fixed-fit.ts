import { type Check, statusOf } from "../core/check.ts";
import type { RateGrid } from "../numerics/rate-scan.ts";
import { outcomeOf, refusedOutcome } from "./fit-outcome.ts";
import { fitLaw, type LawFit } from "./law-fit.ts";
import { likelihoodOf } from "./likelihood.ts";
import { exponential } from "./models/exponential.ts";
import { chi2Checks } from "./noise-checks.ts";
import type { FitOutcome } from "./outcome.ts";
import type { Signal } from "./signal-type.ts";
import { fixedGrowingCheck, undersampledCheck } from "./window-checks.ts";

/** What was fixed, in words, and whether other traces use the same numbers. */
export interface FixedInputs {
  readonly name: string;
  readonly common: boolean;
  readonly of: readonly FixedInput[];
}

/** An input that was not fitted: how the law moves with it, and its standard deviation (NaN: that of one point of the trace over sqrt(points)). */
export interface FixedInput {
  readonly derivative: (amplitude: number, rate: number, t: number) => number;
  readonly sigma: number;
  readonly points: number;
}

export interface FixedFit {
  readonly outcome: FitOutcome;
  readonly fit: LawFit;
  /** Standard deviations of the rate, 1/s: from the trace's own noise, and from the fixed inputs. */
  readonly sigmaNoise: number;
  readonly sigmaInputs: number;
}

/**
 * An exponential with its offset, or offset and amplitude, fixed. The uncertainty of what was fixed moves the rate by first order
 * (d rate = -(J^T J)^-1 J^T dm) and is added to its error.
 * @param amplitude undefined = free.
 */
export function fixedFit(
  signal: Signal,
  grid: RateGrid,
  offset: number,
  amplitude: number | undefined,
  inputs: FixedInputs,
  base: readonly Check[],
  method: (likelihood: string) => string,
): FixedFit {
  const name = method(likelihoodOf(signal).name);
  const start = startOf(signal, grid, offset, amplitude);
  const fit = fitLaw(exponential, signal, start, [amplitude !== undefined, false, true]);
  const n = signal.t.length;
  const sigmaNoise = fit.scale * Math.sqrt(fit.covariance[4]!);
  let variance = 0;
  for (const input of inputs.of) {
    const sigma = Number.isNaN(input.sigma) ? fit.scale / Math.sqrt(input.points) : input.sigma;
    variance += (sigma * rateShift(fit, signal, input)) ** 2;
  }
  const sigmaInputs = Math.sqrt(variance);
  const g = fit.p[1]! * (signal.t[n - 1]! - signal.t[0]!);
  const checks = [...base, fixedGrowingCheck(g, fit.p[1]!, sigmaNoise), undersampledCheck(g, grid.x), ...chi2Checks(fit)];
  const refusal = checks.find((c) => !c.holds && statusOf([c]) === "refused");
  const outcome = refusal
    ? refusedOutcome(exponential.name, n, name, checks, refusal)
    : outcomeOf(fit, { unit: signal.unit, checks, method: name, input: { name: inputs.name, common: inputs.common, sigma: sigmaInputs } });
  return { outcome, fit, sigmaNoise, sigmaInputs };
}

/** d rate / d input. */
function rateShift(fit: LawFit, signal: Signal, input: FixedInput): number {
  const m = signal.t.length;
  const columns = fit.tangents.length / m;
  const free = [0, 1, 2].filter((j) => !fit.fixed[j]);
  let shift = 0;
  for (let k = 0; k < columns; k++) {
    let along = 0;
    for (let i = 0; i < m; i++) along += fit.tangents[k * m + i]! * fit.weight[i]! * input.derivative(fit.p[0]!, fit.p[1]!, signal.t[i]!);
    shift -= fit.covariance[3 + free[k]!]! * along;
  }
  return shift;
}

/** The best rate of the grid, with the best amplitude where it is free. */
function startOf(signal: Signal, grid: RateGrid, offset: number, amplitude: number | undefined): number[] {
  const n = signal.t.length;
  const window = signal.t[n - 1]! - signal.t[0]!;
  const likelihood = likelihoodOf(signal);
  const weight = likelihood.flatWeights();
  const [values, residual, w] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  let best = [amplitude ?? 1, 1 / window, offset];
  let least = Number.POSITIVE_INFINITY;
  for (const g of grid.g) {
    if (g <= 0) continue;
    const rate = g / window;
    let a = amplitude;
    if (a === undefined) {
      let [top, bottom] = [0, 0];
      for (let i = 0; i < n; i++) {
        const e = Math.exp(-rate * signal.t[i]!);
        top += weight[i]! * e * (signal.y[i]! - offset);
        bottom += weight[i]! * e * e;
      }
      // A population that would leave 0..1 at the first delay is pulled inside.
      const most = likelihood.bounded ? (0.999 - offset) * Math.exp(rate * signal.t[0]!) : Number.POSITIVE_INFINITY;
      a = Math.min(top / bottom, most);
    }
    for (let i = 0; i < n; i++) values[i] = a * Math.exp(-rate * signal.t[i]!) + offset;
    const objective = likelihood.whiten(values, residual, w);
    if (objective < least) [least, best] = [objective, [a, rate, offset]];
  }
  return best;
}
