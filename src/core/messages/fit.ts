/** Sentences of the decay fits. Each ends with a cause or a cure, with the numbers in it. */

import { seconds } from "./seconds.ts";

const percent = (p: number) => (p >= 0.001 ? `${Number((100 * p).toPrecision(2))} %` : p.toExponential(1));
const short = (x: number) => String(Number(x.toPrecision(3)));
const list = (rows: readonly number[]) =>
  rows.length <= 12 ? rows.join(", ") : `${rows.slice(0, 12).join(", ")} and ${rows.length - 12} more`;
export const unknownLaw = (name: string, known: readonly string[]) => `There is no decay law "${name}". Known: ${known.join(", ")}.`;

export const noDelay = () => 'There is no delay column. Name it in gammawatt.yaml: columns: { delay: "<header> [us]" }.';
export const noSignalColumn = (roles: readonly string[]) =>
  `There is no column that a decay can be fitted to or weighted with (the columns mean: ${roles.join(", ")}). Name population, voltage, or i and q, and shots or sigma where they are stated, in gammawatt.yaml.`;
export const badRows = (what: string, rows: readonly number[]) =>
  `There are ${what} in ${rows.length === 1 ? "row" : "rows"} ${list(rows)} (counted from 0). Correct the file, or take the rows out with exclude in gammawatt.yaml; a population that was corrected for readout needs a sigma column instead of shots.`;
export const tooFewPoints = (distinct: number, limit: number) =>
  `There are ${distinct} distinct delays with a number; an exponential with offset needs ${limit} to be fitted and tested. Measure more delays.`;
export const rowsExcluded = (excluded: readonly number[], missing: readonly number[]) => {
  const parts: string[] = [];
  if (excluded.length > 0) parts.push(`rows ${list(excluded)} were taken out by the lab file`);
  if (missing.length > 0) parts.push(`rows ${list(missing)} hold no number`);
  return parts.length === 0 ? "Every row was used." : `Counted from 0, ${parts.join("; ")}.`;
};
export const delaysRepeat = (repeated: number) =>
  repeated === 0 ? "Every delay occurs once." : `${repeated} rows repeat the delay of another row; all of them were used.`;

export const principalRotation = (degrees: number, share: number) =>
  `I and Q were projected on their principal axis at ${degrees.toFixed(1)} degrees, which holds ${share.toPrecision(4)} % of their variance; the sign was chosen by physics: a relaxing signal falls with delay, so the earliest third of the delays lies above the latest third. There were no calibration points.`;
export const commonRotation = (degrees: number, repeats: number) =>
  `I and Q were projected at ${degrees.toFixed(1)} degrees, the principal axis of the average of the ${repeats} repeats of the file; its sign was chosen by physics: the average falls with delay. There were no calibration points.`;
export const calibrationRotation = (degrees: number, zero: number, one: number) =>
  `I and Q were projected on the line from prepared 0 to prepared 1 at ${degrees.toFixed(1)} degrees (${zero} and ${one} calibration points) and normalised: 0 and 1 are the prepared states.`;
export const levelsMissing = () =>
  "Calibration points of one state only: they were left out of the fit and not used. Measure both prepared states.";
export const levelsCoincide = () => "The calibration points of 0 and 1 coincide: they were left out of the fit and not used.";
export const offsetNotUsed = () =>
  "A fixed offset was given as a population, but the signal is a voltage without calibration points: it was not used.";

export const noSignal = (p: number, limit: number, share: number) =>
  `Pure noise describes a trace like this in ${percent(p)} of cases (an exponential of any rate lowers the residuals by ${percent(share)}; the limit is ${limit}). The channel carries no decay, or far too few averages: check the pulse, average more.`;
export const signalSeen = (p: number) =>
  `Noise alone would look like this decay with probability ${p.toExponential(1)} (all rates searched).`;
export const growingSentence = (g: number, sigma: number) =>
  `The best exponential has rate x window = ${short(g)} ± ${short(sigma)}: it grows, or cannot be told from a straight line. Measure to at least three T1.`;
export const cutOff = (g: number, limit: number) =>
  `The delays span ${short(g)} T1 (limit ${limit}): the offset was never reached and is entangled with the rate. Measure longer, or state the offset (readout and temperature).`;
export const longEnough = (g: number) => `The delays span ${short(g)} T1.`;
export const underSampled = (count: number, limit: number) =>
  `Only ${count} distinct delays lie where more than a tenth of the decay is left (limit ${limit}): the rate rests on them. Measure more short delays.`;
