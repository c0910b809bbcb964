/** A point with independent errors of both coordinates; either may be 0, not both. */
export interface PointWithErrors {
  readonly x: number;
  readonly sigmaX: number;
  readonly y: number;
  readonly sigmaY: number;
}

export interface YorkLine {
  readonly slope: number;
  readonly intercept: number;
  readonly sigmaSlope: number;
  readonly sigmaIntercept: number;
  /** Change of the intercept per unit of every point's y. */
  readonly interceptBy: readonly number[];
  readonly chi2: number;
}

/**
 * Straight line through points with errors in both coordinates: the maximum-likelihood slope, to which ordinary least squares is biased low by the noise of x
 * (York, Evensen, Lopez Martinez and De Basabe Delgado, Am. J. Phys. 72, 367 (2004), eqs. 13a-13f with r = 0; errors from the adjusted points).
 * Undefined for fewer than three points, points without an error, or where the iteration does not settle (all x alike).
 */
export function yorkLine(points: readonly PointWithErrors[]): YorkLine | undefined {
  if (points.length < 3 || points.some((p) => !(Math.hypot(p.sigmaX, p.sigmaY) > 0) || !Number.isFinite(p.x + p.y))) return undefined;
  let slope = ordinarySlope(points);
  for (let round = 0; round < ROUNDS; round++) {
    const at = weighted(points, slope);
    const next = at.reduce((s, p) => s + p.w * p.beta * p.v, 0) / at.reduce((s, p) => s + p.w * p.beta * p.u, 0);
    if (!Number.isFinite(next)) return undefined;
    const settled = Math.abs(next - slope) <= 1e-12 * Math.abs(next);
    slope = next;
    if (settled) return lineOf(points, slope);
  }
  return undefined;
}

const ROUNDS = 200;

/** Least squares by the errors of y alone where they are known: only a place to start. */
function ordinarySlope(points: readonly PointWithErrors[]): number {
  const n = points.length;
  const mx = points.reduce((s, p) => s + p.x, 0) / n;
  const my = points.reduce((s, p) => s + p.y, 0) / n;
  return points.reduce((s, p) => s + (p.x - mx) * (p.y - my), 0) / points.reduce((s, p) => s + (p.x - mx) ** 2, 0);
}

function weighted(points: readonly PointWithErrors[], slope: number) {
  const w = points.map((p) => 1 / (p.sigmaY ** 2 + (slope * p.sigmaX) ** 2));
  const total = w.reduce((a, b) => a + b, 0);
  const mx = points.reduce((s, p, i) => s + w[i]! * p.x, 0) / total;
  const my = points.reduce((s, p, i) => s + w[i]! * p.y, 0) / total;
  return points.map((p, i) => {
    const [u, v] = [p.x - mx, p.y - my];
    return { w: w[i]!, u, v, mx, my, beta: w[i]! * (u * p.sigmaY ** 2 + slope * v * p.sigmaX ** 2) };
  });
}

function lineOf(points: readonly PointWithErrors[], slope: number): YorkLine {
  const at = weighted(points, slope);
  const { mx, my } = at[0]!;
  const intercept = my - slope * mx;
  const total = at.reduce((s, p) => s + p.w, 0);
  // Adjusted abscissas: the places on the line that the points most probably belong to.
  const adjusted = at.map((p) => mx + p.beta);
  const mean = at.reduce((s, p, i) => s + p.w * adjusted[i]!, 0) / total;
  const spread = at.reduce((s, p, i) => s + p.w * (adjusted[i]! - mean) ** 2, 0);
  return {
    slope,
    intercept,
    sigmaSlope: Math.sqrt(1 / spread),
    sigmaIntercept: Math.sqrt(1 / total + mean * mean * (1 / spread)),
    interceptBy: at.map((p, i) => p.w / total - (mean * p.w * (adjusted[i]! - mean)) / spread),
    chi2: points.reduce((s, p, i) => s + at[i]!.w * (p.y - slope * p.x - intercept) ** 2, 0),
  };
}
