import type { Estimate, GroupLabels, QuantityName } from "../../core/estimate.ts";
import { noSeries, seriesCapped, seriesFits, seriesIntro, seriesNumbers } from "../../core/messages/report.ts";
import { CAPS } from "../caps.ts";
import { markersOf, swatch } from "../figures/marker.ts";
import { seriesFigure } from "../figures/series.ts";
import { fitStatus } from "../fit-summary.ts";
import { estimateText } from "../headline.ts";
import { html } from "../html.ts";
import { groupKey, groupName, label } from "../names.ts";
import { engineering } from "../number.ts";
import type { Section } from "../section.ts";
import { seriesOf } from "../series.ts";
import type { Study } from "../study.ts";
import { figure, sentence } from "../table.ts";

/** T1 against repeat, time or the swept setting. */
export const series: Section = {
  id: "series",
  title: "T1 along repeats and sweeps",
  render(study) {
    const all = seriesOf(study.fits).filter((s) => s.fits.length > 1);
    if (all.length === 0) return sentence(noSeries());
    const markerOf = markersOf(study);
    const shown = [...all].sort((a, b) => b.fits.length - a.fits.length).slice(0, CAPS.series);
    // The means of the decay route are per qubit and cooldown: with several series of one group they belong to none of them alone.
    const alone = (labels: GroupLabels) => all.filter((s) => groupKey(s.labels) === groupKey(labels)).length === 1;
    const panels = shown.map((s) => {
      const averaged = !s.swept && alone(s.labels);
      const [mean, scatter, median] = (["t1_mean", "t1_scatter", "t1_median_sigma"] as const).map((q) =>
        averaged ? combined(study, s.labels, q) : undefined,
      );
      const marker = markerOf(s.labels);
      const refused = s.fits.filter((f) => fitStatus(f) === "refused").length;
      const numbers =
        mean && scatter && Number.isFinite(mean.value)
          ? html`<div>${seriesNumbers(
              estimateText(mean),
              engineering(scatter.value, "s"),
              median ? engineering(median.value, "s") : "–",
            )}</div>`
          : html``;
      return figure(
        seriesFigure(s, mean, scatter, marker),
        html`<div class="name">${swatch(marker)} <bdi>${groupName(s.labels)}</bdi> ${s.signal !== "" && "·"} ${label(s.signal, 44)}</div><div>${seriesFits(s.fits.length, refused)}</div>${numbers}`,
      );
    });
    return html`${sentence(seriesIntro())}${shown.length < all.length && sentence(seriesCapped(shown.length, all.length))}<div class="panels">${panels}</div>`;
  },
};

function combined(study: Study, labels: GroupLabels, quantity: QuantityName): Estimate | undefined {
  const key = groupKey(labels);
  return study.estimates.find((e) => e.quantity === quantity && e.condition === "combined" && groupKey(e.labels) === key);
}
