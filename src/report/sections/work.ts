import { noPower, panelsCapped, rateNote, studyRefused, workIntro } from "../../core/messages/report.ts";
import { CAPS } from "../caps.ts";
import { markersOf, swatch } from "../figures/marker.ts";
import { ratePerPower } from "../figures/rate-per-power.ts";
import { workFigure } from "../figures/work.ts";
import { decayOf, estimateText, powerGroups } from "../headline.ts";
import { html } from "../html.ts";
import { groupName } from "../names.ts";
import { measured } from "../number.ts";
import type { Section } from "../section.ts";
import { figure, sentence } from "../table.ts";

/** The picture that shows it all: W/(hbar w_d) against n_e - n_eq, one line per qubit whose slope is Gamma1_total. */
export const work: Section = {
  id: "work",
  title: "Absorbed work against excess population",
  render(study) {
    const groups = powerGroups(study);
    if (groups.length === 0) return sentence(noPower());
    const markerOf = markersOf(study);
    const shown = groups.slice(0, CAPS.panels);
    const panels = shown.map(({ labels, studies }) => {
      const marker = markerOf(labels);
      const decay = decayOf(study, labels);
      const standing = decay && Number.isFinite(decay.value) ? decay : undefined;
      const slopes = studies.map((p) =>
        Number.isFinite(p.gamma)
          ? html`<li><code>${p.estimator}</code> ${measured(p.gamma, p.sigma, "1/s")}</li>`
          : html`<li>${studyRefused(p.estimator)}</li>`,
      );
      const remarks = [...new Set(studies.flatMap((p) => p.remarks))];
      return figure(
        html`${workFigure(studies, standing, marker)}${ratePerPower(studies, standing, marker)}`,
        html`<div class="name">${swatch(marker)} <bdi>${groupName(labels)}</bdi></div><ul class="slopes">${slopes}<li>1/T1 ${
          standing ? estimateText(standing) : "–, the decay route gives no number"
        }</li></ul>${remarks.length > 0 && html`<details><summary>remarks (${remarks.length})</summary><ul>${remarks.map((r) => html`<li>${r}</li>`)}</ul></details>`}`,
      );
    });
    return html`${sentence(`${workIntro()} ${rateNote()}`)}${shown.length < groups.length && sentence(panelsCapped(shown.length, groups.length))}<div class="panels">${panels}</div>`;
  },
};
