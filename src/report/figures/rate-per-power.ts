import type { Estimate } from "../../core/estimate.ts";
import { rateDesc, rateTitle } from "../../core/messages/report-figures.ts";
import type { PowerStudy } from "../../routes/power-study.ts";
import { shownSigma } from "../headline.ts";
import { type Html, html } from "../html.ts";
import { groupName } from "../names.ts";
import { measured } from "../number.ts";
import { makeAxis } from "./axis.ts";
import { type Marker, mark } from "./marker.ts";
import { band, curve, verticalBars } from "./marks.ts";
import { plot, svg } from "./plot.ts";
import { powerAxis } from "./power-axis.ts";
import { robustDomain } from "./robust-domain.ts";

const WIDTH = 380;
const HEIGHT = 200;
const [LEFT, TOP, PLOT_W, PLOT_H] = [54, 12, 312, 140];

/** Gamma1_total per drive power, with the combined value and 1/T1 as bands: a bend here is a population offset, a reference error or a bath. */
export function ratePerPower(studies: readonly PowerStudy[], decay: Estimate | undefined, marker: Marker): Html {
  const quoted = studies[0]!;
  const power = powerAxis(
    studies.flatMap((s) => s.points),
    PLOT_W,
  );
  const rated = studies.map((s) => ({ study: s, points: s.points.map((p, i) => ({ p, i })).filter(({ p }) => Number.isFinite(p.gamma)) }));
  const all = rated.flatMap((r) => r.points.map(({ p }) => p));
  const sigma = (s: number) => (s > 0 ? s : 0);
  const centres = [quoted.gamma, decay?.value ?? Number.NaN].filter(Number.isFinite);
  const domain = robustDomain(
    all.map((p) => ({ value: p.gamma, sigma: sigma(p.sigmaGamma) })),
    [...centres, quoted.gamma + sigma(quoted.sigma), quoted.gamma - sigma(quoted.sigma)],
  );
  const y = makeAxis({ name: "rate", unit: "1/s", domain, range: [PLOT_H, 0], count: 4 });
  const level = (value: number, s: number, kind: string): Html[] =>
    Number.isFinite(value)
      ? [
          band(s > 0 ? [0, PLOT_W].map((at) => [at, y.at(value - s), y.at(value + s)] as const) : [], `band ${kind}`),
          curve(
            [0, PLOT_W].map((at) => [at, y.at(value)] as const),
            `line ${kind}`,
          ),
        ]
      : [];
  const marks = [
    ...(decay ? level(decay.value, shownSigma(decay).sigma, "reference") : []),
    ...level(quoted.gamma, quoted.sigma, marker.colour),
    ...rated.map(
      ({ study, points }) =>
        html`<g class="${marker.colour}">${verticalBars(
          points.map(({ p, i }) => [
            power.axis.at(power.of(p, i)),
            y.at(p.gamma - sigma(p.sigmaGamma)),
            y.at(p.gamma + sigma(p.sigmaGamma)),
          ]),
          PLOT_H,
        )}${points.map(({ p, i }) =>
          mark(
            marker,
            power.axis.at(power.of(p, i)),
            y.at(p.gamma),
            `${study.estimator}: ${measured(p.gamma, p.sigmaGamma, "1/s")}${p.used ? "" : "; not used"}${p.remark && `; ${p.remark}`}`,
            p.used ? 40 : 24,
            study !== quoted || !p.used,
          ),
        )}</g>`,
    ),
  ];
  return svg({
    width: WIDTH,
    height: HEIGHT,
    title: rateTitle(groupName(quoted.labels)),
    desc: rateDesc(all.length),
    body: [plot({ left: LEFT, top: TOP, x: power.axis, y, marks })],
  });
}
