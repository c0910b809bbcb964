import { median } from "../numerics/quantile.ts";
import type { FieldMap } from "./outcome.ts";
import type { DefectSpot } from "./problem.ts";

/** A spot stands above the ground by this many of its errors, and by this part of the ground. */
const [SIGNIFICANT, VISIBLE] = [3, 0.2];
/** Most spots that are proposed. */
const MOST = 6;

/**
 * Gaussian spots of higher loss that the map of a smooth field suggests, the most significant first: starts for the law `spots`. The ground is the median
 * of gamma0 where it is known best (errors below their median). A spot is a point higher than all that lie nearer to it than its width, above the
 * ground by three errors; the width is that of a Gaussian which has fallen to a half at the nearest point that has.
 */
export function proposeSpots({ x, y, gamma0, sigma }: Pick<FieldMap, "x" | "y" | "gamma0" | "sigma">): DefectSpot[] {
  const relative = sigma.map((s, k) => s / gamma0[k]!);
  const typical = median(relative);
  const ground = median(gamma0.filter((_, k) => relative[k]! <= typical));
  const height = gamma0.map((g) => g - ground);
  const significance = gamma0.map((g, k) => Math.log(g / ground) / relative[k]!);
  const distance = (k: number, other: number) => Math.hypot(x[other]! - x[k]!, y ? y[other]! - y[k]! : 0);
  const spots: DefectSpot[] = [];
  for (const k of [...gamma0.keys()].sort((a, b) => significance[b]! - significance[a]!)) {
    if (!(significance[k]! > SIGNIFICANT && height[k]! > VISIBLE * ground) || spots.length === MOST) break;
    const half = gamma0.reduce(
      (nearest, _, q) => (height[q]! < height[k]! / 2 ? Math.min(nearest, distance(k, q)) : nearest),
      Number.POSITIVE_INFINITY,
    );
    const highest = gamma0.every((g, q) => g <= gamma0[k]! || distance(k, q) > half);
    const apart = spots.every(({ centre, width }) => Math.hypot(x[k]! - centre[0]!, y ? y[k]! - centre[1]! : 0) > 2 * width);
    if (highest && apart && Number.isFinite(half))
      spots.push({ centre: y ? [x[k]!, y[k]!] : [x[k]!], width: half / Math.sqrt(2 * Math.LN2), height: height[k]! });
  }
  return spots;
}
