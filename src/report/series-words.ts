import { seriesMessages as say } from "../core/messages/series.ts";
import { SCATTER_LIMIT } from "../routes/decay-checks.ts";
import type { AllanStudy } from "../routes/series-allan.ts";
import type { SeriesStudy } from "../routes/series-study.ts";
import { duration } from "./duration.ts";
import { bounded, engineering, measured, plain } from "./number.ts";

/** Where there are too few T1 to compare readings, below this probability a slope is spoken of. */
const DRIFT_LIMIT = 0.01;

/** A straight line is what describes the series best. */
const drifts = ({ jumps, statistics }: SeriesStudy) =>
  jumps.state === "given" ? jumps.reading === "drift" : statistics !== undefined && statistics.driftProbability < DRIFT_LIMIT;

/** The slope of the straight line means something: the series is no staircase, and no noise that wanders. */
export function hasSlope({ jumps }: SeriesStudy): boolean {
  return jumps.state === "missing" || jumps.reading === "drift" || (jumps.reading === "steady" && jumps.noise.correlation === 0);
}

/** Scatter, independence, drift, time and jumps, in a few sentences. */
export function seriesWords(study: SeriesStudy): string[] {
  const { statistics: st, axis } = study;
  const words: string[] = [];
  if (st) {
    const scatter = measured(st.scatter.value, st.scatter.sigma, "s");
    const fit = engineering(st.fitError, "s");
    if (!(st.fitError > 0)) words.push(say.scatterAlone(engineering(st.scatter.value, "s")));
    else if (st.intrinsic) words.push(say.scatterExceeds(scatter, plain(st.ratio, 2), fit, bounded(st.intrinsic, "s")));
    else if (st.probability >= SCATTER_LIMIT) words.push(say.scatterExplained(scatter, fit, plain(st.probability, 2)));
    else words.push(say.scatterBeyond(scatter, plain(st.ratio, 2), fit));
    if (st.effective < 0.95 * st.n) words.push(say.effective(st.n, plain(st.effective, 2)));
    if (drifts(study)) words.push(say.drifts(driftText(study)));
    if (axis.basis === "time") words.push(say.onTime(duration(axis.cadence, "time")));
    else if (study.allan.state === "given") words.push(say.onRepeats());
    if (!axis.even) words.push(say.uneven());
    else if (study.allan.state === "given") {
      if (axis.missing > 0) words.push(say.missing(axis.missing, study.spectrum.state === "given"));
      if (axis.gaps.length > 0) words.push(say.gaps(axis.gaps.length));
    }
  }
  return [...words, ...jumpWords(study)];
}

function jumpWords({ jumps }: SeriesStudy): string[] {
  if (jumps.state === "missing") return [];
  const correlated = jumps.noise.correlation > 0 ? plain(jumps.noise.correlation, 2) : "";
  const time = (v: { value: number; sigma: number }) => measured(v.value, v.sigma, "s");
  const words: string[] = [];
  const { twoLevels } = jumps;
  if (jumps.reading === "steady") words.push(correlated ? say.wanders(correlated) : say.steady());
  else if (jumps.reading === "drift") words.push(say.driftWins(correlated));
  else if (twoLevels) {
    const { low, high, dwellLow, dwellHigh } = twoLevels;
    words.push(say.switches(time(low), time(high), jumps.jumps.length, plain(dwellLow, 2), plain(dwellHigh, 2), correlated));
  } else {
    const largest = jumps.jumps.reduce((a, b) => (Math.abs(b.size.value) > Math.abs(a.size.value) ? b : a));
    words.push(say.jumps(jumps.jumps.length, time(largest.size), correlated));
  }
  const hidden = jumps.jumps.filter((j) => j.acrossGap).length;
  if (hidden > 0) words.push(say.acrossGap(hidden, jumps.jumps.length));
  if (jumps.excursions.length > 0) words.push(say.excursions(jumps.excursions.length));
  return words;
}

/** Change of T1 over the whole series along its straight line. */
export function driftText({ statistics, axis }: SeriesStudy): string {
  if (!statistics) return "–";
  const span = (axis.at.at(-1) ?? 0) - (axis.at[0] ?? 0);
  return measured(statistics.drift.value * span, statistics.drift.sigma * span, "s");
}

/** What the Allan deviation says. */
export function allanWords(study: AllanStudy & { readonly state: "given" }, basis: "time" | "repeat"): string {
  const at = duration(study.shape.turn, basis);
  switch (study.shape.kind) {
    case "white":
      return say.allanWhite(at);
    case "undecided":
      return say.allanUndecided(at);
    case "slower":
      return say.allanSlower(at);
    case "flat":
      return say.allanFlat(at);
    case "rising":
      return say.allanRising(at);
    case "bump":
      return say.allanBump(at);
  }
}

/** What was not computed, with the reasons; equal reasons are told once. Empty where all is there. */
export function notShown(study: SeriesStudy): string {
  const parts = new Map<string, string[]>();
  for (const [name, result] of [
    [say.allanName(), study.allan],
    [say.spectrumName(), study.spectrum],
    [say.jumpsName(), study.jumps],
  ] as const)
    if (result.state === "missing") parts.set(result.sentence, [...(parts.get(result.sentence) ?? []), name]);
  return parts.size === 0 ? "" : say.notShown([...parts].map(([why, names]) => `${names.join(", ")}: ${why}`));
}
