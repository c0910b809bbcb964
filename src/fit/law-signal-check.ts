import { type Check, check } from "../core/check.ts";
import { flatNoise, signalStands } from "../core/messages/laws.ts";
import { fTail } from "../numerics/beta-function.ts";
import { chi2Tail } from "../numerics/gamma-function.ts";
import type { LawFit } from "./law-fit.ts";
import type { Signal } from "./signal-type.ts";

/** Probability below which noise is ruled out. */
const LIMIT = 0.001;

/** Relative size of a sum of squares that is rounding. */
const ROUNDING = 1e-24;

/**
 * Whether a law does better than one constant per channel: likelihood ratio where the noise is known, F test where it is not, with the free parameters
 * beyond the constants as degrees of freedom, times the number of shapes that were searched (Bonferroni: points, for each nonlinear parameter).
 */
export function lawSignalCheck(fit: LawFit, signal: Signal): Check {
  const law = fit.model.name;
  const flat = constants(fit, signal);
  const free = fit.fixed.filter((f) => !f).length;
  const channels = new Set(signal.channel ?? [0]).size;
  const extra = Math.max(1, free - channels);
  const nonlinear = fit.model.parameters.filter((p, j) => !p.linear && !fit.fixed[j]).length;
  const shapes = signal.t.length * Math.max(1, nonlinear);
  const [before, after] = [misfit(fit, signal, flat), misfit(fit, signal, fit.values)];
  const size = signal.y.reduce((s, y, i) => s + (y * fit.weight[i]!) ** 2, 0);
  let single = 1;
  if (before > ROUNDING * size) {
    const gain = Math.max(0, before - after);
    single = fit.likelihood.absolute ? chi2Tail(gain, extra) : fit.dof > 0 ? fTail(gain / extra / (after / fit.dof), extra, fit.dof) : 1;
    if (after === 0 && !fit.likelihood.absolute) single = 0;
  }
  const p = Math.min(1, single * shapes);
  return check("no_signal", p < LIMIT, p < LIMIT ? signalStands(law, p, shapes) : flatNoise(law, p, shapes, LIMIT), p, LIMIT);
}

/** The best constant of each channel, with the weights of the minimum. */
function constants(fit: LawFit, { y, channel }: Signal): Float64Array {
  const [weights, sums] = [new Float64Array(256), new Float64Array(256)];
  // Counts weigh as their shots: their mean is the likeliest constant.
  const weight = fit.likelihood.bounded ? fit.likelihood.flatWeights() : fit.weight.map((w) => w * w);
  y.forEach((v, i) => {
    const c = channel?.[i] ?? 0;
    weights[c]! += weight[i]!;
    sums[c]! += weight[i]! * v;
  });
  return y.map((_, i) => sums[channel?.[i] ?? 0]! / weights[channel?.[i] ?? 0]!);
}

/** Deviance for counts, weighted squares otherwise. */
function misfit(fit: LawFit, { y }: Signal, values: Float64Array): number {
  if (fit.likelihood.bounded) {
    const inside = values.map((v) => Math.min(Math.max(v, 0), 1));
    return 2 * fit.likelihood.whiten(inside, new Float64Array(y.length), new Float64Array(y.length));
  }
  return y.reduce((s, v, i) => s + (fit.weight[i]! * (v - values[i]!)) ** 2, 0);
}
