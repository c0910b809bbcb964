import { cholesky, choleskySolve } from "../numerics/cholesky.ts";
import { normalQuantile } from "../numerics/normal.ts";
import { median } from "../numerics/quantile.ts";

/** A steady map at points (`coordinates[axis][point]`, m): u with its standard deviation (0 = exact), and the absorbed power density R there. */
export interface SteadyMap {
  readonly coordinates: readonly Float64Array[];
  readonly u: Float64Array;
  readonly sigma: Float64Array;
  readonly source: Float64Array;
}

/** Upper bound on gamma2 that one steady map gives, whatever gamma0(r) >= 0 is. */
export interface Gamma2Bound {
  /** m^2/s; NaN where u is nowhere curved downwards beyond its noise. */
  readonly bound: number;
  /** Where it arises, and over which length u was smoothed, m. */
  readonly at: readonly number[];
  readonly smoothing: number;
  /** Relative standard deviation of `lap u` there; 0 for exact data. */
  readonly error: number;
}

/** Widths of the kernel in units of the distance of neighbouring points. */
const WIDTHS = [0.7, 1, 1.4, 2, 2.8, 4];
/** Kernel's reach in widths. */
const REACH = 2.5;
/** Probability that the noise of any place lowers the bound below what exact data would give; half of the widths count as independent. */
const RISK = 0.005;

/**
 * gamma0 u = R + gamma2 lap u >= 0 in steady state gives `gamma2 <= min R/(-lap u)` (PHYSICS.md sec. 4). Averaged over any kernel w >= 0 it holds as well:
 * `gamma2 <= (w R)/(-(w lap u))`; a local quadratic with Gaussian weights gives `w lap u` with its error. The least over places and widths is taken, with
 * `-lap u` lowered by as many of its errors as the least of so many noisy places needs to be a bound (Bonferroni).
 */
export function gamma2Bound(given: SteadyMap): Gamma2Bound {
  const map = sorted(given);
  const margin = -normalQuantile(RISK / ((WIDTHS.length / 2) * map.u.length));
  const spacing = neighbourDistance(map.coordinates);
  let best: Gamma2Bound = { bound: Number.NaN, at: [], smoothing: Number.NaN, error: Number.NaN };
  for (const factor of WIDTHS)
    for (let p = 0; p < map.u.length; p++) {
      const local = localCurvature(map, p, factor * spacing);
      if (!local) continue;
      const downwards = -local.laplacian - margin * local.sigma;
      const bound = local.source / downwards;
      if (downwards > 0 && !(bound >= best.bound))
        best = { bound, at: map.coordinates.map((c) => c[p]!), smoothing: factor * spacing, error: local.sigma / -local.laplacian };
    }
  return best;
}

/** Points in the order of their first coordinate, those without a value left out. */
function sorted({ coordinates, u, sigma, source }: SteadyMap): SteadyMap {
  const order = [...u.keys()].filter((p) => Number.isFinite(u[p]!)).sort((p, q) => coordinates[0]![p]! - coordinates[0]![q]!);
  const pick = (values: Float64Array) => Float64Array.from(order, (p) => values[p]!);
  return { coordinates: coordinates.map(pick), u: pick(u), sigma: pick(sigma), source: pick(source) };
}

/** Calls `visit` with every point within `reach` of point p (itself too) and its distance along each axis. */
function around(coordinates: readonly Float64Array[], p: number, reach: number, visit: (q: number, d: readonly number[]) => void): void {
  const x = coordinates[0]!;
  let q = p;
  while (q > 0 && x[p]! - x[q - 1]! <= reach) q--;
  for (; q < x.length && x[q]! - x[p]! <= reach; q++) {
    const d = coordinates.map((c) => c[q]! - c[p]!);
    if (Math.hypot(...d) <= reach) visit(q, d);
  }
}

/** Median distance of a point to its nearest neighbour. */
function neighbourDistance(coordinates: readonly Float64Array[]): number {
  const n = coordinates[0]!.length;
  const extent = Math.hypot(...coordinates.map((c) => Math.max(...c) - Math.min(...c)));
  const nearest: number[] = [];
  for (let p = 0; p < n; p++) {
    let least = Number.POSITIVE_INFINITY;
    for (let reach = extent / n; least === Number.POSITIVE_INFINITY && reach <= 2 * extent; reach *= 2)
      around(coordinates, p, reach, (q, d) => {
        if (q !== p) least = Math.min(least, Math.hypot(...d));
      });
    if (least > 0 && least < Number.POSITIVE_INFINITY) nearest.push(least);
  }
  return median(nearest);
}

