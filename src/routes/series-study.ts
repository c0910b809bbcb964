import type { GroupLabels } from "../core/estimate.ts";
import { seriesMessages } from "../core/messages/series.ts";
import type { LabelledFit } from "../fit/labelled.ts";
import { parameterOf } from "../fit/outcome.ts";
import { withSignal } from "./decay-files.ts";
import { type AllanStudy, seriesAllan } from "./series-allan.ts";
import { type SeriesAxis, type SeriesPoint, seriesAxis } from "./series-axis.ts";
import { type FitGroup, seriesKey, seriesOf, traceParts } from "./series-group.ts";
import { type JumpStudy, seriesJumps } from "./series-jumps.ts";
import { type SpectrumStudy, seriesSpectrum } from "./series-spectrum.ts";
import { type SeriesStatistics, seriesStatistics } from "./series-statistics.ts";

/** T1 of one series of repeats against time: numbers for the report, none of which is an estimate of its own. */
export interface SeriesStudy {
  /** `seriesKey` of its fits. */
  readonly key: string;
  readonly labels: GroupLabels;
  readonly signal: string;
  /** Fits in the series without files that show no signal at all, and those of them that were refused. */
  readonly repeats: number;
  readonly refused: number;
  readonly axis: SeriesAxis;
  readonly points: readonly SeriesPoint[];
  /** undefined: fewer than two T1, or the refused ones prevail. */
  readonly statistics: SeriesStatistics | undefined;
  readonly allan: AllanStudy;
  readonly spectrum: SpectrumStudy;
  readonly jumps: JumpStudy;
}

/** From this share of refused repeats on, the others are a selection that says nothing about fluctuations. */
const MOST_REFUSED = 0.5;

/** The evaluation against time of every series of repeats, in the order of their first fit. Swept axes and single traces have none. */
export function seriesStudies(fits: readonly LabelledFit[]): SeriesStudy[] {
  const means = fits.filter((f) => f.axis === "mean");
  return seriesOf(fits.filter((f) => f.kind === "decay"))
    .filter((group) => !group.swept && group.fits.length > 1)
    .map((group) => seriesStudy(group, means));
}

function seriesStudy(group: FitGroup, means: readonly LabelledFit[]): SeriesStudy {
  // A file without any signal beside one with signal is no part of the series, as in the decay route.
  const signal = traceParts(group.fits[0]!.labels.trace).signal;
  const own = means.filter((m) => sameGroup(m.labels, group.labels) && traceParts(m.labels.trace).signal === signal);
  const kept = new Set(withSignal([...group.fits, ...own]).traces);
  const points = pointsOf(group.fits, kept);
  const axis = seriesAxis(points);
  const [repeats, refused] = [kept.size, [...kept].filter((f) => f.outcome.state === "refused").length];
  const named = { key: seriesKey(group.fits[0]!), labels: group.labels, signal: group.signal, repeats, refused, axis, points };
  if (refused >= MOST_REFUSED * repeats) {
    const missing = { state: "missing", sentence: seriesMessages.mostRefused(refused, repeats) } as const;
    return { ...named, statistics: undefined, allan: missing, spectrum: missing, jumps: missing };
  }
  const statistics = seriesStatistics(points, axis);
  const t1 = points.map((p) => p.t1);
  const fitError = statistics?.fitErrorRms ?? Number.NaN;
  return {
    ...named,
    statistics,
    allan: seriesAllan(t1, axis, fitError),
    spectrum: seriesSpectrum(t1, axis, fitError),
    jumps: seriesJumps(points, axis),
  };
}

const sameGroup = (a: GroupLabels, b: GroupLabels) => a.cooldown === b.cooldown && a.device === b.device && a.qubit === b.qubit;

/** The T1 of a group in its order. Equal numbers in several files are one measurement. */
function pointsOf(fits: readonly LabelledFit[], kept: ReadonlySet<LabelledFit>): SeriesPoint[] {
  const seen = new Set<string>();
  return fits.flatMap((fit, position) => {
    const t1 = kept.has(fit) ? parameterOf(fit.outcome, "t1") : undefined;
    if (!t1 || !(t1.value > 0 && t1.value < Number.POSITIVE_INFINITY) || seen.has(fit.dataset)) return [];
    seen.add(fit.dataset);
    return [{ time: Date.parse(fit.started) / 1000, position, t1: t1.value, sigma: t1.sigma, file: fit.sources[0] ?? "" }];
  });
}
