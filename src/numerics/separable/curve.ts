import { kernels } from "./basis.ts";

/** The curve of shapes that the search runs along, at one g: unit vectors in the weighted scalar product. */
export interface CurvePoint {
  readonly g: number;
  /** Projection of a trace y on the unit vector is sum `row[i]` y_i (weights and centring inside). */
  readonly row: Float64Array;
}

/** Steps of the grid: a factor of 1.27 in the rate. */
export const RATIO = 1.27;
const SLOWEST = 0.2;
/** The fastest rate leaves e^-4 of the decay at the second delay (as in `numerics/rate-scan.ts`). */
export const FASTEST_AT_SECOND_DELAY = 4;

/** rate * window from growth through the straight line to faster than the delays resolve. */
export function rateGridOf(x: Float64Array): Float64Array {
  const first = x[0] ?? 0;
  let second = 1;
  for (const v of x)
    if (v > first) {
      second = v - first;
      break;
    }
  const fastest = FASTEST_AT_SECOND_DELAY / second;
  const g = [-3, -1.5, -0.75, -0.3, 0, 0.1];
  for (let v = SLOWEST; v < fastest; v *= RATIO) g.push(v);
  g.push(fastest);
  return Float64Array.from(g);
}

/** Basis function of the fit at every x (psi_g with a free offset, e^{-g x} with a fixed one) and its first two derivatives by g. */
export interface Basis {
  readonly value: Float64Array;
  readonly slope: Float64Array;
  readonly bend: Float64Array;
}

export function basisAt(g: number, x: Float64Array, free: boolean): Basis {
  const n = x.length;
  const [value, slope, bend] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  const k = new Float64Array(3);
  for (let i = 0; i < n; i++) {
    const v = x[i]!;
    if (free) kernels(g * v, k);
    else k.fill(Math.exp(-g * v));
    const first = free ? v : 1;
    value[i] = first * k[0]!;
    slope[i] = -first * v * k[1]!;
    bend[i] = first * v * v * k[2]!;
  }
  return { value, slope, bend };
}

/** v minus its weighted mean. */
export function centred(v: Float64Array, w: Float64Array): Float64Array {
  let [total, sum] = [0, 0];
  for (let i = 0; i < v.length; i++) {
    total += w[i]!;
    sum += w[i]! * v[i]!;
  }
  const mean = sum / total;
  const out = new Float64Array(v.length);
  for (let i = 0; i < v.length; i++) out[i] = v[i]! - mean;
  return out;
}

/** Weighted scalar product. */
export function inner(u: Float64Array, v: Float64Array, w: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < u.length; i++) sum += w[i]! * u[i]! * v[i]!;
  return sum;
}

/** The curve on a grid. @param bases at the rates of the grid, where they are known already. */
export function curveOf(grid: Float64Array, x: Float64Array, w: Float64Array, free: boolean, bases?: readonly Basis[]): CurvePoint[] {
  return Array.from(grid, (g, k) => {
    const b = (bases?.[k] ?? basisAt(g, x, free)).value;
    const v = free ? centred(b, w) : b;
    const size = Math.sqrt(inner(v, v, w));
    const row = new Float64Array(v.length);
    for (let i = 0; i < v.length; i++) row[i] = (w[i]! * v[i]!) / size;
    return { g, row };
  });
}
