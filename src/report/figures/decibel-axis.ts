import { decibel, powerRatio } from "../../physics/decibel.ts";
import { type Html, html } from "../html.ts";
import type { Axis } from "./axis.ts";
import { ticks } from "./d3-array.ts";
import { px } from "./plot.ts";

/** A second scale of a ratio axis, at the plot's right edge: the same places in dB. Nothing where the axis holds no positive ratio. */
export function decibelAxis(y: Axis, left: number, top: number, width: number): Html {
  const [low, high] = y.domain;
  const height = Math.abs(y.range[1] - y.range[0]);
  const edge = Math.max(low, high / 100);
  if (!(high > 0)) return html``;
  const all = ticks(decibel(edge), decibel(high), 5);
  const step = all.length > 1 ? all[1]! - all[0]! : 1;
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const placed = all.map((v) => ({ at: y.at(powerRatio(v)), text: v.toFixed(decimals).replace("-", "−") }));
  const shown = placed.filter((t, i) => i === 0 || i === placed.length - 1 || Math.abs(t.at - placed[i - 1]!.at) > 11);
  return html`<g transform="translate(${px(left + width)},${px(top)})"><path class="axis" d="M0 0V${px(height)}${shown.map((t) => `M0 ${px(t.at)}h4`).join("")}"/>${shown.map(
    (t) => html`<text class="tick" x="7" y="${px(t.at + 3.5)}">${t.text}</text>`,
  )}<text class="label" transform="translate(38,${px(height / 2)}) rotate(90)" text-anchor="middle">dB</text></g>`;
}
