import type { Course, Medium, Solution } from "./equation.ts";
import type { Grid } from "./grid.ts";

/** One experiment on a grid of which every cell that has data is a position of its own. */
export interface FreeExperiment {
  readonly course: Course;
  readonly solution: Solution;
  /** Cells that are read at every time. */
  readonly cells: Int32Array;
  /** One standard deviation of each reading, `[time * cells + cell]`; NaN = not measured. */
  readonly sigma: Float64Array;
  /** Per source of the course: number of its unknown scale, -1 where it is known. */
  readonly scales: readonly number[];
  /** The state at the start is unknown in every cell. */
  readonly freeStart: boolean;
}

/** Where the columns of the Jacobian stand. */
export interface FreeColumns {
  /** Positions with a gamma0 of their own, columns 0 ... positions - 1. */
  readonly positions: number;
  readonly gamma2: number;
  /** Of unknown source scales. */
  readonly scales: readonly number[];
  readonly count: number;
}

/** Whitened derivatives of every datum, column-major. */
export interface FreeJacobian {
  readonly jacobian: Float64Array;
  readonly rows: number;
  readonly columns: FreeColumns;
}

/**
 * Derivatives of the data with respect to log gamma0 at every position, log gamma2, the logarithm of each unknown source scale, and the unknown start in
 * every cell (relative to its largest value): exact, by the tangents of the solver.
 * @param position of each cell: cells of one position share their gamma0.
 */
export function freeJacobian(
  grid: Grid,
  medium: Medium,
  experiments: readonly FreeExperiment[],
  position: Int32Array,
  scales: number,
): FreeJacobian {
  const positions = Math.max(...position) + 1;
  const starts = experiments.filter((e) => e.freeStart).length;
  const columns: FreeColumns = {
    positions,
    gamma2: positions,
    scales: Array.from({ length: scales }, (_, k) => positions + 1 + k),
    count: positions + 1 + scales + starts * grid.cells,
  };
  const readings = experiments.map(({ sigma }) => [...sigma.keys()].filter((k) => sigma[k]! > 0));
  const rows = readings.reduce((n, r) => n + r.length, 0);
  const jacobian = new Float64Array(rows * columns.count);
  let row = 0;
  let start = positions + 1 + scales;
  experiments.forEach((e, index) => {
    const { solution, course, cells, sigma } = e;
    const first = row;
    const add = (column: number, states: readonly Float64Array[]) => {
      readings[index]!.forEach((k, i) => {
        jacobian[column * rows + first + i]! += states[Math.floor(k / cells.length)]![cells[k % cells.length]!]! / sigma[k]!;
      });
    };
    for (let p = 0; p < positions; p++) {
      const gamma0 = medium.gamma0.map((g, c) => (position[c] === p ? g : 0));
      add(p, solution.tangent({ gamma0 }));
    }
    add(columns.gamma2, solution.tangent({ gamma2: medium.gamma2 }));
    columns.scales.forEach((column, scale) => {
      if (!e.scales.includes(scale)) return;
      add(column, solution.tangent({ densities: course.sources.map(({ density }, s) => (e.scales[s] === scale ? density : undefined)) }));
    });
    if (e.freeStart && course.type === "transient" && course.start !== "steady") {
      const size = course.start.reduce((most, u) => Math.max(most, Math.abs(u)), 0);
      for (let c = 0; c < grid.cells; c++) {
        const unit = new Float64Array(grid.cells);
        unit[c] = size;
        add(start++, solution.tangent({ start: unit }));
      }
    }
    row += readings[index]!.length;
  });
  return { jacobian, rows, columns };
}
