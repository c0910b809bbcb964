import { noPulls, pullsCapped, pullsIntro } from "../../core/messages/report.ts";
import { CAPS } from "../caps.ts";
import { markersOf } from "../figures/marker.ts";
import { pullsFigure } from "../figures/pulls.ts";
import { html } from "../html.ts";
import type { Section } from "../section.ts";
import { figure, sentence } from "../table.ts";

/** The pull of every comparison. */
export const pulls: Section = {
  id: "pulls",
  title: "Pulls",
  render(study) {
    const all = study.comparisons.filter((c) => Number.isFinite(c.pull));
    if (all.length === 0) return { absent: noPulls() };
    const shown = all.length > CAPS.panels ? [...all].sort((a, b) => Math.abs(b.pull) - Math.abs(a.pull)).slice(0, CAPS.panels) : all;
    return html`${sentence(pullsIntro())}${shown.length < all.length && sentence(pullsCapped(shown.length, all.length))}${figure(
      pullsFigure(shown, markersOf(study)),
      "",
      "wide",
    )}`;
  },
};
