import { check } from "../../core/check.ts";
import type { BudgetLine, Estimate } from "../../core/estimate.ts";
import * as say from "../../core/messages/drive-dependence.ts";
import type { Combined, RatePoint } from "./combine.ts";
import type { Make, RateRequest } from "./rate-request.ts";
import type { WeakDrive } from "./weak-drive.ts";

/** S that the powers must reach on either side, and what rounding may take away. */
const [WEAK, STRONG, ROUNDING] = [0.1, 10, 1e-6];

/**
 * Extrapolation to weak drive with d and e left to the data: whatever offset there is, stated or not, is in its error (PHYSICS.md sec. 1,
 * "Extrapolation"). Refused unless S spans 0.1 to 10.
 */
export function weakEstimate(
  request: RateRequest,
  free: WeakDrive | undefined,
  { combined, rates }: { readonly combined: Combined; readonly rates: readonly RatePoint[] },
  make: Make,
  budgetOf: (gamma: number, weights: readonly number[]) => BudgetLine[],
): Estimate[] {
  const used = request.absorbed.points.filter((_, i) => combined.weights[i]! > 0);
  if (used.length < 2) return [];
  const known = used.map((p) => p.saturation).filter((s) => Number.isFinite(s));
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const spans = low <= WEAK * (1 + ROUNDING) && high >= STRONG * (1 - ROUNDING);
  const refused = (sentence: string, code: "low_power_only" | "shapes_alike") => [
    make("weak_drive", Number.NaN, [], [...request.checks, check(code, false, sentence, low, WEAK)], [sentence]),
  ];
  if (known.length < used.length) return refused(say.noSaturation(), "low_power_only");
  if (!spans) return refused(say.lowSpan(low, high), "low_power_only");
  if (!free) return refused(used.length < 4 ? say.shapesAlike(used.length) : say.shapesUnfit(), "shapes_alike");
  let k = 0;
  const weights = rates.map((r, i) => (combined.weights[i]! > 0 ? (free.parts[k++]! * r.gamma) / free.gamma : 0));
  const lines = [
    { input: "noise of S and population, offset and amplitude fitted", contribution: free.sigma },
    ...budgetOf(free.gamma, weights),
  ];
  const fitted = (value: number, sigma: number) => ({ value, sigma, stated: Number.NaN });
  const remark = say.extrapolated(fitted(free.offset, free.sigmaOffset), fitted(free.amplitude, free.sigmaAmplitude));
  return [make("weak_drive", free.gamma, lines, request.checks, [remark])];
}
