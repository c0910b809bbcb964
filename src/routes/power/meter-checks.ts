import { type Check, check } from "../../core/check.ts";
import * as say from "../../core/messages/power-data.ts";
import { chi2Tail } from "../../numerics/gamma-function.ts";
import type { CommonInput } from "./common-input.ts";
import { CONSTANCY, constancyCheck } from "./constancy.ts";
import type { PowerDataset } from "./input.ts";
import type { PowerTable } from "./power-table.ts";
import type { RateResult } from "./rate-estimates.ts";
import type { Sweep } from "./sweep.ts";

/** Widths beyond the sidebands that the spectrum needs: a Lorentzian has 10 % of its power beyond 3 G2. */
const WIDTHS = 3;

/**
 * What estimator 3 assumes of its meter: background subtracted, and a bandwidth that holds the carrier and both sidebands at the Rabi frequency. That
 * is known from the sweep no better than `Omega^2 = S G1tot G2 <= 2 S G2^2`, which is the value used: the check may be too strict, never too mild.
 */
export function meterChecks({ entry }: PowerDataset, table: PowerTable, sweep: Sweep | undefined): Check[] {
  const checks = table.backgroundKnown ? [] : [check("background_unknown", false, say.backgroundUnknown())];
  if (entry?.background && !(entry.background.sigma > 0))
    checks.push(check("background_no_sigma", false, say.backgroundNoSigma(entry.match)));
  const bandwidth = entry?.bandwidth?.value;
  const { fit } = sweep ?? {};
  if (bandwidth === undefined || !fit?.free.includes("k") || !fit.free.includes("gamma2")) return checks;
  const strongest = Math.max(...table.absorbed.points.map((p) => (Number.isFinite(p.pDevice) ? p.pDevice : p.row.pSource)));
  const rabi = fit.law.gamma2 * Math.sqrt(2 * fit.law.k * strongest);
  const ratio = (Math.PI * bandwidth) / (rabi + WIDTHS * fit.law.gamma2);
  return [...checks, check("detector_bandwidth", ratio > 1, say.detectorBandwidth(ratio), ratio, 1)];
}

/**
 * Whether gamma_nr is the same at every power: baths of equal temperature give one. What a VNA sees is no total power, and its share taken for one rises
 * with the drive, as 1 - (Gr|z|/2G2)/(1+S): the shape tells what the file does not.
 */
export function meterConstancy({ combined, study }: Pick<RateResult, "combined" | "study">, common: readonly CommonInput[]): Check[] {
  const rates = study.points.map((p) => ({ gamma: p.gamma, relativeS: Number.NaN, relativeP: Number.NaN }));
  const at = rates.flatMap((_, i) => (combined.weights[i]! > 0 ? [i] : []));
  const used = at.map((i) => rates[i]!.gamma);
  const [weak = Number.NaN, strong = Number.NaN] = [used[0], used.at(-1)];
  const trend = say.meterTrend(weak, strong);
  // Inputs that all powers share may bend the rate by so much.
  const contrast = rates.map((_, i) => (i === at.at(-1) ? 1 : i === at[0] ? -1 : 0));
  const shared = Math.hypot(...common.map((c) => c.effect(contrast)).filter(Number.isFinite));
  const p = risingByChance(used);
  // Noise that comes from the residuals takes a trend for noise; their order does not.
  if (p < CONSTANCY && Math.abs(Math.log(strong / weak)) > 3 * shared) return [check("drive_dependent", false, trend, p, CONSTANCY)];
  return constancyCheck(combined, rates, common, trend);
}

/** Kendall's rank correlation with the order: probability that chance makes it this large, without any knowledge of the noise (normal approximation). */
function risingByChance(x: readonly number[]): number {
  const n = x.length;
  let sum = 0;
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) sum += Math.sign(x[i]! - x[j]!);
  const z = Math.max(0, Math.abs(sum) - 1) / Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  return n < 5 ? 1 : chi2Tail(z * z, 1);
}
