/** Sentences of the intervals: what was found, on which side, and what to do where there is no number. */

const short = (x: number) => String(Number(x.toPrecision(4)));
const percent = (share: number) => `${Number((100 * share).toPrecision(3))} %`;
const withUnit = (x: number, unit: string) => (unit === "1" || unit === "signal" ? short(x) : `${short(x)} ${unit}`);

export const badLevel = (level: number) => `A level of ${level} is no probability between 0 and 1; write 0.683 for one standard deviation.`;

export const targetFixed = (name: string) => `${name} was fixed, not fitted: it has no interval from these data. Free it to get one.`;
export const targetUndetermined = (name: string) =>
  `The data do not determine ${name}: the covariance is singular along it. Measure more delays, or fix a parameter.`;
export const targetAtBound = (name: string, bound: number) =>
  `${name} ended on its bound ${short(bound)}: a covariance describes no parameter there. Use the profile interval.`;
export const beyondBound = (name: string) =>
  `The symmetric interval of ${name} reaches beyond what the law allows; the profile interval stays inside.`;
export const noFreedom = (points: number) =>
  `${points} points leave no degree of freedom to estimate the noise from: no interval. Measure more points, or state sigma or shots.`;
export const noMinimum = () =>
  "The fit did not reach a minimum: an interval around it would mean nothing. Fit again from other starting values.";

export const covarianceSentence = (level: number, dof: number, student: boolean) =>
  student
    ? `${percent(level)} interval from the covariance, with Student's factor for noise estimated with ${dof} degrees of freedom.`
    : `${percent(level)} interval from the covariance; the noise is known.`;

export const profileTwoSided = (level: number, below: number, above: number, unit: string) =>
  `${percent(level)} profile interval: ${withUnit(below, unit)} below and ${withUnit(above, unit)} above the best value, skewness ${((above - below) / (above + below)).toFixed(2)}.`;
/** `because` ends the sentence: see `openAtBound`, `openAsymptote`. */
export const oneSided = (level: number, name: string, side: "low" | "high", limit: number, unit: string, because: string) =>
  `The data give only ${side === "low" ? "an upper" : "a lower"} limit of ${name}: ${withUnit(limit, unit)} (${percent(level)}). ${because}`;
export const openAtBound = (side: "low" | "high", bound: number, rise: number, needed: number) =>
  `The ${side} side is open: at its bound ${short(bound)} the deviance has risen by ${short(rise)}, not by ${short(needed)}.`;
export const openAsymptote = (side: "low" | "high", at: number, rise: number, needed: number) =>
  `The ${side} side is open: at ${short(at)} the deviance has risen by ${short(rise)}, not by ${short(needed)}, and flattens.`;
export const flatSentence = (name: string, low: string, high: string) => `The data do not determine ${name}. ${low} ${high}`;
export const lowerMinimum = (by: number, name: string, at: number) =>
  `With ${name} held at ${short(at)} the other parameters reach a deviance lower by ${short(by)} than the fit: the fit was not at the global minimum. Fit again from the parameters given here.`;
export const profileFailed = (name: string, side: "low" | "high", at: number) =>
  `The profile of ${name} could not be followed to its ${side} end: the other parameters did not converge with ${name} held at ${short(at)}.`;
export const noWidth = () => "The residuals are zero: the interval has no width.";
export const reciprocalOf = (sentence: string) => `T1 from the rate: ${sentence}`;
export const reciprocalOpen = () => "A rate of zero or below is allowed by the data: T1 has no upper limit.";
export const reciprocalNone = () => "The interval of the rate holds no positive number: there is no T1.";

export const bootstrapSentence = (kind: "parametric" | "residual", level: number, used: number, failed: number, clipped: number) =>
  `${percent(level)} interval (BCa) of ${used} ${kind === "parametric" ? "traces simulated at the optimum with the noise of the data" : "traces with resampled, leverage-corrected residuals"}.${failed > 0 ? ` ${failed} refits failed and are not in it.` : ""}${clipped > 0 ? ` ${clipped} resampled populations were held at 0 or 1, which narrows their scatter; the parametric kind is right for counts.` : ""}`;
export const tooManyFailedRefits = (failed: number, all: number, limit: number) =>
  `${failed} of ${all} refits failed (limit ${percent(limit)}): the rest would be a selection of the easy ones. Use the profile, or a simpler law.`;
export const tooFewResamples = (used: number, needed: number) =>
  `${used} resamples do not reach far enough into the tails for this level; ask for at least ${needed}.`;
export const beyondResamples = () =>
  "The resampled values are shifted from the best one by more than half of the interval: the estimate is too biased for a bootstrap. Use the profile.";

export const sampleSentence = (level: number, steps: number, walkers: number, tau: number, effective: number, acceptance: number) =>
  `${percent(level)} equal-tailed interval of the posterior with priors flat inside the bounds: ${walkers} walkers, ${steps} steps of ${short(tau)} autocorrelation steps, ${Math.round(effective)} independent samples, ${percent(acceptance)} accepted.`;
export const chainTooShort = (steps: number, tau: number, times: number) =>
  `The chain of ${steps} steps is ${Number.isFinite(tau) ? `${short(steps / tau)} autocorrelation times (${short(tau)} steps) long` : "shorter than its own memory"}; ${times} autocorrelation times are needed. The law is badly determined, or more steps are needed.`;
export const chainDrifts = (name: string) =>
  `The two halves of the chain disagree on ${name}: the walkers drift, as where the data do not determine it. Use the profile.`;
export const priorDecides = (name: string, bound: number) =>
  `The posterior of ${name} reaches the limit ${short(bound)} of its prior: an interval would show the prior, not the data. Use the profile.`;
export const chainStuck = (acceptance: number, limit: number) =>
  `Only ${percent(acceptance)} of the moves were accepted (limit ${percent(limit)}): the walkers are stuck and their quantiles mean nothing.`;
export const noWalkers = () =>
  "The covariance of the minimum does not exist or reaches out of the bounds: the walkers have nowhere to start. Use the profile.";

export const badgeSentence = (level: number, held: number, trials: number, share: number, error: number, refused: number) =>
  `The ${percent(level)} interval held the truth in ${held} of ${trials} simulated traces: ${percent(share)} ± ${percent(error)}.${refused > 0 ? ` ${refused} further traces gave no number.` : ""}`;
export const badgeVerdict = (holds: boolean) =>
  holds
    ? "This agrees with what the interval says of itself."
    : "This does not agree with what the interval says of itself: quote the profile or the bootstrap instead.";
export const badgeSelected = (refused: number, all: number) =>
  `${refused} of ${all} simulated traces gave no number: the rest are a selection, and their coverage says nothing of the interval.`;
export const badgeEmpty = (trials: number) => `None of ${trials} simulated traces gave a number: there is no coverage to print.`;
export const badgeFixed = () => "Parameters that were fixed are taken as exact here.";
