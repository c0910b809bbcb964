import { type Check, type CheckCode, check } from "../core/check.ts";
import { covarianceOf, type Estimate, type GroupLabels, sigmaOf } from "../core/estimate.ts";
import * as say from "../core/messages/compare.ts";
import { decibel, LN_PER_DB } from "../physics/decibel.ts";
import { estimateOf, inherited, scaled } from "./budget.ts";
import type { ComparedLine, Standing } from "./compared-line.ts";
import type { Comparison } from "./comparison.ts";
import { withDecayNoise } from "./decay-noise.ts";

/**
 * Estimators of gamma1_total by power, in the order in which they are quoted. `saturation_sweep` needs no population and is quoted only where nothing
 * else has a number; `joint` holds T1, and comparing it with T1 would be empty.
 */
export const QUOTED = ["complex_s", "separate_ports", "rabi", "scalar_on_resonance", "scalar_difference", "saturation_sweep"] as const;

/** What stands beside the rates of one qubit and cooldown. */
export interface CompareOptions {
  /** What is to be said where T1 was measured against a setting (`sweptSentence`). */
  readonly swept?: string;
  /** The attenuation that the quoted power rests on (`comparedLines`). */
  readonly line?: ComparedLine;
  readonly detectors?: readonly string[];
}

/**
 * G1tot from power against G1tot from decay: ratio, dB, difference with the covariance of their shared inputs, pull `ln(ratio)/sigma(ln ratio)`,
 * and a verdict: below 2 sigma agree, to 3 tension, beyond disagree; empty where the attenuation was made from the same relaxation. Where it may have
 * been (origin unknown, or another qubit that may be this one), agreement is empty and disagreement is not. The scalar difference is a lower bound: only a
 * ratio above 1 can contradict it.
 *
 * The decay's error is `s_decay^2 = s_fit^2 + s_fluctuation^2/N_eff` (PHYSICS.md sec. 1): the scatter of the repeats holds both parts. Of a single trace
 * only the first is known: check `t1_measured_once`.
 */
export function compareRoutes(
  labels: GroupLabels,
  decay: Estimate | undefined,
  power: readonly Estimate[],
  options: CompareOptions = {},
): { readonly comparison: Comparison; readonly estimates: readonly Estimate[] } {
  const quoted = quotedPower(power);
  if (!hasNumber(decay) || !hasNumber(quoted)) return { comparison: incomplete(labels, decay, quoted, options), estimates: [] };
  const ratio = quoted.value / decay.value;
  const covariance = covarianceOf(quoted, decay) + gapCovariance(quoted, decay);
  const relative = (e: Estimate) => sigmaOf(e) / e.value;
  // Rounding must not turn a fully shared error into the root of a negative number.
  const sigmaLn = Math.sqrt(Math.max(0, relative(quoted) ** 2 + relative(decay) ** 2 - (2 * covariance) / quoted.value / decay.value));
  const sigmaDifference = Math.sqrt(Math.max(0, sigmaOf(quoted) ** 2 + sigmaOf(decay) ** 2 - 2 * covariance));
  const pull = Math.log(ratio) / sigmaLn;
  const standing = standingOf(quoted, options.line);
  const numbers = { ratio, sigma: ratio * sigmaLn, db: decibel(ratio), sigmaDb: sigmaLn / LN_PER_DB, pull };
  const lowerBound = isLowerBound(quoted);
  const verdict = verdictOf(pull, standing, lowerBound);
  const sentence = [
    say.verdictSentence(verdict, numbers, standing, causeOf(quoted), unknownOf(quoted)),
    ...(lowerBound ? [say.scalarQuoted()] : []),
    ...(quoted.estimator === "saturation_sweep" ? [say.sweepQuoted()] : []),
  ].join(" ");
  const row = ratioEstimate(labels, ratio, pull, sentence, quoted, decay);
  const comparison: Comparison = {
    ...{ labels, decay, power: quoted, ratio, sigmaRatio: numbers.sigma, ratioDb: numbers.db, sigmaDb: numbers.sigmaDb },
    ...{ sigmaStatDb: row.sigmaStat / ratio / LN_PER_DB, difference: quoted.value - decay.value, sigmaDifference },
    ...{ pull, verdict, sentence, missing: [], detectors: options.detectors ?? [] },
    ...(options.line ? { line: options.line } : {}),
  };
  return { comparison, estimates: [row] };
}

