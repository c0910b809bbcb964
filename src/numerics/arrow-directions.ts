import type { Elimination } from "./arrow-elimination.ts";
import { type Direction, type IdentifiabilityOptions, identifiability, TAKES_PART } from "./null-directions.ts";
import { columnLength } from "./unit-columns.ts";

/** A direction over all parameters, by global index: scaled components, and how the parameters themselves move along it. */
export interface WholeDirection {
  readonly entries: ReadonlyMap<number, number>;
  readonly physical: ReadonlyMap<number, number>;
}

/** A direction of the shared parameters with the answer of the local ones: x_l = -R^-1 R_ls x_s. */
export function lift(system: Elimination, direction: Direction): WholeDirection {
  const physical = new Map<number, number>();
  const entries = new Map<number, number>();
  direction.scaled.forEach((v, c) => {
    if (v === 0) return;
    entries.set(system.shared[c]!, v);
    physical.set(system.shared[c]!, direction.physical[c]!);
  });
  for (const block of system.blocks) {
    const { values, rows: m, rank, local, shared } = block;
    const right = new Float64Array(rank);
    for (let i = 0; i < rank; i++)
      for (const [k, c] of shared.entries()) right[i]! -= values[(local.length + k) * m + i]! * direction.physical[c]!;
    addLocals(backSubstitute(values, m, rank, right), block, entries, physical);
  }
  return { entries, physical };
}

/** Local parameters that depend on the others of their own block. */
export function looseLocals(system: Elimination): WholeDirection[] {
  const out: WholeDirection[] = [];
  for (const block of system.blocks) {
    const { values, rows: m, rank, local } = block;
    for (let d = rank; d < local.length; d++) {
      const right = new Float64Array(rank);
      for (let i = 0; i < rank; i++) right[i] = -values[d * m + i]!;
      const length = columnLength(values, m, d) || 1;
      const entries = new Map([[local[d]!, 1]]);
      const physical = new Map([[local[d]!, 1 / length]]);
      addLocals(
        backSubstitute(values, m, rank, right).map((v) => v / length),
        block,
        entries,
        physical,
      );
      out.push({ entries, physical });
    }
  }
  return out;
}

/** Directions within a block's own parameters that are almost null. */
export function weakLocals(system: Elimination, options: IdentifiabilityOptions): (WholeDirection & { readonly share: number })[] {
  return system.blocks.flatMap(({ values, rows: m, rank, local }) => {
    if (rank < 2) return [];
    const own = new Float64Array(rank * rank);
    for (let k = 0; k < rank; k++) for (let i = 0; i <= k; i++) own[k * rank + i] = values[k * m + i]!;
    return identifiability(own, rank, rank, options).weak.map((d) => ({
      entries: new Map([...d.scaled].flatMap((v, i) => (Math.abs(v) > TAKES_PART ? [[local[i]!, v] as const] : []))),
      physical: new Map([...d.physical].map((v, i) => [local[i]!, v])),
      share: d.share,
    }));
  });
}

function addLocals(
  x: Float64Array,
  block: Elimination["blocks"][number],
  entries: Map<number, number>,
  physical: Map<number, number>,
): void {
  x.forEach((v, i) => {
    const scaled = v * (columnLength(block.values, block.rows, i) || 1);
    if (!(Math.abs(scaled) > TAKES_PART)) return;
    entries.set(block.local[i]!, scaled);
    physical.set(block.local[i]!, v);
  });
}

function backSubstitute(values: Float64Array, m: number, rank: number, right: Float64Array): Float64Array {
  for (let i = rank - 1; i >= 0; i--) {
    for (let k = i + 1; k < rank; k++) right[i]! -= values[k * m + i]! * right[k]!;
    right[i]! /= values[i * m + i]!;
  }
  return right;
}
