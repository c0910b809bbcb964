import { plateauDesc, plateauTitle } from "../../core/messages/work-section.ts";
import type { PowerStudy } from "../../routes/power-study.ts";
import { type Html, html } from "../html.ts";
import { groupName } from "../names.ts";
import { engineering } from "../number.ts";
import { makeAxis } from "./axis.ts";
import { max, min } from "./d3-array.ts";
import type { Marker } from "./marker.ts";
import { curve, note, places } from "./marks.ts";
import { operatingMarks } from "./operating-marks.ts";
import { plot, px, svg } from "./plot.ts";
import { powerAxis } from "./power-axis.ts";

const WIDTH = 380;
const HEIGHT = 290;
const [LEFT, TOP, PLOT_W, PLOT_H] = [54, 12, 312, 228];

/** Absorbed work over hbar w_d against power: it saturates at (Gd - Gu)/2, whatever the population readout says. */
export function plateauFigure(studies: readonly PowerStudy[], marker: Marker): Html {
  const quoted = studies[0]!;
  const points = studies.flatMap((s) => s.points);
  const power = powerAxis(points, PLOT_W);
  const law = power.place === "device" ? quoted.workCurve : undefined;
  const finite = (v: number) => (Number.isFinite(v) ? v : undefined);
  const known = (sigma: number) => (sigma > 0 ? sigma : 0);
  const top = Math.max(max(points, (p) => finite(p.flux + known(p.sigmaFlux))) ?? 1, law?.plateau ?? 0);
  const bottom = Math.min(0, min(points, (p) => finite(p.flux)) ?? 0);
  const y = makeAxis({ name: "W/ħω_{d}", unit: "1/s", domain: [bottom, (top > 0 ? top : 1) * 1.14], range: [PLOT_H, 0] });
  const marks = [
    ...(law
      ? [
          html`<path class="line reference" d="M0 ${px(y.at(law.plateau))}H${PLOT_W}"/>`,
          note(6, y.at(law.plateau) - 5, `(Γ↓ − Γ↑)/2 = ${engineering(law.plateau, "1/s")}`, "name"),
          curve(places(power.axis, y, law.pDevice, law.flux), `line ${marker.colour}`),
        ]
      : []),
    ...[...studies].reverse().map((s) =>
      operatingMarks(s, marker, s === quoted, PLOT_H, (p, i) => ({
        ...{ x: power.axis.at(power.of(p, i)), y: y.at(p.flux) },
        along: [y.at(p.flux - known(p.sigmaFlux)), y.at(p.flux + known(p.sigmaFlux))],
      })),
    ),
    html`<path class="zero" d="M0 ${px(y.at(0))}H${PLOT_W}"/>`,
  ];
  return svg({
    width: WIDTH,
    height: HEIGHT,
    title: plateauTitle(groupName(quoted.labels)),
    desc: plateauDesc(points.length, law ? engineering(law.plateau, "1/s") : ""),
    body: [plot({ left: LEFT, top: TOP, x: power.axis, y, marks })],
  });
}
