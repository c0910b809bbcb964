import { kernels } from "./basis.ts";

/** The curve of shapes that the search runs along, at one g: unit vectors in the weighted scalar product. */
export interface CurvePoint {
  readonly g: number;
  /** Projection of a trace y on the unit vector is sum `row[i]` y_i (weights and centring inside). */
  readonly row: Float64Array;
}

/** Steps of the grid: a factor of 1.27 in the rate. */
const RATIO = 1.27;
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

/** Basis function of the fit at every x: psi_g with a free offset, e^{-g x} with a fixed one; `order` = derivative by g, 0 to 2. */
export function basisAt(g: number, x: Float64Array, free: boolean, order: 0 | 1 | 2): Float64Array {
  const k = new Float64Array(3);
  return x.map((v) => {
    if (!free) return (-v) ** order * Math.exp(-g * v);
    kernels(g * v, k);
    return order === 0 ? v * k[0]! : order === 1 ? -v * v * k[1]! : v * v * v * k[2]!;
  });
}

/** v minus its weighted mean. */
export function centred(v: Float64Array, w: Float64Array): Float64Array {
  let [total, sum] = [0, 0];
  for (let i = 0; i < v.length; i++) {
    total += w[i]!;
    sum += w[i]! * v[i]!;
  }
  return v.map((u) => u - sum / total);
}

/** Weighted scalar product. */
export function inner(u: Float64Array, v: Float64Array, w: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < u.length; i++) sum += w[i]! * u[i]! * v[i]!;
  return sum;
}

/** The curve on a grid. */
export function curveOf(grid: Float64Array, x: Float64Array, w: Float64Array, free: boolean): CurvePoint[] {
  return Array.from(grid, (g) => {
    const b = basisAt(g, x, free, 0);
    const v = free ? centred(b, w) : b;
    const size = Math.sqrt(inner(v, v, w));
    return { g, row: v.map((u, i) => (w[i]! * u) / size) };
  });
}

/**
 * Newton's iteration in u = ln g misses the maximum of L(u) = ln (gain) by -L'''/(2 L'') times the square of its step. Without noise that number depends on
 * the delays alone, and noise hardly changes it: with it each step is right to third order.
 * @returns the number at each positive rate of the grid, 0 elsewhere.
 */
export function secondOrder(grid: Float64Array, x: Float64Array, w: Float64Array, free: boolean): Float64Array {
  const unit = (g: number) => {
    const b = basisAt(g, x, free, 0);
    const v = free ? centred(b, w) : b;
    const size = Math.sqrt(inner(v, v, w));
    return v.map((u) => u / size);
  };
  const h = 0.03;
  return grid.map((g) => {
    if (!(g > 0)) return 0;
    const centre = unit(g);
    const at = (u: number) => 2 * Math.log(inner(unit(g * Math.exp(u)), centre, w));
    const [far, near, back, farBack] = [at(2 * h), at(h), at(-h), at(-2 * h)];
    const second = (near + back) / (h * h);
    const third = (far - 2 * near + 2 * back - farBack) / (2 * h ** 3);
    return -third / (2 * second);
  });
}
