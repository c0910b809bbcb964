import { noPower, panelsCapped } from "../../core/messages/report.ts";
import { workIntro } from "../../core/messages/work-section.ts";
import { CAPS } from "../caps.ts";
import { type Marker, markersOf, swatch } from "../figures/marker.ts";
import { plateauFigure } from "../figures/plateau.ts";
import { ratePerPower } from "../figures/rate-per-power.ts";
import { workFigure } from "../figures/work.ts";
import { comparisonOf, decayOf, powerGroups } from "../headline.ts";
import { type Html, html } from "../html.ts";
import { groupName } from "../names.ts";
import type { Section } from "../section.ts";
import type { Study } from "../study.ts";
import { figure, sentence } from "../table.ts";
import { plateauCaption, rateCaption, workCaption } from "./work-captions.ts";

/** The picture that shows it all: W/(hbar w_d) against n_e - n_eq, one line per qubit whose slope is Gamma1_total, with its plateau and its ratio to 1/T1. */
export const work: Section = {
  id: "work",
  title: "Absorbed work against excess population",
  render(study) {
    const groups = powerGroups(study);
    if (groups.length === 0) return { absent: noPower() };
    const markerOf = markersOf(study);
    const shown = groups.slice(0, CAPS.panels);
    return html`${sentence(workIntro())}${shown.length < groups.length && sentence(panelsCapped(shown.length, groups.length))}${shown.map(
      (g) => panels(study, g, markerOf(g.labels)),
    )}`;
  },
};

/** One qubit and cooldown: the line, the plateau, the ratio to 1/T1. */
function panels(study: Study, { labels, studies }: ReturnType<typeof powerGroups>[number], marker: Marker): Html {
  const found = decayOf(study, labels);
  const decay = found && Number.isFinite(found.value) ? found : undefined;
  const remarks = [...new Set(studies.flatMap((p) => p.remarks))];
  const quoted = studies[0]!;
  const rated = (decay || Number.isFinite(quoted.gamma)) && quoted.points.some((p) => Number.isFinite(p.gamma));
  return html`<h3>${swatch(marker)} <bdi>${groupName(labels)}</bdi></h3><div class="panels trio">${figure(
    workFigure(studies, decay, marker),
    workCaption(studies, decay, marker),
  )}${figure(plateauFigure(studies, marker), plateauCaption(studies, marker))}${
    rated && figure(ratePerPower(quoted, decay, marker), rateCaption(quoted, decay, comparisonOf(study, labels), marker))
  }</div>${remarks.length > 0 && html`<details><summary>remarks (${remarks.length})</summary><ul>${remarks.map((r) => html`<li>${r}</li>`)}</ul></details>`}`;
}
