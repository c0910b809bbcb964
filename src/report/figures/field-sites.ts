import * as say from "../../core/messages/report-field.ts";
import type { FieldSite } from "../../routes/field/study.ts";
import { type Html, html } from "../html.ts";
import { measured } from "../number.ts";
import { shortened } from "../visible.ts";
import { makeAxis } from "./axis.ts";
import { type Marker, mark } from "./marker.ts";
import { curve, horizontalBars, note, verticalBars } from "./marks.ts";
import { plot, svg } from "./plot.ts";
import { robustDomain } from "./robust-domain.ts";

const [WIDTH, HEIGHT] = [380, 350];
const [LEFT, TOP, SIDE] = [58, 12, 290];
const [DECAY, POWER]: readonly [Marker, Marker] = [
  { colour: "c0", shape: 0, hollow: false },
  { colour: "c1", shape: 1, hollow: true },
];
const MOST_NAMES = 16;

/** gamma0 of the field at each qubit against Gamma_1 of the same qubit. @param sites with a rate of another route, at least one */
export function sitesFigure(sites: readonly FieldSite[], name: string): Html {
  const pairs = sites.flatMap((s) => [
    ...(s.decay ? [{ site: s, rate: s.decay, marker: DECAY, named: true }] : []),
    ...(s.power ? [{ site: s, rate: s.power, marker: POWER, named: !s.decay }] : []),
  ]);
  const domain = robustDomain([...pairs.map((p) => p.rate), ...pairs.map((p) => ({ value: p.site.gamma0, sigma: p.site.sigma }))]);
  const x = makeAxis({ name: "Γ_{1} of the qubit", unit: "1/s", domain, range: [0, SIDE] });
  const y = makeAxis({ name: "γ₀ of the field", unit: "1/s", domain, range: [SIDE, 0] });
  const known = (sigma: number) => (sigma > 0 ? sigma : 0);
  const marks = pairs.map(({ site, rate, marker, named }) => {
    const [cx, cy, sx, sy] = [x.at(rate.value), y.at(site.gamma0), known(rate.sigma), known(site.sigma)];
    const text = `${shortened(site.qubit, 40)}: γ₀ ${measured(site.gamma0, site.sigma, "1/s")}, Γ1 ${measured(rate.value, rate.sigma, "1/s")}`;
    return html`<g class="${marker.colour}">${verticalBars([[cx, y.at(site.gamma0 - sy), y.at(site.gamma0 + sy)]], SIDE)}${horizontalBars([[cy, x.at(rate.value - sx), x.at(rate.value + sx)]], 0)}${mark(marker, cx, cy, text)}${
      named && sites.length <= MOST_NAMES && note(cx - 7, cy - 5, shortened(site.qubit, 10), "name", "end")
    }</g>`;
  });
  const equality = curve(
    [
      [0, SIDE],
      [SIDE, 0],
    ],
    "line reference identity",
  );
  return svg({
    ...{ width: WIDTH, height: HEIGHT },
    title: say.sitesTitle(name),
    desc: say.sitesDesc(pairs.length),
    body: [plot({ left: LEFT, top: TOP, x, y, marks: [equality, ...marks] })],
  });
}
