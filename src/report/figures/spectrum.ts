import { spectrumDesc, spectrumTitle } from "../../core/messages/report-figures.ts";
import type { SpectrumPoint } from "../../routes/series-spectrum.ts";
import type { SeriesStudy } from "../../routes/series-study.ts";
import { type Html, html } from "../html.ts";
import { groupName } from "../names.ts";
import { shortened } from "../visible.ts";
import { makeAxis } from "./axis.ts";
import type { Marker } from "./marker.ts";
import { band, curve, dots } from "./marks.ts";
import { plot, svg } from "./plot.ts";

const [WIDTH, HEIGHT] = [380, 236];
const [LEFT, TOP, PLOT_W, PLOT_H] = [60, 12, 306, 176];
/** s^2 in µs^2. */
const MICRO = 1e12;
/** More points than this are drawn as means over equal steps of log f. */
const MOST = 160;

/** Power spectral density of T1 against frequency, with its 68 % band and the level of the errors of the fits alone. */
export function spectrumFigure(study: SeriesStudy, marker: Marker): Html | undefined {
  if (study.spectrum.state === "missing") return undefined;
  const timed = study.axis.basis === "time";
  const points = thinned(study.spectrum.points).filter((p) => p.density > 0);
  const { fitOnly } = study.spectrum;
  const all = points.flatMap((p) => [p.density, p.low, p.high]).filter((v) => v > 0 && Number.isFinite(v));
  const low = Math.min(...all);
  const levels = fitOnly > low / 30 ? [fitOnly] : [];
  const x = makeAxis({
    name: "frequency",
    unit: timed ? "Hz" : "1",
    ...(timed ? {} : { suffix: "1/repeat" }),
    kind: "log",
    domain: points.length > 0 ? [points[0]!.frequency / 1.1, points.at(-1)!.frequency * 1.1] : [0.1, 1],
    range: [0, PLOT_W],
  });
  const y = makeAxis({
    name: "spectral density of T_{1}",
    unit: "1",
    suffix: timed ? "µs²/Hz" : "µs² repeat",
    kind: "log",
    domain: all.length > 0 ? [(Math.min(low, ...levels) * MICRO) / 1.3, Math.max(...all, ...levels) * MICRO * 1.3] : [0.1, 1],
    range: [PLOT_H, 0],
  });
  const place = points.map((p) => [x.at(p.frequency), y.at(p.density * MICRO)] as const);
  const marks = [
    curve(
      [0, PLOT_W].map((v) => [v, y.at(fitOnly * MICRO)] as const),
      "line reference",
    ),
    html`<g class="${marker.colour}">${band(
      points.map((p) => [x.at(p.frequency), y.at(p.low * MICRO), y.at(p.high * MICRO)] as const),
      "band",
    )}${curve(place, "line")}${points.length <= 40 ? dots(place, "") : html``}</g>`,
  ];
  return svg({
    width: WIDTH,
    height: HEIGHT,
    title: spectrumTitle(groupName(study.labels), shortened(study.signal, 60)),
    desc: spectrumDesc(study.spectrum.points.length, study.spectrum.blocks),
    body: [plot({ left: LEFT, top: TOP, x, y, marks })],
  });
}

/** Means of neighbouring frequencies at equal steps of log f; their bands are those of a single frequency, which is wider than true. */
function thinned(points: readonly SpectrumPoint[]): readonly SpectrumPoint[] {
  if (points.length <= MOST) return points;
  const bin = (p: SpectrumPoint) =>
    Math.floor((MOST * Math.log(p.frequency / points[0]!.frequency)) / Math.log(points.at(-1)!.frequency / points[0]!.frequency));
  const groups = new Map<number, SpectrumPoint[]>();
  for (const p of points) groups.set(bin(p), [...(groups.get(bin(p)) ?? []), p]);
  return [...groups.values()].map((own) => {
    const average = (f: (p: SpectrumPoint) => number) => own.reduce((s, p) => s + f(p), 0) / own.length;
    return {
      ...{ frequency: average((p) => p.frequency), density: average((p) => p.density) },
      ...{ low: average((p) => p.low), high: average((p) => p.high) },
    };
  });
}
