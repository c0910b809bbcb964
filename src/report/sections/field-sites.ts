import * as say from "../../core/messages/report-field.ts";
import type { FieldSite, FieldStudy } from "../../routes/field/study.ts";
import { CAPS } from "../caps.ts";
import { gamma0Scale } from "../field-scales.ts";
import { fieldName } from "../field-words.ts";
import { endsOf } from "../figures/ends.ts";
import { lineFigure } from "../figures/field-line.ts";
import { sitesFigure } from "../figures/field-sites.ts";
import { rasterOf } from "../figures/raster.ts";
import { rasterFigure } from "../figures/raster-figure.ts";
import { type Html, html, NOTHING } from "../html.ts";
import { label, none } from "../names.ts";
import { engineering, measured, plain } from "../number.ts";
import { prose } from "../prose.ts";
import { figure, table } from "../table.ts";

/** gamma0 at the qubits: over the plane, against Gamma_1 of each, and as a table. */
export function fieldSites(field: FieldStudy): Html {
  const { sites = [] } = field;
  if (sites.length === 0) return NOTHING;
  const name = fieldName(field);
  const compared = sites.filter((s) => s.decay || s.power);
  return html`<h4>${say.sitesHead()}</h4><div class="panels">${compared.length > 0 && figure(sitesFigure(compared, name), prose(say.sitesCaption()))}${sites.length > 2 && figure(places(sites, name), prose(say.sitesPlaces()))}</div>${rows(sites)}`;
}

function places(sites: readonly FieldSite[], name: string): Html {
  const of = (value: (s: FieldSite) => number) => Float64Array.from(sites, value);
  const [x, gamma0] = [of((s) => s.x), of((s) => s.gamma0)];
  const [low, high] = endsOf(gamma0);
  const common = { title: say.gamma0Map(name), desc: say.mapDesc(sites.length, plain(low), plain(high)) };
  if (sites.every((s) => s.y !== undefined)) {
    const y = of((s) => s.y ?? Number.NaN);
    return rasterFigure({
      ...common,
      raster: rasterOf(x, y, CAPS.mapSide),
      values: gamma0,
      scale: gamma0Scale([low, high]),
      sensors: { x, y },
    });
  }
  const curves = [{ x, values: gamma0, sigma: of((s) => s.sigma), kind: "points" as const, colour: "c0" }];
  const [first, last] = endsOf(x);
  const margin = 0.06 * (last - first);
  return lineFigure({
    ...common,
    name: "γ₀",
    unit: "1/s",
    domain: [first - margin, last + margin],
    range: [low > 0 ? 0 : low, high * 1.15],
    curves,
  });
}

function rows(sites: readonly FieldSite[]): Html {
  const rate = (r: FieldSite["decay"]) => (r ? measured(r.value, r.sigma, "1/s") : none("no rate of this route"));
  const number = (head: string) => ({ head, number: true });
  return html`<div class="compact">${table({
    name: say.sitesHead(),
    columns: [{ head: "qubit" }, number("x"), number("y"), number("γ₀ of the field"), number("1/T1, decay"), number("rate, power")],
    rows: sites
      .slice(0, CAPS.rows)
      .map((s) => [
        label(s.qubit, 40),
        engineering(s.x, "m", 4),
        s.y === undefined ? none("on a line") : engineering(s.y, "m", 4),
        html`<strong>${measured(s.gamma0, s.sigma, "1/s")}</strong>`,
        rate(s.decay),
        rate(s.power),
      ]),
  })}</div>`;
}
