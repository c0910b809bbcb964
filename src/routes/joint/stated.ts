import type { BudgetLine } from "../../core/estimate.ts";
import { measuredBlock } from "../../fit/joint/mapped-block.ts";
import type { SaturationQuantity } from "../../fit/joint/saturation.ts";
import type { Held } from "../joint-study.ts";
import type { Evidence } from "./evidence.ts";
import { shiftedBlock } from "./shifted.ts";

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
  const shifts = common.map((l) => ({ shared: l.shared!, rows: [l.contribution / sigma] }));
  return {
    held,
    blocks: [shiftedBlock(measuredBlock(quantity, quantity, value, sigma), shifts)],
    own: [],
    lines: ([row = 0]) => lines.map((l) => ({ ...l, contribution: (row * l.contribution) / sigma })),
    datasets,
  };
}
