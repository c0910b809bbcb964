import type { ArrowProblem, Triangle } from "./arrow-problem.ts";
import { echelon, eliminate } from "./echelon.ts";

/** One block after its local parameters were eliminated. Columns: free local ones in the order of elimination, free shared ones, residual. */
interface EliminatedBlock {
  /** Column-major, `rows` rows; R of the local parameters on top. */
  readonly values: Float64Array;
  readonly rows: number;
  /** Global indices of the free local parameters, in the order of elimination; those from `rank` on depend on the others. */
  readonly local: Int32Array;
  readonly rank: number;
  /** Columns of the shared system that the block's shared columns belong to. */
  readonly shared: readonly number[];
}

/** min |r + J s|^2 + damping |D s|^2 with the local parameters eliminated block by block (variable elimination, Golub and Pereyra; Björck 1996, sec. 6.3). */
export interface Elimination {
  readonly blocks: readonly EliminatedBlock[];
  /** Global indices of the free shared parameters. */
  readonly shared: readonly number[];
  /** What is left for them: column-major rows x (shared.length + 1), the residual last. */
  readonly left: Float64Array;
  readonly rows: number;
}

/** What is left of a column after the others of its block, relative to its length, below which it depends on them. */
export const DEPENDENT = 1e-14;

/**
 * @param scale diagonal of D, used where damping > 0.
 * @param free which parameters move.
 * @param tolerance share of a local column below which it is taken for dependent on the others.
 */
export function eliminateLocals(
  problem: ArrowProblem,
  triangles: readonly Triangle[],
  free: readonly boolean[],
  damping: number,
  scale: ArrayLike<number>,
  tolerance = DEPENDENT,
): Elimination {
  const position = new Int32Array(problem.shared.length).fill(-1);
  const shared: number[] = [];
  problem.shared.forEach((j, c) => {
    if (free[j]) position[c] = shared.push(j) - 1;
  });
  const width = shared.length + 1;
  const root = Math.sqrt(damping);
  const largest = triangles.reduce((most, t) => Math.max(most, t.size), 0);
  const height = width + (damping > 0 ? width : 0) + 4 * largest;
  const left = new Float64Array(height * width);
  let rows = 0;
  const blocks = problem.blocks.map((block, b): EliminatedBlock => {
    const { size, values } = triangles[b]!;
    const inside = [...block.local.keys()].filter((k) => free[block.local[k]!]);
    const outside = [...block.shared.keys()].filter((k) => position[block.shared[k]!]! >= 0);
    const count = inside.length;
    const m = size + (damping > 0 ? count : 0);
    const columns = [...inside, ...outside.map((k) => block.local.length + k), size - 1];
    const work = new Float64Array(m * columns.length);
    columns.forEach((c, k) => {
      work.set(values.subarray(c * size, (c + 1) * size), k * m);
    });
    if (damping > 0) for (let k = 0; k < count; k++) work[k * m + size + k] = root * scale[block.local[inside[k]!]!]!;
    const order = new Int32Array(count);
    const rank = eliminate(work, m, columns.length, count, tolerance, order);
    const to = outside.map((k) => position[block.shared[k]!]!);
    if (rows + m - rank > height) rows = fold(left, height, width);
    for (let i = rank; i < m; i++, rows++) {
      to.forEach((c, k) => {
        left[c * height + rows] = work[(count + k) * m + i]!;
      });
      left[(width - 1) * height + rows] = work[(columns.length - 1) * m + i]!;
    }
    return { values: work, rows: m, local: order.map((k) => block.local[inside[k]!]!), rank, shared: to };
  });
  if (rows + (damping > 0 ? shared.length : 0) > height) rows = fold(left, height, width);
  if (damping > 0) for (let c = 0; c < shared.length; c++) left[c * height + rows++] = root * scale[shared[c]!]!;
  return { blocks, shared, left, rows: height };
}

/** Collects what the rows say into at most `width` of them. */
function fold(left: Float64Array, height: number, width: number): number {
  return echelon(left, height, width);
}

/** Given the step of the shared parameters, the block's own: R x = -(q + R_s x_s), dependent columns at rest. */
export function localStep(block: EliminatedBlock, shared: ArrayLike<number>, step: Float64Array): void {
  const { values, rows: m, rank, local } = block;
  const count = local.length;
  for (let i = rank - 1; i >= 0; i--) {
    let s = values[(count + block.shared.length) * m + i]!;
    block.shared.forEach((c, k) => {
      s += values[(count + k) * m + i]! * shared[c]!;
    });
    for (let k = i + 1; k < rank; k++) s += values[k * m + i]! * step[local[k]!]!;
    step[local[i]!] = -s / values[i * m + i]!;
  }
}
