import * as say from "../../core/messages/joint-route.ts";
import type { JointBlock, JointParameter } from "../../fit/joint/joint-problem.ts";
import type { Direction } from "../../numerics/null-directions.ts";
import { HELD, type Held } from "../joint-study.ts";
import type { Candidate } from "./candidates.ts";
import { isBlind, isDetermined, jacobianOf, type Rank, rankOf } from "./rank.ts";

/** What the data leave open, in words, and what would close it: found by trying. */
export interface OpenEnds {
  readonly rank: Rank;
  /** One sentence per open direction. */
  readonly sentences: readonly string[];
  /** Additions each of which would close everything. */
  readonly closedBy: readonly Held[];
  /** Why a number with this gradient is open, and what would determine it; undefined where it is determined. */
  sentenceFor(gradient: ReadonlyMap<string, number>): string | undefined;
}

export function openEnds(
  blocks: readonly JointBlock[],
  parameters: readonly JointParameter[],
  at: (name: string) => number,
  candidates: readonly Candidate[],
): OpenEnds {
  const rank = rankOf(blocks, parameters, at);
  const tried =
    rank.undetermined.length === 0 ? [] : candidates.map(({ held, block }) => ({ held, with: rankOf([...blocks, block], parameters, at) }));
  const partsOf = (k: number) => {
    const { physical, scaled } = rank.undetermined[k]!;
    const parts = rank.names
      .map((name, j) => ({ name, change: relativeChange(name, physical[j]!, at(name)), takesPart: scaled[j] !== 0 }))
      .filter((p) => p.takesPart);
    const largest = parts.reduce((a, b) => (Math.abs(b.change) > Math.abs(a.change) ? b : a));
    return parts.map((p) => ({ name: p.name, percent: p.change / largest.change }));
  };
  const describe = (k: number, closers: readonly Held[]) =>
    say.cannotTell(
      partsOf(k),
      closers.map((c) => HELD[c]),
    );
  const alone = (k: number) => candidates.filter((c) => sees(c.block, rank, rank.undetermined[k]!, at)).map((c) => c.held);
  return {
    rank,
    sentences: rank.undetermined.map((_, k) => describe(k, alone(k))),
    closedBy: tried.filter((t) => t.with.undetermined.length === 0).map((t) => t.held),
    sentenceFor(gradient) {
      if (isDetermined(rank, gradient)) return undefined;
      const closers = tried.filter((t) => isDetermined(t.with, gradient)).map((t) => t.held);
      const moving = rank.undetermined.findIndex((d) => !isDetermined({ ...rank, undetermined: [d] }, gradient));
      return describe(moving, closers);
    },
  };
}

/** Relative where the parameter has a size; a logarithm and a number that is zero as they are. */
function relativeChange(name: string, change: number, value: number): number {
  return name === "ln_attenuation" || value === 0 ? change : change / value;
}

/** Whether a measurement changes along a direction. */
function sees(block: JointBlock, rank: Rank, direction: Direction, at: (name: string) => number): boolean {
  const jacobian = jacobianOf(block, at);
  const places = new Map(block.parameters.map((name, k) => [name, k]));
  return Array.from({ length: block.points }, (_, i) => i).some(
    (i) =>
      !isBlind(rank, direction, (name) => {
        const k = places.get(name);
        return k === undefined ? 0 : jacobian[k * block.points + i]!;
      }),
  );
}