export const wellSampled = (count: number) => `${count} distinct delays lie where more than a tenth of the decay is left.`;
export const tooFastSentence = () =>
  "The decay is over before the second delay: only a lower limit of the rate exists, which is no number. Measure shorter delays.";
export const notConverged = (why: string) => `The fit did not reach a minimum: ${why}.`;
/** @param directions sentences about what occurs only together. */
export const rankDeficient = (names: readonly string[], directions: readonly string[]) =>
  `The data do not determine ${names.join(", ")}: no error bar exists. ${directions.length > 0 ? directions.join(" ") : "Measure more delays, or fix a parameter."}`;

/** The shapes that an exponential was tested against, as they stand in its sentence. */
export const departureNames = {
  component: "a second component",
  neighbours: "correlated neighbours",
  drift: "a linear drift of the readout",
  jump: "a jump",
} as const;
const departures = (p: Readonly<Record<keyof typeof departureNames, number>>) =>
  (Object.keys(departureNames) as (keyof typeof departureNames)[])
    .map((name) => `${departureNames[name]} ${p[name] < 1e-3 ? p[name].toExponential(0) : p[name].toPrecision(2)}`)
    .join(", ");
export const exponentialHolds = (p: Readonly<Record<keyof typeof departureNames, number>>) =>
  `One exponential is enough; probabilities that clean data look this much like: ${departures(p)}.`;
export const notExponential = (
  worst: keyof typeof departureNames,
  p: Readonly<Record<keyof typeof departureNames, number>>,
  share: number,
  jumpAt: number,
) =>
  `One exponential is not enough: of the shapes tried, the residuals look most like ${departureNames[worst]}${worst === "jump" ? ` at ${seconds(jumpAt)}` : ""}${
    worst === "neighbours" ? "" : `, which explains ${percent(share)} of their squares`
  }. Probabilities that clean data look this much like: ${departures(p)}. T1 depends on the window.`;
export const residualsAtRounding = () => "The residuals are at rounding level: there is nothing to test.";
export const chi2High = (ratio: number, dof: number, p: number) =>
  `chi2/dof = ${short(ratio)} with ${dof} degrees of freedom (probability of more: ${percent(p)}): high values mean a wrong law or noise beyond the stated one.`;
export const chi2Low = (ratio: number, dof: number, p: number) =>
  `chi2/dof = ${short(ratio)} with ${dof} degrees of freedom (probability of less: ${percent(p)}): low values mean that the stated noise is too large.`;
export const noOutliers = (sigma: number, t: number) =>
  `The point farthest from the fit lies ${short(sigma)} standard deviations away, at ${seconds(t)}: noise does that.`;
export const outliersFound = (at: readonly number[], sigma: number) =>
  `${at.length === 1 ? "One point lies" : `${at.length} points lie`} up to ${short(sigma)} standard deviations from the others' fit, at ${at.slice(0, 8).map(seconds).join(", ")}${at.length > 8 ? ", ..." : ""}; nothing was dropped.`;
export const offsetsDisagree = (free: number, fixed: number, pull: number) =>
  `With free offset T1 is ${seconds(1 / free)}, with the fixed one ${seconds(1 / fixed)}: ${pull.toFixed(1)} standard deviations of the difference apart (limit 3). A wrong offset means another equilibrium population, readout drift, or a second component.`;
export const sameMinimum = (distance: number) => `A second optimiser stopped ${short(distance)} standard deviations from the same minimum.`;
export const otherMinimum = (distance: number) =>
  `A second optimiser stopped ${short(distance)} standard deviations away, at a lower residual sum: look at the fit before using the number.`;
export const noSecondOpinion = () => "The second optimiser reached no better point; the minimum stands.";

export const freeMethod = (likelihood: string) => `${likelihood}; amplitude, rate and offset free`;
export const calibratedMethod = (likelihood: string) =>
  `${likelihood}; amplitude and offset fixed by the calibration points, whose own noise is part of the error`;
export const offsetMethod = (likelihood: string, why: string) =>
  `${likelihood}; amplitude and rate free, offset fixed (${why}), its uncertainty part of the error`;
export const calibrationOffset = () => "level of the calibration points of 0";
export const calibrationAsDataMethod = (likelihood: string) =>
  `${likelihood}; amplitude, rate and offset free, the calibration points taken for data`;
export const traceNoise = () => "noise of the trace";
export const calibrationInput = () => "calibration points";
export const averagedNote = (count: number) => `Average of ${count} repeats with equal delays.`;
export const averageDropped = (count: number) => `${count} repeats with fewer than half of their points were left out of the average.`;
