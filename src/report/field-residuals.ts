import * as say from "../core/messages/report-field.ts";
import { type AnyFilm, countOf, timesOf } from "./field-film.ts";
import { plain } from "./number.ts";

/** Share of a normal law beyond two sigma. */
const BEYOND = 0.0455;

/** How the residuals of a film are distributed, and whether neighbours in time agree more than noise does. */
export function residualWords(film: AnyFilm, residuals: Float64Array): string {
  const known = residuals.filter(Number.isFinite);
  const rms = Math.sqrt(known.reduce((sum, r) => sum + r * r, 0) / known.length);
  const beyond = known.filter((r) => Math.abs(r) > 2).length / known.length;
  const neighbours = correlation(residuals, countOf(film) * (timesOf(film) - 1), countOf(film));
  return say.histogramCaption({
    n: known.length,
    rms: plain(rms, 3),
    beyond: percent(beyond),
    expected: percent(BEYOND),
    neighbours: Number.isFinite(neighbours) ? plain(neighbours, 2) : undefined,
  });
}

const percent = (share: number) => `${plain(100 * share, 2)} %`;

/** Correlation of each residual with the one `step` further; NaN without such pairs. */
function correlation(residuals: Float64Array, count: number, step: number): number {
  let [product, a, b] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const [here, next] = [residuals[i]!, residuals[i + step]!];
    if (!Number.isFinite(here) || !Number.isFinite(next)) continue;
    product += here * next;
    a += here * here;
    b += next * next;
  }
  return product / Math.sqrt(a * b);
}
