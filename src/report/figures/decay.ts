import { decayDesc, decayTitle } from "../../core/messages/report-figures.ts";
import { CAPS } from "../caps.ts";
import { fitStatus, t1Of } from "../fit-summary.ts";
import type { Html } from "../html.ts";
import { html } from "../html.ts";
import { groupName } from "../names.ts";
import { measured } from "../number.ts";
import type { StudyFit } from "../study.ts";
import { shortened } from "../visible.ts";
import { makeAxis } from "./axis.ts";
import { binned } from "./binned.ts";
import type { Marker } from "./marker.ts";
import { curve, dots, note, places, verticalBars } from "./marks.ts";
import { plot, px, svg } from "./plot.ts";
import { robustDomain } from "./robust-domain.ts";

const WIDTH = 300;
const HEIGHT = 226;
const [LEFT, TOP, PLOT_W] = [50, 8, 240];
const [DATA_H, GAP, RESIDUAL_H] = [124, 9, 48];

/** One trace: data with errors, fitted law, residuals in units of sigma. Data are drawn even where no fit stands. */
export function decayFigure(fit: StudyFit, marker: Marker): Html {
  const trace = fit.trace;
  const binning = trace.t.length > CAPS.tracePoints;
  const { t, y, sigma } = binning ? binned(trace, CAPS.traceBins) : trace;
  const hasFit = trace.fit.length === trace.t.length && trace.fit.length > 0;
  const name = groupName(fit.labels);
  const t1 = t1Of(fit);
  const common = {
    width: WIDTH,
    height: HEIGHT,
    title: decayTitle(name, shortened(fit.labels.trace, 60)),
    desc: decayDesc(trace.t.length, fitStatus(fit), t1 ? measured(t1.value, t1.sigma, "s") : "–", binning),
  };
  if (!t.some(Number.isFinite))
    return svg({
      ...common,
      body: [
        html`<rect class="empty" x="8" y="8" width="${WIDTH - 16}" height="${HEIGHT - 16}"/>`,
        note(WIDTH / 2, HEIGHT / 2, "no points to draw", "muted", "middle"),
      ],
    });

  const known = t.filter(Number.isFinite);
  const [start, end] = [Math.min(0, ...known), Math.max(...known)];
  const margin = 0.02 * (end - start);
  const x = makeAxis({ name: "delay", unit: "s", domain: [start - margin, end + margin], range: [0, PLOT_W] });
  const height = hasFit ? DATA_H : DATA_H + GAP + RESIDUAL_H;
  const range = robustDomain(
    y.map((value, i) => ({ value, sigma: sigma[i] ?? 0 })),
    trace.fit.filter(Number.isFinite),
  );
  const signal = trace.unit === "V" ? "signal" : fit.rotation === "" ? "population" : "signal";
  const yAxis = makeAxis({ name: signal, unit: trace.unit, domain: range, range: [height, 0], count: 5 });
  const at = places(x, yAxis, t, y);
  const bars =
    sigma.length === t.length
      ? verticalBars(
          at.map(([left], i) => [left, yAxis.at(y[i]! - sigma[i]!), yAxis.at(y[i]! + sigma[i]!)]),
          height,
        )
      : html``;
  const law = binning ? binned({ t: trace.t, y: trace.fit, sigma: [] }, CAPS.traceBins) : { t: trace.t, y: trace.fit };
  const data = plot({
    left: LEFT,
    top: TOP,
    x,
    y: yAxis,
    marks: [
      html`<g class="${marker.colour}">${bars}${dots(at, t.length > 150 ? "small" : "")}</g>`,
      hasFit ? curve(places(x, yAxis, law.t, law.y), "line law") : html``,
      betterCurve(fit, (v) => v, x, yAxis),
    ],
    labels: hasFit ? "y" : "both",
    xTicks: !hasFit,
  });
  return svg({ ...common, body: hasFit ? [data, residuals(fit, marker, x)] : [data] });
}

/** (data - fit)/sigma; in the signal's unit where no sigma is known. */
function residuals(fit: StudyFit, marker: Marker, x: ReturnType<typeof makeAxis>): Html {
  const { t, y, sigma, fit: law, unit } = fit.trace;
  const inSigma = sigma.length === t.length;
  const raw = y.map((v, i) => (v - law[i]!) / (inSigma ? sigma[i]! : 1));
  const drawn = t.length > CAPS.tracePoints ? binned({ t, y: raw, sigma: [] }, CAPS.traceBins) : { t, y: raw };
  const largest = Math.max(...drawn.y.filter(Number.isFinite).map(Math.abs), inSigma ? 2.5 : 0) * 1.1;
  const axis = makeAxis({
    name: "res.",
    unit,
    domain: [-largest || -1, largest || 1],
    range: [RESIDUAL_H, 0],
    count: 3,
    ...(inSigma ? { suffix: "σ" } : {}),
  });
  const zero = axis.at(0);
  return plot({
    left: LEFT,
    top: TOP + DATA_H + GAP,
    x,
    y: axis,
    marks: [
      html`<path class="zero" d="M0 ${px(zero)}H${PLOT_W}"/>`,
      betterCurve(fit, (v, i) => (v - law[i]!) / (inSigma ? sigma[i]! : 1), x, axis),
      html`<g class="${marker.colour}">${dots(places(x, axis, drawn.t, drawn.y), t.length > 150 ? "small" : "")}</g>`,
    ],
  });
}

/** The law that the trace asks for instead of the exponential, dotted. */
function betterCurve(fit: StudyFit, scaled: (v: number, i: number) => number, x: Axis, y: Axis): Html {
  const { t, better } = fit.trace;
  if (!better) return html``;
  const values = better.y.map(scaled);
  const drawn = t.length > CAPS.tracePoints ? binned({ t, y: values, sigma: [] }, CAPS.traceBins) : { t, y: values };
  return curve(places(x, y, drawn.t, drawn.y), "line other");
}

type Axis = ReturnType<typeof makeAxis>;
