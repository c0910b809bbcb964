import type { ArrowBlock, ArrowProblem } from "../../numerics/arrow-problem.ts";
import type { JointBlock, JointParameter, JointProblem } from "./joint-problem.ts";

/**
 * A joint problem as an arrow: parameters of one block only are local to it, the others shared. Priors of local parameters become rows of their
 * block, those of shared ones a block of their own, which stands last (`ArrowProblem.blocks` may thus be one longer than `JointProblem.blocks`).
 */
export function arrowOf({ parameters, blocks }: JointProblem): ArrowProblem {
  const index = new Map(parameters.map((p, j) => [p.name, j]));
  const uses = new Int32Array(parameters.length);
  for (const block of blocks) for (const name of block.parameters) uses[index.get(name)!]!++;
  const shared = [...parameters.keys()].filter((j) => uses[j] !== 1);
  const column = new Map(shared.map((j, c) => [j, c]));
  const arrow = blocks.map((block) => withPriors(block, parameters, index, column));
  const known = shared.filter((j) => parameters[j]!.prior && !parameters[j]!.fixed);
  if (known.length > 0)
    arrow.push({
      points: known.length,
      local: [],
      shared: known.map((j) => column.get(j)!),
      evaluate: (p, residual, jacobian) =>
        priorRows(
          known.map((j) => parameters[j]!),
          p,
          residual,
          jacobian,
          known.length,
          0,
          [...known.keys()],
        ),
    });
  return {
    parameters: parameters.length,
    shared,
    blocks: arrow,
    lower: parameters.map((p) => p.lower ?? Number.NEGATIVE_INFINITY),
    upper: parameters.map((p) => p.upper ?? Number.POSITIVE_INFINITY),
  };
}

/** The block with its parameters in the arrow's order (local first), and a row for each prior of a local one. */
function withPriors(
  block: JointBlock,
  parameters: readonly JointParameter[],
  index: ReadonlyMap<string, number>,
  column: ReadonlyMap<number, number>,
): ArrowBlock {
  const global = block.parameters.map((name) => index.get(name)!);
  const local = [...global.keys()].filter((k) => !column.has(global[k]!));
  const order = [...local, ...[...global.keys()].filter((k) => column.has(global[k]!))];
  const known = local.filter((k) => parameters[global[k]!]!.prior && !parameters[global[k]!]!.fixed);
  const [n, m] = [global.length, block.points];
  const all = m + known.length;
  const p = new Float64Array(n);
  const inner = new Float64Array(m * n);
  const places = known.map((k) => order.indexOf(k));
  return {
    points: all,
    local: local.map((k) => global[k]!),
    shared: order.slice(local.length).map((k) => column.get(global[k]!)!),
    evaluate(q, residual, jacobian) {
      order.forEach((k, i) => {
        p[k] = q[i]!;
      });
      const objective = block.evaluate(p, residual.subarray(0, m), inner);
      order.forEach((k, i) => {
        jacobian.set(inner.subarray(k * m, (k + 1) * m), i * all);
      });
      if (known.length === 0) return objective;
      const rows = known.map((k) => parameters[global[k]!]!);
      return objective + priorRows(rows, q, residual, jacobian, all, m, places);
    },
  };
}

/** Writes (p - mean)/sigma into the rows from `first` on; parameter k stands in column `places[k]`. @returns half the sum of squares. */
function priorRows(
  known: readonly JointParameter[],
  p: Float64Array,
  residual: Float64Array,
  jacobian: Float64Array,
  rows: number,
  first: number,
  places: readonly number[],
): number {
  let sum = 0;
  for (let c = 0; c < p.length; c++) jacobian.fill(0, c * rows + first, (c + 1) * rows);
  for (const [k, { prior }] of known.entries()) {
    const { mean, sigma } = prior!;
    const r = (p[places[k]!]! - mean) / sigma;
    residual[first + k] = r;
    jacobian[places[k]! * rows + first + k] = 1 / sigma;
    sum += r * r;
  }
  return sum / 2;
}
