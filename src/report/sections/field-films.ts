import * as say from "../../core/messages/report-field.ts";
import type { Unit } from "../../core/units.ts";
import type { FieldStudy } from "../../routes/field/study.ts";
import { CAPS } from "../caps.ts";
import {
  type AnyFilm,
  brightest,
  countOf,
  energyOf,
  energyScale,
  filmOf,
  layersOf,
  residualsOf,
  selectedTimes,
  timesOf,
  timeTexts,
} from "../field-film.ts";
import { residualWords } from "../field-residuals.ts";
import { fieldName } from "../field-words.ts";
import { endsOf } from "../figures/ends.ts";
import { energyFigure } from "../figures/field-energy.ts";
import { residualHistogram } from "../figures/field-histogram.ts";
import { lineFigure } from "../figures/field-line.ts";
import { filmPlayer, filmStrip } from "../figures/film.ts";
import { rasterOf } from "../figures/raster.ts";
import { type RasterFigure, rasterFigure } from "../figures/raster-figure.ts";
import { type Html, html, NOTHING } from "../html.ts";
import { label } from "../names.ts";
import { figure, sentence } from "../table.ts";

/**
 * Data, model and residuals of the films of one field.
 * @param first number of the first film in the page
 * @param room how many may still be drawn
 * @param more panels behind those of the last film, drawn in any case
 */
export function fieldFilms(field: FieldStudy, first: number, room: number, more: Html): Html {
  const films: readonly AnyFilm[] = field.outcome.films;
  const shown = films.filter((f) => f.values.some(Number.isFinite)).slice(0, room);
  if (shown.length === 0)
    return html`${films.length > 0 && sentence(say.filmsCapped(0, films.length), "sub")}<div class="panels">${more}</div>`;
  return html`<h4>${field.outcome.state === "refused" ? say.dataTitle() : say.filmsTitle()}</h4>${shown.length < films.length && sentence(say.filmsCapped(shown.length, films.length), "sub")}${shown.map(
    (f, i) => {
      const name = say.filmName(f.name, fieldName(field));
      const id = `film-${first + i}`;
      return html`${films.length > 1 && html`<p><strong>${label(f.name, 60)}</strong></p>`}${f.y ? plane(field, f, f.y, name, id) : spaceTime(f, name, id)}<div class="panels">${!f.y && cuts(field, f, name)}${below(field, f, name)}${i === shown.length - 1 && more}</div>`;
    },
  )}`;
}

/** Frames side by side, and the same frames one after the other; a steady state as maps. */
function plane(field: FieldStudy, data: AnyFilm, y: Float64Array, name: string, id: string): Html {
  const times = timesOf(data);
  const log = energyScale(data).input.kind === "log";
  if (times < 2) {
    const raster = rasterOf(data.x, y, CAPS.mapSide);
    const sensors = raster.scattered && data.x.length <= CAPS.sensors ? { sensors: { x: data.x, y } } : {};
    return layerPanels(data, name, id, { raster, ...sensors, ...(field.problem ? { domain: field.problem.domain } : {}) });
  }
  const { film, chosen } = filmOf(data, say.stripTitle(name), id);
  const drawn = film.raster.width * film.raster.height;
  const notes = film.raster.scattered ? say.nearest() : drawn < countOf(data) ? say.thinned(drawn, countOf(data)) : "";
  return html`${figure(filmStrip(film, chosen), `${say.stripCaption(chosen.length, times, log)} ${notes}`, "strip")}${film.frames.length > 2 && filmPlayer(film, film.frames.indexOf(brightest(data, film.frames)), say.playerCaption(film.frames.length, times))}`;
}

/** On a line: everything against position and time at once. */
function spaceTime(data: AnyFilm, name: string, id: string): Html {
  const { times } = data;
  if (!times || times.length < 3) return NOTHING;
  const n = countOf(data);
  const [x, t] = [new Float64Array(n * times.length), new Float64Array(n * times.length)];
  for (let i = 0; i < x.length; i++) [x[i], t[i]] = [data.x[i % n]!, times[Math.floor(i / n)]!];
  return layerPanels(data, name, id, { raster: rasterOf(x, t, CAPS.mapSide), upward: { name: "time", unit: "s" } });
}

/** Data, model and residuals as one picture each. */
function layerPanels(data: AnyFilm, name: string, id: string, more: Pick<RasterFigure, "raster"> & Partial<RasterFigure>): Html {
  const panels = layersOf(data, id).map(({ name: layer, values, scale }) =>
    figure(
      rasterFigure({
        ...{ title: say.layerTitle(layer, name), desc: say.energyDesc(timesOf(data), data.model !== undefined), values, scale },
        ...more,
      }),
      say.layerCaption(layer, scale.input.kind === "log", more.raster.scattered),
    ),
  );
  return html`<div class="panels">${panels}</div>`;
}

/** u along the line at selected times, or of the steady state. */
function cuts(field: FieldStudy, data: AnyFilm, name: string): Html {
  const texts = timeTexts(data);
  const shown = selectedTimes(data).map((k) => texts[k]);
  return figure(cutsFigure(field, data, name), timesOf(data) > 1 ? say.linesCaption(shown.join("; ")) : say.steadyLineCaption());
}

function cutsFigure(field: FieldStudy, data: AnyFilm, name: string): Html {
  const n = countOf(data);
  const chosen = selectedTimes(data);
  const part = (values: Float64Array, k: number) => values.subarray(k * n, (k + 1) * n);
  const { model } = data;
  const shown = chosen.flatMap((k) => [...part(data.values, k), ...(model ? part(model, k) : [])]);
  const [low, high] = endsOf(shown);
  const unit: Unit = "J/m";
  const steady = timesOf(data) === 1;
  return lineFigure({
    ...{ title: say.linesTitle(name), desc: say.energyDesc(chosen.length, model !== undefined), name: "u", unit },
    domain: field.problem?.domain[0] ?? endsOf(data.x),
    range: [low < 0 ? low : 0, high * 1.05],
    curves: chosen.flatMap((k, i) => {
      // Seven of the eight colours: the brightest is hard to see on paper.
      const colour = steady ? "c0" : `s${Math.round((i * 6) / Math.max(1, chosen.length - 1))}`;
      const points = { x: data.x, values: part(data.values, k), kind: "points" as const, colour };
      return [
        { ...points, ...(steady ? { sigma: part(data.sigma, k) } : {}) },
        ...(model ? [{ x: data.x, values: part(model, k), kind: "line" as const, colour }] : []),
      ];
    }),
  });
}

/** The energy of all places against time, and how the residuals are distributed. */
function below(field: FieldStudy, data: AnyFilm, name: string): Html {
  const residuals = residualsOf(data);
  const known = residuals ? Array.from(residuals).filter(Number.isFinite) : [];
  const area = (field.problem?.domain ?? []).reduce((product, [low, high]) => product * (high - low), 1);
  const masked = data.values.some((v) => !Number.isFinite(v));
  return html`${
    timesOf(data) > 2 && field.problem && figure(energyFigure(energyOf(data, area / countOf(data)), name), say.energyCaption(masked))
  }${known.length > 0 && residuals && figure(residualHistogram(known, name), residualWords(data, residuals))}`;
}
