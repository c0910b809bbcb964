import type { UsedData } from "./evaluator.ts";

/** Per datum `1/(noise sigma)^2`. */
export function weightsOf(data: UsedData, noise: readonly number[]): Float64Array {
  return data.sigma.map((s, i) => 1 / (noise[data.experiment[i]!]! * s) ** 2);
}

/**
 * Factor on sigma of each experiment: 1 where it is stated, else the residuals' root mean square with the degrees of freedom that the fit took
 * (`effective`) shared out in proportion to the data.
 */
export function noiseOf(data: UsedData, model: Float64Array, effective: number): number[] {
  const [squares, counts] = [data.absolute.map(() => 0), data.absolute.map(() => 0)];
  for (let i = 0; i < model.length; i++) {
    squares[data.experiment[i]!]! += ((model[i]! - data.values[i]!) / data.sigma[i]!) ** 2;
    counts[data.experiment[i]!]!++;
  }
  const left = Math.max(1 / model.length, 1 - effective / model.length);
  const smallest = Number.MIN_VALUE ** 0.25;
  return data.absolute.map((known, e) => (known ? 1 : Math.max(smallest, Math.sqrt(squares[e]! / (counts[e]! * left)))));
}
