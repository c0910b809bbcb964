import { badgeEmpty, badgeFixed, badgeSelected, badgeSentence, badgeVerdict } from "../../core/messages/intervals.ts";
import { random } from "../../core/random.ts";
import { ONE_SIGMA } from "../../numerics/normal.ts";
import { freeFit } from "../free-fit.ts";
import { rateInterval } from "../interval.ts";
import type { LawFit } from "../law-fit.ts";
import { parameterOf } from "../outcome.ts";
import type { Signal } from "../signal-type.ts";
import { covarianceInterval } from "./covariance-interval.ts";
import { halfWidthAt } from "./level.ts";
import { endsOf, type Interval } from "./outcome.ts";
import { profileInterval } from "./profile-interval.ts";
import { isFreeExponential, type Refit, refitAnew } from "./refit.ts";
import { parametricResampler } from "./resample.ts";

/** Two standard deviations of a normal. */
export const TWO_SIGMA = 0.9544997361036416;

export interface BadgeOptions {
  /** Simulated traces. Default 400. */
  readonly trials?: number;
  /** Default 1. The same seed gives the same counts. */
  readonly seed?: number;
  /** `printed` (default): what the main path prints; otherwise the named interval of every refit. */
  readonly interval?: "printed" | "covariance" | "profile";
  /** How other laws than the free exponential are refitted. Default: from the law's own starting values. */
  readonly refit?: Refit;
}

/** How often the interval of gamma1_total held the truth. */
export interface BadgeRow {
  readonly level: number;
  readonly held: number;
  /** Trials with an interval; an open side excludes nothing. */
  readonly trials: number;
  readonly share: number;
  /** Binomial s.d. of the share (of Wilson's midpoint, so that it is not zero at 0 or 1). */
  readonly error: number;
  readonly sentence: string;
}

export interface CoverageBadge {
  readonly rows: readonly BadgeRow[];
  /** Simulated traces that gave no interval: refused, not converged. */
  readonly refused: number;
  /** True where every share lies within four standard deviations of its level, and nearly every trace gave a number. */
  readonly holds: boolean;
  readonly sentence: string;
}

/** Beyond this share of traces without a number the rest are a selection. */
const REFUSED_LIMIT = 0.05;

type Ends = readonly [number, number] | undefined;
/** Ends of the 68.3 % and 95.4 % intervals of one simulated trace. */
type Trial = (signal: Signal) => readonly [Ends, Ends];

const LEVELS = [ONE_SIGMA, TWO_SIGMA] as const;
/** Standard deviations between share and level that are still agreement. */
const AGREEMENT = 4;

/**
 * Simulates at the optimum with the signal's own noise, fits again by the same procedure, and counts how often the 68.3 % and 95.4 % intervals of
 * gamma1_total hold the rate that was simulated. A single exponential with all parameters free takes the way of every trace (`freeFit`, with its
 * refusals), so that the badge is about the number that is printed. Parameters that were fixed are taken as exact.
 */
export function coverageBadge(fit: LawFit, signal: Signal, options: BadgeOptions = {}): CoverageBadge {
  const { trials = 400, seed = 1 } = options;
  const source = random(seed);
  const { draw } = parametricResampler(fit, signal);
  const trial = trialOf(fit, options);
  const truth = fit.model.rate(fit.p).value;
  const held = [0, 0] as [number, number];
  let refused = 0;
  for (let k = 0; k < trials; k++) {
    const ends = trial(draw(source));
    if (!ends[0] || !ends[1]) refused++;
    else
      ends.forEach((e, i) => {
        if (e && e[0] <= truth && truth <= e[1]) held[i as 0 | 1]++;
      });
  }
  return badge(held, trials - refused, refused, fit.fixed.some(Boolean));
}

function badge(held: readonly [number, number], made: number, refused: number, someFixed: boolean): CoverageBadge {
  if (made === 0) return { rows: [], refused, holds: false, sentence: badgeEmpty(refused) };
  const rows = LEVELS.map((level, i): BadgeRow => {
    const count = held[i as 0 | 1];
    const middle = (count + 2) / (made + 4);
    const [share, error] = [count / made, Math.sqrt((middle * (1 - middle)) / made)];
    return { level, held: count, trials: made, share, error, sentence: badgeSentence(level, count, made, share, error, refused) };
  });
  const selected = refused > REFUSED_LIMIT * (made + refused);
  const agrees = rows.every((r) => Math.abs(r.share - r.level) <= AGREEMENT * Math.sqrt((r.level * (1 - r.level)) / made));
  const verdict = selected ? badgeSelected(refused, made + refused) : badgeVerdict(agrees);
  const sentence = [...rows.map((r) => r.sentence), verdict, ...(someFixed ? [badgeFixed()] : [])].join(" ");
  return { rows, refused, holds: agrees && !selected, sentence };
}

function trialOf(fit: LawFit, options: BadgeOptions): Trial {
  const { interval = "printed", refit = refitAnew(fit) } = options;
  if (interval === "printed" && isFreeExponential(fit)) return printedExponential;
  const of = (found: LawFit, signal: Signal, level: number): Interval =>
    interval === "profile" ? profileInterval(found, signal, "gamma1_total", level) : covarianceInterval(found, "gamma1_total", level);
  return (signal) => {
    const found = refit(signal);
    if (!found) return [undefined, undefined];
    const [one, two] = LEVELS.map((level) => endsOf(of(found, signal, level)));
    return [one, two];
  };
}

/** The printed interval and the same profile at two standard deviations. */
function printedExponential(signal: Signal): readonly [Ends, Ends] {
  const { outcome, fit } = freeFit(signal, []);
  const rate = parameterOf(outcome, "gamma1_total");
  if (!rate || !fit) return [undefined, undefined];
  const window = signal.t[signal.t.length - 1]! - signal.t[0]!;
  // The profile is cut where it rises by (width * scale)^2: another level is another width.
  const stretch = halfWidthAt(TWO_SIGMA, fit.likelihood.absolute, fit.dof) / halfWidthAt(ONE_SIGMA, fit.likelihood.absolute, fit.dof);
  const two = rateInterval({ ...fit, scale: fit.scale * stretch, sigmaG: fit.sigmaG * stretch }, signal.y);
  return [ends(rate.low, rate.high), ends(two.low / window, two.high / window)];
}

/** A side that is not a number is open. */
function ends(low: number, high: number): Ends {
  return [Number.isNaN(low) ? Number.NEGATIVE_INFINITY : low, Number.isNaN(high) ? Number.POSITIVE_INFINITY : high];
}
