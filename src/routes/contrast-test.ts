import type { BudgetLine } from "../core/estimate.ts";
import { cholesky, choleskySolve } from "../numerics/cholesky.ts";
import { chi2Tail } from "../numerics/gamma-function.ts";

/**
 * Whether numbers agree with each other, whatever their common error: chi2 of their differences, `d^T (B C B^T)^-1 d` with B the differences to the last
 * one. What moves all of them alike drops out of every difference; what is shared but acts unequally stays with the part that differs.
 * @param budgets lines of each number, in its unit
 */
export function contrastTest(values: readonly number[], budgets: readonly (readonly BudgetLine[])[]) {
  const dof = values.length - 1;
  const none = { chi2: Number.NaN, dof, agreement: Number.NaN };
  if (dof < 1) return none;
  const lines = budgets.flatMap((own, i) => own.map((l, k) => ({ name: l.shared ?? `own ${i} ${k}`, i, contribution: l.contribution })));
  const inputs = new Map<string, Float64Array>();
  for (const { name, i, contribution } of lines) {
    const column = inputs.get(name) ?? new Float64Array(values.length);
    column[i]! += contribution;
    inputs.set(name, column);
  }
  const covariance = new Float64Array(dof * dof);
  for (const column of inputs.values())
    for (let i = 0; i < dof; i++)
      for (let j = 0; j < dof; j++) covariance[i * dof + j]! += (column[i]! - column[dof]!) * (column[j]! - column[dof]!);
  const differences = values.slice(0, dof).map((v) => v - values[dof]!);
  const factor = cholesky(covariance, dof);
  if (!factor) return none;
  const solved = choleskySolve(factor, differences, dof);
  const chi2 = differences.reduce((sum, d, i) => sum + d * solved[i]!, 0);
  return { chi2, dof, agreement: chi2Tail(chi2, dof) };
}
