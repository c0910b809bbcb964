import * as say from "../../core/messages/report-field.ts";
import { type Html, html } from "../html.ts";
import { makeAxis } from "./axis.ts";
import { curve } from "./marks.ts";
import { plot, px, svg } from "./plot.ts";

const [WIDTH, HEIGHT] = [380, 250];
const [LEFT, TOP, PLOT_W, PLOT_H] = [52, 14, 312, 188];
const [REACH, BINS] = [5, 40];

/** Residuals in units of their sigma against the normal law; what lies beyond the ends is counted in the outermost bins. @param residuals finite ones, not empty */
export function residualHistogram(residuals: readonly number[], name: string): Html {
  const width = (2 * REACH) / BINS;
  const counts = new Array<number>(BINS).fill(0);
  for (const r of residuals) counts[Math.max(0, Math.min(BINS - 1, Math.floor((r + REACH) / width)))]!++;
  const normal = (z: number) => (residuals.length * width * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
  const x = makeAxis({ name: "(data − model)/σ", unit: "1", suffix: "", domain: [-REACH, REACH], range: [0, PLOT_W] });
  const y = makeAxis({ name: "values", unit: "1", suffix: "", domain: [0, 1.08 * Math.max(normal(0), ...counts)], range: [PLOT_H, 0] });
  let d = "";
  counts.forEach((n, i) => {
    if (n > 0) d += `M${px(x.at(-REACH + i * width))} ${PLOT_H}V${px(y.at(n))}h${px(PLOT_W / BINS)}V${PLOT_H}z`;
  });
  const law = Array.from({ length: 101 }, (_, i) => -REACH + (i / 100) * 2 * REACH).map((z) => [x.at(z), y.at(normal(z))] as const);
  return svg({
    ...{ width: WIDTH, height: HEIGHT },
    title: say.histogramTitle(name),
    desc: say.histogramDesc(residuals.length),
    body: [plot({ left: LEFT, top: TOP, x, y, marks: [html`<path class="bins c0" d="${d}"/>`, curve(law, "line law")] })],
  });
}
