import { jacobianOf, requireSumOfSquares } from "./finite-differences.ts";
import type { Problem } from "./least-squares-problem.ts";

/**
 * Losses that let single points lie far away, in units of `scale` standard deviations of a whitened residual (z = (r/scale)^2, F = scale^2/2 sum rho(z)):
 * huber: quadratic within scale, linear beyond (Huber 1964; scale 1.345 keeps 95 % efficiency for normal noise);
 * softL1: rho = 2 (sqrt(1+z) - 1), its smooth relative;
 * studentT: rho = (dof+1) ln(1 + z/dof), the likelihood of Student's t (Lange, Little and Taylor 1989): points far away lose all influence.
 */
export type RobustLoss =
  | { readonly type: "huber" | "softL1"; readonly scale: number }
  | { readonly type: "studentT"; readonly scale: number; readonly dof: number };

/** rho and its first two derivatives by z. */
interface Shape {
  readonly rho: number;
  readonly first: number;
  readonly second: number;
}

/** @throws RangeError for scale or dof that is not positive. */
export function lossShape(loss: RobustLoss): (z: number) => Shape {
  if (!(loss.scale > 0)) throw new RangeError(`robust loss: scale ${loss.scale} must be positive`);
  switch (loss.type) {
    case "huber":
      return (z) => {
        if (z <= 1) return { rho: z, first: 1, second: 0 };
        const root = Math.sqrt(z);
        return { rho: 2 * root - 1, first: 1 / root, second: -0.5 / (z * root) };
      };
    case "softL1":
      return (z) => {
        const root = Math.sqrt(1 + z);
        return { rho: (2 * z) / (root + 1), first: 1 / root, second: -0.5 / ((1 + z) * root) };
      };
    case "studentT": {
      const { dof } = loss;
      if (!(dof > 0)) throw new RangeError(`robust loss: dof ${dof} must be positive`);
      return (z) => ({ rho: (dof + 1) * Math.log1p(z / dof), first: (dof + 1) / (dof + z), second: -(dof + 1) / (dof + z) ** 2 });
    }
  }
}

/**
 * Share of the iteratively reweighted curvature below which the true one is not used. Where rho' + 2 z rho'' <= 0 (a point so far out that the loss
 * bends over) the Gauss-Newton matrix must stay positive.
 */
const LEAST_CURVATURE = 0.1;

/** A problem under a robust loss. */
export interface RobustProblem extends Problem {
  /** psi(r)/r = rho' at each point after the last evaluation: 1 = counts as in least squares, near 0 = hardly at all. */
  readonly weights: Float64Array;
  /** The unweighted residuals of the last evaluation, and the unweighted Jacobian of the last one that asked for it. */
  readonly plain: { readonly residual: Float64Array; readonly jacobian: Float64Array };
}

/**
 * Minimises sum rho instead of the sum of squares. Residuals and Jacobian are rescaled so that the gradient J^T r is that of F exactly, for any
 * positive w: J~ = sqrt(w) J, r~ = rho' r/sqrt(w). With w = rho' + 2 z rho'' (Triggs, McLauchlan, Hartley and Fitzgibbon 2000, sec. 4.3)
 * J~^T J~ is the second derivative of the loss along each residual, and convergence near the minimum is as fast as without the loss; where that
 * is not positive, w = rho'/10 instead of the w = rho' of reweighted least squares.
 * @throws RangeError (at the first evaluation) where F of the problem is not half its sum of squared residuals.
 */
export function robust(problem: Problem, loss: RobustLoss): RobustProblem {
  const { points: m, parameters: n } = problem;
  const shape = lossShape(loss);
  const weights = new Float64Array(m).fill(1);
  const plain = { residual: new Float64Array(m), jacobian: new Float64Array(m * n) };
  // Differences are taken of the plain residuals: the weights move with p.
  const differences = (problem.derivatives ?? "analytic") === "analytic" ? undefined : jacobianOf(problem);
  return {
    ...problem,
    derivatives: "analytic",
    weights,
    plain,
    evaluate(p, residual, jacobian) {
      const objective = differences ? problem.evaluate(p, residual) : problem.evaluate(p, residual, jacobian);
      if (!Number.isFinite(objective)) return objective;
      if (jacobian) differences?.(p, residual, jacobian);
      requireSumOfSquares(objective, residual);
      plain.residual.set(residual);
      if (jacobian) plain.jacobian.set(jacobian);
      let sum = 0;
      for (let i = 0; i < m; i++) {
        const z = (residual[i]! / loss.scale) ** 2;
        const { rho, first, second } = shape(z);
        const root = Math.sqrt(Math.max(first + 2 * z * second, LEAST_CURVATURE * first));
        weights[i] = first;
        sum += rho;
        residual[i]! *= first / root;
        if (jacobian) for (let j = 0; j < n; j++) jacobian[j * m + i]! *= root;
      }
      return (loss.scale * loss.scale * sum) / 2;
    },
  };
}
