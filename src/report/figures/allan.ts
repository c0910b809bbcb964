import { allanDesc, allanTitle } from "../../core/messages/report-figures.ts";
import type { SeriesStudy } from "../../routes/series-study.ts";
import { duration, timeUnit } from "../duration.ts";
import { type Html, html } from "../html.ts";
import { groupName } from "../names.ts";
import { engineering } from "../number.ts";
import { shortened } from "../visible.ts";
import { makeAxis } from "./axis.ts";
import { type Marker, mark } from "./marker.ts";
import { curve, verticalBars } from "./marks.ts";
import { plot, svg } from "./plot.ts";

const [WIDTH, HEIGHT] = [380, 236];
const [LEFT, TOP, PLOT_W, PLOT_H] = [60, 12, 306, 176];

/** Overlapping Allan deviation of T1 against averaging time, with what white noise and the errors of the fits alone would give. */
export function allanFigure(study: SeriesStudy, marker: Marker): Html | undefined {
  if (study.allan.state === "missing") return undefined;
  const { points } = study.allan;
  const { basis } = study.axis;
  const [first, last] = [points[0]!, points.at(-1)!];
  const unit = basis === "time" ? timeUnit(Math.sqrt(first.tau * last.tau)) : { name: "repeats", seconds: 1 };
  const x = makeAxis({
    name: "averaging time τ",
    unit: "1",
    suffix: unit.name,
    kind: "log",
    domain: [first.tau / unit.seconds / 1.3, (last.tau / unit.seconds) * 1.3],
    range: [0, PLOT_W],
  });
  const shown = points.flatMap((p) => [p.deviation, p.low, p.high]).filter((v) => v > 0 && Number.isFinite(v));
  // The line of the fits is part of the picture as far as it does not squeeze the points.
  const floor = Math.min(...shown) / 10;
  const fits = points.map((p) => p.fitOnly).filter((v) => v > floor);
  const y = makeAxis({
    name: "Allan deviation of T_{1}",
    unit: "s",
    kind: "log",
    domain: shown.length > 0 ? [Math.min(...shown, ...fits) / 1.15, Math.max(...shown, ...fits) * 1.15] : [1e-7, 1e-6],
    range: [PLOT_H, 0],
  });
  const at = (tau: number) => x.at(tau / unit.seconds);
  const marks = [
    curve(
      points.map((p) => [at(p.tau), y.at(p.fitOnly)] as const),
      "line reference",
    ),
    curve(
      points.map((p) => [at(p.tau), y.at(first.deviation * Math.sqrt(first.tau / p.tau))] as const),
      "line other",
    ),
    html`<g class="${marker.colour}">${curve(
      points.map((p) => [at(p.tau), y.at(p.deviation)] as const),
      "line",
    )}${verticalBars(
      points.map((p) => [at(p.tau), y.at(p.low), y.at(p.high)]),
      PLOT_H,
    )}${points.map((p) => mark(marker, at(p.tau), y.at(p.deviation), `τ ${duration(p.tau, basis)}: ${engineering(p.deviation, "s")}`, 32))}</g>`,
  ];
  return svg({
    width: WIDTH,
    height: HEIGHT,
    title: allanTitle(groupName(study.labels), shortened(study.signal, 60)),
    desc: allanDesc(points.length, duration(first.tau, basis), duration(last.tau, basis), engineering(first.deviation, "s")),
    body: [plot({ left: LEFT, top: TOP, x, y, marks })],
  });
}
