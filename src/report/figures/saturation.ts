import { saturationDesc, saturationTitle } from "../../core/messages/report-figures.ts";
import type { PowerStudy } from "../../routes/power-study.ts";
import { type Html, html } from "../html.ts";
import { groupName } from "../names.ts";
import { engineering, measured, plain } from "../number.ts";
import { makeAxis } from "./axis.ts";
import { type Marker, mark } from "./marker.ts";
import { curve, places, verticalBars } from "./marks.ts";
import { plot, px, svg } from "./plot.ts";
import { powerAxis } from "./power-axis.ts";
import { robustDomain } from "./robust-domain.ts";

const WIDTH = 380;
const HEIGHT = 236;
const [LEFT, TOP, PLOT_W, PLOT_H] = [54, 12, 312, 176];

/** n_e - n_eq against power with the fitted saturation law. */
export function saturationFigure(study: PowerStudy, marker: Marker): Html {
  const power = powerAxis(study.points, PLOT_W);
  const shown = study.points
    .map((p, i) => ({ p, at: power.axis.at(power.of(p, i)) }))
    .filter(({ p, at }) => Number.isFinite(p.excess) && Number.isFinite(at));
  const law = power.place === "device" ? study.saturationCurve : undefined;
  const domain = robustDomain(
    shown.map(({ p }) => ({ value: p.excess, sigma: p.sigmaExcess })),
    [0, ...(law?.excess ?? [])],
  );
  const y = makeAxis({ name: "n_{e} − n_{eq}", unit: "1", domain, range: [PLOT_H, 0] });
  const marks = [
    html`<path class="zero" d="M0 ${px(y.at(0))}H${PLOT_W}"/>`,
    law ? curve(places(power.axis, y, law.pDevice, law.excess), `line ${marker.colour}`) : html``,
    html`<g class="${marker.colour}">${verticalBars(
      shown.map(({ p, at }) => [at, y.at(p.excess - p.sigmaExcess), y.at(p.excess + p.sigmaExcess)]),
      PLOT_H,
    )}${shown.map(({ p, at }) =>
      mark(
        marker,
        at,
        y.at(p.excess),
        `${engineering(power.place === "device" ? p.pDevice : p.pSource, "W")}: n_e − n_eq = ${measured(p.excess, p.sigmaExcess, "1")}${Number.isFinite(p.saturation) ? `, S = ${plain(p.saturation, 3)}` : ""}${p.used ? "" : "; not used"}${p.remark && `; ${p.remark}`}`,
        p.used ? 44 : 26,
        !p.used,
      ),
    )}</g>`,
  ];
  return svg({
    width: WIDTH,
    height: HEIGHT,
    title: saturationTitle(groupName(study.labels)),
    desc: saturationDesc(shown.length, law !== undefined),
    body: [plot({ left: LEFT, top: TOP, x: power.axis, y, marks })],
  });
}
