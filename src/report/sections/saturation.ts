import { noPower, noSaturationData, panelsCapped, saturationIntro } from "../../core/messages/report.ts";
import { CAPS } from "../caps.ts";
import { markersOf, swatch } from "../figures/marker.ts";
import { saturationFigure } from "../figures/saturation.ts";
import { powerGroups } from "../headline.ts";
import { html } from "../html.ts";
import { groupName } from "../names.ts";
import type { Section } from "../section.ts";
import { figure, sentence } from "../table.ts";

/** Excess population against drive power. */
export const saturation: Section = {
  id: "saturation",
  title: "Saturation",
  render(study) {
    if (study.power.length === 0) return { absent: noPower() };
    // All estimators of a group share the populations; the quoted one stands for them.
    const all = powerGroups(study)
      .map((g) => g.studies.find((s) => s.saturationCurve !== undefined) ?? g.studies[0]!)
      .filter((s) => s.points.some((p) => Number.isFinite(p.excess)));
    if (all.length === 0) return { absent: noSaturationData() };
    const markerOf = markersOf(study);
    const shown = all.slice(0, CAPS.panels);
    return html`${sentence(saturationIntro())}${shown.length < all.length && sentence(panelsCapped(shown.length, all.length))}<div class="panels">${shown.map(
      (s) => {
        const marker = markerOf(s.labels);
        return figure(saturationFigure(s, marker), html`<div class="name">${swatch(marker)} <bdi>${groupName(s.labels)}</bdi></div>`);
      },
    )}</div>`;
  },
};
