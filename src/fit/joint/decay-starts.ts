import { rateGrid, scanRates } from "../../numerics/rate-scan.ts";
import { type ExponentialFit, fitExponential, scaledDelays } from "../exponential-fit.ts";
import { likelihoodOf } from "../likelihood.ts";
import type { Signal } from "../signal-type.ts";
import type { JointBlock } from "./joint-problem.ts";

/** Each trace by itself: where to start, and its noise. */
export function fitAlone(signals: readonly Signal[]): ExponentialFit[] {
  let [t, grid] = [signals[0]!.t, rateGrid(scaledDelays(signals[0]!.t))];
  return signals.map((signal) => {
    if (signal.t !== t && !(signal.t.length === t.length && signal.t.every((v, i) => v === t[i]))) {
      t = signal.t;
      grid = rateGrid(scaledDelays(t));
    }
    return fitExponential(signal, grid, scanRates(grid, signal.y, likelihoodOf(signal).flatWeights()));
  });
}

/** A signal whose noise is known: where it was not stated, from the residuals of its own exponential. */
export function knownNoise(signal: Signal, alone: ExponentialFit): Signal {
  if (signal.noise.type !== "unknown") return signal;
  return { ...signal, noise: { type: "sigma", sigma: new Float64Array(signal.y.length).fill(alone.scale) } };
}

/** The rate that suits a trace best between the stated levels: of a grid, and of the trace by itself. */
export function bestRate(block: JointBlock, levels: readonly number[], signal: Signal, { grid, p }: ExponentialFit): number {
  const window = signal.t[signal.t.length - 1]! - signal.t[0]!;
  const residual = new Float64Array(block.points);
  const jacobian = new Float64Array(block.points * block.parameters.length);
  let [best, lowest] = [p[1]!, Number.POSITIVE_INFINITY];
  for (const rate of [p[1]!, ...[...grid.g].filter((g) => g > 0).map((g) => g / window)]) {
    const objective = block.evaluate(Float64Array.of(rate, ...levels), residual, jacobian);
    if (objective < lowest) [best, lowest] = [rate, objective];
  }
  return best;
}
