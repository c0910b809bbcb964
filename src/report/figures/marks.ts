import { type Html, html } from "../html.ts";
import type { Axis } from "./axis.ts";
import { area, line } from "./d3-shape.ts";
import { px } from "./plot.ts";

type Place = readonly [x: number, y: number];

const linePath = line<Place>()
  .defined(([x, y]) => Number.isFinite(x) && Number.isFinite(y))
  .digits(1);
const areaPath = area<readonly [number, number, number]>()
  .defined(([x, low, high]) => Number.isFinite(x) && Number.isFinite(low) && Number.isFinite(high))
  .x(([x]) => x)
  .y0(([, low]) => low)
  .y1(([, , high]) => high)
  .digits(1);

/** Places of pairs of SI numbers. */
export function places(x: Axis, y: Axis, xs: readonly number[], ys: readonly number[]): Place[] {
  return xs.map((v, i) => [x.at(v), y.at(ys[i] ?? Number.NaN)]);
}

/** A curve through places; it is interrupted where a number is missing. */
export function curve(points: readonly Place[], kind: string): Html {
  return html`<path class="${kind}" d="${linePath(points) ?? ""}"/>`;
}

/** The area between two curves over the same x. */
export function band(points: readonly (readonly [x: number, low: number, high: number])[], kind: string): Html {
  return html`<path class="${kind}" d="${areaPath(points) ?? ""}"/>`;
}

/** Many small dots as one element. */
export function dots(points: readonly Place[], kind: string): Html {
  let d = "";
  for (const [x, y] of points) if (Number.isFinite(x) && Number.isFinite(y)) d += `M${px(x)} ${px(y)}h0`;
  return html`<path class="dots ${kind}" d="${d}"/>`;
}

/** Vertical error bars as one element; an end that has no place (below zero on a log axis) runs to `floor`. */
export function verticalBars(bars: readonly (readonly [x: number, low: number, high: number])[], floor: number, kind = ""): Html {
  let d = "";
  for (const [x, low, high] of bars)
    if (Number.isFinite(x) && (Number.isFinite(low) || Number.isFinite(high)))
      d += `M${px(x)} ${px(Number.isFinite(low) ? low : floor)}V${px(Number.isFinite(high) ? high : floor)}`;
  return html`<path class="bar ${kind}" d="${d}"/>`;
}

/** Horizontal error bars as one element. */
export function horizontalBars(bars: readonly (readonly [y: number, low: number, high: number])[], floor: number, kind = ""): Html {
  let d = "";
  for (const [y, low, high] of bars)
    if (Number.isFinite(y) && Number.isFinite(high)) d += `M${px(Number.isFinite(low) ? low : floor)} ${px(y)}H${px(high)}`;
  return html`<path class="bar ${kind}" d="${d}"/>`;
}

/** Text in a figure. `kind` adds classes. */
export function note(x: number, y: number, text: string, kind = "", anchor: "start" | "middle" | "end" = "start"): Html {
  return html`<text class="note ${kind}" x="${px(x)}" y="${px(y)}" text-anchor="${anchor}">${text}</text>`;
}
