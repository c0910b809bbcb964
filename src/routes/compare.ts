import { type Check, check } from "../core/check.ts";
import { covarianceOf, type Estimate, type GroupLabels, sigmaOf } from "../core/estimate.ts";
import * as say from "../core/messages/compare.ts";
import { decibel, LN_PER_DB } from "../physics/decibel.ts";
import { estimateOf, inherited, scaled } from "./budget.ts";
import type { Comparison } from "./comparison.ts";
import { withDecayNoise } from "./decay-noise.ts";

/** Estimators of gamma1_total by power, in the order in which they are quoted. */
const QUOTED = ["complex_s", "scalar_difference"] as const;

/**
 * G1tot from power against G1tot from decay: ratio, dB, difference with the covariance of their shared inputs, pull `ln(ratio)/sigma(ln ratio)`,
 * and a verdict: below 2 sigma agree, to 3 tension, beyond disagree; empty where the attenuation was made from the same relaxation.
 * @param swept what is to be said where T1 was measured against a setting (`sweptSentence`)
 */
export function compareRoutes(
  labels: GroupLabels,
  decay: Estimate | undefined,
  power: readonly Estimate[],
  swept = "",
): { readonly comparison: Comparison; readonly estimates: readonly Estimate[] } {
  const quoted = quotedPower(power);
  const hasDecay = decay !== undefined && Number.isFinite(decay.value);
  const hasPower = quoted !== undefined && Number.isFinite(quoted.value);
  if (!hasDecay || !hasPower) return { comparison: incomplete(labels, decay, quoted, swept, hasDecay, hasPower), estimates: [] };
  const ratio = quoted.value / decay.value;
  const covariance = covarianceOf(quoted, decay) + gapCovariance(quoted, decay);
  const relative = (e: Estimate) => sigmaOf(e) / e.value;
  // Rounding must not turn a fully shared error into the root of a negative number.
  const sigmaLn = Math.sqrt(Math.max(0, relative(quoted) ** 2 + relative(decay) ** 2 - (2 * covariance) / quoted.value / decay.value));
  const sigmaDifference = Math.sqrt(Math.max(0, sigmaOf(quoted) ** 2 + sigmaOf(decay) ** 2 - 2 * covariance));
  const pull = Math.log(ratio) / sigmaLn;
  const ratioDb = decibel(ratio);
  const circular = quoted.checks.some((c) => c.code === "circular" && !c.holds);
  const unknown = quoted.checks.some((c) => c.code === "attenuation_unknown_origin" && !c.holds);
  // An attenuation of unknown origin may be circular: agreement with it says nothing, disagreement does.
  const verdict =
    circular || (unknown && Math.abs(pull) < 2)
      ? "empty"
      : !Number.isFinite(pull)
        ? "none"
        : Math.abs(pull) < 2
          ? "agree"
          : Math.abs(pull) < 3
            ? "tension"
            : "disagree";
  const sigmaRatio = ratio * sigmaLn;
  const sentence = [
    verdict === "empty" && !circular ? say.emptyUnknown(ratio, sigmaRatio) : verdictSentence(verdict, ratio, sigmaRatio, ratioDb, pull),
    ...(unknown && verdict !== "empty" ? [say.notIndependent()] : []),
    ...(quoted.estimator === "scalar_difference" ? [say.scalarQuoted()] : []),
  ].join(" ");
  const comparison: Comparison = {
    labels,
    decay,
    power: quoted,
    ratio,
    sigmaRatio,
    ratioDb,
    sigmaDb: sigmaLn / LN_PER_DB,
    difference: quoted.value - decay.value,
    sigmaDifference,
    pull,
    verdict,
    sentence,
    missing: [],
  };
  return { comparison, estimates: [ratioEstimate(comparison, quoted, decay)] };
}

/** The power estimate to quote: complex before scalar, one with a number before one without. */
export function quotedPower(power: readonly Estimate[]): Estimate | undefined {
  const combined = power.filter((e) => e.route === "power" && e.quantity === "gamma1_total" && e.condition === "combined");
  const ordered = QUOTED.flatMap((name) => combined.filter((e) => e.estimator === name));
  return ordered.find((e) => Number.isFinite(e.value)) ?? ordered[0];
}

function ratioEstimate(c: Comparison, power: Estimate, decay: Estimate): Estimate {
  const noise = withDecayNoise(decay);
  const budget = [...scaled(power.budget, 1 / decay.value), ...scaled(noise.budget, -c.ratio / decay.value)];
  const checks: Check[] = [...inherited(power.checks), ...inherited(decay.checks)].filter(firstOfCode);
  if (Number.isFinite(c.pull)) checks.push(check("routes_disagree", !(Math.abs(c.pull) >= 2), c.sentence, c.pull, 2));
  return estimateOf({
    route: "compare",
    quantity: "ratio_power_over_decay",
    estimator: power.estimator,
    labels: c.labels,
    value: c.ratio,
    unit: "1",
    budget,
    own: noise.own,
    checks,
    datasets: [...new Set([...power.datasets, ...decay.datasets])],
    remark: `${c.sentence} ${say.routeRatio(c.ratioDb)}`,
  });
}

const firstOfCode = (c: Check, i: number, all: readonly Check[]) => all.findIndex((d) => d.code === c.code) === i;

/** Covariance through the decay's own noise, which enters the power route where a gap before readout is corrected with T1. */
function gapCovariance(power: Estimate, decay: Estimate): number {
  const { budget, own } = withDecayNoise(decay);
  let sum = 0;
  for (const line of budget)
    if (own.has(line.shared ?? "")) for (const p of power.budget) if (p.shared === line.shared) sum += p.contribution * line.contribution;
  return sum;
}

function verdictSentence(verdict: Comparison["verdict"], ratio: number, sigma: number, db: number, pull: number): string {
  if (verdict === "empty") return say.empty(ratio, sigma);
  if (verdict === "none") return say.noError(ratio);
  if (verdict === "agree") return say.agree(ratio, sigma, pull);
  return verdict === "tension" ? say.tension(ratio, sigma, db, pull) : say.disagree(ratio, sigma, db, pull);
}

function incomplete(
  labels: GroupLabels,
  decay: Estimate | undefined,
  power: Estimate | undefined,
  swept: string,
  hasDecay: boolean,
  hasPower: boolean,
): Comparison {
  const why = (hasDecay ? power?.remark : decay?.remark || swept) ?? "";
  const neither = swept === "" ? say.none(power?.remark ?? why) : [swept, power?.remark ?? ""].filter(Boolean).join(" ");
  const sentence = hasDecay ? say.oneRoute("decay", why) : hasPower ? say.oneRoute("power", why) : neither;
  const nan = Number.NaN;
  return {
    labels,
    decay,
    power,
    ratio: nan,
    sigmaRatio: nan,
    ratioDb: nan,
    sigmaDb: nan,
    difference: nan,
    sigmaDifference: nan,
    pull: nan,
    verdict: hasDecay || hasPower ? "one-route" : "none",
    sentence,
    missing: [],
  };
}
