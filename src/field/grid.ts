/** Cells along one direction. */
export interface Axis {
  /** Boundaries of the cells, m, rising; one more than cells. */
  readonly edges: Float64Array;
  readonly centres: Float64Array;
  readonly widths: Float64Array;
}

/** Cells of a line (one axis) or of a rectangle (two). Cell (i, j) has number `j * x.centres.length + i`. */
export interface Grid {
  readonly x: Axis;
  readonly y?: Axis;
  readonly cells: number;
  /** Length (m) or area (m^2) of each cell. */
  readonly volumes: Float64Array;
}

function axisOf(edges: ArrayLike<number>): Axis {
  const n = edges.length - 1;
  const widths = Float64Array.from({ length: n }, (_, i) => edges[i + 1]! - edges[i]!);
  if (n < 1 || !widths.every((w) => w > 0)) throw new RangeError("edges of cells must rise");
  const centres = Float64Array.from({ length: n }, (_, i) => (edges[i]! + edges[i + 1]!) / 2);
  return { edges: Float64Array.from(edges), centres, widths };
}

/** The grid between the given cell boundaries (m). @throws RangeError where they do not rise */
export function gridOf(xEdges: ArrayLike<number>, yEdges?: ArrayLike<number>): Grid {
  const x = axisOf(xEdges);
  if (!yEdges) return { x, cells: x.widths.length, volumes: x.widths };
  const y = axisOf(yEdges);
  const nx = x.widths.length;
  const cells = nx * y.widths.length;
  const volumes = Float64Array.from({ length: cells }, (_, k) => x.widths[k % nx]! * y.widths[Math.floor(k / nx)]!);
  return { x, y, cells, volumes };
}

/** `count` equal cells from `low` to `high`, m. */
export function equalEdges(low: number, high: number, count: number): Float64Array {
  return Float64Array.from({ length: count + 1 }, (_, i) => low + ((high - low) * i) / count);
}

/** Number of the cell along an axis that holds a coordinate; the outermost one beyond the ends. */
export function cellAlong({ edges }: Axis, at: number): number {
  let [low, high] = [0, edges.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (edges[middle]! <= at) low = middle;
    else high = middle;
  }
  return low;
}

/** Number of the cell that holds a place. */
export function cellAt(grid: Grid, x: number, y: number | undefined): number {
  const column = cellAlong(grid.x, x);
  return grid.y && y !== undefined ? cellAlong(grid.y, y) * grid.x.centres.length + column : column;
}
