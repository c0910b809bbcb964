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

/** Rounds until the line is where the errors take it to be: it is asked for only where some are a share of Omega and others are not. */
const ROUNDS = 3;

/**
 * Straight line of Omega^2 through the origin against power, as `Omega = sqrt(slope P)`: Omega is what was measured, with an error that does not depend on
 * it or is a share of it, and then of the line's, since errors that change with what was measured favour the high or the low points, as squares do
 * the high ones. Points without an error by their scatter, all equal in relative size. Linearity and intercept are checked.
 * @param powers of the points, W: at the device, or as stated
 */
export function rabiLine(points: readonly RabiPoint[], powers: readonly number[]): RabiLine | undefined {
  const n = points.length;
  if (n === 0) return undefined;
  const known = points.every((p) => p.sigma > 0);
  const root = points.map((p, i) => Math.sqrt(p.rabi2 / powers[i]!));
  // Relative errors of Omega where it is on the line.
  const relativeAt = (line: number) =>
    points.map((p, i) => (known ? (p.sigma / (2 * p.rabi2)) * (p.proportional ? 1 : root[i]! / line) : 1));
  const over = (weights: readonly number[], of: (i: number) => number) =>
    weights.reduce((sum, w, i) => sum + w * of(i), 0) / weights.reduce((sum, w) => sum + w, 0);
  let line = root.reduce((sum, x) => sum + x, 0) / n;
  for (let round = 0; round < ROUNDS; round++)
    line = over(
      relativeAt(line).map((r) => r ** -2),
      (i) => root[i]!,
    );
  const relative = relativeAt(line);
  const weights = relative.map((r) => r ** -2);
  const deviation = root.map((x) => x / line - 1);
  const chi2 = deviation.reduce((sum, d, i) => sum + (d / relative[i]!) ** 2, 0);
  const scale = known ? 1 : Math.sqrt(chi2 / (n - 1));
  const slope = line * line;
  const sigma = (2 * slope * scale) / Math.sqrt(weights.reduce((sum, w) => sum + w, 0));
  const errors = relative.map((r) => r * scale);
  return {
    slope,
    sigma: n > 1 || known ? sigma : Number.NaN,
    byGamma2: over(weights, (i) => points[i]!.byGamma2 / powers[i]!),
    checks: n > (known ? 1 : 2) ? lineChecks(deviation, powers, errors, known ? chi2Tail(chi2, n - 1) : Number.NaN) : [],
    datasets: [...new Set(points.map((p) => p.dataset))],
  };
}

/** Linearity by chi2, where the errors are known, and the intercept, where there is more than one power; neither: nothing to check. */
function lineChecks(deviation: readonly number[], powers: readonly number[], sigma: readonly number[], p: number): Check[] {
  const intercept = interceptOf(
    deviation,
    powers.map((x) => powers[0]! / x),
    sigma,
  );
  if (Number.isNaN(p) && intercept === undefined) return [];
  const holds = !(p < SURE) && !(intercept !== undefined && Math.abs(intercept) >= INTERCEPT);
  const sentence = holds ? say.rabiStraight(p, intercept) : say.rabiLine(p, intercept);
  // What fails is what is shown.
  return [
    intercept === undefined || (p < SURE && Math.abs(intercept) < INTERCEPT)
      ? check("rabi_line", holds, sentence, p, SURE)
      : check("rabi_line", holds, sentence, intercept, INTERCEPT),
  ];
}

/** Two powers that differ by less, relatively, are one. */
const ONE_POWER = 1e-6;

/**
 * Offset a of `deviation = b + a x`, in its standard deviations: a constant Omega^2 is larger, relatively, at the weaker drive. Undefined at one power.
 */
function interceptOf(deviation: readonly number[], x: readonly number[], sigma: readonly number[]): number | undefined {
  let [w, wx, wxx, wy, wxy] = [0, 0, 0, 0, 0];
  deviation.forEach((y, i) => {
    const weight = sigma[i]! ** -2;
    w += weight;
    wx += weight * x[i]!;
    wxx += weight * x[i]! ** 2;
    wy += weight * y;
    wxy += weight * x[i]! * y;
  });
  if (x.every((value) => Math.abs(value - x[0]!) < ONE_POWER)) return undefined;
  const determinant = w * wxx - wx * wx;
  return (w * wxy - wx * wy) / Math.sqrt(w * determinant);
}
