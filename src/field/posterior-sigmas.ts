import { forwardSolve } from "../numerics/cholesky.ts";

/** Square roots of the diagonal of (L L^T)^-1: standard deviations of theta from the factor of the Hessian. */
export function posteriorSigmas(factor: Float64Array, n: number): Float64Array {
  const unit = new Float64Array(n);
  return Float64Array.from({ length: n }, (_, j) => {
    unit[j] = 1;
    const column = forwardSolve(factor, unit, n);
    unit[j] = 0;
    return Math.sqrt(column.reduce((s, v) => s + v * v, 0));
  });
}
