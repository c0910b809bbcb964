import { endsOf } from "./ends.ts";

/** Which point each pixel of a picture shows. */
export interface Raster {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Low and high edge of the picture along each axis, m (or s). */
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  /** Number of the point, row by row from the top (largest y); -1 = none is near. */
  readonly point: Int32Array;
  /** The points form no lattice: each pixel shows the nearest one. */
  readonly scattered: boolean;
}

/** Pixels along the longer side of a picture of scattered points. */
const FINE = 56;
/** A scattered point speaks for its surroundings up to this many mean distances between neighbours. */
const REACH = 1.2;

/**
 * A picture of values at points: of a lattice one pixel per point (more where the spacing is uneven, fewer, every second or third point, where there are
 * more than `most` along a side), of scattered points areas of the nearest one.
 */
export function rasterOf(x: ArrayLike<number>, y: ArrayLike<number>, most: number): Raster {
  return latticeRaster(x, y, most) ?? scatteredRaster(x, y);
}

function latticeRaster(x: ArrayLike<number>, y: ArrayLike<number>, most: number): Raster | undefined {
  const [xs, ys] = [distinct(x), distinct(y)];
  // A lattice with gaps is one; a few points on crossing lines are not.
  if (xs.length * ys.length > 2 * x.length) return undefined;
  const at = new Int32Array(xs.length * ys.length).fill(-1);
  for (let k = 0; k < x.length; k++) {
    const cell = nearest(ys, y[k]!) * xs.length + nearest(xs, x[k]!);
    // Of several points at one place the first is shown.
    if (at[cell] === -1) at[cell] = k;
  }
  const [columns, rows] = [pixelsOf(xs, most), pixelsOf(ys, most)];
  const point = new Int32Array(columns.length * rows.length);
  rows.forEach((j, row) => {
    // The first row of a picture is its top.
    const below = rows.length - 1 - row;
    columns.forEach((i, column) => {
      point[below * columns.length + column] = at[j * xs.length + i]!;
    });
  });
  return { width: columns.length, height: rows.length, x: ends(xs), y: ends(ys), point, scattered: false };
}

/** The different coordinates, rising; differences far below the spacing are rounding. */
function distinct(values: ArrayLike<number>): number[] {
  const sorted = Array.from(values).sort((a, b) => a - b);
  const step = 1e-6 * (sorted.at(-1)! - sorted[0]!);
  return sorted.filter((v, i) => i === 0 || v - sorted[i - 1]! > step);
}

function nearest(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= value) low = middle;
    else high = middle;
  }
  return value - sorted[low]! <= sorted[high]! - value ? low : high;
}

/** For each pixel along a side the coordinate's number: as many pixels as coordinates where the spacing is even. */
function pixelsOf(sorted: readonly number[], most: number): number[] {
  const n = sorted.length;
  const [low, high] = ends(sorted);
  const steps = sorted.slice(1).map((v, i) => v - sorted[i]!);
  const even = steps.every((s) => Math.abs(s - steps[0]!) < 0.02 * steps[0]!);
  const wanted = even ? n : Math.ceil((2 * (high - low)) / endsOf(steps)[0]);
  const count = even ? Math.ceil(n / Math.ceil(n / most)) : Math.min(wanted, most);
  return Array.from({ length: count }, (_, i) => nearest(sorted, low + ((i + 0.5) / count) * (high - low)));
}

/** Half a spacing beyond the outermost coordinates. */
function ends(sorted: readonly number[]): readonly [number, number] {
  const [first, last] = [sorted[0]!, sorted.at(-1)!];
  if (sorted.length === 1) return [first - 0.5 * (Math.abs(first) || 1), first + 0.5 * (Math.abs(first) || 1)];
  return [first - (sorted[1]! - first) / 2, last + (last - sorted.at(-2)!) / 2];
}

function scatteredRaster(x: ArrayLike<number>, y: ArrayLike<number>): Raster {
  const n = x.length;
  const distances = Float64Array.from({ length: n }, (_, k) => {
    let least = Number.POSITIVE_INFINITY;
    for (let l = 0; l < n; l++) if (l !== k) least = Math.min(least, Math.hypot(x[l]! - x[k]!, y[l]! - y[k]!));
    return least;
  }).sort();
  const typical = distances[n >> 1]!;
  const margin = Number.isFinite(typical) ? typical / 2 : 1;
  const side = (v: ArrayLike<number>) => {
    const [low, high] = endsOf(v);
    return [low - margin, high + margin] as const;
  };
  const [xs, ys] = [side(x), side(y)];
  const [spanX, spanY] = [xs[1] - xs[0], ys[1] - ys[0]];
  const width = Math.max(1, Math.round((FINE * spanX) / Math.max(spanX, spanY)));
  const height = Math.max(1, Math.round((FINE * spanY) / Math.max(spanX, spanY)));
  // On a line the area says nothing, in a plane the least distances are far below the mean one.
  const reach = REACH * Math.max(typical, Math.sqrt((spanX * spanY) / n));
  const point = new Int32Array(width * height);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const px = xs[0] + ((column + 0.5) / width) * spanX;
      const py = ys[1] - ((row + 0.5) / height) * spanY;
      let [best, least] = [-1, reach];
      for (let k = 0; k < n; k++) {
        const d = Math.hypot(x[k]! - px, y[k]! - py);
        if (d < least) [best, least] = [k, d];
      }
      point[row * width + column] = best;
    }
  return { width, height, x: xs, y: ys, point, scattered: true };
}
