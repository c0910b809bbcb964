import { DATA, MODEL, off, on, RESIDUAL } from "../core/messages/report-field.ts";
import type { Unit } from "../core/units.ts";
import type { FieldFilm } from "../field/outcome.ts";
import { CAPS } from "./caps.ts";
import { residualScale } from "./field-scales.ts";
import { type ColourScale, sequential } from "./figures/colours.ts";
import { endsOf } from "./figures/ends.ts";
import type { EnergyCourse } from "./figures/field-energy.ts";
import type { Film, Layer } from "./figures/film.ts";
import { rasterOf } from "./figures/raster.ts";
import { engineering } from "./number.ts";

/** A film as fitted, or of a refused fit the data alone. */
export type AnyFilm = Omit<FieldFilm, "model" | "partition"> & Partial<Pick<FieldFilm, "model">>;

/** u falls by more than this from frame to frame: logarithmic colours show all frames. */
const LOG_FROM = 12;
const LOG_SPAN = 250;
/** Frames side by side in the static picture. */
const STRIP = 6;

export const countOf = (film: AnyFilm): number => film.x.length;
export const timesOf = (film: AnyFilm): number => film.times?.length ?? 1;

/** Residuals in units of sigma; NaN where not measured. */
export function residualsOf(film: AnyFilm): Float64Array | undefined {
  const { model } = film;
  return model && Float64Array.from(film.values, (v, i) => (v - model[i]!) / film.sigma[i]!);
}

/** Colours of u: from the model where there is one, since a single outlier of the data must not flatten everything. */
export function energyScale(film: AnyFilm): ColourScale {
  const n = countOf(film);
  const values = film.model ?? film.values;
  const [least, high] = endsOf(values);
  const [faintest] = endsOf(Array.from({ length: timesOf(film) }, (_, k) => endsOf(values.subarray(k * n, (k + 1) * n))[1]));
  const unit: Unit = film.y ? "J/m^2" : "J/m";
  if (faintest > 0 && high > LOG_FROM * faintest) {
    const [low] = endsOf(values.filter((v) => v > 0));
    return sequential({ name: "u", unit, domain: [Math.max(low, high / LOG_SPAN), high], kind: "log" });
  }
  return sequential({ name: "u", unit, domain: [least < 0 ? least : 0, high > 0 ? high : 1] });
}

/** Whether any source is on at each time. */
function sourceOn(film: AnyFilm): boolean[] {
  const n = countOf(film);
  return Array.from({ length: timesOf(film) }, (_, k) => film.source.subarray(k * n, (k + 1) * n).some((r) => r > 0));
}

/** First and last time, both sides of a switch, and the rest as even as it goes. */
export function selectedTimes(film: AnyFilm, most = STRIP): number[] {
  const count = timesOf(film);
  const isOn = sourceOn(film);
  const chosen = new Set([0, count - 1]);
  for (let k = 1; k < count && chosen.size < most - 1; k++) if (isOn[k] !== isOn[k - 1]) for (const side of [k - 1, k]) chosen.add(side);
  while (chosen.size < Math.min(most, count)) {
    const sorted = [...chosen].sort((a, b) => a - b);
    const gaps = sorted.slice(1).map((k, i) => k - sorted[i]!);
    const widest = gaps.indexOf(Math.max(...gaps));
    chosen.add(sorted[widest]! + (gaps[widest]! >> 1));
  }
  return [...chosen].sort((a, b) => a - b);
}

/** The one of these times at which u is largest: there is most to see. */
export function brightest(film: AnyFilm, times: readonly number[]): number {
  const n = countOf(film);
  const values = film.model ?? film.values;
  const peak = (k: number) => endsOf(values.subarray(k * n, (k + 1) * n))[1];
  return times.reduce((best, k) => (peak(k) > peak(best) ? k : best), times[0]!);
}

/** `12.5 µs`, and whether a source is on where that changes. */
export function timeTexts(film: AnyFilm): string[] {
  const isOn = sourceOn(film);
  const changes = new Set(isOn).size > 1;
  return Array.from(
    { length: timesOf(film) },
    (_, k) => `${film.times ? engineering(film.times[k]!, "s") : ""}${changes ? `, ${isOn[k] ? on() : off()}` : ""}`,
  );
}

/** The film as pictures: at most {@link CAPS.filmFrames} times, the selected ones among them. @param id what its layers are called in the page */
export function filmOf(film: AnyFilm, title: string, id: string): { readonly film: Film; readonly chosen: readonly number[] } {
  const selected = selectedTimes(film);
  const count = timesOf(film);
  const room = count <= CAPS.filmFrames ? count : CAPS.filmFrames - selected.length;
  const even = Array.from({ length: room }, (_, i) => Math.round((i * (count - 1)) / Math.max(1, room - 1)));
  const frames = [...new Set([...even, ...selected])].sort((a, b) => a - b);
  const texts = timeTexts(film);
  return {
    film: {
      ...{ title, frames, points: countOf(film), texts: frames.map((k) => texts[k]!) },
      raster: rasterOf(film.x, film.y ?? new Float64Array(countOf(film)), CAPS.filmSide),
      layers: layersOf(film, id),
    },
    chosen: selected.map((k) => frames.indexOf(k)),
  };
}

/** Data, model and residuals, with one scale for the first two. */
export function layersOf(film: AnyFilm, id: string): Layer[] {
  const scale = energyScale(film);
  const residuals = residualsOf(film);
  return [
    { name: DATA, id: `${id}-data`, values: film.values, scale },
    ...(film.model ? [{ name: MODEL, id: `${id}-model`, values: film.model, scale }] : []),
    ...(residuals ? [{ name: RESIDUAL, id: `${id}-residual`, values: residuals, scale: residualScale() }] : []),
  ];
}

/** Sum of u over the measured places of each time, each for its share of the whole, so that data and model miss the same places. */
export function energyOf(film: AnyFilm, share: number): EnergyCourse {
  const n = countOf(film);
  const sums = (term: (i: number) => number) =>
    Array.from({ length: timesOf(film) }, (_, k) => {
      let sum = 0;
      for (let i = k * n; i < (k + 1) * n; i++) if (Number.isFinite(film.values[i])) sum += term(i);
      return sum;
    });
  const { model } = film;
  return {
    times: film.times ?? new Float64Array(1),
    data: sums((i) => film.values[i]! * share),
    sigma: sums((i) => (film.sigma[i]! * share) ** 2).map(Math.sqrt),
    model: model && sums((i) => model[i]! * share),
    unit: "J",
  };
}
