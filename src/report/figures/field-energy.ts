import * as say from "../../core/messages/report-field.ts";
import type { Unit } from "../../core/units.ts";
import { type Html, html } from "../html.ts";
import { makeAxis } from "./axis.ts";
import { endsOf } from "./ends.ts";
import { curve, dots, verticalBars } from "./marks.ts";
import { plot, svg } from "./plot.ts";

const [WIDTH, HEIGHT] = [380, 250];
const [LEFT, TOP, PLOT_W, PLOT_H] = [58, 14, 306, 188];
/** A decay by more than this is drawn on a logarithmic axis. */
const LOG_FROM = 12;

/** Energy in the measured area against time. */
export interface EnergyCourse {
  readonly times: ArrayLike<number>;
  readonly data: readonly number[];
  readonly sigma: readonly number[];
  /** Absent where nothing was fitted. */
  readonly model: readonly number[] | undefined;
  readonly unit: Unit;
}

/** Total energy of data and model against time. @param course at least two times */
export function energyFigure(course: EnergyCourse, name: string): Html {
  const times = Array.from(course.times);
  const [low, high] = endsOf([...course.data, ...(course.model ?? [])]);
  const law = course.model ?? course.data;
  const kind = low > 0 && law[0]! > LOG_FROM * law.at(-1)! ? "log" : "linear";
  const x = makeAxis({ name: "time", unit: "s", domain: [times[0]!, times.at(-1)!], range: [0, PLOT_W] });
  const y = makeAxis({
    ...{ name: "∫u", unit: course.unit, kind, range: [PLOT_H, 0] as const },
    domain: kind === "log" ? [low / 1.2, high * 1.2] : [Math.min(0, low), high * 1.06],
  });
  const at = (values: readonly number[]) => values.map((v, i) => [x.at(times[i]!), y.at(v)] as const);
  const marks = [
    html`<g class="c0">${verticalBars(
      course.data.map((v, i) => [x.at(times[i]!), y.at(v - course.sigma[i]!), y.at(v + course.sigma[i]!)] as const),
      PLOT_H,
    )}${dots(at(course.data), "")}</g>`,
    ...(course.model ? [curve(at(course.model), "line law")] : []),
  ];
  return svg({
    ...{ width: WIDTH, height: HEIGHT },
    title: say.energyTitle(name),
    desc: say.energyDesc(times.length, course.model !== undefined),
    body: [plot({ left: LEFT, top: TOP, x, y, marks })],
  });
}
