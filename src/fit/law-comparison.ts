import { chi2Tail } from "../numerics/gamma-function.ts";
import type { LawFit } from "./law-fit.ts";
import type { DecayModel } from "./model.ts";
import { DECAY_LAWS } from "./models/index.ts";
import { degenerate, fitLawFrom, type MultistartFit, startsOf } from "./multistart.ts";
import { leavesStructure } from "./shape-checks.ts";
import type { Signal } from "./signal-type.ts";

/** How well a law describes a trace, beside the exponential. */
export interface LawComparison {
  readonly law: string;
  /** Akaike's criterion, corrected for the number of points (Hurvich and Tsai 1989), minus that of the exponential: negative = better. */
  readonly aicc: number;
  /**
   * Probability that a clean exponential gains this much from the law's further parameters: chi2 of as many degrees of freedom (Wilks 1938), or F
   * where the noise is estimated. Laws whose further parameters mean nothing without the first (a second rate without its amplitude) gain
   * more by chance than Wilks allows; how much more is measured in test/fit/law-comparison.full.test.ts, and `LAW_LIMIT` makes room for it.
   */
  readonly p: number;
  /** The data determine every parameter; otherwise the sentence that says what they leave open. */
  readonly open: string | undefined;
  /** Nothing is left in its residuals but noise. */
  readonly adequate: boolean;
  readonly found: MultistartFit;
}

/** Below this probability a law counts as better than the exponential. */
export const LAW_LIMIT = 1e-3;
/** A law is ahead of another by this much of Akaike's criterion (Burnham and Anderson 2002, sec. 2.6: considerably less support from 4 on). */
export const AHEAD = 4;

/** Laws of one observable that contain more than an exponential, the simplest first. */
export const WIDER_LAWS: readonly DecayModel[] = Object.values<DecayModel>(DECAY_LAWS)
  .filter((law) => law.channels === undefined && law.parameters.length > DECAY_LAWS.exponential.parameters.length)
  .sort((a, b) => a.parameters.length - b.parameters.length);

/** Laws of more parameters, costly to search, are asked only where none of the simpler ones describes the trace. */
const SIMPLE = 5;

/**
 * Wider laws fitted to the signal, best first by Akaike's criterion; laws that leave structure in the residuals come after those that do not, and
 * laws whose minimum is a simpler law's last. Laws without a minimum, or with too many parameters for the points, are left out.
 */
export function compareLaws(signal: Signal, exponential: LawFit, laws: readonly DecayModel[] = WIDER_LAWS): LawComparison[] {
  const n = signal.t.length;
  const { absolute } = exponential.likelihood;
  const simple = criterion(exponential.minimum.objective, 3, n, absolute);
  const compared: LawComparison[] = [];
  for (const law of laws) {
    const k = law.parameters.length;
    if (n <= k + 2) continue;
    if (k > SIMPLE && compared.some((c) => c.adequate && c.open === undefined)) continue;
    const found = fitLawFrom(law, signal, startsOf(law, signal));
    if (!found) continue;
    const { objective } = found.fit.minimum;
    const gain = Math.max(0, exponential.minimum.objective - objective);
    // With estimated noise -n ln(RSS ratio), scaled to the degrees of freedom, has nearly the same chi2 tail (Bartlett 1937).
    const ratio = absolute ? 2 * gain : (n - (k + 3) / 2) * Math.log(exponential.minimum.objective / objective);
    const p = objective > 0 ? chi2Tail(Math.max(0, ratio), k - 3) : 0;
    const aicc = criterion(objective, k, n, absolute) - simple;
    compared.push({ law: law.name, aicc, p, open: degenerate(found.fit), adequate: !leavesStructure(found.fit), found });
  }
  const order = (c: LawComparison) => (c.open !== undefined ? 2 : c.adequate ? 0 : 1);
  return compared.sort((a, b) => order(a) - order(b) || a.aicc - b.aicc);
}

/**
 * The fit without some points against the exponential with all of them: each point costs two parameters, its shift and its choice
 * (mean-shift outliers).
 */
export function aiccWithout(without: LawFit, points: number, exponential: LawFit): number {
  const n = exponential.values.length;
  const { absolute } = exponential.likelihood;
  const all = criterion(exponential.minimum.objective, 3, n, absolute);
  return 3 + 2 * points + 2 < n ? criterion(without.minimum.objective, 3 + 2 * points, n, absolute) - all : Number.POSITIVE_INFINITY;
}

/** Akaike's criterion up to a constant of the data. */
function criterion(objective: number, parameters: number, n: number, absolute: boolean): number {
  const k = absolute ? parameters : parameters + 1;
  const misfit = absolute ? 2 * objective : n * Math.log((2 * objective) / n);
  return misfit + 2 * k + (2 * k * (k + 1)) / (n - k - 1);
}
