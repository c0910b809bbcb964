import type { Estimate, GroupLabels, QuantityName } from "../../core/estimate.ts";
import { noSeries, seriesCapped, seriesFits, seriesIntro, seriesNumbers } from "../../core/messages/report.ts";
import { seriesMessages } from "../../core/messages/series.ts";
import { seriesKey } from "../../routes/series-group.ts";
import type { SeriesStudy } from "../../routes/series-study.ts";
import { CAPS } from "../caps.ts";
import { allanFigure } from "../figures/allan.ts";
import { type Marker, markersOf, swatch } from "../figures/marker.ts";
import { seriesFigure } from "../figures/series.ts";
import { spectrumFigure } from "../figures/spectrum.ts";
import { fitStatus } from "../fit-summary.ts";
import { estimateText } from "../headline.ts";
import { type Html, html, NOTHING } from "../html.ts";
import { groupKey, groupName, label } from "../names.ts";
import { engineering } from "../number.ts";
import type { Section } from "../section.ts";
import { type FitSeries, seriesOf } from "../series.ts";
import { seriesTable } from "../series-table.ts";
import { allanWords, notShown, seriesWords } from "../series-words.ts";
import type { Study } from "../study.ts";
import { figure, sentence } from "../table.ts";

/** T1 against repeat, time or the swept setting; of repeats also Allan deviation and spectrum. */
export const series: Section = {
  id: "series",
  title: "T1 along repeats and sweeps",
  render(study) {
    const all = seriesOf(study.fits).filter((s) => s.fits.length > 1);
    if (all.length === 0) return { absent: noSeries() };
    const markerOf = markersOf(study);
    const shown = [...all].sort((a, b) => b.fits.length - a.fits.length).slice(0, CAPS.series);
    const studies = new Map(study.series.map((s) => [s.key, s]));
    // The means of the decay route are per qubit and cooldown: with several series of one group they belong to none of them alone.
    const alone = (labels: GroupLabels) => all.filter((s) => groupKey(s.labels) === groupKey(labels)).length === 1;
    const rows: Html[] = [];
    const single: Html[] = [];
    for (const s of shown) {
      const own = s.swept ? undefined : studies.get(seriesKey(s.fits[0]!));
      const marker = markerOf(s.labels);
      const main = seriesPanel(study, s, own, marker, !s.swept && alone(s.labels));
      const more = own ? [allanPanel(own, marker), spectrumPanel(own, marker)].filter((p) => p !== undefined) : [];
      if (more.length === 0) single.push(main);
      else rows.push(html`<div class="panels">${[main, ...more]}</div>`);
    }
    const evaluated = study.series.filter((s) => s.statistics !== undefined);
    return html`${sentence(seriesIntro())}${shown.length < all.length && sentence(seriesCapped(shown.length, all.length))}${rows}${single.length > 0 && html`<div class="panels">${single}</div>`}${evaluated.length > 0 && seriesTable(evaluated, markerOf)}`;
  },
};

function seriesPanel(study: Study, s: FitSeries, own: SeriesStudy | undefined, marker: Marker, alone: boolean): Html {
  const [mean, scatter, median] = (["t1_mean", "t1_scatter", "t1_median_sigma"] as const).map((q) =>
    alone ? combined(study, s.labels, q) : undefined,
  );
  const refused = s.fits.filter((f) => fitStatus(f) === "refused").length;
  const numbers =
    mean && scatter && Number.isFinite(mean.value)
      ? html`<div>${
          own?.statistics
            ? seriesMessages.mean(estimateText(mean))
            : seriesNumbers(estimateText(mean), engineering(scatter.value, "s"), median ? engineering(median.value, "s") : "–")
        }</div>`
      : NOTHING;
  const words = own ? [...seriesWords(own), notShown(own)].filter((w) => w !== "") : [];
  return figure(
    seriesFigure(s, mean, scatter, marker, own),
    html`<div class="name">${swatch(marker)} <bdi>${groupName(s.labels)}</bdi> ${s.signal !== "" && "·"} ${label(s.signal, 44)}</div><div>${seriesFits(s.fits.length, refused)}</div>${numbers}${words.length > 0 && html`<div>${words.join(" ")}</div>`}`,
  );
}

function allanPanel(own: SeriesStudy, marker: Marker): Html | undefined {
  const picture = allanFigure(own, marker);
  if (picture === undefined || own.allan.state === "missing") return undefined;
  const types = [...new Set(own.allan.points.map((p) => seriesMessages.NOISE[p.noise]))].join(", ");
  const fits = Number.isFinite(own.allan.points[0]!.fitOnly);
  return figure(
    picture,
    html`<div class="name">${seriesMessages.allanTitle()}</div><div>${allanWords(own.allan, own.axis.basis)}</div><div>${seriesMessages.allanLegend(fits)} ${seriesMessages.allanNoise(types)}</div>`,
  );
}

function spectrumPanel(own: SeriesStudy, marker: Marker): Html | undefined {
  const picture = spectrumFigure(own, marker);
  if (picture === undefined || own.spectrum.state === "missing") return undefined;
  const { blocks, blockLength, fitOnly } = own.spectrum;
  return figure(
    picture,
    html`<div class="name">${seriesMessages.spectrumTitle()}</div><div>${seriesMessages.spectrumLegend(blocks, blockLength, Number.isFinite(fitOnly))}</div>`,
  );
}

function combined(study: Study, labels: GroupLabels, quantity: QuantityName): Estimate | undefined {
  const key = groupKey(labels);
  return study.estimates.find((e) => e.quantity === quantity && e.condition === "combined" && groupKey(e.labels) === key);
}
