import { fTail } from "../numerics/beta-function.ts";
import { chi2Tail } from "../numerics/gamma-function.ts";
import { degenerate } from "./degenerate.ts";
import type { LawFit } from "./law-fit.ts";
import type { DecayModel } from "./model.ts";
import { DECAY_LAWS } from "./models/index.ts";
import { fitLawFrom, type MultistartFit, startsOf } from "./multistart.ts";
import { CHI2_LIMIT, pearsonTail } from "./noise-checks.ts";
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
  const tried: Tried[] = [];
  for (const law of laws) {
    const k = law.parameters.length;
    if (n <= k + 2) continue;
    if (k > SIMPLE && tried.some((c) => c.adequate && c.open === undefined)) continue;
    const found = fitLawFrom(law, signal, startsOf(law, signal));
    if (found) tried.push({ law: law.name, found, open: degenerate(found.fit), adequate: !leavesStructure(found.fit) });
  }
  const scale = noiseBeyondStated([exponential, ...tried.map((c) => c.found.fit)]);
  const simple = criterion(exponential, 3, scale);
  const compared = tried.map((c): LawComparison => {
    const k = c.found.fit.p.length;
    return { ...c, aicc: criterion(c.found.fit, k, scale) - simple, p: gainTail(exponential, c.found.fit, scale) };
  });
  const order = (c: LawComparison) => (c.open !== undefined ? 2 : c.adequate ? 0 : 1);
  return compared.sort((x, y) => order(x) - order(y) || x.aicc - y.aicc);
}

type Tried = Omit<LawComparison, "aicc" | "p">;

/**
 * Variance of the residuals over the stated one, by the law that fits best: 1 where any law fits within the stated noise, so that noise beyond it is not
 * taken for a wrong law (quasi-likelihood; Burnham and Anderson 2002, sec. 2.5).
 */
function noiseBeyondStated(fits: readonly LawFit[]): number {
  if (!fits[0]!.likelihood.absolute) return 1;
  const contradicted = fits.every((f) => pearsonTail(f.chi2, f.likelihood.excessVariance(f.values), f.dof) < CHI2_LIMIT);
  return contradicted ? Math.max(1, Math.min(...fits.map((f) => f.chi2 / f.dof))) : 1;
}

/** Probability that a clean exponential gains this much from the wider law's parameters. */
function gainTail(exponential: LawFit, wider: LawFit, scale: number): number {
  const n = exponential.values.length;
  const k = wider.p.length;
  const [before, after] = [exponential.minimum.objective, wider.minimum.objective];
  if (!(after > 0)) return 0;
  // With estimated noise -n ln(RSS ratio), scaled to the degrees of freedom, has nearly the same chi2 tail (Bartlett 1937).
  if (!exponential.likelihood.absolute) return chi2Tail(Math.max(0, (n - (k + 3) / 2) * Math.log(before / after)), k - 3);
  const gain = (2 * Math.max(0, before - after)) / scale;
  return scale > 1 ? fTail(gain / (k - 3), k - 3, wider.dof) : chi2Tail(gain, k - 3);
}

/**
 * The fit without some points against the exponential with all of them: each point costs two parameters, its shift and its choice
 * (mean-shift outliers).
 */
export function aiccWithout(without: LawFit, points: number, exponential: LawFit): number {
  const n = exponential.values.length;
  const k = 3 + 2 * points;
  if (k + 2 >= n) return Number.POSITIVE_INFINITY;
  const scale = noiseBeyondStated([without, exponential]);
  return criterion(without, k, scale, n) - criterion(exponential, 3, scale);
}

/** Akaike's criterion up to a constant of the data. @param scale variance over the stated one. @param n points of the data. */
function criterion(fit: LawFit, parameters: number, scale: number, n = fit.values.length): number {
  const { absolute } = fit.likelihood;
  const k = absolute && scale === 1 ? parameters : parameters + 1;
  const { objective } = fit.minimum;
  const misfit = absolute ? (2 * objective) / scale : n * Math.log((2 * objective) / n);
  return misfit + 2 * k + (2 * k * (k + 1)) / (n - k - 1);
}