/** The power estimate to quote: the first of `QUOTED` with a number. */
export function quotedPower(power: readonly Estimate[]): Estimate | undefined {
  const combined = power.filter((e) => e.route === "power" && e.quantity === "gamma1_total" && e.condition === "combined");
  const ordered = QUOTED.flatMap((name) => combined.filter((e) => e.estimator === name));
  return ordered.find((e) => Number.isFinite(e.value)) ?? ordered[0];
}

const hasNumber = (e: Estimate | undefined): e is Estimate => e !== undefined && Number.isFinite(e.value);

function standingOf(quoted: Estimate, line: ComparedLine | undefined): Standing {
  const failed = (code: CheckCode) => quoted.checks.some((c) => c.code === code && !c.holds);
  if (failed("circular")) return "circular";
  return failed("attenuation_unknown_origin") ? "unknown" : (line?.standing ?? "independent");
}

type Verdict = "agree" | "tension" | "disagree" | "bound" | "empty" | "none";

/** @param pull ln(ratio)/sigma(ln ratio); NaN where an error is not known. @param lowerBound whether the ratio is one: below 1 nothing is contradicted */
export function verdictOf(pull: number, standing: Standing, lowerBound = false): Verdict {
  const size = contradiction(pull, lowerBound);
  if (standing === "circular" || (standing !== "independent" && size < 2)) return "empty";
  if (!Number.isFinite(size)) return "none";
  if (size < 2) return lowerBound ? "bound" : "agree";
  return size < 3 ? "tension" : "disagree";
}

/** Sigmas by which a ratio contradicts 1. */
const contradiction = (pull: number, lowerBound: boolean) => (lowerBound ? Math.max(0, pull) : Math.abs(pull));

/** Incident minus what comes out coherently sees no more than the work. */
const isLowerBound = (quoted: Estimate) => quoted.estimator === "scalar_difference";

/** Why the error of the power route is not known, where it is n_eq that nobody knows. */
function unknownOf(quoted: Estimate): string | undefined {
  return quoted.checks.find((c) => c.code === "no_equilibrium" && !c.holds)?.sentence;
}

/** What would have to be wrong to explain a ratio. */
function causeOf(quoted: Estimate): say.Cause {
  if (quoted.estimator === "rabi") return "rabi";
  return quoted.budget.some((l) => l.shared === "power_at: device") ? "device" : "line";
}

function ratioEstimate(labels: GroupLabels, ratio: number, pull: number, sentence: string, power: Estimate, decay: Estimate): Estimate {
  const noise = withDecayNoise(decay);
  // The decay first: what a gap correction brought of its noise into the power route is merged under the decay's name.
  const budget = [...scaled(noise.budget, -ratio / decay.value), ...scaled(power.budget, 1 / decay.value)];
  const checks: Check[] = [...inherited(power.checks), ...inherited(decay.checks)].filter(firstOfCode);
  if (decay.datasets.length === 1) checks.push(check("t1_measured_once", false, say.measuredOnce()));
  if (Number.isFinite(pull)) checks.push(check("routes_disagree", contradiction(pull, isLowerBound(power)) < 2, sentence, pull, 2));
  return estimateOf({
    route: "compare",
    quantity: "ratio_power_over_decay",
    estimator: power.estimator,
    labels,
    value: ratio,
    unit: "1",
    budget,
    own: noise.own,
    checks,
    datasets: [...new Set([...power.datasets, ...decay.datasets])],
    remark: sentence,
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

function incomplete(labels: GroupLabels, decay: Estimate | undefined, power: Estimate | undefined, options: CompareOptions): Comparison {
  const { swept = "", line, detectors = [] } = options;
  const [hasDecay, hasPower] = [hasNumber(decay), hasNumber(power)];
  const why = (hasDecay ? power?.remark : decay?.remark || swept) ?? "";
  const neither = swept === "" ? say.none(power?.remark ?? why) : [swept, power?.remark ?? ""].filter(Boolean).join(" ");
  const sentence = hasDecay ? say.oneRoute("decay", why) : hasPower ? say.oneRoute("power", why) : neither;
  const nan = Number.NaN;
  return {
    ...{ labels, decay, power, ratio: nan, sigmaRatio: nan, ratioDb: nan, sigmaDb: nan, sigmaStatDb: nan },
    ...{ difference: nan, sigmaDifference: nan, pull: nan, verdict: hasDecay || hasPower ? "one-route" : "none" },
    ...{ sentence, missing: [], detectors, ...(line ? { line } : {}) },
  };
}
