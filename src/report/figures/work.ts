import type { Estimate } from "../../core/estimate.ts";
import { workDesc, workTitle } from "../../core/messages/work-section.ts";
import type { PowerStudy } from "../../routes/power-study.ts";
import { estimateText, shownSigma } from "../headline.ts";
import { type Html, html } from "../html.ts";
import { groupName } from "../names.ts";
import { measured } from "../number.ts";
import { makeAxis } from "./axis.ts";
import { max, min } from "./d3-array.ts";
import type { Marker } from "./marker.ts";
import { band, curve } from "./marks.ts";
import { operatingMarks } from "./operating-marks.ts";
import { plot, px, svg } from "./plot.ts";

const WIDTH = 380;
const HEIGHT = 290;
const [LEFT, TOP, PLOT_W, PLOT_H] = [54, 12, 312, 228];

/**
 * Absorbed work over hbar w_d against n_e - n_eq: one straight line through the origin whose slope is Gamma1_total (Paper I eq. 21), at every power and
 * detuning. The wedge about it is what all points share (attenuation): they move together.
 * @param studies one group's studies, the quoted estimator first: its points are solid, the others' hollow.
 * @param decay 1/T1 of the same group, drawn as the band of its slope.
 */
export function workFigure(studies: readonly PowerStudy[], decay: Estimate | undefined, marker: Marker): Html {
  const quoted = studies[0]!;
  const points = studies.flatMap((s) => s.points);
  const finite = (v: number) => (Number.isFinite(v) ? v : undefined);
  const known = (sigma: number) => (sigma > 0 ? sigma : 0);
  const right = max(points, (p) => finite(p.excess + known(p.sigmaExcess))) ?? 1;
  const slopes = [quoted.gamma, decay?.value ?? Number.NaN].filter(Number.isFinite);
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
  const ray = (slope: number, kind: string, intercept = 0) =>
    curve(
      [0, end].map((n) => [x.at(n), y.at(slope * n + intercept)] as const),
      kind,
    );
  const wedge = (value: number, sigma: number, kind: string): Html[] =>
    Number.isFinite(value) && sigma > 0
      ? [
          band(
            [0, end].map((n) => [x.at(n), y.at((value - sigma) * n), y.at((value + sigma) * n)] as const),
            `band ${kind}`,
          ),
          ray(value - sigma, `edge ${kind}`),
          ray(value + sigma, `edge ${kind}`),
        ]
      : [];
  const marks = [
    ...wedge(quoted.gamma, commonOf(quoted), marker.colour),
    ...(decay ? [...wedge(decay.value, shownSigma(decay).sigma, "reference"), ray(decay.value, "line reference")] : []),
    ...(Number.isFinite(quoted.gamma) ? [ray(quoted.line?.slope ?? quoted.gamma, `line ${marker.colour}`, quoted.line?.intercept)] : []),
    ...[...studies].reverse().map((s) =>
      operatingMarks(s, marker, s === quoted, PLOT_H, (p) => ({
        ...{ x: x.at(p.excess), y: y.at(p.flux) },
        across: [x.at(p.excess - known(p.sigmaExcess)), x.at(p.excess + known(p.sigmaExcess))],
        along: [y.at(p.flux - known(p.sigmaFlux)), y.at(p.flux + known(p.sigmaFlux))],
      })),
    ),
    html`<path class="zero" d="M${px(x.at(0))} 0V${PLOT_H}M0 ${px(y.at(0))}H${PLOT_W}"/>`,
  ];
  return svg({
    width: WIDTH,
    height: HEIGHT,
    title: workTitle(groupName(quoted.labels)),
    desc: workDesc(points.length, measured(quoted.gamma, quoted.sigma, "1/s"), decay ? estimateText(decay) : "–"),
    body: [plot({ left: LEFT, top: TOP, x, y, marks }), originInset(quoted, marker)],
  });
}

/** Weak drive, enlarged in the empty corner below the line: whether it meets the origin. Nothing where no three points lie there. */
function originInset(study: PowerStudy, marker: Marker): Html {
  const { line } = study;
  const largest = Math.max(...study.points.map((p) => (Number.isFinite(p.excess) ? p.excess : 0)));
  const near = study.points.filter((p) => p.used && p.excess < NEAR * largest);
  if (!line || near.length < 3) return html``;
  const end = 1.15 * Math.max(...near.map((p) => p.excess));
  const sigma = Math.hypot(line.sigmaStat, line.sigmaCommon);
  const lowest = Math.min(0, ...near.map((p) => p.flux - (p.sigmaFlux > 0 ? p.sigmaFlux : 0)), line.intercept - 1.3 * sigma);
  const x = makeAxis({ name: "", unit: "1", domain: [-0.06 * end, end], range: [0, INSET.width], count: 2 });
  const y = makeAxis({ name: "", unit: "1/s", domain: [lowest, line.slope * end], range: [INSET.height, 0], count: 2 });
  const marks = [
    html`<path class="zero" d="M${px(x.at(0))} 0V${INSET.height}M0 ${px(y.at(0))}H${INSET.width}"/>`,
    curve(
      [-0.06 * end, end].map((n) => [x.at(n), y.at(line.intercept + line.slope * n)] as const),
      `line ${marker.colour}`,
    ),
    html`<g class="${marker.colour}"><path class="stem" d="M${px(x.at(0))} ${px(y.at(line.intercept - sigma))}V${px(y.at(line.intercept + sigma))}"/></g>`,
    operatingMarks({ ...study, points: near }, marker, true, INSET.height, (p) => ({
      ...{ x: x.at(p.excess), y: y.at(p.flux) },
      across: [x.at(p.excess - p.sigmaExcess), x.at(p.excess + p.sigmaExcess)],
      along: [y.at(p.flux - p.sigmaFlux), y.at(p.flux + p.sigmaFlux)],
    })),
  ];
  return html`<rect class="inset" x="${INSET.left - 30}" y="${INSET.top - 8}" width="${INSET.width + 36}" height="${INSET.height + 26}"/>${plot({ left: INSET.left, top: INSET.top, x, y, marks, labels: "none" })}`;
}

/** Share of the largest excess below which a point is near the origin. */
const NEAR = 0.25;
const INSET = { left: 258, top: 150, width: 102, height: 68 } as const;

/** The error that all points share; where it is not known apart, the whole one. */
export function commonOf(study: PowerStudy): number {
  return Number.isFinite(study.sigmaCommon) ? study.sigmaCommon : study.sigma;
}
