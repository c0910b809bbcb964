import type { BudgetLine } from "../../core/estimate.ts";
import type { JointBlock } from "../../fit/joint/joint-problem.ts";
import type { SaturationQuantity } from "../../fit/joint/saturation.ts";
import type { Held } from "../joint-study.ts";
import type { Evidence } from "./evidence.ts";

/**
 * A number that is known from elsewhere with its budget. Lines of inputs that the fit has as parameters are taken from those, the others are the
 * error of the row, and its effect is shared out among them.
 * @returns undefined where the error is not known: a statement without one says nothing
 */
export function statedEvidence(
  held: Held,
  quantity: SaturationQuantity,
  value: number,
  budget: readonly BudgetLine[],
  inputs: ReadonlySet<string>,
  datasets: readonly string[] = [],
): Evidence | undefined {
  const common = budget.filter((l) => l.shared !== undefined && inputs.has(l.shared));
  const lines = budget.filter((l) => !common.includes(l));
  const sigma = Math.hypot(...lines.map((l) => l.contribution));
  if (!Number.isFinite(value) || !(sigma > 0 && Number.isFinite(sigma))) return undefined;
  return {
    held,
    blocks: [shiftedBlock(quantity, value, sigma, common)],
    own: [],
    lines: ([row = 0]) => lines.map((l) => ({ ...l, contribution: (row * l.contribution) / sigma })),
    datasets,
  };
}

/** Residual `(q - sum_k c_k u_k - value)/sigma`: the value moves by c_k when input k is stated one standard deviation higher, which is u_k = -1. */
function shiftedBlock(quantity: string, value: number, sigma: number, common: readonly BudgetLine[]): JointBlock {
  return {
    name: quantity,
    points: 1,
    parameters: [quantity, ...common.map((l) => l.shared!)],
    evaluate(p, residual, jacobian) {
      residual[0] = (p[0]! - common.reduce((s, l, k) => s + l.contribution * p[k + 1]!, 0) - value) / sigma;
      jacobian[0] = 1 / sigma;
      for (const [k, l] of common.entries()) jacobian[k + 1] = -l.contribution / sigma;
      return residual[0]! ** 2 / 2;
    },
  };
}
