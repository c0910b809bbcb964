import type { Boundary, Side } from "./equation.ts";
import type { Axis, Grid } from "./grid.ts";
import type { Points } from "./problem.ts";

/** What sensors read of a state in the cells: a sparse matrix, points x cells. */
export interface Observation {
  readonly points: number;
  /** Fills `out[at + point]` from a state. */
  read(state: Float64Array, out: Float64Array, at: number): void;
  /** Adds the transposed reading of `weights[at + point]` to `state`. */
  spread(weights: Float64Array, at: number, state: Float64Array): void;
}

/** Standard deviations after which a sensor's Gaussian is cut off. */
const REACH = 4;

/**
 * Cubic interpolation between the centres of four cells per axis (fourth order), continued over the sides evenly where no flux passes, oddly where
 * u = 0, around where periodic, one-sided where the flux is h u. A sensor with a spread averages it over its Gaussian inside the domain.
 */
export function observationOf(grid: Grid, boundary: Boundary, points: Points): Observation {
  const n = points.x.length;
  const nx = grid.x.centres.length;
  const starts = new Int32Array(n + 1);
  const cells: number[] = [];
  const weights: number[] = [];
  for (let i = 0; i < n; i++) {
    const spread = points.spread?.[i] ?? 0;
    const along = shares(grid.x, boundary.x, points.x[i]!, spread);
    const across = grid.y && points.y ? shares(grid.y, boundary.y, points.y[i]!, spread) : new Map([[0, 1]]);
    for (const [row, v] of across)
      for (const [column, w] of along) {
        cells.push(row * nx + column);
        weights.push(v * w);
      }
    starts[i + 1] = cells.length;
  }
  const [cell, weight] = [Int32Array.from(cells), Float64Array.from(weights)];
  return {
    points: n,
    read(state, out, at) {
      for (let i = 0; i < n; i++) {
        let s = 0;
        for (let k = starts[i]!; k < starts[i + 1]!; k++) s += weight[k]! * state[cell[k]!]!;
        out[at + i] = s;
      }
    },
    spread(w, at, state) {
      for (let i = 0; i < n; i++) {
        const v = w[at + i]!;
        if (v !== 0) for (let k = starts[i]!; k < starts[i + 1]!; k++) state[cell[k]!]! += v * weight[k]!;
      }
    },
  };
}

/** Weights of the cells along one axis in what a sensor at x reads. */
function shares(axis: Axis, sides: readonly [Side, Side], x: number, spread: number): Map<number, number> {
  const total = new Map<number, number>();
  if (!(spread > 0)) addInterpolation(axis, sides, x, 1, total);
  else {
    const [low, high] = [axis.edges[0]!, axis.edges[axis.edges.length - 1]!];
    const around = sides[0].type === "periodic";
    const from = around ? x - REACH * spread : Math.max(low, x - REACH * spread);
    const to = around ? x + REACH * spread : Math.min(high, x + REACH * spread);
    // Simpson's rule between the ends, also where a side cuts the Gaussian off.
    const panels = 2 * Math.max(8, Math.ceil((2 * (to - from) * axis.widths.length) / (high - low)));
    const weights = Array.from({ length: panels + 1 }, (_, k) => {
      const at = from + ((to - from) * k) / panels;
      const rule = k === 0 || k === panels ? 1 : k % 2 === 1 ? 4 : 2;
      return { at, w: rule * Math.exp(-(((at - x) / spread) ** 2) / 2) };
    });
    const sum = weights.reduce((s, { w }) => s + w, 0);
    for (const { at, w } of weights) addInterpolation(axis, sides, low + wrapped(at - low, high - low), w / sum, total);
  }
  for (const [cell, w] of total) if (Math.abs(w) < 1e-12) total.delete(cell);
  return total;
}

function wrapped(d: number, length: number): number {
  return d < 0 ? d + length : d > length ? d - length : d;
}

/** Lagrange weights of the four centres about x (fewer on short axes), folded back into the domain. */
function addInterpolation(axis: Axis, sides: readonly [Side, Side], x: number, factor: number, out: Map<number, number>): void {
  const n = axis.centres.length;
  let right = 0;
  while (right < n && axis.centres[right]! < x) right++;
  let nodes = [right - 2, right - 1, right, right + 1].map((k) => nodeAt(axis, sides, k)).filter((node) => node !== undefined);
  if (nodes.length < 4 && n >= 4) {
    const first = Math.min(Math.max(right - 2, 0), n - 4);
    nodes = [0, 1, 2, 3].map((d) => nodeAt(axis, sides, first + d)).filter((node) => node !== undefined);
  }
  nodes.forEach((node, i) => {
    let w = factor * node.sign;
    nodes.forEach((other, k) => {
      if (k !== i) w *= (x - other.x) / (node.x - other.x);
    });
    out.set(node.cell, (out.get(node.cell) ?? 0) + w);
  });
}

/** The centre number k, also beyond the sides: where it is, which cell it shows, and with which sign; undefined beyond a side without a mirror. */
function nodeAt(axis: Axis, sides: readonly [Side, Side], k: number): { x: number; cell: number; sign: number } | undefined {
  const n = axis.centres.length;
  if (k >= 0 && k < n) return { x: axis.centres[k]!, cell: k, sign: 1 };
  const [low, high] = [axis.edges[0]!, axis.edges[n]!];
  const side = k < 0 ? sides[0] : sides[1];
  if (side.type === "periodic") {
    const cell = ((k % n) + n) % n;
    return { x: axis.centres[cell]! + (k < 0 ? low - high : high - low), cell, sign: 1 };
  }
  const cell = k < 0 ? -1 - k : 2 * n - 1 - k;
  if (side.type === "robin" || cell < 0 || cell >= n) return undefined;
  return { x: (k < 0 ? 2 * low : 2 * high) - axis.centres[cell]!, cell, sign: side.type === "dirichlet" ? -1 : 1 };
}
