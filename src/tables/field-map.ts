/** What `run` writes of a fitted map: field_<cooldown>.csv (CONTRACT.md), and everything about it as columns for an Arrow file. */
import { type RowTable, rowColumns } from "./row-table.ts";

/** The fields at the points of the data, SI; absent y on a line. */
export interface MapColumns {
  readonly x: Float64Array;
  readonly y?: Float64Array;
  readonly gamma0: Float64Array;
  readonly sigma: Float64Array;
  readonly priorShare: Float64Array;
  readonly diffusionLength: Float64Array;
  readonly partition: Float64Array;
  readonly share: Float64Array;
}

/** Data and model of one experiment, `[time * points + point]`; without times a steady state. */
export interface FilmColumns {
  readonly name: string;
  readonly x: Float64Array;
  readonly y?: Float64Array;
  readonly times?: Float64Array;
  readonly values: Float64Array;
  readonly sigma: Float64Array;
  readonly source: Float64Array;
  /** Absent where nothing was fitted. */
  readonly model?: Float64Array;
  readonly partition?: Float64Array;
}

const NUMBERS = "x,y,gamma0,sigma_gamma0,f";
const MAP_COLUMNS = rowColumns(NUMBERS, NUMBERS);
const FILM_NUMBERS = "time,x,y,u,sigma_u,model,residual,r_total,f,gamma0,sigma_gamma0,prior_share,diffusion_length,f_steady,share";
const FILM_COLUMNS = rowColumns(`experiment,${FILM_NUMBERS}`, FILM_NUMBERS);
const UNKNOWN = Number.NaN;

/** Beyond a factor e (a relative error above 1) the data say nothing of gamma0 at a place: what a map shows there is its prior. */
const LARGEST_ERROR = 1;

/** `x,y,gamma0,sigma_gamma0,f` at every point; empty where the data say nothing, and everywhere where nothing was fitted. */
export function fieldMapTable(map: Pick<MapColumns, "x" | "y"> & Partial<MapColumns>): RowTable {
  const rows = Array.from(map.x, (x, i) => {
    const [gamma0, sigma, f] = [map.gamma0, map.sigma, map.partition].map((values) => values?.[i] ?? UNKNOWN);
    const known = sigma! / gamma0! <= LARGEST_ERROR;
    return [x, map.y?.[i] ?? UNKNOWN, ...(known ? [gamma0!, sigma!, f!] : [UNKNOWN, UNKNOWN, UNKNOWN])];
  });
  return { columns: MAP_COLUMNS, rows };
}

/** A row per experiment, time and point: data, model, residual over sigma, source, f at that time, and the map at the point. */
export function fieldFilmTable(films: readonly FilmColumns[], map: MapColumns | undefined): RowTable {
  const place = new Map(map ? Array.from(map.x, (x, i) => [`${x} ${map.y?.[i]}`, i] as const) : []);
  const rows = films.flatMap((film) => {
    const n = film.x.length;
    return Array.from(film.values, (u, k) => {
      const i = k % n;
      const at = place.get(`${film.x[i]!} ${film.y?.[i]}`) ?? -1;
      const model = film.model?.[k] ?? UNKNOWN;
      return [
        ...[film.name, film.times?.[Math.floor(k / n)] ?? UNKNOWN, film.x[i]!, film.y?.[i] ?? UNKNOWN],
        ...[u, film.sigma[k] ?? UNKNOWN, model, (u - model) / (film.sigma[k] ?? UNKNOWN), film.source[k] ?? UNKNOWN],
        ...[film.partition, map?.gamma0, map?.sigma, map?.priorShare, map?.diffusionLength, map?.partition, map?.share].map(
          (values, c) => values?.[c === 0 ? k : at] ?? UNKNOWN,
        ),
      ];
    });
  });
  return { columns: FILM_COLUMNS, rows };
}
