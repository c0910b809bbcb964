import { pullsDesc, pullsTitle } from "../../core/messages/report-figures.ts";
import type { Comparison } from "../../routes/comparison.ts";
import { type Html, html } from "../html.ts";
import { groupName } from "../names.ts";
import { plain } from "../number.ts";
import { makeAxis } from "./axis.ts";
import { mark, type markersOf } from "./marker.ts";
import { note } from "./marks.ts";
import { px, svg } from "./plot.ts";

const WIDTH = 460;
const [LEFT, TOP, PLOT_W, ROW] = [150, 10, 290, 22];

/** One row per group: ln(ratio)/sigma, with the bands of one and two sigma. @param pulled comparisons with a finite pull, at least one. */
export function pullsFigure(pulled: readonly Comparison[], markerOf: ReturnType<typeof markersOf>): Html {
  const reach = Math.max(3.2, ...pulled.map((c) => Math.min(Math.abs(c.pull) * 1.12, 12)));
  const x = makeAxis({ name: "pull = ln(power/decay)/σ", unit: "1", domain: [-reach, reach], range: [0, PLOT_W], suffix: "", count: 7 });
  const height = pulled.length * ROW;
  const span = (n: number, kind: string) =>
    html`<rect class="${kind}" x="${px(x.at(-n))}" width="${px(x.at(n) - x.at(-n))}" height="${height}"/>`;
  const rows = pulled.map((c, i) => {
    const y = (i + 0.5) * ROW;
    const marker = markerOf(c.labels);
    const inside = Math.max(-reach, Math.min(reach, c.pull));
    const text = `${groupName(c.labels)}: pull ${plain(c.pull, 3)}, ratio ${plain(c.ratioDb, 3)} dB`;
    return html`${note(-10, y + 4, groupName(c.labels, 9), "name", "end")}<path class="stem ${marker.colour}" d="M${px(x.at(0))} ${px(y)}H${px(x.at(inside))}"/>${mark(marker, x.at(inside), y, text, 60)}`;
  });
  return svg({
    width: WIDTH,
    height: TOP + height + 40,
    title: pullsTitle(),
    desc: pullsDesc(pulled.length, pulled.filter((c) => Math.abs(c.pull) <= 1).length),
    body: [
      html`<g transform="translate(${LEFT},${TOP})">${span(2, "sigma2")}${span(1, "sigma1")}<path class="zero" d="M${px(x.at(0))} 0V${height}"/>
<path class="axis" d="M0 ${height}H${PLOT_W}"/>${x.ticks.map((t) => html`<text class="tick" x="${px(t.at)}" y="${height + 14}" text-anchor="middle">${t.text}</text>`)}
<text class="label" x="${PLOT_W / 2}" y="${height + 32}" text-anchor="middle">${x.label}</text>${rows}</g>`,
    ],
  });
}
