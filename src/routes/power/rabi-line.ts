import { type Check, check } from "../../core/check.ts";
import * as say from "../../core/messages/power-data.ts";
import { chi2Tail } from "../../numerics/gamma-function.ts";
import type { RabiPoint } from "./rabi-points.ts";

/** Omega^2 per watt. */
export interface RabiLine {
  /** (rad/s)^2/W. */
  readonly slope: number;
  /** Own error; NaN = not known. */
  readonly sigma: number;
  readonly byGamma2: number;
  readonly checks: readonly Check[];
  readonly datasets: readonly string[];
}

const SURE = 1e-3;
const INTERCEPT = 3;

/**
 * Straight line of Omega^2 through the origin against power, weighted by the errors relative to the line (errors that grow with what was measured
 * would favour the low points); points without an error by their scatter, all equal in relative size. Linearity and intercept are checked.
 * @param powers of the points, W: at the device, or as stated
 */
export function rabiLine(points: readonly RabiPoint[], powers: readonly number[]): RabiLine | undefined {
  const n = points.length;
  if (n === 0) return undefined;
  const known = points.every((p) => p.sigma > 0);
  const ratio = points.map((p, i) => p.rabi2 / powers[i]!);
  const relative = points.map((p) => (known ? p.sigma / p.rabi2 : 1));
  const weights = relative.map((r) => r ** -2);
  const total = weights.reduce((a, b) => a + b, 0);
  const mean = (of: (i: number) => number) => points.reduce((sum, _, i) => sum + (weights[i]! * of(i)) / total, 0);
  const slope = mean((i) => ratio[i]!);
  const chi2 = points.reduce((sum, _, i) => sum + ((ratio[i]! / slope - 1) / relative[i]!) ** 2, 0);
  const scale = known ? 1 : Math.sqrt(chi2 / (n - 1));
  const sigma = (slope * scale) / Math.sqrt(total);
  const checks: Check[] = [];
  if (n > 2) {
    const p = known ? chi2Tail(chi2, n - 1) : Number.NaN;
    const intercept = interceptOf(
      ratio.map((r) => r / slope - 1),
      powers.map((x) => powers[0]! / x),
      relative.map((r) => r * scale),
    );
    checks.push(check("rabi_line", !(p < SURE) && Math.abs(intercept) < INTERCEPT, say.rabiLine(p, intercept), intercept, INTERCEPT));
  }
  return {
    slope,
    sigma: n > 1 || known ? sigma : Number.NaN,
    byGamma2: mean((i) => points[i]!.byGamma2 / powers[i]!),
    checks,
    datasets: [...new Set(points.map((p) => p.dataset))],
  };
}

/** Offset a of `deviation = b + a x`, in its standard deviations: a constant Omega^2 is larger, relatively, at the weaker drive. */
function interceptOf(deviation: readonly number[], x: readonly number[], sigma: readonly number[]): number {
  let [w, wx, wxx, wy, wxy] = [0, 0, 0, 0, 0];
  deviation.forEach((y, i) => {
    const weight = sigma[i]! ** -2;
    w += weight;
    wx += weight * x[i]!;
    wxx += weight * x[i]! ** 2;
    wy += weight * y;
    wxy += weight * x[i]! * y;
  });
  const determinant = w * wxx - wx * wx;
  return (w * wxy - wx * wy) / Math.sqrt(w * determinant);
}
