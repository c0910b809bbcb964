const s = (n: number) => (n === 1 ? "" : "s");

const inNoise = (correlation: string) => correlation && ` in noise with a correlation of ${correlation} between neighbours`;

/** Sentences of the evaluation of a series of T1. Numbers come as text, rounded and with their unit. */
export const seriesMessages = {
  // what is not computed
  tooShort: (n: number, fewest: number) => `needs ${fewest} T1, there are ${n}`,
  unevenSteps: () =>
    "not computed: the repeats are not evenly spaced in time (more than one step in ten is off by over a fifth of the median step, or more than a quarter of the repeats are missing)",
  runsTooShort: (longest: number) => `not computed: the longest part without a gap holds ${longest} T1`,
  mostRefused: (refused: number, all: number) => `not computed: ${refused} of ${all} repeats are refused, and the others are a selection`,
  notShown: (parts: readonly string[]) => `Not shown: ${parts.join("; ")}.`,
  allanName: () => "Allan deviation",
  spectrumName: () => "spectrum",
  jumpsName: () => "jumps",
  allanTitle: () => "Allan deviation of T1",
  spectrumTitle: () => "Spectrum of T1",

  // scatter
  mean: (mean: string) => `mean ${mean}`,
  scatterExceeds: (scatter: string, ratio: string, fit: string, intrinsic: string) =>
    `Scatter ${scatter} is ${ratio} x the error of a fit (${fit}): T1 itself fluctuates by ${intrinsic}.`,
  scatterExplained: (scatter: string, fit: string, probability: string) =>
    `Scatter ${scatter} is what fits with an error of ${fit} show without any fluctuation (probability ${probability}).`,
  scatterBeyond: (scatter: string, ratio: string, fit: string) =>
    `Scatter ${scatter} is ${ratio} x the error of a fit (${fit}); what T1 itself adds is not given, because some fits have no error.`,
  scatterAlone: (scatter: string) => `Scatter ${scatter}; the fits have no errors to compare it with.`,
  effective: (n: number, effective: string) => `The ${n} repeats count as ${effective} independent ones (autocorrelation).`,
  drifts: (slope: string) => `T1 drifts by ${slope} over the whole series.`,

  // time
  onTime: (cadence: string) => `A repeat every ${cadence}.`,
  onRepeats: () => "The files do not state a time for every repeat: times are counted in repeats.",
  uneven: () => "The repeats are not evenly spaced.",
  missing: (n: number, spectrum: boolean) =>
    `${n} repeat${s(n)} ${n === 1 ? "is" : "are"} refused or missing in between: averages over time are those of the others${spectrum ? `, the spectrum bridges ${n === 1 ? "it" : "them"} with straight lines` : ""}.`,
  gaps: (n: number) => `${n} gap${s(n)}: nothing is averaged across ${n === 1 ? "it" : "them"}.`,

  // Allan deviation
  allanWhite: (until: string) => `Falls as τ^−½ within its errors up to ${until}, as for independent repeats: averaging helps.`,
  allanUndecided: (until: string) =>
    `Up to ${until} its errors allow both τ^−½ (independent repeats) and a level (slow fluctuations): a longer series is needed.`,
  allanSlower: (turn: string) => `Falls as τ^−½ up to ${turn}, then more slowly: slow fluctuations add to the noise.`,
  allanFlat: (turn: string) =>
    `Falls as τ^−½ no further than ${turn}, then stays level: slow (1/f-like) fluctuations; averaging longer does not help.`,
  allanRising: (turn: string) => `Rises beyond ${turn}: T1 wanders, drifts or jumps; averaging longer makes it worse.`,
  allanBump: (top: string) => `Has a bump at ${top}, as fluctuations with one time scale give (switching, or slow noise of one rate).`,
  allanLegend: (fits: boolean) =>
    `68 % intervals. Dotted: τ^−½ through the first point.${fits ? " Dashed: what the errors of the fits alone give." : ""}`,
  allanNoise: (types: string) => `Degrees of freedom of ${types} noise.`,
  NOISE: { white: "white", flicker: "flicker (1/f)", "random-walk": "random-walk" } as const,

  // spectrum
  spectrumLegend: (blocks: number, length: number, fits: boolean) =>
    `Welch: ${blocks} block${s(blocks)} of ${length} repeats, half overlapping, Hann window, mean taken off each (which lowers the first point); 68 % intervals, one-sided.${fits ? " Dashed: the errors of the fits alone." : ""}`,

  // jumps
  steady: () => "One constant T1 with independent noise describes the series: no jump, drift or slow wandering is needed.",
  wanders: (correlation: string) =>
    `T1 wanders: noise with a correlation of ${correlation} between neighbours describes the series better than jumps, switching or a straight line.`,
  driftWins: (correlated: string) =>
    `A straight line${inNoise(correlated)} describes the series better than jumps, switching or slow noise alone.`,
  jumps: (n: number, largest: string, correlated: string) =>
    `${n} jump${s(n)} (${n === 1 ? "" : "the largest "}${largest}): constant levels${inNoise(correlated)} describe the series better than a drift, switching or slow noise alone.`,
  switches: (low: string, high: string, n: number, dwellLow: string, dwellHigh: string, correlated: string) =>
    `T1 switches between ${low} and ${high}, ${n} times, mean dwell ${dwellLow} repeats at the lower and ${dwellHigh} at the upper level: telegraph-like switching${inNoise(correlated)} describes the series better than a drift or slow noise alone.`,
  acrossGap: (n: number, all: number) =>
    all === 1 ? "It lies in a gap: when, nobody saw." : `${n} of them lie${n === 1 ? "s" : ""} in a gap: when, nobody saw.`,
  excursions: (n: number) => `${n} single repeat${s(n)} far from both neighbours (no jump).`,

  // table
  noSlope: () => "jumps, switching or slow noise describe the series better than a straight line",
  tableName: () => "Series in numbers",
  tableNote: () =>
    "Errors of mean and median count the correlation of neighbours; N_{eff}: independent repeats, from the autocorrelation at the repeats' own distances in time, gaps counted. Fluctuation: scatter without the errors of the fits, given where they alone cannot explain it. Drift: slope of a straight line times the duration, where nothing describes the series better; its error counts the correlation of what is left.",
};
