import type { JointBlock } from "../../fit/joint/joint-problem.ts";
import { mappedBlock } from "../../fit/joint/mapped-block.ts";
import type { CommonInput } from "../power/common-input.ts";

/** A scattering block behind a circulator that leaks: its depth is `amplitude (1 - sum_k e_k u_k)`, as `leaksOf` says of the work; u_k = -1 deepens it by e_k. */
export function leaking(block: JointBlock, leaks: readonly CommonInput[]): JointBlock {
  if (leaks.length === 0) return block;
  const inner = block.parameters.length;
  const depth = block.parameters.indexOf("amplitude");
  const parameters = [...block.parameters, ...leaks.map((l) => l.shared)];
  const sizes = leaks.map((l) => l.effect([1]));
  return mappedBlock(block, {
    parameters,
    evaluate(p, q, slope) {
      const n = parameters.length;
      const left = sizes.reduce((s, e, k) => s - e * p[inner + k]!, 1);
      for (let j = 0; j < inner; j++) {
        q[j] = p[j]!;
        for (let l = 0; l < n; l++) slope[j * n + l] = j === l ? 1 : 0;
      }
      q[depth] = left * p[depth]!;
      slope[depth * n + depth] = left;
      sizes.forEach((e, k) => {
        slope[depth * n + inner + k] = -e * p[depth]!;
      });
    },
  });
}
