import * as say from "../../core/messages/report-field.ts";
import type { FieldNumber, ProfilePoint } from "../../field/outcome.ts";
import { type Html, html } from "../html.ts";
import { makeAxis } from "./axis.ts";
import { extent } from "./d3-array.ts";
import { curve, dots, note } from "./marks.ts";
import { plot, px, svg } from "./plot.ts";

const [WIDTH, HEIGHT] = [380, 250];
const [LEFT, TOP, PLOT_W, PLOT_H] = [52, 14, 312, 188];
/** delta chi2 of the 68.3 % interval of one number. */
const ONE_SIGMA = 1;
/** Values far above say no more than that the line goes up. */
const HIGHEST = 12;

/** Profile of gamma2: how much worse the best fit gets when gamma2 is held, with the parabola that the covariance alone gives. @param points at least two */
export function profileFigure(points: readonly ProfilePoint[], gamma2: FieldNumber, name: string): Html {
  const shown = [...points].filter((p) => Number.isFinite(p.deltaChi2)).sort((a, b) => a.gamma2 - b.gamma2);
  const [low, high] = extent([...shown.map((p) => p.gamma2), gamma2.low, gamma2.high].filter((v) => v > 0 && Number.isFinite(v))) as [
    number,
    number,
  ];
  const top = Math.min(HIGHEST, Math.max(2.5, ...shown.map((p) => p.deltaChi2 * 1.15)));
  const x = makeAxis({ name: "γ₂", unit: "m^2/s", domain: [low, high], range: [0, PLOT_W], kind: high / low > 4 ? "log" : "linear" });
  const y = makeAxis({
    name: "Δχ²",
    unit: "1",
    suffix: "",
    domain: [Math.min(0, ...shown.map((p) => p.deltaChi2)), top],
    range: [PLOT_H, 0],
  });
  // The fit works in log gamma2, so that is where its covariance is a parabola.
  const relative = gamma2.sigma / gamma2.value;
  const parabola = Array.from({ length: 121 }, (_, i) => {
    const g = low * (high / low) ** (i / 120);
    return [x.at(g), y.at((Math.log(g / gamma2.value) / relative) ** 2)] as const;
  });
  const [from, to] = [gamma2.low, gamma2.high].map((v) => x.at(v));
  const closed = (v: number | undefined) => v !== undefined && Number.isFinite(v);
  const marks = [
    closed(from) && closed(to) ? html`<rect class="sigma1" x="${px(from!)}" width="${px(to! - from!)}" height="${PLOT_H}"/>` : html``,
    html`<path class="zero" d="M0 ${px(y.at(ONE_SIGMA))}H${PLOT_W}"/>`,
    relative > 0 ? curve(parabola, "line reference") : html``,
    html`<g class="c0">${curve(
      shown.map((p) => [x.at(p.gamma2), y.at(p.deltaChi2)] as const),
      "line",
    )}${dots(
      shown.map((p) => [x.at(p.gamma2), y.at(p.deltaChi2)] as const),
      "",
    )}</g>`,
    html`<path class="axis" d="M${px(x.at(gamma2.value))} ${PLOT_H}v-7"/>`,
    note(PLOT_W - 4, y.at(ONE_SIGMA) - 4, "68 %", "muted", "end"),
  ];
  return svg({
    ...{ width: WIDTH, height: HEIGHT },
    title: say.profileTitle(name),
    desc: say.profileDesc(shown.length),
    body: [plot({ left: LEFT, top: TOP, x, y, marks })],
  });
}
