import type { Axis, Grid } from "./grid.ts";
import { latticeOf } from "./lattice.ts";
import type { FieldProblem, Points } from "./problem.ts";
import { latticeShares, type SplineField, splineField } from "./spline-field.ts";
import { splineNear } from "./spline-fit.ts";
import { splineMatrix, splineOn } from "./splines.ts";

/** A source that is known at points, ready for any grid. */
export type SourceMap = (grid: Grid) => Float64Array;

/**
 * The density between the points of a map: on an equally spaced lattice the natural cubic spline through all values (fourth order: linear
 * interpolation at the data's spacing would widen a narrow source by a sixth of the squared spacing), elsewhere the spline field of least bending
 * near the values. Never negative where no value is; straight on for half a spacing beyond the outermost points, then 0.
 */
export function sourceMap(problem: Pick<FieldProblem, "domain" | "boundary">, points: Points, values: Float64Array): SourceMap {
  const lattice = latticeOf(points);
  const { field, coefficients } =
    lattice && equallySpaced(lattice.xs) && equallySpaced(lattice.ys)
      ? throughLattice(lattice.xs, lattice.ys, lattice.order, values)
      : nearScattered(problem, points, values);
  const floor = values.every((v) => !(v < 0)) ? 0 : Number.NEGATIVE_INFINITY;
  const x = rangeOf(points.x, lattice?.xs.length);
  const y = points.y && rangeOf(points.y, lattice?.ys?.length);
  return (grid) => {
    const within = (axis: Axis, { low, high, margin }: Range) =>
      axis.centres.map((c) => Math.min(Math.max(c, low - margin), high + margin));
    const near = (c: number, { low, high, margin }: Range) => c >= low - margin && c <= high + margin;
    const nx = grid.x.centres.length;
    const density = latticeShares(field, within(grid.x, x), grid.y && y && within(grid.y, y)).values(coefficients);
    return density.map((v, k) => {
      const known = near(grid.x.centres[k % nx]!, x) && (!grid.y || !y || near(grid.y.centres[Math.floor(k / nx)]!, y));
      return known ? Math.max(floor, v) : 0;
    });
  };
}

/** Where a map says something: between its outermost points, and `margin` (half a spacing) beyond. */
interface Range {
  readonly low: number;
  readonly high: number;
  readonly margin: number;
}

/** @param count points along this axis; absent where they are scattered */
function rangeOf(values: Float64Array, count = Math.sqrt(values.length)): Range {
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  return { low, high, margin: (0.51 * (high - low)) / Math.max(1, count - 1) };
}

function equallySpaced(x: Float64Array | undefined): boolean {
  if (!x || x.length < 2) return true;
  const step = (x[x.length - 1]! - x[0]!) / (x.length - 1);
  return x.every((v, i) => Math.abs(v - x[0]! - i * step) < 1e-3 * step);
}

/** Tensor spline with a node at every lattice point: one tridiagonal-like solve per axis. */
function throughLattice(xs: Float64Array, ys: Float64Array | undefined, order: Int32Array, values: Float64Array) {
  const x = splineOn(xs[0]!, xs[xs.length - 1]!, xs.length, false);
  const y = ys ? splineOn(ys[0]!, ys[ys.length - 1]!, ys.length, false) : undefined;
  const [nx, ny] = [xs.length, ys?.length ?? 1];
  let c: Float64Array = Float64Array.from(order, (k) => values[k]!);
  c = solveRows(splineMatrix(x, xs), nx, c, ny, nx, 1);
  if (y && ys) c = solveRows(splineMatrix(y, ys), ny, c, nx, 1, nx);
  const field: SplineField = y ? { x, y, count: nx * ny } : { x, count: nx };
  return { field, coefficients: c };
}

/** Solves B c = v for `lines` lines of n values, entry i of line l at `l * stride + i * step`; B is diagonally dominant with bandwidth one. */
function solveRows(b: Float64Array, n: number, values: Float64Array, lines: number, stride: number, step: number): Float64Array {
  const out = values.slice();
  if (n === 1) return out;
  const [diagonal, lower] = [new Float64Array(n), new Float64Array(n)];
  for (let i = 0; i < n; i++) {
    lower[i] = i === 0 ? 0 : b[i * n + i - 1]! / diagonal[i - 1]!;
    diagonal[i] = b[i * n + i]! - (i === 0 ? 0 : lower[i]! * b[(i - 1) * n + i]!);
  }
  for (let l = 0; l < lines; l++) {
    for (let i = 1; i < n; i++) out[l * stride + i * step]! -= lower[i]! * out[l * stride + (i - 1) * step]!;
    for (let i = n - 1; i >= 0; i--) {
      const above = i === n - 1 ? 0 : b[i * n + i + 1]! * out[l * stride + (i + 1) * step]!;
      out[l * stride + i * step] = (out[l * stride + i * step]! - above) / diagonal[i]!;
    }
  }
  return out;
}

/** Coefficients of a spline field at most: a dense solve of them takes a tenth of a second. */
const MOST = 625;

function nearScattered(problem: Pick<FieldProblem, "domain" | "boundary">, points: Points, values: Float64Array) {
  const perAxis = points.y ? Math.ceil(Math.sqrt(Math.min(MOST, 2 * values.length))) : Math.min(MOST, 2 * values.length);
  const field = splineField(problem, points.y ? [perAxis, perAxis] : [perAxis]);
  const coefficients = splineNear(field, points, values);
  if (!coefficients) throw new RangeError("a source map needs at least three points that are not on one line");
  return { field, coefficients };
}
