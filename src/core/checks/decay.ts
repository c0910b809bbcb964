import type { CheckTable } from "./entry.ts";

/** Fits of decays and their series. */
export const DECAY_CHECKS = {
  bad_values: {
    severity: "refuses",
    meaning: "The data hold values that cannot be measurements (not numbers, negative shots, populations far outside 0..1).",
  },
  calibration_ignored: {
    severity: "doubts",
    meaning: "Calibration points were taken for data, to show what that would do to the rate: not a value to quote.",
  },
  chi2_high: { severity: "doubts", meaning: "The residuals are larger than the stated noise: the law or the stated noise is wrong." },
  chi2_low: { severity: "informs", meaning: "The residuals are smaller than the stated noise: the stated noise is too large." },
  cut_off: { severity: "doubts", meaning: "The delays end before the decay does: offset and rate cannot be told apart well." },
  duplicate_delays: { severity: "informs", meaning: "Delays repeat; all points were used." },
  file_without_kind: {
    severity: "informs",
    meaning: "Another file under the same labels does not say that it is a T1 and is not part of the series, in which others do say so.",
  },
  file_without_signal: {
    severity: "informs",
    meaning:
      "Another file under the same labels shows no decay at all and is not part of the series: an idle channel of a log, most likely.",
  },
  growing: {
    severity: "refuses",
    meaning: "The best exponential grows or its time constant is far beyond the window: there is no decay here.",
  },
  law_not_determined: {
    severity: "doubts",
    meaning: "The data do not determine every parameter of the law: its minimum is one of a simpler law, which is the one to quote.",
  },
  many_traces_refused: {
    severity: "doubts",
    meaning:
      "Many repeats of the series were refused. The mean of the others would favour the traces that happen to look good: the fit of the average of all repeats is quoted where there is one.",
  },
  no_signal: { severity: "refuses", meaning: "The trace cannot be told from noise: a decay does not describe it better than a constant." },
  not_converged: { severity: "refuses", meaning: "The optimiser ended without a minimum; the number would mean nothing." },
  not_exponential: {
    severity: "doubts",
    meaning:
      "A second component or structured residuals: a single exponential does not describe the trace, and its T1 depends on the window.",
  },
  offset_disagrees: {
    severity: "doubts",
    meaning: "The free offset and the offset fixed by calibration or temperature give rates that differ by more than 3 sigma.",
  },
  outliers: {
    severity: "doubts",
    meaning: "Single points far from the fit of the others; nothing was dropped, and the rate without them stands beside it.",
  },
  outlying_traces: {
    severity: "doubts",
    meaning: "Single repeats lie far from all others and move the unweighted mean; nothing was dropped.",
  },
  points_excluded: {
    severity: "informs",
    meaning: "Points were taken out of the fit, by the lab file or because they hold no number; the report lists them.",
  },
  readout_pulled: {
    severity: "doubts",
    meaning: "Fitted together, the traces move the readout's assignment errors more than 3 sigma away from their calibration.",
  },
  scatter_exceeds_fit: {
    severity: "informs",
    meaning: "T1 varies between repeats by more than the fits' own errors: it fluctuates, and the mean's error is taken from the scatter.",
  },
  second_opinion: { severity: "doubts", meaning: "A second optimiser (--cross-check) found another minimum." },
  some_traces_refused: {
    severity: "informs",
    meaning: "A few repeats of the series were refused (up to one in ten); the mean is that of the others.",
  },
  too_few_points: { severity: "refuses", meaning: "Fewer points than the law needs to be fitted and tested." },
  undersampled: { severity: "doubts", meaning: "Most of the decay happens between the first points: the rate rests on very few of them." },
} as const satisfies CheckTable;
