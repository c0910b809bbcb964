import type { Grid } from "./grid.ts";

/** A Gaussian on the cells of a grid with a height of one at its centre, and its derivatives. */
export interface GaussianOnGrid {
  readonly value: Float64Array;
  /** With respect to each coordinate of the centre, 1/m. */
  readonly byCentre: readonly Float64Array[];
  /** With respect to the logarithm of the width. */
  readonly byLogWidth: Float64Array;
}

/** `exp(-|r - c|^2 / 2 w^2)` averaged over each cell (Simpson), so that one narrower than a cell is not lost or doubled. */
export function gaussianOn(grid: Grid, centre: readonly number[], width: number): GaussianOnGrid {
  const x = alongAxis(grid.x.edges, centre[0]!, width);
  const y = grid.y ? alongAxis(grid.y.edges, centre[1]!, width) : undefined;
  if (!y) return { value: x.value, byCentre: [x.byCentre], byLogWidth: x.byLogWidth };
  const product = (a: Float64Array, b: Float64Array) => {
    const out = new Float64Array(grid.cells);
    for (let j = 0; j < b.length; j++) for (let i = 0; i < a.length; i++) out[j * a.length + i] = a[i]! * b[j]!;
    return out;
  };
  const byLogWidth = product(x.byLogWidth, y.value);
  product(x.value, y.byLogWidth).forEach((v, k) => {
    byLogWidth[k]! += v;
  });
  return { value: product(x.value, y.value), byCentre: [product(x.byCentre, y.value), product(x.value, y.byCentre)], byLogWidth };
}

/** Points of Simpson's rule per cell: exact to 1e-3 down to a width of a third of a cell. */
const PANELS = 8;

function alongAxis(edges: Float64Array, centre: number, width: number) {
  const n = edges.length - 1;
  const [value, byCentre, byLogWidth] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  for (let i = 0; i < n; i++)
    for (let k = 0; k <= PANELS; k++) {
      const d = (edges[i]! + ((edges[i + 1]! - edges[i]!) * k) / PANELS - centre) / width;
      const w = ((k === 0 || k === PANELS ? 1 : k % 2 === 1 ? 4 : 2) / (3 * PANELS)) * Math.exp((-d * d) / 2);
      value[i]! += w;
      byCentre[i]! += (w * d) / width;
      byLogWidth[i]! += w * d * d;
    }
  return { value, byCentre, byLogWidth };
}
