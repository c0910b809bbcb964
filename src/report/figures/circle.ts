import { circleDesc, circleTitle } from "../../core/messages/report-figures.ts";
import type { PowerStudy, ResonanceStudy } from "../../routes/power-study.ts";
import { CAPS } from "../caps.ts";
import { type Html, html } from "../html.ts";
import { groupName } from "../names.ts";
import { engineering, measured } from "../number.ts";
import { makeAxis } from "./axis.ts";
import { extent } from "./d3-array.ts";
import { type Marker, mark } from "./marker.ts";
import { curve, dots, horizontalBars, places, verticalBars } from "./marks.ts";
import { plot, px, svg } from "./plot.ts";

const WIDTH = 380;
const HEIGHT = 352;
const [LEFT, TOP, PLOT_W, PLOT_H] = [54, 12, 312, 294];
/** Shades of the sequential scale in the style sheet (s0 ... s7), weak to strong drive. */
const SHADES = 8;

/** Evenly spaced members, first and last among them. */
export function spaced<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, i) => all[Math.round((i * (all.length - 1)) / (most - 1))]!);
}

/** S in the complex plane, both axes on one scale: scattering against frequency at several powers with the fitted circles, and S on resonance. */
export function circleFigure(study: PowerStudy, marker: Marker): Html {
  const shown = drawnPowers(study);
  const points = study.points.filter((p) => Number.isFinite(p.sRe) && Number.isFinite(p.sIm));
  const [x, y] = equalAxes(
    [...shown.flatMap((r) => [...r.sRe, ...r.fitRe]), ...points.map((p) => p.sRe), 1],
    [...shown.flatMap((r) => [...r.sIm, ...r.fitIm]), ...points.map((p) => p.sIm), 0],
  );
  const known = (s: number) => (s > 0 ? s : 0);
  const marks = [
    html`<path class="zero" d="M${px(x.at(0))} 0V${PLOT_H}M0 ${px(y.at(0))}H${PLOT_W}"/>`,
    html`<circle class="unit" cx="${px(x.at(0))}" cy="${px(y.at(0))}" r="${px(x.at(1) - x.at(0))}"/>`,
    ...shown.map((r, i) => resonance(r, shade(i, shown.length), x, y)),
    html`<g class="${marker.colour}">${verticalBars(
      points.map((p) => [x.at(p.sRe), y.at(p.sIm - known(p.sigmaS)), y.at(p.sIm + known(p.sigmaS))]),
      PLOT_H,
    )}${horizontalBars(
      points.map((p) => [y.at(p.sIm), x.at(p.sRe - known(p.sigmaS)), x.at(p.sRe + known(p.sigmaS))]),
      0,
    )}${points.map((p) =>
      mark(
        marker,
        x.at(p.sRe),
        y.at(p.sIm),
        `${engineering(p.pSource, "W")} at the source: Re S = ${measured(p.sRe, p.sigmaS, "1")}, Im S = ${measured(p.sIm, p.sigmaS, "1")}`,
        26,
        !p.used,
      ),
    )}</g>`,
  ];
  return svg({
    width: WIDTH,
    height: HEIGHT,
    title: circleTitle(groupName(study.labels)),
    desc: circleDesc(shown.length, study.resonances.length, points.length),
    body: [plot({ left: LEFT, top: TOP, x, y, marks })],
  });
}

function resonance(r: ResonanceStudy, kind: string, x: ReturnType<typeof makeAxis>, y: ReturnType<typeof makeAxis>): Html {
  const rows = spaced(
    r.sRe.map((_, i) => i),
    CAPS.resonancePoints,
  );
  const law = spaced(
    r.fitRe.map((_, i) => i),
    CAPS.resonancePoints,
  );
  const data = places(
    x,
    y,
    rows.map((i) => r.sRe[i]!),
    rows.map((i) => r.sIm[i] ?? Number.NaN),
  );
  return html`<g class="${kind}">${dots(data, "small")}${curve(
    places(
      x,
      y,
      law.map((i) => r.fitRe[i]!),
      law.map((i) => r.fitIm[i] ?? Number.NaN),
    ),
    "line law",
  )}<title>${engineering(r.pSource, "W")} at the source</title></g>`;
}

/** The powers that are drawn, with their colours, for the caption. */
export function powerKey(study: PowerStudy): Html {
  const shown = drawnPowers(study);
  return html`<ul class="legend">${shown.map((r, i) => html`<li><svg class="swatch ${shade(i, shown.length)}" width="16" height="10" viewBox="0 0 16 10" aria-hidden="true"><path class="line" d="M0 5H16"/></svg> ${engineering(r.pSource, "W")}</li>`)}</ul>`;
}

function drawnPowers(study: PowerStudy): readonly ResonanceStudy[] {
  return spaced(
    [...study.resonances].sort((a, b) => a.pSource - b.pSource),
    CAPS.resonances,
  );
}

function shade(i: number, n: number): string {
  return `s${n === 1 ? SHADES - 2 : Math.round((i * (SHADES - 1)) / (n - 1))}`;
}

/** Axes of one scale that hold all points. */
function equalAxes(res: readonly number[], ims: readonly number[]) {
  const finite = (values: readonly number[]) => extent(values.filter(Number.isFinite)) as [number, number];
  const [[reLow, reHigh], [imLow, imHigh]] = [finite(res), finite(ims)];
  const perPixel = Math.max((reHigh - reLow) / PLOT_W, (imHigh - imLow) / PLOT_H, 1e-4) * 1.12;
  const about = (low: number, high: number, pixels: number): readonly [number, number] => {
    const middle = (low + high) / 2;
    return [middle - (perPixel * pixels) / 2, middle + (perPixel * pixels) / 2];
  };
  return [
    makeAxis({ name: "Re S", unit: "1", domain: about(reLow, reHigh, PLOT_W), range: [0, PLOT_W] }),
    makeAxis({ name: "Im S", unit: "1", domain: about(imLow, imHigh, PLOT_H), range: [PLOT_H, 0] }),
  ] as const;
}
