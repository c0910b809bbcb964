import { covarianceOf } from "./covariance.ts";
import { leastSquares, type Minimum, type Options, type Problem } from "./least-squares.ts";
import { median } from "./quantile.ts";
import { lossShape, type RobustLoss, robust } from "./robust-loss.ts";

/** A loss without its scale. */
export type LossKind =
  | { readonly type: "huber" | "softL1"; readonly tuning?: number }
  | { readonly type: "studentT"; readonly dof: number };

export interface RobustMinimum {
  readonly minimum: Minimum;
  /** Scale and fit agree to 1e-6; false where they still moved after 50 rounds. */
  readonly settled: boolean;
  readonly loss: RobustLoss;
  /** Standard deviation of the good points in units of the problem's residuals: stated, or 1.4826 times the median of |r|. */
  readonly sigma: number;
  /** rho' per point: 1 = full weight. */
  readonly weights: Float64Array;
  /** Unweighted residuals. */
  readonly residual: Float64Array;
  /** Row-major; of the M-estimator, from psi and psi' of the points themselves (Huber 1981, sec. 7.6), not from the reweighted Jacobian. */
  readonly covariance: Float64Array;
}

/** 95 % efficiency for normal noise (Huber 1964; soft-L1: by numerical integration of the asymptotic variance). */
const TUNING = { huber: 1.345, softL1: 1.287 } as const;
/** Rounds of scale and fit; the scale usually moves by less than 1e-6 long before. */
const ROUNDS = 50;

/**
 * Fits under a robust loss. Where the noise is not stated (`sigma` absent) its size is found with the fit, from the median of the absolute residuals,
 * corrected for the parameters: sqrt(m/(m-n)).
 * @param start use the plain least-squares minimum, or better a fit that is robust already: losses that bend over have several minima.
 */
export function robustFit(
  problem: Problem,
  start: ArrayLike<number>,
  kind: LossKind,
  sigma?: number,
  options: Options = {},
): RobustMinimum {
  const { points: m, parameters: n } = problem;
  const lossAt = (s: number): RobustLoss =>
    kind.type === "studentT"
      ? { type: "studentT", dof: kind.dof, scale: s }
      : { type: kind.type, scale: s * (kind.tuning ?? TUNING[kind.type]) };
  const plain = new Float64Array(m);
  const sizeAt = (p: ArrayLike<number>) => {
    problem.evaluate(Float64Array.from(p), plain);
    return 1.4826 * median(plain.map(Math.abs)) * Math.sqrt(m / Math.max(1, m - n));
  };
  let size = sigma ?? sizeAt(start);
  let p: ArrayLike<number> = start;
  for (let round = 0; ; round++) {
    const loss = lossAt(size || Number.MIN_VALUE);
    const wrapped = robust(problem, loss);
    const minimum = leastSquares(wrapped, p, options);
    const next = sigma ?? sizeAt(minimum.p);
    const settled = sigma !== undefined || Math.abs(next - size) <= 1e-6 * size;
    if (settled || round >= ROUNDS) {
      wrapped.evaluate(minimum.p, new Float64Array(m), new Float64Array(m * n));
      const { residual, jacobian } = wrapped.plain;
      const covariance = sandwich(residual, jacobian, m, n, loss);
      return { minimum, settled, loss, sigma: size, weights: wrapped.weights, residual, covariance };
    }
    [p, size] = [minimum.p, next];
  }
}

/** K^2 [sum psi^2/(m-n)]/[mean psi']^2 (J^T J)^-1 with K = 1 + (n/m) var(psi')/mean(psi')^2. */
function sandwich(residual: Float64Array, jacobian: Float64Array, m: number, n: number, loss: RobustLoss): Float64Array {
  const shape = lossShape(loss);
  let [squares, mean, second] = [0, 0, 0];
  for (let i = 0; i < m; i++) {
    const z = (residual[i]! / loss.scale) ** 2;
    const { first, second: bend } = shape(z);
    const slope = first + 2 * z * bend;
    squares += (first * residual[i]!) ** 2;
    mean += slope / m;
    second += slope ** 2 / m;
  }
  const correction = 1 + ((n / m) * Math.max(0, second - mean * mean)) / (mean * mean);
  const factor = (correction ** 2 * squares) / (m - n) / (mean * mean);
  return covarianceOf(jacobian, m, n).matrix.map((c) => c * (mean > 0 ? factor : Number.NaN));
}
