import type { Estimate } from "../../core/estimate.ts";
import { seriesDesc, seriesTitle } from "../../core/messages/report-figures.ts";
import type { Unit } from "../../core/units.ts";
import { UNITS } from "../../core/units.ts";
import type { SeriesStudy } from "../../routes/series-study.ts";
import { fitStatus, t1Of } from "../fit-summary.ts";
import { type Html, html } from "../html.ts";
import { groupName } from "../names.ts";
import { measured } from "../number.ts";
import { type FitSeries, traceParts } from "../series.ts";
import { shortened } from "../visible.ts";
import { makeAxis } from "./axis.ts";
import { type Marker, mark } from "./marker.ts";
import { band, curve, note, verticalBars } from "./marks.ts";
import { plot, px, svg } from "./plot.ts";
import { robustDomain } from "./robust-domain.ts";

const WIDTH = 380;
const HEIGHT = 236;
const [LEFT, TOP, PLOT_W, PLOT_H] = [54, 12, 312, 176];

interface Abscissa {
  readonly name: string;
  readonly unit: Unit;
  readonly suffix?: string;
  readonly values: readonly number[];
}

/** What a series is drawn against: the swept setting, the time where every fit has its own, otherwise the index of the repeat. */
export function abscissaOf(series: FitSeries): Abscissa {
  const fits = series.fits;
  if (series.swept) {
    const swept = fits[0]!.conditions.find((c) => new Set(fits.map((f) => settingOf(f, c.name))).size > 1);
    if (swept) {
      const si = UNITS.find((u) => u === swept.unit);
      const name = shortened(swept.name, 32);
      const values = fits.map((f) => settingOf(f, swept.name));
      return si ? { name, unit: si, values } : { name, unit: "1", suffix: shortened(swept.unit, 12), values };
    }
  }
  const times = fits.map((f) => Date.parse(f.started));
  if (times.every(Number.isFinite) && new Set(times).size === times.length && evenEnough(times)) {
    const [first, last] = rangeOf(times);
    const hours = (last - first) / 3.6e6;
    const [name, per] = hours >= 48 ? ["days", 24] : hours >= 1 ? ["hours", 1] : ["minutes", 1 / 60];
    return { name: "time since the first", unit: "1", suffix: name, values: times.map((ms) => (ms - first) / 3.6e6 / per) };
  }
  const indices = fits.map((f) => traceParts(f.labels.trace).index);
  const distinct = indices.every(Number.isFinite) && new Set(indices).size === indices.length;
  return { name: distinct ? "repeat" : "repeat, in order", unit: "1", suffix: "", values: distinct ? indices : fits.map((_, i) => i) };
}

