import { shape } from "./exponential-basis.ts";

/** A grid of exponential shapes on fixed delays: computed once for all traces that share them. */
export interface RateGrid {
  /** (t - t_first)/window. */
  readonly x: Float64Array;
  /** rate * window of each shape, rising; from growth through the straight line to faster than the delays resolve. */
  readonly g: Float64Array;
  /** `shapes[k]` = phi_{g[k]} at every x. */
  readonly shapes: readonly Float64Array[];
}

/** Steps of the grid: a factor of 1.3 in the rate. */
const RATIO = 1.3;
const SLOWEST = 0.25;
/** The fastest rate leaves e^-4 of the decay at the second delay. */
export const FASTEST_AT_SECOND_DELAY = 4;

/** @param x scaled delays in any order; 0 and 1 must occur. */
export function rateGrid(x: Float64Array): RateGrid {
  let second = 1;
  for (const v of x) if (v > 0 && v < second) second = v;
  const fastest = FASTEST_AT_SECOND_DELAY / second;
  const g = [-3, -1.5, -0.75, -0.3, 0];
  for (let v = SLOWEST; v < fastest; v *= RATIO) g.push(v);
  g.push(fastest);
  const shapes = g.map((v) => {
    const out = new Float64Array(x.length);
    shape(v, x, out);
    return out;
  });
  return { x, g: Float64Array.from(g), shapes };
}

export interface RateScan {
  /** Best rate * window: between the grid's points by a parabola in its logarithm. */
  readonly g: number;
  /** Weighted residual sum of a constant, and of the best exponential. */
  readonly constant: number;
  readonly exponential: number;
  /** Length of the curve of unit vectors that the search traced, rad: what `tube.ts` needs. */
  readonly length: number;
}

/**
 * Weighted least squares of a + b phi_g for every g of the grid.
 * @param weight squared weights, 1/sigma^2 up to a factor.
 */
export function scanRates(grid: RateGrid, y: Float64Array, weight: Float64Array): RateScan {
  const n = y.length;
  let total = 0;
  let centre = 0;
  for (let i = 0; i < n; i++) {
    total += weight[i]!;
    centre += weight[i]! * y[i]!;
  }
  centre /= total;
  let constant = 0;
  const wy = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const d = y[i]! - centre;
    wy[i] = weight[i]! * d;
    constant += wy[i]! * d;
  }
  let best = 0;
  let gained = -1;
  const gains = new Float64Array(grid.g.length);
  let length = 0;
  let previous: { shape: Float64Array; centre: number; size: number } | undefined;
  for (let k = 0; k < grid.g.length; k++) {
    const phi = grid.shapes[k]!;
    let s = 0;
    let cross = 0;
    for (let i = 0; i < n; i++) {
      s += weight[i]! * phi[i]!;
      cross += wy[i]! * phi[i]!;
    }
    const mean = s / total;
    let square = 0;
    let along = 0;
    for (let i = 0; i < n; i++) {
      const d = phi[i]! - mean;
      square += weight[i]! * d * d;
      if (previous) along += weight[i]! * d * previous.shape[i]!;
    }
    const size = Math.sqrt(square);
    if (!(size > 0)) continue;
    const gain = (cross * cross) / square;
    gains[k] = gain;
    if (gain > gained) {
      gained = gain;
      best = k;
    }
    if (previous) length += Math.acos(Math.min(1, Math.max(-1, along / size / previous.size)));
    previous = { shape: phi, centre: mean, size };
  }
  return { g: between(grid.g, gains, best), constant, exponential: Math.max(0, constant - gained), length };
}

function between(g: Float64Array, gains: Float64Array, best: number): number {
  const middle = g[best]!;
  if (best === 0 || best === g.length - 1 || !(g[best - 1]! > 0)) return middle;
  const [left, right] = [Math.log(g[best - 1]! / middle), Math.log(g[best + 1]! / middle)];
  const [down, up] = [gains[best - 1]! - gains[best]!, gains[best + 1]! - gains[best]!];
  const bend = (up / right - down / left) / (right - left);
  const vertex = (left + right) / 2 - (up - down) / (right - left) / (2 * bend);
  return bend < 0 && vertex > left && vertex < right ? middle * Math.exp(vertex) : middle;
}

/** a and b of the best line a + (b - a)... at one rate: values at the first and last delay. */
export function endpointsAt(phi: Float64Array, y: Float64Array, weight: Float64Array): { readonly a: number; readonly b: number } {
  let [w, wp, wy, wpp, wpy] = [0, 0, 0, 0, 0];
  for (let i = 0; i < y.length; i++) {
    w += weight[i]!;
    wp += weight[i]! * phi[i]!;
    wy += weight[i]! * y[i]!;
  }
  const [mp, my] = [wp / w, wy / w];
  for (let i = 0; i < y.length; i++) {
    const d = phi[i]! - mp;
    wpp += weight[i]! * d * d;
    wpy += weight[i]! * d * (y[i]! - my);
  }
  const slope = wpy / wpp;
  const b = my - slope * mp;
  return { a: b + slope, b };
}
