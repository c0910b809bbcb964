import type { UsedData } from "./evaluator.ts";

/** Per datum `1/(noise sigma)^2`. */
export function weightsOf(data: UsedData, noise: readonly number[]): Float64Array {
  return data.sigma.map((s, i) => 1 / (noise[data.experiment[i]!]! * s) ** 2);
}

/** Standard deviations of chi2 above its degrees of freedom at which a stated sigma is no longer taken for the size of the residuals. */
const MISFIT = 5;

/**
 * Factor on sigma of each experiment: the residuals' root mean square over the degrees of freedom that are left. Where sigma is stated it is 1 unless chi2 is
 * significantly too large: then the residuals are not that noise, errors grow with them (the check `field_chi2` fails), and nothing is done finer than they are.
 * @param effective parameters that each experiment's data determine
 */
export function noiseOf(data: UsedData, model: Float64Array, effective: readonly number[]): number[] {
  const [squares, counts] = [data.absolute.map(() => 0), data.absolute.map(() => 0)];
  for (let i = 0; i < model.length; i++) {
    squares[data.experiment[i]!]! += ((model[i]! - data.values[i]!) / data.sigma[i]!) ** 2;
    counts[data.experiment[i]!]!++;
  }
  const smallest = Number.MIN_VALUE ** 0.25;
  return data.absolute.map((stated, e) => {
    const dof = Math.max(1, counts[e]! - effective[e]!);
    const square = squares[e]! / dof;
    if (stated && !(square > 1 + MISFIT * Math.sqrt(2 / dof))) return 1;
    return Math.max(smallest, Math.sqrt(square));
  });
}

/** Squared residuals over the variance of the stated noise, of the fitted one where none is stated. */
export function chi2Of(data: UsedData, model: Float64Array, noise: readonly number[]): number {
  const factor = noise.map((v, e) => (data.absolute[e] ? 1 : v));
  const weight = weightsOf(data, factor);
  return model.reduce((s, m, i) => s + weight[i]! * (m - data.values[i]!) ** 2, 0);
}
