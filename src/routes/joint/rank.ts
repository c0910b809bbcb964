import type { JointBlock, JointParameter } from "../../fit/joint/joint-problem.ts";
import { type Direction, identifiability } from "../../numerics/null-directions.ts";
import { columnLength } from "../../numerics/unit-columns.ts";

/** What a set of blocks determines at given parameters. */
export interface Rank {
  readonly names: readonly string[];
  readonly rank: number;
  readonly undetermined: readonly Direction[];
  /** Length of each parameter's column of the whitened Jacobian: one over its error with the others known. */
  readonly sizes: readonly number[];
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
  const sizes = free.map((_, j) => columnLength(jacobian, m, j));
  const found = identifiability(jacobian, m, free.length, { nothing: NOTHING });
  return { names: free.map((p) => p.name), rank: found.rank, undetermined: found.undetermined, sizes };
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

/** Change along a unit direction below this share of the largest change along any counts as none. */
const BLIND = 1e-6;

/** Whether a number with this gradient stays the same along every open direction. */
export function isDetermined(rank: Rank, gradient: ReadonlyMap<string, number>): boolean {
  return rank.undetermined.every((d) => isBlind(rank, d, (name) => gradient.get(name) ?? 0));
}

/** In parameters scaled by `sizes`, in which rounding of a derivative that is zero stays small beside those that are not. */
export function isBlind({ names, sizes }: Pick<Rank, "names" | "sizes">, { scaled }: Direction, by: (name: string) => number): boolean {
  const gradient = names.map((name, j) => by(name) / (sizes[j]! || 1));
  const along = gradient.reduce((s, g, j) => s + g * scaled[j]!, 0);
  return Math.abs(along) <= BLIND * Math.hypot(...gradient);
}
