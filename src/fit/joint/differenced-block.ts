import { type DifferenceMethod, finiteDifferences, type Values } from "../../numerics/finite-differences.ts";
import type { JointBlock } from "./joint-problem.ts";

/** Data with known Gaussian noise and a law without derivatives. */
export interface MeasuredLaw {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly y: ArrayLike<number>;
  /** One standard deviation of each point. */
  readonly sigma: ArrayLike<number>;
  /** Fills the law's value at every point; false outside its domain. */
  readonly law: Values;
  /** Default central: errors about 1e-10 of a column, two evaluations per parameter. */
  readonly method?: DifferenceMethod;
}

/** A block whose derivatives are finite differences of the law. */
export function differencedBlock({ name, parameters, y, sigma, law, method = "central" }: MeasuredLaw): JointBlock {
  const m = y.length;
  const values = new Float64Array(m);
  const differentiate = finiteDifferences(law, m, parameters.length, method);
  return {
    name,
    points: m,
    parameters,
    evaluate(p, residual, jacobian) {
      if (!law(p, values)) return Number.POSITIVE_INFINITY;
      differentiate(p, values, jacobian);
      let sum = 0;
      for (let i = 0; i < m; i++) {
        residual[i] = (values[i]! - y[i]!) / sigma[i]!;
        sum += residual[i]! ** 2;
      }
      for (let j = 0; j < parameters.length; j++) for (let i = 0; i < m; i++) jacobian[j * m + i]! /= sigma[i]!;
      return sum / 2;
    },
  };
}
