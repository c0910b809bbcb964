import { lift, looseLocals, type WholeDirection, weakLocals } from "./arrow-directions.ts";
import { type Elimination, eliminateLocals } from "./arrow-elimination.ts";
import type { ArrowProblem, Triangle } from "./arrow-problem.ts";
import { type IdentifiabilityOptions, identifiability } from "./null-directions.ts";
import { jacobiSvd } from "./svd.ts";
import { unitColumns } from "./unit-columns.ts";

/** A sum of parameters with weights, by global index. */
export type Combination = ReadonlyMap<number, number>;

/** The covariance of a joint fit, never written out as a whole: of any two combinations of parameters. */
export interface ArrowCovariance {
  /**
   * NaN where the data do not determine one of them.
   * `local`: what is left with the shared parameters known; `shared`: what their errors add.
   */
  between(a: Combination, b: Combination): { readonly local: number; readonly shared: number };
  /** What the data do not determine. */
  readonly undetermined: readonly WholeDirection[];
  /**
   * What they hardly determine, with the share of the largest singular value; `limit` is where "hardly" begins. Of the shared parameters with the local
   * ones free, and of the local ones of each block with the shared ones known.
   */
  readonly weak: readonly (WholeDirection & { readonly share: number })[];
  readonly limit: number;
}

interface Influence {
  /** By block: R^-T g of its local parameters. */
  readonly local: ReadonlyMap<number, Float64Array>;
  /** Weights of the shared parameters, what the local ones pass on included. */
  readonly shared: Float64Array;
  readonly determined: boolean;
}

/**
 * (J^T J)^-1 by blocks: C_ss from what the elimination of the local parameters left, C_ll = R^-1 R^-T + L C_ss L^T with L = -R^-1 R_ls.
 * @param free parameters that were fitted; the others are known exactly.
 */
export function arrowCovariance(
  problem: ArrowProblem,
  triangles: readonly Triangle[],
  free: readonly boolean[],
  options: IdentifiabilityOptions = {},
): ArrowCovariance {
  const system = eliminateLocals(problem, triangles, free, 0, [], options.nothing ?? 1e-13);
  const n = system.shared.length;
  const found = identifiability(system.left, system.rows, n, { nothing: 1e-12, ...options });
  const inverse = sharedInverse(system, n - found.rank);
  const home = new Map<number, [number, number]>();
  system.blocks.forEach((block, b) => {
    block.local.forEach((j, k) => {
      home.set(j, [b, k]);
    });
  });
  const column = new Map(system.shared.map((j, c) => [j, c]));
  const lifted = found.undetermined.map((d) => lift(system, d));
  const loose = [...looseLocals(system), ...lifted];

  const influence = (combination: Combination): Influence => {
    const shared = new Float64Array(n);
    const byBlock = new Map<number, Float64Array>();
    for (const [j, weight] of combination) {
      const place = home.get(j);
      const c = column.get(j);
      if (c !== undefined) shared[c]! += weight;
      if (!place) continue;
      const [b, k] = place;
      const g = byBlock.get(b) ?? new Float64Array(system.blocks[b]!.local.length);
      g[k]! += weight;
      byBlock.set(b, g);
    }
    for (const [b, g] of byBlock) {
      const { values, rows: m, rank, local, shared: to } = system.blocks[b]!;
      for (let i = 0; i < rank; i++) {
        for (let k = 0; k < i; k++) g[i]! -= values[i * m + k]! * g[k]!;
        g[i]! /= values[i * m + i]!;
        for (const [k, c] of to.entries()) shared[c]! -= values[(local.length + k) * m + i]! * g[i]!;
      }
    }
    return { local: byBlock, shared, determined: loose.every((d) => blind(combination, d)) };
  };
  return {
    between(a, b) {
      const [x, y] = [influence(a), a === b ? undefined : influence(b)];
      const z = y ?? x;
      if (!x.determined || !z.determined) return { local: Number.NaN, shared: Number.NaN };
      let local = 0;
      for (const [block, g] of x.local) {
        const h = z.local.get(block);
        if (h) for (let i = 0; i < system.blocks[block]!.rank; i++) local += g[i]! * h[i]!;
      }
      return { local, shared: inverse(x.shared, z.shared) };
    },
    undetermined: loose,
    weak: [...found.weak.map((d) => ({ ...lift(system, d), share: d.share })), ...weakLocals(system, options)],
    limit: found.limit,
  };
}

/** A combination is blind to a direction when moving along it does not change it, as far as its parts change. */
function blind(combination: Combination, { physical, entries }: WholeDirection): boolean {
  let [sum, size] = [0, 0];
  for (const [j, weight] of combination) {
    if (!entries.has(j)) continue;
    const part = weight * physical.get(j)!;
    sum += part;
    size += Math.abs(part);
  }
  return Math.abs(sum) <= 1e-6 * size;
}

/** x^T (R^T R)^+ y with the directions left out that are not determined; R has its columns scaled first. */
function sharedInverse({ left, rows: m, shared }: Elimination, without: number) {
  const n = shared.length;
  const scaled = left.slice(0, m * n);
  const size = unitColumns(scaled, m, n).map((length) => length || 1);
  const { values, vectors } = jacobiSvd(scaled, m, n);
  return (x: Float64Array, y: Float64Array) => {
    let sum = 0;
    for (let k = 0; k < n - without; k++) {
      let [px, py] = [0, 0];
      for (let j = 0; j < n; j++) {
        px += (vectors[k * n + j]! * x[j]!) / size[j]!;
        py += (vectors[k * n + j]! * y[j]!) / size[j]!;
      }
      sum += (px * py) / values[k]! ** 2;
    }
    return sum;
  };
}
