import type { BudgetLine } from "../../core/estimate.ts";
import type { JointNumbers } from "../../fit/joint/joint-fit.ts";
import type { JointProblem } from "../../fit/joint/joint-problem.ts";
import type { JointData } from "./assemble.ts";
import { jacobianOf } from "./rank.ts";

/**
 * A number's error, input by input: with C its covariance with every parameter, one standard deviation of row i moves it by `(J C)_i`, of a prior by
 * `C/sigma`. The squares add up to `g^T C g`: nothing is counted twice and nothing is left out.
 * @param gradient of the number by the fit's parameters; it must be determined
 */
export function budgetOf(data: JointData, problem: JointProblem, fit: JointNumbers, gradient: ReadonlyMap<string, number>): BudgetLine[] {
  const weights = Object.fromEntries(gradient);
  const cache = new Map<string, number>();
  const covariance = (name: string) => {
    const known = cache.get(name) ?? fit.between(weights, { [name]: 1 });
    cache.set(name, known);
    return known;
  };
  const at = (name: string) => fit.parameter(name).value;
  const lines: BudgetLine[] = [];
  let first = 0;
  for (const e of data.evidence) {
    const rows = problem.blocks.slice(first, first + e.blocks.length).flatMap((block) => {
      const jacobian = jacobianOf(block, at);
      const c = block.parameters.map(covariance);
      return Array.from({ length: block.points }, (_, i) => c.reduce((s, x, k) => s + jacobian[k * block.points + i]! * x, 0));
    });
    first += e.blocks.length;
    lines.push(
      ...e.lines(
        rows,
        e.own.map((p) => (p.prior ? covariance(p.name) / p.prior.sigma : 0)),
      ),
    );
  }
  for (const { shared, input } of data.inputs) lines.push({ input, contribution: covariance(shared), shared });
  return lines;
}
