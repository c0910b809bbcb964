import type { Check } from "../../core/check.ts";
import type { BudgetLine } from "../../core/estimate.ts";
import type { JointBlock, JointParameter } from "../../fit/joint/joint-problem.ts";
import type { Held } from "../joint-study.ts";

/** One kind of data in the joint fit, in quantities of the qubit (`fit/joint/saturation.ts`) and nuisance parameters. */
export interface Evidence {
  readonly held: Held;
  readonly blocks: readonly JointBlock[];
  /** The reference's errors, which only these blocks have. */
  readonly own: readonly JointParameter[];
  /** Lines of a budget from what one standard deviation of every row, and of every parameter of `own`, does to a number. */
  lines(rows: readonly number[], own: readonly number[]): BudgetLine[];
  readonly datasets: readonly string[];
  /** Inputs of the lab file that its numbers were made with. */
  readonly inputs?: readonly StatedInput[];
  /** What the numbers that rest on it are to be doubted for. */
  readonly checks?: readonly Check[];
}

/** An input that is stated with an error, as parameter `(true - stated)/sigma` with the prior 0 +- 1; its name is the identity of the input. */
export interface StatedInput {
  readonly shared: string;
  readonly input: string;
}
