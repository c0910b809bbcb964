import { type Html, html } from "../html.ts";
import { shortened } from "../visible.ts";
import { makeAxis } from "./axis.ts";
import { note } from "./marks.ts";
import { px, svg } from "./plot.ts";

/** One bar made of parts, rates in 1/s. */
export interface StackedRow {
  readonly name: string;
  /** Class of the whole row: its colour. */
  readonly kind: string;
  readonly parts: readonly { readonly value: number; readonly kind: string; readonly title: string }[];
  /** Where a boundary or the end lies, with what reaches from where to where. */
  readonly bars: readonly { readonly at: number; readonly low: number; readonly high: number; readonly tick: boolean }[];
  /** Behind the bar. */
  readonly text: string;
}

const [WIDTH, LEFT, PLOT_W, ROW, BAR] = [640, 150, 300, 30, 13];

/** Horizontal bars of stacked parts on one axis from zero. */
export function stackedBars(rows: readonly StackedRow[], name: string, title: string, desc: string): Html {
  const end = (r: StackedRow) =>
    Math.max(
      r.parts.reduce((s, p) => s + p.value, 0),
      ...r.bars.map((b) => b.high).filter(Number.isFinite),
    );
  const x = makeAxis({ name, unit: "1/s", domain: [0, Math.max(...rows.map(end)) * 1.02], range: [0, PLOT_W], count: 5 });
  const bottom = rows.length * ROW;
  const body = rows.map((row, i) => {
    let from = 0;
    const parts = row.parts.map((p) => {
      const [a, b] = [x.at(from), x.at(from + p.value)];
      from += p.value;
      return html`<rect class="budget ${p.kind}" x="${px(a)}" y="0" width="${px(b - a)}" height="${BAR}"><title>${shortened(p.title, 200)}</title></rect>`;
    });
    const bars = row.bars.flatMap((b) =>
      Number.isFinite(b.low) && Number.isFinite(b.high)
        ? [
            html`<path class="line law" d="M${px(x.at(b.low))} ${BAR / 2}H${px(x.at(b.high))}M${px(x.at(b.low))} ${BAR / 2 - 3}v6M${px(x.at(b.high))} ${BAR / 2 - 3}v6${b.tick && `M${px(x.at(b.at))} -2v${BAR + 4}`}"/>`,
          ]
        : b.tick
          ? [html`<path class="line law" d="M${px(x.at(b.at))} -2v${BAR + 4}"/>`]
          : [],
    );
    return html`<g class="${row.kind}" transform="translate(${LEFT},${i * ROW + 8})">${note(-8, BAR - 2, shortened(row.name, 22), "", "end")}${parts}${bars}${note(PLOT_W + 10, BAR - 2, row.text, "muted")}</g>`;
  });
  const scale = html`<g transform="translate(${LEFT},0)"><path class="grid" d="${x.ticks.map((t) => `M${px(t.at)} 0V${bottom}`).join("")}"/><path class="axis" d="M0 0V${bottom}H${PLOT_W}"/>${x.ticks.map((t) => html`<text class="tick" x="${px(t.at)}" y="${bottom + 13}" text-anchor="middle">${t.text}</text>`)}<text class="label" x="${PLOT_W / 2}" y="${bottom + 30}" text-anchor="middle">${x.label}</text></g>`;
  return svg({ width: WIDTH, height: bottom + 36, title, desc, body: [scale, ...body] });
}
