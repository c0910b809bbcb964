import * as say from "../../core/messages/report-field.ts";
import type { FieldStudy } from "../../routes/field/study.ts";
import { CAPS } from "../caps.ts";
import {
  type Fitted,
  gamma0Range,
  gamma0Scale,
  partitionScale,
  priorPoints,
  relativeErrors,
  relativeShares,
  shareScale,
  sigmaScale,
} from "../field-scales.ts";
import { fieldName, lengthRange, medianLength } from "../field-words.ts";
import type { ColourScale } from "../figures/colours.ts";
import { endsOf } from "../figures/ends.ts";
import { rasterOf } from "../figures/raster.ts";
import { type RasterFigure, rasterFigure } from "../figures/raster-figure.ts";
import { type Html, html } from "../html.ts";
import { plain } from "../number.ts";
import { figure } from "../table.ts";
import { fieldLines } from "./field-lines.ts";

/** gamma0, its relative error and f as maps side by side, or as lines where the data are one-dimensional. */
export function fieldMaps(field: FieldStudy, outcome: Fitted, all: readonly FieldStudy[]): Html {
  const figures = outcome.map.y ? planes(field, outcome, outcome.map.y, all) : fieldLines(field, outcome, all);
  return html`<h4>${say.mapsTitle()}</h4><div class="panels quad">${figures}</div>`;
}

function planes(field: FieldStudy, outcome: Fitted, y: Float64Array, all: readonly FieldStudy[]): Html[] {
  const { map } = outcome;
  const name = fieldName(field);
  const raster = rasterOf(map.x, y, CAPS.mapSide);
  const prior = priorPoints(outcome);
  const drawn = raster.width * raster.height;
  const marked = raster.scattered && map.x.length <= CAPS.sensors;
  // Said in full below the first map.
  const notes = [
    prior.includes(true) && say.priorShown(prior.filter(Boolean).length, prior.length),
    marked && say.circles(),
    raster.scattered && say.nearest(),
    !raster.scattered && drawn < map.x.length && say.thinned(drawn, map.x.length),
  ];
  const short = [prior.includes(true) && say.priorShort()];
  const panel = (title: string, values: ArrayLike<number>, scale: ColourScale, caption: string, more: Partial<RasterFigure> = {}) => {
    const [low, high] = endsOf(values);
    const clipped = low < scale.input.domain[0] * (1 - 1e-9) || high > scale.input.domain[1] * (1 + 1e-9);
    const texts = [caption, ...(values === map.gamma0 ? notes : short), clipped && say.clipped()].filter((t) => t !== false);
    return figure(
      rasterFigure({
        ...{ title, desc: say.mapDesc(map.x.length, plain(low), plain(high)), raster, values, scale, hatched: prior },
        ...(field.problem ? { domain: field.problem.domain } : {}),
        ...(marked ? { sensors: { x: map.x, y } } : {}),
        ...more,
      }),
      texts.join(" "),
    );
  };
  const shares = relativeShares(map.share, field.problem?.domain ?? [raster.x, raster.y]);
  const text = lengthRange(map.diffusionLength);
  const length = medianLength(map.diffusionLength);
  const fits = length < 0.7 * (raster.x[1] - raster.x[0]);
  const shared = all.filter((f) => f.labels.device === field.labels.device && f.outcome.state !== "refused").length > 1;
  return [
    panel(
      say.gamma0Map(name),
      map.gamma0,
      gamma0Scale(gamma0Range(all, field)),
      `${say.gamma0Caption(shared)} ${fits ? say.ruled() : say.noRuler(text)}`,
      fits ? { ruler: { length, text: say.ruler(text) } } : {},
    ),
    panel(say.sigmaMap(name), relativeErrors(outcome), sigmaScale(relativeErrors(outcome)), say.sigmaCaption()),
    ...(map.partition.some(Number.isFinite)
      ? [
          panel(say.partitionMap(name), map.partition, partitionScale(map.partition), say.partitionCaption()),
          panel(say.shareMap(name), shares, shareScale(shares), say.shareCaption()),
        ]
      : [html`<p class="sub">${say.noPartition()}</p>`]),
  ];
}
