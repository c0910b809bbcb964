import { cellAt, equalEdges, type Grid, gridOf } from "./grid.ts";
import type { Experiment, FieldProblem, Regions } from "./problem.ts";

/** Most positions along each axis: enough for the structure, few enough for a rank within a second. */
const MOST = [40, 9] as const;
/** Most times of an experiment. */
const MOST_TIMES = 8;

/** Noise of data without a stated one, relative to the largest value: the rank does not depend on it. */
const ASSUMED_NOISE = 0.01;

/** The same measurement on as few cells as show its structure, each with data a position with a gamma0 of its own. */
export interface FreeProblem {
  readonly problem: FieldProblem;
  readonly grid: Grid;
  /** Position (number of its region) of every cell. */
  readonly position: Int32Array;
}

/**
 * The problem with gamma0 free at every position and nothing assumed about its smoothness. Points that share a cell become one, with the error of their
 * mean; cells without a point belong to the nearest position. Other laws of gamma0 than a field are kept.
 */
export function freeProblem(problem: FieldProblem): FreeProblem {
  const most = MOST[problem.dimensions - 1]!;
  const counts = problem.domain.map((_, axis) => Math.min(most, placesAlong(problem.experiments, axis)));
  const [x, y] = problem.domain.map(([low, high], axis) => equalEdges(low, high, counts[axis]!));
  const grid = gridOf(x!, y);
  const cells = problem.experiments.map(({ points }) => Int32Array.from(points.x, (px, i) => cellAt(grid, px, points.y?.[i])));
  const held = [...new Set(cells.flatMap((c) => [...c]))].sort((a, b) => a - b);
  const position = nearestHeld(grid, held);
  return {
    grid,
    position,
    problem: {
      ...problem,
      experiments: problem.experiments.map((e, i) => merged(e, cells[i]!, grid)),
      gamma0: problem.gamma0.type === "field" ? { type: "regions", regions: regionsOf(grid, position, held.length) } : problem.gamma0,
    },
  };
}

function placesAlong(experiments: readonly Experiment[], axis: number): number {
  const most = Math.max(...experiments.map(({ points }) => new Set(axis === 0 ? points.x : points.y).size));
  return Math.max(2, most);
}

function centreOf(grid: Grid, cell: number): readonly [x: number, y: number] {
  const nx = grid.x.centres.length;
  return [grid.x.centres[cell % nx]!, grid.y?.centres[Math.floor(cell / nx)] ?? 0];
}

/** For every cell the number of the nearest one in the list. */
function nearestHeld(grid: Grid, held: readonly number[]): Int32Array {
  const centres = held.map((cell) => centreOf(grid, cell));
  return Int32Array.from({ length: grid.cells }, (_, cell) => {
    const [x, y] = centreOf(grid, cell);
    let [nearest, least] = [0, Number.POSITIVE_INFINITY];
    centres.forEach(([cx, cy], k) => {
      const d = Math.hypot(cx - x, cy - y);
      if (d < least) [nearest, least] = [k, d];
    });
    return nearest;
  });
}

function regionsOf(grid: Grid, position: Int32Array, count: number): Regions {
  const nx = grid.x.centres.length;
  return {
    names: Array.from({ length: count }, (_, k) => `position ${k + 1}`),
    boxes: Array.from(position, (region, cell) => {
      const [i, j] = [cell % nx, Math.floor(cell / nx)];
      const [low, high] = [[grid.x.edges[i]!], [grid.x.edges[i + 1]!]];
      if (grid.y) {
        low.push(grid.y.edges[j]!);
        high.push(grid.y.edges[j + 1]!);
      }
      return { region, low, high };
    }),
  };
}

/** One value per cell and kept time: the mean of its points weighted by their errors. Times beyond the most are left out, the others weigh more. */
function merged(experiment: Experiment, cells: Int32Array, grid: Grid): Experiment {
  const { points, values, sigma, times } = experiment;
  const n = points.x.length;
  const guess = ASSUMED_NOISE * values.reduce((most, v) => (Math.abs(v) > most ? Math.abs(v) : most), 0);
  const own = [...new Set(cells)].sort((a, b) => a - b);
  const place = new Map(own.map((cell, k) => [cell, k]));
  const all = times?.length ?? 1;
  const kept = all <= MOST_TIMES ? Array.from({ length: all }, (_, t) => t) : spreadOver(all, MOST_TIMES);
  const mean = new Float64Array(kept.length * own.length);
  const weight = new Float64Array(mean.length);
  kept.forEach((t, row) => {
    for (let i = 0; i < n; i++) {
      const [value, error] = [values[t * n + i]!, sigma ? sigma[t * n + i]! : guess];
      if (!Number.isFinite(value) || !(error > 0)) continue;
      const k = row * own.length + place.get(cells[i]!)!;
      mean[k]! += value / error ** 2;
      weight[k]! += 1 / error ** 2;
    }
  });
  const centres = own.map((cell) => centreOf(grid, cell));
  const shorter = Math.sqrt(kept.length / all);
  return {
    ...experiment,
    points: { x: Float64Array.from(centres, ([x]) => x), ...(points.y && { y: Float64Array.from(centres, ([, y]) => y) }) },
    ...(times && { times: Float64Array.from(kept, (t) => times[t]!) }),
    values: mean.map((v, k) => v / weight[k]!),
    sigma: weight.map((w) => shorter / Math.sqrt(w)),
  };
}

function spreadOver(all: number, count: number): number[] {
  return Array.from({ length: count }, (_, k) => Math.round((k * (all - 1)) / (count - 1)));
}
