import type { JointBlock, JointParameter } from "../../fit/joint/joint-problem.ts";
import { type Direction, identifiability } from "../../numerics/null-directions.ts";

/** What a set of blocks determines at given parameters. */
export interface Rank {
  readonly names: readonly string[];
  readonly rank: number;
  readonly undetermined: readonly Direction[];
}

/** A direction is open below this share of the largest singular value: far above rounding, far below anything that a measurement resolves. */
const NOTHING = 1e-9;

/**
 * Rank of the actual problem: singular values of the whitened Jacobian with unit columns, priors included. Parameters of one frequency's reference, which
 * their priors always determine, are left out of it.
 */
export function rankOf(blocks: readonly JointBlock[], parameters: readonly JointParameter[], at: (name: string) => number): Rank {
  const free = parameters.filter((p) => !p.fixed);
  const place = new Map(free.map((p, j) => [p.name, j]));
  const known = free.filter((p) => p.prior);
  const m = blocks.reduce((s, b) => s + b.points, 0) + known.length;
  const jacobian = new Float64Array(m * free.length);
  let row = 0;
  for (const block of blocks) {
    const own = jacobianOf(block, at);
    for (const [k, name] of block.parameters.entries()) {
      const j = place.get(name);
      if (j === undefined) continue;
      for (let i = 0; i < block.points; i++) jacobian[j * m + row + i]! += own[k * block.points + i]!;
    }
    row += block.points;
  }
  for (const [i, p] of known.entries()) jacobian[place.get(p.name)! * m + row + i] = 1 / p.prior!.sigma;
  const found = identifiability(jacobian, m, free.length, { nothing: NOTHING });
  return { names: free.map((p) => p.name), rank: found.rank, undetermined: found.undetermined };
}

/** Derivatives of a block's whitened residuals, column-major. */
export function jacobianOf(block: JointBlock, at: (name: string) => number): Float64Array {
  const jacobian = new Float64Array(block.points * block.parameters.length);
  block.evaluate(Float64Array.from(block.parameters, at), new Float64Array(block.points), jacobian);
  return jacobian;
}

/** One parameter per open direction, its largest: with these held, all the others are determined. */
export function pivotsOf({ names, undetermined }: Rank): Set<string> {
  const pivots = new Set<string>();
  for (const { scaled } of undetermined) {
    let best = -1;
    for (let j = 0; j < scaled.length; j++)
      if (!pivots.has(names[j]!) && (best < 0 || Math.abs(scaled[j]!) > Math.abs(scaled[best]!))) best = j;
    pivots.add(names[best]!);
  }
  return pivots;
}

/** Whether a number with this gradient stays the same along every open direction. */
export function isDetermined({ names, undetermined }: Rank, gradient: ReadonlyMap<string, number>): boolean {
  return undetermined.every(({ physical }) => {
    let [sum, size] = [0, 0];
    names.forEach((name, j) => {
      const part = (gradient.get(name) ?? 0) * physical[j]!;
      sum += part;
      size += Math.abs(part);
    });
    return Math.abs(sum) <= 1e-6 * size;
  });
}
