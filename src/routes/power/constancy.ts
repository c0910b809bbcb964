import { type Check, check } from "../../core/check.ts";
import { constant, withinStated } from "../../core/messages/drive-dependence.ts";
import { cholesky, choleskySolve } from "../../numerics/cholesky.ts";
import { chi2Tail } from "../../numerics/gamma-function.ts";
import type { Combined, RatePoint } from "./combine.ts";
import { type CommonInput, pointCovariance } from "./common-input.ts";

/** A trend that chance and the stated errors make this rarely is one. */
export const CONSTANCY = 0.003;

/**
 * Whether the rate is the same at every power: chi2 about the best constant with the full covariance of the points, their own noise and every input
 * that they share. An undriven population or a reference that is off within its stated error bends the rate over power; that is no doubt,
 * because the common error holds it already. More than that is doubtful, with the ordinary errors that would do it (PHYSICS.md sec. 1, "Extrapolation").
 * @param found what the ordinary errors make of a trend, in words
 */
export function constancyCheck(combined: Combined, rates: readonly RatePoint[], common: readonly CommonInput[], found: string): Check[] {
  const own = combined.constancy;
  if (!Number.isFinite(own)) return [];
  if (own > CONSTANCY) return [check("drive_dependent", true, constant(own), own, CONSTANCY)];
  const p = withCommonErrors(combined, rates, common);
  const holds = p > CONSTANCY;
  return [check("drive_dependent", holds, [found, holds ? withinStated(p) : ""].filter(Boolean).join(" "), p, CONSTANCY)];
}

/** Probability of a larger `(r - g)^T C^-1 (r - g)` at the best g, r the relative rates; inputs of unknown error make no allowance. */
function withCommonErrors(combined: Combined, rates: readonly RatePoint[], common: readonly CommonInput[]): number {
  const used = combined.weights.flatMap((w, i) => (w > 0 ? [i] : []));
  const n = used.length;
  const all = rates.length;
  const matrix = new Float64Array(n * n);
  used.forEach((i, a) => {
    matrix[a * n + a] = (combined.stat / combined.gamma) ** 2 / combined.weights[i]!;
  });
  for (const input of common) {
    const c = pointCovariance(input, all);
    const part = used.flatMap((i) => used.map((j) => c[i * all + j]!));
    if (part.every(Number.isFinite))
      part.forEach((x, k) => {
        matrix[k]! += x;
      });
  }
  const factor = cholesky(matrix, n);
  if (!factor) return combined.constancy;
  const deviation = used.map((i) => rates[i]!.gamma / combined.gamma - 1);
  const ones = choleskySolve(factor, Array(n).fill(1), n);
  const solved = choleskySolve(factor, deviation, n);
  const sum = (x: ArrayLike<number>, y: (i: number) => number) => Array.from(x).reduce((s, v, i) => s + v * y(i), 0);
  const chi2 = sum(solved, (i) => deviation[i]!) - sum(ones, (i) => deviation[i]!) ** 2 / sum(ones, () => 1);
  return chi2Tail(Math.max(0, chi2), n - 1);
}
