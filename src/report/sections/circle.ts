import { circleIntro, noCircles, noPower, panelsCapped, powersAtSource } from "../../core/messages/report.ts";
import type { PowerStudy } from "../../routes/power-study.ts";
import { CAPS } from "../caps.ts";
import { circleFigure, powerKey } from "../figures/circle.ts";
import { markersOf, swatch } from "../figures/marker.ts";
import { powerGroups } from "../headline.ts";
import { html } from "../html.ts";
import { groupName } from "../names.ts";
import type { Section } from "../section.ts";
import { figure, sentence } from "../table.ts";

/** S in the complex plane with the fitted circle. */
export const circle: Section = {
  id: "circle",
  title: "Scattering in the complex plane",
  render(study) {
    if (study.power.length === 0) return { absent: noPower() };
    const all = powerGroups(study)
      .map((g) => g.studies.find((s) => s.resonances.length > 0) ?? g.studies.find(isComplex))
      .filter((s) => s !== undefined);
    if (all.length === 0) return { absent: noCircles() };
    const markerOf = markersOf(study);
    const shown = all.slice(0, CAPS.panels);
    return html`${sentence(circleIntro())}${shown.length < all.length && sentence(panelsCapped(shown.length, all.length))}<div class="panels">${shown.map(
      (s) => {
        const marker = markerOf(s.labels);
        return figure(
          circleFigure(s, marker),
          html`<div class="name">${swatch(marker)} <bdi>${groupName(s.labels)}</bdi></div>${s.resonances.length > 0 && html`<div>${powersAtSource()}</div>${powerKey(s)}`}`,
        );
      },
    )}</div>`;
  },
};

function isComplex(study: PowerStudy): boolean {
  return study.points.some((p) => Number.isFinite(p.sRe) && Number.isFinite(p.sIm));
}