/** Smallest and largest of a long series: spreading one into Math.min overflows the stack. */
function rangeOf(values: readonly number[]): readonly [number, number] {
  return values.reduce(([low, high], v) => [Math.min(low, v), Math.max(high, v)], [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
}

/** Runs with days between them would stand as two stripes on an axis of time. @param times rising. */
function evenEnough(times: readonly number[]): boolean {
  const gaps = times.slice(1).map((t, i) => t - times[i]!);
  return gaps.length > 0 && (gaps.length < 4 || rangeOf(gaps)[1] <= (times.at(-1)! - times[0]!) / 3);
}

/** Places between two fits of different files, where a series holds a few files of several traces each. */
function fileBreaks(series: FitSeries, values: readonly number[]): number[] {
  const breaks = series.fits.flatMap((fit, i) => {
    const previous = series.fits[i - 1];
    return previous && previous.sources[0] !== fit.sources[0] ? [(values[i]! + values[i - 1]!) / 2] : [];
  });
  return breaks.length * 2 < series.fits.length ? breaks : [];
}

function settingOf(fit: FitSeries["fits"][number], name: string): number {
  return fit.conditions.find((c) => c.name === name)?.value ?? Number.NaN;
}

/**
 * T1 of every fit of a series with its error; refused ones as crosses on the axis.
 * @param mean and @param scatter of the series as the decay route gives them, drawn as line and band; undefined: not drawn.
 * @param study its evaluation against time: levels between jumps are drawn as lines, gaps grey.
 */
export function seriesFigure(
  series: FitSeries,
  mean: Estimate | undefined,
  scatter: Estimate | undefined,
  marker: Marker,
  study?: SeriesStudy,
): Html {
  const abscissa = abscissaOf(series);
  const rows = series.fits.map((fit, i) => ({ fit, at: abscissa.values[i] ?? Number.NaN, t1: t1Of(fit), status: fitStatus(fit) }));
  const isGood = (r: (typeof rows)[number]) => r.status !== "refused" && r.t1 !== undefined && Number.isFinite(r.t1.value);
  const good = rows.filter(isGood);
  const refused = rows.filter((r) => !isGood(r));
  const xs = abscissa.values.filter(Number.isFinite);
  const [low, high] = xs.length > 0 ? rangeOf(xs) : [0, 1];
  const margin = (high - low) * 0.03;
  const x = makeAxis({
    name: abscissa.name,
    unit: abscissa.unit,
    domain: [low - margin, high + margin],
    range: [0, PLOT_W],
    ...(abscissa.suffix === undefined ? {} : { suffix: abscissa.suffix }),
  });
  const [bottom, top] = robustDomain(
    good.map((r) => ({ value: r.t1!.value, sigma: r.t1!.sigma })),
    mean ? [mean.value] : [],
  );
  const y = makeAxis({ name: "T1", unit: "s", domain: [bottom < 0 || bottom < top / 3 ? 0 : bottom, top], range: [PLOT_H, 0] });
  const s = scatter?.value ?? Number.NaN;
  const level = mean && Number.isFinite(mean.value) ? mean.value : undefined;
  const place = (index: number) => x.at(abscissa.values[study?.points[index]?.position ?? -1] ?? Number.NaN);
  const gaps = study?.axis.even ? study.axis.gaps : [];
  const jumps = study?.jumps.state === "given" && study.jumps.jumps.length > 0 ? study.jumps : undefined;
  const marks = [
    ...gaps.map((g) =>
      band(
        [place(g.after), place(g.after + 1)].map((at) => [at, 0, PLOT_H] as const),
        "sigma1",
      ),
    ),
    ...(series.swept ? [] : fileBreaks(series, abscissa.values)).map((at) => html`<path class="zero" d="M${px(x.at(at))} 0V${PLOT_H}"/>`),
    level !== undefined && s > 0
      ? band(
          [0, PLOT_W].map((at) => [at, y.at(level - s), y.at(level + s)] as const),
          "band reference",
        )
      : html``,
    level !== undefined
      ? curve(
          [0, PLOT_W].map((at) => [at, y.at(level)] as const),
          "line reference",
        )
      : html``,
    html`<g class="${marker.colour}">${verticalBars(
      good.map((r) => [x.at(r.at), y.at(r.t1!.value - r.t1!.sigma), y.at(r.t1!.value + r.t1!.sigma)]),
      PLOT_H,
    )}${good.map((r) =>
      mark(
        marker,
        x.at(r.at),
        y.at(r.t1!.value),
        `${shortened(r.fit.labels.trace, 60)}: T1 ${measured(r.t1!.value, r.t1!.sigma, "s")}${r.status === "usable" ? "" : `, ${r.status}`}`,
        good.length > 60 ? 14 : 32,
        r.status !== "usable",
      ),
    )}</g>`,
    ...(jumps?.levels ?? []).map((level) =>
      curve(
        [level.first, level.last].map((index) => [place(index), y.at(level.t1.value)] as const),
        "line law",
      ),
    ),
    ...refused.map((r) => {
      const at = x.at(r.at);
      return html`<path class="refusal" d="M${px(at - 4)} ${PLOT_H - 10}l8 8m0 -8l-8 8"><title>${shortened(r.fit.labels.trace, 60)}: refused</title></path>`;
    }),
    good.length === 0 ? note(PLOT_W / 2, PLOT_H / 2, "every fit was refused", "muted", "middle") : html``,
  ];
  return svg({
    width: WIDTH,
    height: HEIGHT,
    title: seriesTitle(groupName(series.labels), shortened(series.signal, 60)),
    desc: seriesDesc(good.length, refused.length, jumps?.jumps.length ?? 0, gaps.length),
    body: [plot({ left: LEFT, top: TOP, x, y, marks })],
  });
}
