/** Sentences of the decay route. */

import { seconds } from "./seconds.ts";

const short = (x: number) => String(Number(x.toPrecision(3)));

export const kindNotStated = () =>
  "Neither the file nor the lab file says that this is a T1 measurement; it has a delay axis and was fitted as one. Write kind: decay (or other) in gammawatt.yaml.";
export const inTraces = (count: number, all: number, sentence: string) =>
  all === 1 ? sentence : `In ${count} of ${all} repeats; the first: ${sentence}`;
export const allRefused = (all: number, reason: string) => (all === 1 ? reason : `All ${all} repeats are refused. ${reason}`);
export const mostRefused = (refused: number, all: number, reason: string) =>
  `${refused} of ${all} repeats are refused, and so is their average: the few that pass are not a measurement. ${reason}`;
export const averageQuoted = (refused: number, all: number, reason: string) =>
  `${refused} of ${all} repeats are refused (the first: ${reason}); the mean of the others would favour those that happen to look good. The rate is that of the fit of the average of all repeats.`;
export const noMeanOfSurvivors = (refused: number, all: number) =>
  `${refused} of ${all} repeats are refused: a mean T1 of the others would be biased. See t1_of_average.`;
export const survivorsOnly = (refused: number, all: number, reason: string) =>
  `${refused} of ${all} repeats are refused (the first: ${reason}) and there is no average to fit: the mean of the others favours those that happen to look good.`;
export const fewRefused = (refused: number, all: number) =>
  `${refused} of ${all} repeats are refused; the mean is that of the other ${all - refused}.`;
export const scatterAgainstFit = (scatter: number, fit: number, ratio: number) =>
  `T1 scatters by ${short(scatter * 1e6)} us between repeats, the fits' own errors are ${short(fit * 1e6)} us (median); chi2/dof about the mean is ${short(ratio)}.`;
export const tracesAlike = () => "No repeat lies far from the others.";
export const outlyingTraces = (
  traces: readonly { readonly trace: string; readonly t1: number }[],
  all: number,
  t1: { readonly all: number; readonly without: number; readonly median: number },
) =>
  `${traces.length} of ${all} repeats ${traces.length === 1 ? "lies" : "lie"} far from the others: ${traces
    .slice(0, 5)
    .map((x) => `${x.trace} (${seconds(x.t1)})`)
    .join(
      ", ",
    )}${traces.length > 5 ? ", ..." : ""}. Nothing was dropped; mean T1 ${seconds(t1.all)}, without them ${seconds(t1.without)}, median ${seconds(t1.median)}. Look at those traces; exclude them in gammawatt.yaml if there is a reason.`;
export const meanOfRepeats = (count: number, effective: number, floor: boolean) =>
  `Unweighted mean of ${count} repeats${effective < count ? `, which count as ${short(effective)} independent ones (autocorrelation)` : ""}; error ${
    floor ? "from the fits' own errors, since the repeats scatter by less than these explain" : "from their scatter"
  }.`;
export const singleTrace = () => "One trace; error from its fit.";
export const ofTheAverage = () => "Fit of the average of the repeats: weighs slow decays more than the mean does where T1 fluctuates.";
export const statedOffset = () => "stated offset";
export const fitErrorsInput = (count: number) => `errors of ${count} fits`;
export const scatterInput = (count: number) => `scatter between ${count} repeats`;
export const alternativeEstimator = (name: string) =>
  ({
    exponential: "Amplitude, rate and offset free, calibration points left out.",
    offset_fixed: "Offset fixed, amplitude free.",
    calibration_as_data: "What an analysis finds that takes the calibration points for data: kept for comparison, not to be quoted.",
    calibrated: "Amplitude and offset fixed by the calibration points.",
  })[name] ?? "";

export const fileWithoutKind = (file: string) =>
  `"${file}" stands under the same labels but does not say that it is a T1, as others here do; it is not part of the series. If it is one, write kind: decay for it in gammawatt.yaml.`;
export const fileWithoutSignal = (file: string, traces: number) =>
  `"${file}" holds ${traces} traces under the same labels that show no decay, not even on average (an idle channel of a log?); they are not part of the series.`;