/** Kernel means of R and lap u about point p; undefined where the points about it are too few or lie on one side. */
function localCurvature(map: SteadyMap, p: number, width: number) {
  const local = localQuadratic(map, p, width);
  if (!local || local.lopsided) return undefined;
  const { laplacian: share } = local;
  const total = local.near.reduce((s, { weight }) => s + weight, 0);
  let [laplacian, variance, mean] = [0, 0, 0];
  local.near.forEach(({ weight, index }, i) => {
    laplacian += share[i]! * map.u[index]!;
    variance += (share[i]! * map.sigma[index]!) ** 2;
    mean += (weight / total) * map.source[index]!;
  });
  return { laplacian, sigma: Math.sqrt(variance), source: mean };
}

/**
 * The quadratic through the points about p with Gaussian weights, as weights of the points: of its value and of its Laplacian there. Undefined where the
 * points are too few.
 */
function localQuadratic({ coordinates }: Pick<SteadyMap, "coordinates">, p: number, width: number) {
  const axes = coordinates.length;
  const size = axes === 1 ? 3 : 6;
  const near: { weight: number; basis: number[]; index: number }[] = [];
  const centroid = coordinates.map(() => 0);
  let total = 0;
  around(coordinates, p, REACH * width, (q, apart) => {
    const d = apart.map((v) => v / width);
    const weight = Math.exp(-(Math.hypot(...d) ** 2) / 2);
    const basis = axes === 1 ? [1, d[0]!, d[0]! ** 2] : [1, d[0]!, d[1]!, d[0]! ** 2, d[0]! * d[1]!, d[1]! ** 2];
    near.push({ weight, basis, index: q });
    total += weight;
    d.forEach((v, axis) => {
      centroid[axis]! += weight * v;
    });
  });
  if (near.length < size) return undefined;
  const normal = new Float64Array(size * size);
  for (const { weight, basis } of near)
    for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) normal[i * size + j]! += weight * basis[i]! * basis[j]!;
  const factor = cholesky(normal, size, 1e-10);
  if (!factor) return undefined;
  // Value and Laplacian are linear in the coefficients, so weighted sums of the data.
  const sharesOf = (functional: readonly number[], scale: number) => {
    const dual = choleskySolve(factor, functional, size);
    return near.map(({ weight, basis }) => (weight * basis.reduce((s, b, i) => s + b * dual[i]!, 0)) / scale);
  };
  return {
    near,
    lopsided: centroid.some((s) => Math.abs(s) > 0.2 * total),
    value: sharesOf(axes === 1 ? [1, 0, 0] : [1, 0, 0, 0, 0, 0], 1),
    laplacian: sharesOf(axes === 1 ? [0, 0, 2] : [0, 0, 0, 2, 0, 2], width ** 2),
  };
}

/** Width of the kernel, in units of the points' distance, about which the noise of a map is looked for. */
const NOISE_WIDTH = 1.4;

/** Noise of a map that states none: the scatter about local quadratics, from the median over all places; for exact data what the quadratics miss. */
export function noiseOfMap(given: Pick<SteadyMap, "coordinates" | "u">): number {
  const map = sorted({ ...given, sigma: given.u, source: given.u });
  const width = NOISE_WIDTH * neighbourDistance(map.coordinates);
  const scatter = [...map.u.keys()].flatMap((p) => {
    const local = localQuadratic(map, p, width);
    if (!local) return [];
    const shares = local.near.map(({ index }, i) => (index === p ? 1 : 0) - local.value[i]!);
    const size = Math.sqrt(shares.reduce((s, v) => s + v * v, 0));
    const residual = shares.reduce((s, v, i) => s + v * map.u[local.near[i]!.index]!, 0);
    return size > 1e-6 ? [Math.abs(residual) / size] : [];
  });
  return scatter.length > 0 ? median(scatter) / normalQuantile(0.75) : Number.NaN;
}
