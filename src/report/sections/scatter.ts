import { noPairs, scatterIntro } from "../../core/messages/report.ts";
import { markersOf } from "../figures/marker.ts";
import { comparable, scatterFigure } from "../figures/scatter.ts";
import { html } from "../html.ts";
import { legend } from "../legend.ts";
import type { Section } from "../section.ts";
import { figure, sentence } from "../table.ts";

/** Power route against decay route. */
export const scatter: Section = {
  id: "scatter",
  title: "Power route against decay route",
  render(study) {
    const pairs = comparable(study.comparisons);
    if (pairs.length === 0) return { absent: noPairs() };
    const markerOf = markersOf(study);
    return html`${sentence(scatterIntro())}${figure(
      scatterFigure(pairs, markerOf),
      legend(
        pairs.map((c) => c.labels),
        markerOf,
      ),
      "wide",
    )}`;
  },
};
