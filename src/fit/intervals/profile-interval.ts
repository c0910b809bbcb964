import {
  flatSentence,
  lowerMinimum,
  noWidth,
  oneSided,
  openAsymptote,
  openAtBound,
  profileFailed,
  profileTwoSided,
} from "../../core/messages/intervals.ts";
import type { LawFit } from "../law-fit.ts";
import type { Signal } from "../signal-type.ts";
import { betweenEnds } from "./between-ends.ts";
import { headingOf, noIntervalBecause, targetSigma } from "./covariance-interval.ts";
import { halfWidthAt } from "./level.ts";
import { type Heading, type Interval, twoSided } from "./outcome.ts";
import { profileOf } from "./profile.ts";
import { type ProfileEnd, profileEnd } from "./profile-end.ts";
import { asAsked } from "./reciprocal.ts";
import { type Target, targetOf } from "./target.ts";

/** A deviance lower than the fit's by this much is another minimum, not rounding. */
const LOWER = 1e-3;

/**
 * Profile-likelihood interval: where the deviance, minimised over all other parameters, has risen by the chi2 quantile of one degree of freedom
 * (known noise; Venzon and Moolgavkar 1988), or by scale^2 F(1, dof) where the noise was estimated (exact for linear laws; Bates and Watts 1988, sec. 6.1).
 * Asymmetric, invariant under any change of parameters; open and flat sides are named. At a bound the limit keeps the two-sided rise, which is conservative.
 * @param parameter of the law, `gamma1_total` or `t1`. @throws UserError for an unknown name or level.
 */
export function profileInterval(fit: LawFit, signal: Signal, parameter: string, level: number): Interval {
  const asked = targetOf(fit, parameter);
  const isRate = asked.name === "gamma1_total" || asked.name === "rate";
  return profileOfForm(isRate ? betweenEnds(fit, signal) : fit, signal, parameter, level);
}

function profileOfForm(fit: LawFit, signal: Signal, parameter: string, level: number): Interval {
  const target = targetOf(fit, parameter);
  const root = halfWidthAt(level, fit.likelihood.absolute, Math.max(fit.dof, 1));
  const heading = headingOf(fit, target, "profile", level);
  return asAsked(target, noIntervalBecause(fit, target, heading, false) ?? intervalOf(fit, signal, target, heading, root));
}

function intervalOf(fit: LawFit, signal: Signal, target: Target, heading: Heading, root: number): Interval {
  const { value: best, level, name, unit } = heading;
  if (fit.scale === 0) return twoSided(heading, best, best, noWidth(), noWidth());
  const profile = profileOf(fit, signal, target);
  const sigma = targetSigma(fit, target);
  // A rate that is hardly determined has a sigma far beyond any rate of interest.
  const most = unit === "1/s" && best > 0 ? 10 * best : Number.POSITIVE_INFINITY;
  const step = Math.min(most, (sigma > 0 && Number.isFinite(sigma) ? root * sigma : Number.NaN) || 0.1 * Math.abs(best) || 1);
  const side = (direction: 1 | -1, bound: number) => profileEnd({ profile: profile.at, best, side: direction, root, step, bound });
  const low = side(-1, target.lower);
  const high = side(1, target.upper);
  const deepest = profile.deepest();
  const why = (name: "low" | "high", end: ProfileEnd) =>
    end.kind !== "open" ? "" : (end.because === "bound" ? openAtBound : openAsymptote)(name, end.at, end.rise, root * root);
  // Flat is flat from the deepest point too; any other ending would be measured from the wrong minimum.
  const open = (end: ProfileEnd) => end.kind === "open" && end.rise - deepest.rise < root * root;
  const lower = deepest.rise < -LOWER ? lowerMinimum(-deepest.rise, name, deepest.at) : undefined;
  if (open(low) && open(high)) {
    const sentence = flatSentence(name, why("low", low), why("high", high));
    return { ...heading, kind: "flat", ...(lower ? { better: deepest.p, sentence: `${sentence} ${lower}` } : { sentence }) };
  }
  if (lower) return { ...heading, kind: "failed", reason: "lower_minimum", better: deepest.p, sentence: lower };
  for (const [which, end] of [["low", low] as const, ["high", high] as const])
    if (end.kind === "lost") return { ...heading, kind: "failed", reason: "lost_profile", sentence: profileFailed(name, which, end.at) };
  const half = (side: "low" | "high", end: ProfileEnd, limit: number): Interval => ({
    ...heading,
    ...{ kind: "one-sided", open: side, because: end.kind === "open" ? end.because : "bound", limit },
    sentence: oneSided(level, name, side, limit, unit, why(side, end)),
  });
  if (low.kind === "open" && high.kind === "crossing") return half("low", low, high.at);
  if (high.kind === "open" && low.kind === "crossing") return half("high", high, low.at);
  const [from, to] = [low, high].map((end) => (end.kind === "crossing" ? end.at : Number.NaN)) as [number, number];
  return twoSided(heading, from, to, profileTwoSided(level, best - from, to - best, unit), profileFailed(name, "low", from));
}
