import type { Estimate } from "../../core/estimate.ts";
import { workDesc, workTitle } from "../../core/messages/report-figures.ts";
import type { PowerStudy } from "../../routes/power-study.ts";
import { estimateText, shownSigma } from "../headline.ts";
import { type Html, html } from "../html.ts";
import { groupName } from "../names.ts";
import { engineering, measured } from "../number.ts";
import { makeAxis } from "./axis.ts";
import { max, min } from "./d3-array.ts";
import { type Marker, mark } from "./marker.ts";
import { band, curve, horizontalBars, verticalBars } from "./marks.ts";
import { plot, px, svg } from "./plot.ts";

const WIDTH = 380;
const HEIGHT = 290;
const [LEFT, TOP, PLOT_W, PLOT_H] = [54, 12, 312, 228];

/**
 * Absorbed work over hbar w_d against n_e - n_eq: one straight line through the origin whose slope is Gamma1_total (Paper I eq. 21).
 * @param studies one group's studies, the quoted estimator first: its points are solid, the others' hollow.
 * @param decay 1/T1 of the same group, drawn as the band of its slope.
 */
export function workFigure(studies: readonly PowerStudy[], decay: Estimate | undefined, marker: Marker): Html {
  const labels = studies[0]!.labels;
  const points = studies.flatMap((s) => s.points);
  const finite = (v: number) => (Number.isFinite(v) ? v : undefined);
  const known = (sigma: number) => (sigma > 0 ? sigma : 0);
  const right = max(points, (p) => finite(p.excess + known(p.sigmaExcess))) ?? 1;
  const slopes = [...studies.map((s) => s.gamma), decay?.value ?? Number.NaN].filter(Number.isFinite);
  const left = Math.min(0, min(points, (p) => finite(p.excess)) ?? 0);
  const top = max(points, (p) => finite(p.flux + known(p.sigmaFlux))) ?? 1;
  const bottom = Math.min(0, min(points, (p) => finite(p.flux)) ?? 0);
  const x = makeAxis({ name: "n_{e} − n_{eq}", unit: "1", domain: [left, (right > 0 ? right : 1) * 1.06], range: [0, PLOT_W] });
  const y = makeAxis({
    name: "W/ħω_{d}",
    unit: "1/s",
    domain: [bottom, Math.max((top > 0 ? top : 1) * 1.08, Math.min(1.4 * top, ...[Math.max(0, ...slopes) * right * 1.06]))],
    range: [PLOT_H, 0],
  });
  const end = x.domain[1];
  const wedge = (value: number, sigma: number, kind: string): Html[] =>
    Number.isFinite(value)
      ? [
          ...(sigma > 0
            ? [
                band(
                  [0, end].map((n) => [x.at(n), y.at((value - sigma) * n), y.at((value + sigma) * n)] as const),
                  `band ${kind}`,
                ),
              ]
            : []),
          curve(
            [0, end].map((n) => [x.at(n), y.at(value * n)] as const),
            `line ${kind}`,
          ),
        ]
      : [];
  const [quoted, ...others] = studies;
  const marks = [
    ...(decay ? wedge(decay.value, shownSigma(decay).sigma, "reference") : []),
    ...others.map((s) =>
      curve(Number.isFinite(s.gamma) ? [0, end].map((n) => [x.at(n), y.at(s.gamma * n)] as const) : [], `line other ${marker.colour}`),
    ),
    ...wedge(quoted!.gamma, quoted!.sigma, marker.colour),
    ...studies.map((s) => {
      const shown = s.points.filter((p) => Number.isFinite(p.excess) && Number.isFinite(p.flux));
      return html`<g class="${marker.colour}">${verticalBars(
        shown.map((p) => [x.at(p.excess), y.at(p.flux - known(p.sigmaFlux)), y.at(p.flux + known(p.sigmaFlux))]),
        PLOT_H,
      )}${horizontalBars(
        shown.map((p) => [y.at(p.flux), x.at(p.excess - known(p.sigmaExcess)), x.at(p.excess + known(p.sigmaExcess))]),
        0,
      )}${shown.map((p) => {
        const text = `${s.estimator}, ${engineering(p.pDevice, "W")}: n_e − n_eq = ${measured(p.excess, p.sigmaExcess, "1")}, W/ħω_d = ${measured(p.flux, p.sigmaFlux, "1/s")}, rate ${measured(p.gamma, p.sigmaGamma, "1/s")}${p.used ? "" : "; not used"}${p.remark && `; ${p.remark}`}`;
        const hollow = s !== quoted || !p.used;
        return mark(marker, x.at(p.excess), y.at(p.flux), text, p.used ? 44 : 24, hollow);
      })}</g>`;
    }),
    html`<path class="zero" d="M${px(x.at(0))} 0V${PLOT_H}M0 ${px(y.at(0))}H${PLOT_W}"/>`,
  ];
  const name = groupName(labels);
  return svg({
    width: WIDTH,
    height: HEIGHT,
    title: workTitle(name),
    desc: workDesc(points.length, measured(quoted!.gamma, quoted!.sigma, "1/s"), decay ? estimateText(decay) : "–"),
    body: [plot({ left: LEFT, top: TOP, x, y, marks })],
  });
}
