import type { GroupLabels } from "../core/estimate.ts";
import { seriesMessages } from "../core/messages/series.ts";
import type { Measured } from "../routes/series-statistics.ts";
import type { SeriesStudy } from "../routes/series-study.ts";
import { CAPS } from "./caps.ts";
import { duration } from "./duration.ts";
import { type Marker, swatch } from "./figures/marker.ts";
import { type Html, html } from "./html.ts";
import { groupName, label, none } from "./names.ts";
import { bounded, engineering, measured, plain } from "./number.ts";
import { driftText, hasSlope } from "./series-words.ts";
import { sentence, table } from "./table.ts";

/** One row of numbers per series. */
export function seriesTable(studies: readonly SeriesStudy[], markerOf: (labels: GroupLabels) => Marker): Html {
  const number = (head: string | Html) => ({ head, number: true });
  return html`${table({
    name: seriesMessages.tableName(),
    columns: [
      { head: "series" },
      ...["T1", "mean", "median", "scatter", "error of a fit", "fluctuation"].map(number),
      number(html`N<sub>eff</sub>`),
      ...["drift", "cadence", "gaps", "jumps"].map(number),
    ],
    rows: studies.slice(0, CAPS.rows).map((s) => row(s, markerOf)),
  })}${sentence(seriesMessages.tableNote())}`;
}

function row(s: SeriesStudy, markerOf: (labels: GroupLabels) => Marker): (Html | string)[] {
  const st = s.statistics!;
  const time = (m: Measured) => measured(m.value, m.sigma, "s");
  return [
    html`${swatch(markerOf(s.labels))} <bdi>${groupName(s.labels)}</bdi> ${label(s.signal, 32)}`,
    String(st.n),
    ...[st.mean, st.median, st.scatter].map(time),
    st.fitError > 0 ? engineering(st.fitError, "s") : none("the fits have no errors"),
    st.intrinsic ? bounded(st.intrinsic, "s") : none("the errors of the fits may explain the scatter"),
    plain(st.effective, 3),
    hasSlope(s) ? driftText(s) : none(seriesMessages.noSlope()),
    duration(s.axis.cadence, s.axis.basis),
    String(s.axis.gaps.length),
    s.jumps.state === "given" ? String(s.jumps.jumps.length) : none(s.jumps.sentence),
  ];
}
