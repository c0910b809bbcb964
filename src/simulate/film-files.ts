import type { Bump } from "./film.ts";
import { densityAt, type FilmExperiment, recordFilm, sensorGrid } from "./film-recording.ts";
import { stream } from "./streams.ts";
import { csvFile, digits } from "./writers/csv.ts";

/** Maps of u and of what the film absorbs, as tables `<name>_u.csv` and `<name>_r.csv` of a cooldown. */
export interface FilmSpec extends FilmExperiment {
  readonly name: string;
  /** Points of the source's map along each axis; absent = no source is known or none is there. */
  readonly sourceGrid?: readonly number[];
}

/** What an analysis of a simulated film should find, SI. */
export interface FilmTruth {
  readonly gamma2: number;
  /** Mean over the film. */
  readonly gamma0: number;
  readonly gamma0_ground: number;
  readonly spots: readonly Bump[];
  readonly size: readonly number[];
}

interface MapTable {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The tables of a cooldown's films. */
export function filmFiles(cooldown: string, spec: FilmSpec, seed: number): MapTable[] {
  const { values, sigma } = recordFilm(spec, stream(seed, `${cooldown}/${spec.name}`).uniform() * 2 ** 32);
  const { sensors, times, sourceGrid, name } = spec;
  const repeated = (of: (k: number) => number) => Array.from(values, (_, i) => of(i % sensors.length));
  const kept = [...values.keys()].filter((i) => !Number.isNaN(values[i]!));
  const u: Record<string, readonly number[]> = {
    ...(times ? { "t [ms]": Array.from(values, (_, i) => times[Math.floor(i / sensors.length)]! * 1e3) } : {}),
    ...place(
      sensors.map(({ at }) => at),
      repeated,
    ),
    ...(sensors.some(({ spread }) => spread > 0) ? { "spread [mm]": repeated((k) => sensors[k]!.spread * 1e3) } : {}),
    [`u [${energy(spec)}]`]: Array.from(values, five),
    [`sigma [${energy(spec)}]`]: Array.from(values, () => five(sigma)),
  };
  const rows = Object.fromEntries(Object.entries(u).map(([header, column]) => [header, kept.map((i) => column[i]!)]));
  const map = { path: `${cooldown}/${name}_u.csv`, bytes: csvFile(rows) };
  if (!sourceGrid) return [map];
  const points = sensorGrid(spec.film.size, sourceGrid);
  const density = densityAt(
    spec.course.drives.flatMap(({ bumps }) => bumps),
    points,
  );
  const r = {
    ...place(
      points.map(({ at }) => at),
      (of) => points.map((_, k) => of(k)),
    ),
    [`r_total [${power(spec)}]`]: Array.from(density, five),
  };
  return [map, { path: `${cooldown}/${name}_r.csv`, bytes: csvFile(r) }];
}

/** Their entries in the lab file. */
export function filmEntries(spec: FilmSpec): string[] {
  const { name, sensors, times, course, sourceGrid } = spec;
  const axes = spec.film.size.length === 1 ? 'x: "x [mm]"' : 'x: "x [mm]", y: "y [mm]"';
  const time = times ? 'time: "t [ms]", ' : "";
  const spread = sensors.some((s) => s.spread > 0) ? ', spread: "spread [mm]"' : "";
  const [from, to] = course.drives[0]?.on ?? [Number.NaN, Number.NaN];
  const on = Number.isFinite(to) ? `on: [${digits(Math.max(from, 0) * 1e3)} ms, ${digits(to * 1e3)} ms], ` : "";
  return [
    `match: "{cooldown}/${name}_u.csv", kind: field, columns: { ${time}${axes}${spread}, u: "u [${energy(spec)}]", sigma: "sigma [${energy(spec)}]" }`,
    ...(sourceGrid
      ? [`match: "{cooldown}/${name}_r.csv", kind: field-source, ${on}columns: { ${axes}, r_total: "r_total [${power(spec)}]" }`]
      : []),
  ];
}

export function filmTruth({ film }: FilmSpec): FilmTruth {
  const { size, gamma2, ground, spots } = film;
  const fine = densityAt(
    spots,
    sensorGrid(
      size,
      size.map(() => 200),
    ),
  );
  const mean = ground + fine.reduce((sum, x) => sum + x, 0) / fine.length;
  return { gamma2, gamma0: mean, gamma0_ground: ground, spots, size };
}

function place(at: readonly (readonly number[])[], column: (of: (k: number) => number) => number[]): Record<string, number[]> {
  const along = (d: number) => column((k) => six(at[k]![d]! * 1e3));
  return at[0]!.length === 1 ? { "x [mm]": along(0) } : { "x [mm]": along(0), "y [mm]": along(1) };
}

const energy = ({ film }: FilmSpec) => (film.size.length === 1 ? "J/m" : "J/m^2");
const power = ({ film }: FilmSpec) => (film.size.length === 1 ? "W/m" : "W/m^2");
const five = (x: number) => Number(x.toPrecision(5));
const six = (x: number) => Number(x.toPrecision(6));
