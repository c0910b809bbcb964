import type { Check } from "../core/check.ts";
import {
  betterLaw,
  noBetterLaw,
  noiseBeyondStated,
  otherLawsToo,
  outliersExplain,
  perhapsLaw,
  withoutOutliers,
  withoutOutliersRefused,
} from "../core/messages/departures.ts";
import { type FreeFit, freeFit } from "./free-fit.ts";
import { AHEAD, aiccWithout, compareLaws, LAW_LIMIT, type LawComparison } from "./law-comparison.ts";
import { lawOutcome } from "./law-outcome.ts";
import { decayLaw } from "./models/index.ts";
import { type FitOutcome, parameterOf } from "./outcome.ts";
import { withoutPoints } from "./outliers.ts";
import type { LawRank } from "./record.ts";
import type { Signal } from "./signal-type.ts";

/** What was found beyond one exponential and noise. */
export interface Departures {
  /** Fits kept beside the main one: `without_outliers`, `noise_from_residuals`, and every wider law that has a minimum, by its name. */
  readonly alternatives: Readonly<Record<string, FitOutcome>>;
  /** What is added to the sentences of the checks `outliers` and `not_exponential`. */
  readonly sentences: Readonly<Partial<Record<Check["code"], string>>>;
  /** The laws compared, best first. */
  readonly laws: readonly LawRank[];
  /** The law that the trace asks for; undefined where none is better. */
  readonly better: LawComparison | undefined;
}

const NONE: Departures = { alternatives: {}, sentences: {}, laws: [], better: undefined };

/**
 * Looks closer where the checks of a single exponential failed: 1 a fit without the outlying points, which are named and never dropped, and one with
 * the noise of the residuals where the stated one is too small and nothing else is wrong;
 * 2 the wider laws, with the better ones named and their T1 beside, unless the outlying points explain the trace better than any of them.
 */
export function departuresOf(signal: Signal, free: FreeFit): Departures {
  if (!free.fit || !free.shape) return NONE;
  const sentences: Partial<Record<Check["code"], string>> = {};
  const alternatives: Record<string, FitOutcome> = {};
  // 1
  const without = free.outlying.length > 0 ? freeFit(withoutPoints(signal, free.outlying), []) : undefined;
  if (without) {
    alternatives.without_outliers = without.outcome;
    sentences.outliers =
      without.outcome.state === "refused"
        ? withoutOutliersRefused(without.outcome.sentence)
        : withoutOutliers(parameterOf(without.outcome, "t1")!, parameterOf(free.outcome, "t1"));
  }
  if (free.shape.holds) {
    // Residuals without structure, but too large: the stated noise is wrong, not the law.
    if (free.outcome.state !== "refused" && free.outcome.checks.some((c) => c.code === "chi2_high" && !c.holds)) {
      const { outcome } = freeFit({ ...signal, noise: { type: "unknown" } }, []);
      alternatives.noise_from_residuals = outcome;
      sentences.chi2_high = noiseBeyondStated(parameterOf(outcome, "t1"));
    }
    return { alternatives, sentences, laws: [], better: undefined };
  }
  // 2
  const compared = compareLaws(signal, free.fit);
  for (const c of compared) {
    const outcome = lawOutcome(c.found, c.open, signal.unit);
    if (outcome.state !== "refused") alternatives[c.law] = outcome;
  }
  const better = compared.filter((c) => isBetter(c, alternatives[c.law]));
  const enough = without?.fit && without.shape?.holds && aiccWithout(without.fit, free.outlying.length, free.fit);
  const points = typeof enough === "number" && better.every((c) => enough < c.aicc);
  sentences.not_exponential = points ? outliersExplain(free.outlying.length) : sentenceOf(compared, better, alternatives);
  const laws = compared.map((c) => ({ law: c.law, aicc: c.aicc, p: c.p, better: !points && better.includes(c) }));
  return { alternatives, sentences, laws, better: points ? undefined : better[0] };
}

/** Better than the exponential, determined by the data, and with nothing but noise left. */
function isBetter(c: LawComparison, outcome: FitOutcome | undefined): boolean {
  return outcome !== undefined && c.open === undefined && c.adequate && c.aicc < 0 && c.p < LAW_LIMIT;
}

function sentenceOf(
  compared: readonly LawComparison[],
  better: readonly LawComparison[],
  outcomes: Readonly<Record<string, FitOutcome>>,
): string {
  const best = better[0];
  if (!best) {
    const perhaps = compared.find((c) => c.adequate && c.aicc < 0 && outcomes[c.law]);
    const none = noBetterLaw(compared.map((c) => c.law));
    return perhaps ? `${none} ${perhapsLaw(perhaps.law, parameterOf(outcomes[perhaps.law]!, "t1")!, -perhaps.aicc, perhaps.p)}` : none;
  }
  const equals = better.slice(1).filter((c) => c.aicc - best.aicc < AHEAD);
  const t1 = (c: LawComparison) => ({ law: c.law, t1: parameterOf(outcomes[c.law]!, "t1")!, meaning: decayLaw(c.law).rateMeaning });
  return `${betterLaw(t1(best), -best.aicc, best.p)}${equals.length > 0 ? ` ${otherLawsToo(equals.map(t1))}` : ""}`;
}
