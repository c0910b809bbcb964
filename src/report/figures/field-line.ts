import type { Unit } from "../../core/units.ts";
import { type Html, html } from "../html.ts";
import { type Axis, makeAxis } from "./axis.ts";
import { band, curve, dots, verticalBars } from "./marks.ts";
import { plot, px, svg } from "./plot.ts";
import { lengthAxis } from "./raster-figure.ts";

const [WIDTH, HEIGHT] = [380, 250];
const [LEFT, TOP, PLOT_W, PLOT_H] = [56, 14, 308, 188];

/** So many points may have larger dots. */
const FEW = 40;

/** A quantity along a line. */
interface LineCurve {
  readonly x: ArrayLike<number>;
  readonly values: ArrayLike<number>;
  /** Half width of its band, or of its bars where it is drawn as points. */
  readonly sigma?: ArrayLike<number>;
  readonly kind: "line" | "points";
  /** Class of its colour. */
  readonly colour: string;
}

export interface LineFigure {
  readonly title: string;
  readonly desc: string;
  readonly name: string;
  readonly unit: Unit;
  /** Ends of the line, m. */
  readonly domain: readonly [number, number];
  readonly range: readonly [number, number];
  readonly kind?: "linear" | "log";
  readonly curves: readonly LineCurve[];
  /** Stretches (m) in which the curve shows the prior. */
  readonly hatched?: readonly (readonly [number, number])[];
  /** A value with a line of its own: 1 of f, 0 of residuals. */
  readonly neutral?: number;
  readonly suffix?: string;
}

/** Curves over the position on a line, with bands. */
export function lineFigure(input: LineFigure): Html {
  const x = lengthAxis("x", input.domain, input.domain, [0, PLOT_W]);
  const y = makeAxis({
    ...{ name: input.name, unit: input.unit, domain: input.range, range: [PLOT_H, 0] as const, kind: input.kind ?? "linear" },
    ...(input.suffix === undefined ? {} : { suffix: input.suffix }),
  });
  const marks = [
    ...(input.hatched ?? []).map(
      ([a, b]) => html`<rect class="prior" x="${px(x.at(a))}" width="${px(x.at(b) - x.at(a))}" height="${PLOT_H}"/>`,
    ),
    input.neutral === undefined ? html`` : html`<path class="zero" d="M0 ${px(y.at(input.neutral))}H${PLOT_W}"/>`,
    ...input.curves.map((c) => html`<g class="${c.colour}">${c.kind === "line" ? lineOf(c, x, y) : pointsOf(c, x, y)}</g>`),
  ];
  return svg({
    ...{ width: WIDTH, height: HEIGHT },
    title: input.title,
    desc: input.desc,
    body: [plot({ left: LEFT, top: TOP, x, y, marks })],
  });
}

function lineOf(c: LineCurve, x: Axis, y: Axis): Html {
  // Measured positions need not come in order.
  const order = Array.from(c.x, (_, i) => i).sort((a, b) => c.x[a]! - c.x[b]!);
  const floor = Math.max(y.range[0], y.range[1]);
  const low = (v: number) => (Number.isFinite(v) ? v : floor);
  const { sigma } = c;
  return html`${
    sigma &&
    band(
      order.map((i) => [x.at(c.x[i]!), low(y.at(c.values[i]! - sigma[i]!)), y.at(c.values[i]! + sigma[i]!)] as const),
      "band",
    )
  }${curve(
    order.map((i) => [x.at(c.x[i]!), y.at(c.values[i]!)] as const),
    "line",
  )}`;
}

function pointsOf(c: LineCurve, x: Axis, y: Axis): Html {
  const { sigma } = c;
  const at = Array.from(c.x, (v, i) => [x.at(v), y.at(c.values[i]!)] as const);
  const bars = sigma && Array.from(c.x, (v, i) => [x.at(v), y.at(c.values[i]! - sigma[i]!), y.at(c.values[i]! + sigma[i]!)] as const);
  return html`${bars && verticalBars(bars, Math.max(...y.range))}${dots(at, at.length > FEW ? "small" : "")}`;
}
