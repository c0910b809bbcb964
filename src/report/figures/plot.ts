import { type Html, html } from "../html.ts";
import { subscripts } from "../prose.ts";
import type { Axis } from "./axis.ts";

/** A place to tenths of a pixel: enough for the eye, and half the size of the file. */
export function px(x: number): string {
  return Number.isFinite(x) ? String(Math.round(x * 10) / 10) : "0";
}

export interface FigureInput {
  readonly width: number;
  readonly height: number;
  /** What it is, for the hover text and for readers of the markup. */
  readonly title: string;
  /** What it shows, in a sentence with the main numbers. */
  readonly desc: string;
  readonly body: readonly Html[];
}

/** A static picture; its size follows the page's width down from its own. */
export function svg(input: FigureInput): Html {
  return html`<svg class="fig" role="img" viewBox="0 0 ${input.width} ${input.height}" width="${input.width}" height="${input.height}"><title>${input.title}</title><desc>${input.desc}</desc>${input.body}</svg>`;
}

export interface PlotInput {
  /** Upper left corner of the plotted area. */
  readonly left: number;
  readonly top: number;
  readonly x: Axis;
  readonly y: Axis;
  /** Drawn in the plot's own coordinates and cut at its edges. */
  readonly marks: readonly Html[];
  /** Axis labels; ticks are always drawn. */
  readonly labels?: "both" | "x" | "y" | "none";
  /** Tick texts of the x axis are left out where a panel below repeats them. */
  readonly xTicks?: boolean;
}

/** A plotted area with grid, ticks, labels and marks. x runs over [0, width], y over [height, 0]. */
export function plot(input: PlotInput): Html {
  const { left, top, x, y } = input;
  const width = Math.abs(x.range[1] - x.range[0]);
  const height = Math.abs(y.range[1] - y.range[0]);
  const labels = input.labels ?? "both";
  const grid = [...x.ticks.map((t) => `M${px(t.at)} 0V${px(height)}`), ...y.ticks.map((t) => `M0 ${px(t.at)}H${px(width)}`)].join("");
  const small = [...x.minor.map((v) => `M${px(v)} ${px(height)}v-3`), ...y.minor.map((v) => `M0 ${px(v)}h3`)].join("");
  const axes = JSON.stringify([x.readout, y.readout]);
  return html`<g transform="translate(${px(left)},${px(top)})">
<path class="grid" d="${grid}"/>
<svg class="plot" width="${px(width)}" height="${px(height)}" data-axes="${axes}"><rect class="hit" width="${px(width)}" height="${px(height)}"/>${input.marks}</svg>
<path class="axis" d="M0 0V${px(height)}H${px(width)}${small}"/>
${input.xTicks !== false && x.ticks.map((t) => html`<text class="tick" x="${px(t.at)}" y="${px(height + 13)}" text-anchor="middle">${t.text}</text>`)}
${y.ticks.map((t) => html`<text class="tick" x="-5" y="${px(t.at + 3.5)}" text-anchor="end">${t.text}</text>`)}
${(labels === "both" || labels === "x") && html`<text class="label" x="${px(width / 2)}" y="${px(height + 30)}" text-anchor="middle">${axisLabel(x.label)}</text>`}
${(labels === "both" || labels === "y") && html`<text class="label" transform="translate(${px(-yLabelRoom(y))},${px(height / 2)}) rotate(-90)" text-anchor="middle">${axisLabel(y.label)}</text>`}
</g>`;
}

/** A subscript is lowered, and what follows it is raised again. */
function axisLabel(text: string): readonly (Html | string)[] {
  return subscripts(text).map((part, i) => {
    if (i % 2) return html`<tspan class="low" dy="3">${part}</tspan>`;
    return i === 0 || part === "" ? part : html`<tspan dy="-3">${part}</tspan>`;
  });
}

/** Distance of the y label from the axis: beyond the widest tick. */
function yLabelRoom(y: Axis): number {
  return Math.max(36, 16 + 6 * Math.max(...y.ticks.map((t) => t.text.length), 0));
}
