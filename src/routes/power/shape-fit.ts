import { covarianceOf } from "../../numerics/covariance.ts";
import { chi2Tail } from "../../numerics/gamma-function.ts";

/** Linear least squares of rates by a constant and shapes over the operating points. */
export interface ShapeFit {
  /** Coefficients in the order of the columns, and their errors by the points' noise and the priors. */
  readonly values: readonly number[];
  readonly sigmas: readonly number[];
  /** Change of the first coefficient per unit of every point's value. */
  readonly parts: readonly number[];
  /** Probability of a larger chi2, priors counted as data; NaN where no degree of freedom is left. */
  readonly probability: number;
}

/**
 * Weighted linear least squares of `values` by `columns`. `priors[j]` is the s.d. of coefficient j about 0; NaN or absent = free.
 * Undefined where a value has no error or the columns cannot be told apart.
 */
export function shapeFit(
  values: readonly number[],
  sigmas: readonly number[],
  columns: readonly (readonly number[])[],
  priors: readonly number[] = [],
): ShapeFit | undefined {
  const n = columns.length;
  const bound = columns.flatMap((_, j) => (priors[j]! > 0 ? [j] : []));
  const [own, m] = [values.length, values.length + bound.length];
  if (m < n || sigmas.some((s) => !(s > 0)) || columns.some((c) => c.some((x) => !Number.isFinite(x)))) return undefined;
  const jacobian = new Float64Array(n * m);
  columns.forEach((column, j) => {
    for (let i = 0; i < own; i++) jacobian[j * m + i] = column[i]! / sigmas[i]!;
  });
  bound.forEach((j, k) => {
    jacobian[j * m + own + k] = 1 / priors[j]!;
  });
  const { matrix, rank } = covarianceOf(jacobian, m, n);
  if (rank < n) return undefined;
  // Row j of C J^T: how coefficient j depends on every value.
  const row = (j: number) =>
    values.map((_, i) => columns.reduce((s, _c, k) => s + matrix[j * n + k]! * jacobian[k * m + i]!, 0) / sigmas[i]!);
  const rows = columns.map((_, j) => row(j));
  const found = rows.map((r) => r.reduce((s, h, i) => s + h * values[i]!, 0));
  const residuals = values.map((v, i) => (v - columns.reduce((s, c, j) => s + found[j]! * c[i]!, 0)) / sigmas[i]!);
  const chi2 = [...residuals, ...bound.map((j) => found[j]! / priors[j]!)].reduce((s, r) => s + r * r, 0);
  return {
    values: found,
    sigmas: columns.map((_, j) => Math.sqrt(matrix[j * n + j]!)),
    parts: rows[0]!,
    probability: m > n ? chi2Tail(chi2, m - n) : Number.NaN,
  };
}
