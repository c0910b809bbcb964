import * as say from "../../core/messages/report-field.ts";
import type { NullDirection } from "../../field/outcome.ts";
import type { FieldStudy } from "../../routes/field/study.ts";
import { CAPS } from "../caps.ts";
import { fieldName } from "../field-words.ts";
import { diverging } from "../figures/colours.ts";
import { endsOf } from "../figures/ends.ts";
import { lineFigure } from "../figures/field-line.ts";
import { rasterOf } from "../figures/raster.ts";
import { rasterFigure } from "../figures/raster-figure.ts";
import { type Html, html, NOTHING } from "../html.ts";
import { plain } from "../number.ts";
import { figure } from "../table.ts";

/** What the data leave open, drawn: a change of ln gamma0 that no measured value notices, and what else moves with it. */
export function nullDirections(field: FieldStudy): Html {
  const { outcome } = field;
  // Where nothing was fitted there may be no map; the first film has the points then.
  const points = outcome.map ?? (outcome.state === "refused" ? outcome.films[0] : undefined);
  const drawn = outcome.nullDirections.filter((d) => points !== undefined && d.gamma0.length === points.x.length);
  const said = outcome.nullDirections.filter((d) => !drawn.includes(d));
  if (outcome.nullDirections.length === 0) return NOTHING;
  return html`<h4>${say.nullTitle()}</h4>${said.map((d) => html`<p>${caption(d)}</p>`)}<div class="panels">${drawn.map((d) => figure(drawing(field, d, points!), caption(d)))}</div>`;
}

function caption(direction: NullDirection): Html {
  const others = direction.others.map((o) => say.nullOther(o.name, plain(o.change, 2))).join(", ");
  return html`<bdi>${direction.sentence}</bdi> ${say.nullCaption(others)}`;
}

function drawing(field: FieldStudy, { gamma0 }: NullDirection, points: { readonly x: Float64Array; readonly y?: Float64Array }): Html {
  const [low, high] = endsOf(gamma0);
  const common = {
    title: say.nullMap(fieldName(field)),
    desc: say.mapDesc(points.x.length, plain(low, 2), plain(high, 2)),
  };
  const name = "d ln γ₀";
  if (!points.y) {
    const curves = [{ x: points.x, values: gamma0, kind: "line" as const, colour: "c0" }];
    const domain = field.problem?.domain[0] ?? endsOf(points.x);
    return lineFigure({ ...common, name, unit: "1", suffix: "", domain, range: [-1.05, 1.05], neutral: 0, curves });
  }
  return rasterFigure({
    ...common,
    raster: rasterOf(points.x, points.y, CAPS.mapSide),
    values: gamma0,
    scale: diverging({ name, unit: "1", suffix: "", domain: [-1, 1] }),
    ...(field.problem ? { domain: field.problem.domain } : {}),
  });
}
