import type { JointBlock } from "../../fit/joint/joint-problem.ts";

/** What an input does to the measured numbers of a block. */
export interface Shift {
  readonly shared: string;
  /** Change of each number, in its standard deviations, when the input is stated one of its own higher: that is u = -1. */
  readonly rows: readonly number[];
}

/** A block whose measured numbers were made with inputs of the lab file: residual `r_i - sum_k shift_ki u_k`. */
export function shiftedBlock(block: JointBlock, shifts: readonly Shift[]): JointBlock {
  const [m, inner] = [block.points, block.parameters.length];
  return {
    name: block.name,
    points: m,
    parameters: [...block.parameters, ...shifts.map((s) => s.shared)],
    evaluate(p, residual, jacobian) {
      block.evaluate(p.subarray(0, inner), residual, jacobian);
      let sum = 0;
      for (let i = 0; i < m; i++) {
        for (const [k, { rows }] of shifts.entries()) {
          residual[i]! -= rows[i]! * p[inner + k]!;
          jacobian[(inner + k) * m + i] = -rows[i]!;
        }
        sum += residual[i]! ** 2;
      }
      return sum / 2;
    },
  };
}
