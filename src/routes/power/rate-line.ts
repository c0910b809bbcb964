import type { AbsorbedPoint } from "./absorbed.ts";
import { type Combined, combineRates, type RatePoint } from "./combine.ts";

/** Rates combined at the combined value where no law says what to expect. */
export interface RateLine {
  readonly combined: Combined;
  /** The points with their own errors: as measured, or, where the noise of the share was not known, with the one estimated here. */
  readonly rates: readonly RatePoint[];
  /** The noise of the share comes from the residuals about the line. */
  readonly fromResiduals: boolean;
}

/**
 * Weighted straight line through the origin, `share = G x`, `x = hbar w_d (n_e - n_eq)/P` (PHYSICS.md sec. 1, "Combining"): the error of a rate is
 * `hypot(s_share/x, G s_x/x)`, which takes the share that G expects. A measured share deep in saturation is noise, and errors relative to it favour what
 * happens to be large or far below zero. Where the noise of the share is not known it is one number for all points, such that chi2 equals the degrees
 * of freedom. Undefined where the noise of the population is not known, or for fewer than three points of unknown noise.
 */
export function combineOnLine(
  points: readonly Pick<AbsorbedPoint, "share">[],
  rates: readonly RatePoint[],
  used: readonly boolean[],
): RateLine | undefined {
  const at = rates.flatMap((_, i) => (used[i] ? [i] : []));
  if (at.length === 0 || at.some((i) => !Number.isFinite(rates[i]!.relativeP))) return undefined;
  const line = rates.map((r, i) => {
    const { share } = points[i]!;
    return { share, x: share / r.gamma, own: Math.abs(r.relativeS * share), relativeP: r.relativeP };
  });
  const chosen = at.map((i) => line[i]!);
  const fromResiduals = chosen.some((p) => !(p.own > 0));
  if (fromResiduals && at.length < 3) return undefined;
  let gamma = lineThrough(chosen, () => 1);
  let noise = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const expected = (p: LinePoint) => (gamma * p.x * p.relativeP) ** 2;
    if (fromResiduals) noise = residualNoise(chosen, expected);
    const next = lineThrough(chosen, (p) => (fromResiduals ? noise : p.own) ** 2 + expected(p));
    const still = Math.abs(next - gamma) <= 1e-12 * Math.abs(next);
    gamma = next;
    if (still) break;
  }
  const own = (p: LinePoint) => (fromResiduals ? noise : p.own);
  const atLine = rates.map((r, i) => ({ ...r, relativeS: Math.abs(own(line[i]!) / (gamma * line[i]!.x)) }));
  // Data without any noise have no weights.
  if (at.some((i) => !(Math.hypot(atLine[i]!.relativeS, atLine[i]!.relativeP) > 0))) return undefined;
  return {
    combined: combineRates(atLine, used),
    rates: rates.map((r, i) => ({ ...r, relativeS: Math.abs(own(line[i]!) / points[i]!.share) })),
    fromResiduals,
  };
}

interface LinePoint {
  readonly share: number;
  readonly x: number;
  readonly own: number;
  readonly relativeP: number;
}

const ROUNDS = 50;

function lineThrough(points: readonly LinePoint[], variance: (p: LinePoint) => number): number {
  let [top, bottom] = [0, 0];
  for (const p of points) {
    const w = 1 / variance(p);
    top += w * p.x * p.share;
    bottom += w * p.x * p.x;
  }
  return top / bottom;
}

/** The noise that, beside what is known, gives chi2 = n - 1 about the best line; 0 where what is known is enough. */
function residualNoise(points: readonly LinePoint[], known: (p: LinePoint) => number): number {
  const chi2 = (noise: number) => {
    const variance = (p: LinePoint) => noise * noise + known(p);
    const slope = lineThrough(points, variance);
    return points.reduce((sum, p) => sum + (p.share - slope * p.x) ** 2 / variance(p), 0);
  };
  const dof = points.length - 1;
  if (points.every((p) => known(p) > 0) && !(chi2(0) > dof)) return 0;
  const slope = lineThrough(points, () => 1);
  // No residual is larger than all of them together.
  let high = 2 * Math.hypot(...points.map((p) => p.share - slope * p.x));
  let low = 0;
  for (let k = 0; k < 100; k++) {
    const middle = (low + high) / 2;
    if (chi2(middle) > dof) low = middle;
    else high = middle;
  }
  return high;
}
