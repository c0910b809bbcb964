import type { JointBlock } from "./joint-problem.ts";

/** Quantities that a block knows as functions of the parameters of the fit. */
export interface ParameterMap {
  /** Names of the parameters that the quantities depend on. */
  readonly parameters: readonly string[];
  /** Fills the quantities q (in the order of the block's own names) and dq_k/dp_j into `slope[k * parameters.length + j]`. */
  evaluate(p: Float64Array, q: Float64Array, slope: Float64Array): void;
}

/** The block in other parameters: J by the chain rule. */
export function mappedBlock(block: JointBlock, map: ParameterMap): JointBlock {
  const [m, inner, n] = [block.points, block.parameters.length, map.parameters.length];
  const q = new Float64Array(inner);
  const slope = new Float64Array(inner * n);
  const own = new Float64Array(m * inner);
  return {
    name: block.name,
    points: m,
    parameters: map.parameters,
    evaluate(p, residual, jacobian) {
      map.evaluate(p, q, slope);
      const objective = block.evaluate(q, residual, own);
      for (let j = 0; j < n; j++)
        for (let i = 0; i < m; i++) {
          let s = 0;
          for (let k = 0; k < inner; k++) s += own[k * m + i]! * slope[k * n + j]!;
          jacobian[j * m + i] = s;
        }
      return objective;
    },
  };
}

/** One measured number, value with one standard deviation, of a quantity. */
export function measuredBlock(name: string, quantity: string, value: number, sigma: number): JointBlock {
  return {
    name,
    points: 1,
    parameters: [quantity],
    evaluate(p, residual, jacobian) {
      residual[0] = (p[0]! - value) / sigma;
      jacobian[0] = 1 / sigma;
      return residual[0] ** 2 / 2;
    },
  };
}
