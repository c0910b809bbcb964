import type { Bump } from "./film.ts";
import { densityAt, type FilmExperiment, recordFilm, sensorGrid } from "./film-recording.ts";
import { stream } from "./streams.ts";
import { csvFile, digits } from "./writers/csv.ts";

/** Maps of u and of what the film absorbs, as tables `<name>_u.csv` and `<name>_r.csv` of a cooldown; with a run `<name>_<run>_u.csv`. */
export interface FilmSpec extends FilmExperiment {
  readonly name: string;
  readonly run?: string;
  /** The lab file says where the film ends: no sensor stands half a spacing from there. */
  readonly endsStated?: true;
  /** Points of the source's map along each axis; absent = no source is known or none is there. */
  readonly sourceGrid?: readonly number[];
  /** Relative standard deviation of the stated size of the source; one draw of it for the whole map. */
  readonly sourceError?: number;
}

/** What an analysis of a simulated film should find, SI. */
export interface FilmTruth {
  readonly gamma2: number;
  /** Mean over the film. */
  readonly gamma0: number;
  readonly gamma0_ground: number;
  readonly spots: readonly Bump[];
  readonly size: readonly number[];
  /** Stated over true power density. */
  readonly source_stated_over_true: number;
}

interface MapTable {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The tables of a cooldown's films. */
export function filmFiles(cooldown: string, spec: FilmSpec, seed: number): MapTable[] {
  const { values, sigma } = recordFilm(spec, stream(seed, `${cooldown}/${stem(spec)}`).uniform() * 2 ** 32);
  const { sensors, times, sourceGrid } = spec;
  const repeated = (of: (k: number) => number) => Array.from(values, (_, i) => of(i % sensors.length));
  const kept = [...values.keys()].filter((i) => !Number.isNaN(values[i]!));
  const u: Record<string, readonly number[]> = {
    ...(times ? { "t [ms]": Array.from(values, (_, i) => times[Math.floor(i / sensors.length)]! * 1e3) } : {}),
    ...place(
      sensors.map(({ at }) => at),
      repeated,
    ),
    [`u [${energy(spec)}]`]: Array.from(values, five),
    [`sigma [${energy(spec)}]`]: Array.from(values, () => five(sigma)),
  };
  const rows = Object.fromEntries(Object.entries(u).map(([header, column]) => [header, kept.map((i) => column[i]!)]));
  const map = { path: `${cooldown}/${stem(spec)}_u.csv`, bytes: csvFile(rows) };
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
    [`r_total [${power(spec)}]`]: Array.from(density, (r) => five(r * statedOverTrue(spec, seed))),
  };
  return [map, { path: `${cooldown}/${stem(spec)}_r.csv`, bytes: csvFile(r) }];
}

/** Their entries in the lab file. */
export function filmEntries(spec: FilmSpec): string[] {
  const { sensors, times, course, sourceGrid, run } = spec;
  const name = run === undefined ? spec.name : `${spec.name}_{run}`;
  const axes = spec.film.size.length === 1 ? 'x: "x [mm]"' : 'x: "x [mm]", y: "y [mm]"';
  const time = times ? 'time: "t [ms]", ' : "";
  const [spread = 0] = sensors.map((s) => s.spread);
  const averaging = spread > 0 ? `spread: ${digits(spread * 1e3)} mm, ` : "";
  const [from, to] = course.drives[0]?.on ?? [Number.NaN, Number.NaN];
  const on = Number.isFinite(to) ? `on: [${digits(Math.max(from, 0) * 1e3)} ms, ${digits(to * 1e3)} ms], ` : "";
  const size = spec.sourceError === undefined ? "" : `uncertainty: ${digits(100 * spec.sourceError)} %, `;
  return [
    `match: "{cooldown}/${name}_u.csv", kind: field, ${averaging}columns: { ${time}${axes}, u: "u [${energy(spec)}]", sigma: "sigma [${energy(spec)}]" }`,
    ...(sourceGrid
      ? [`match: "{cooldown}/${name}_r.csv", kind: field-source, ${on}${size}columns: { ${axes}, r_total: "r_total [${power(spec)}]" }`]
      : []),
  ];
}

/** What the lab file says of the film under its cooldown. */
export function filmLines({ film, endsStated }: FilmSpec): string[] {
  return endsStated ? [`field: { domain: [${film.size.map((length) => `[0 mm, ${digits(length * 1e3)} mm]`).join(", ")}] }`] : [];
}

export function filmTruth(spec: FilmSpec, seed: number): FilmTruth {
  const { size, gamma2, ground, spots } = spec.film;
  const counts = size.map(() => 200);
  const fine = densityAt(spots, sensorGrid(size, counts));
  const mean = ground + fine.reduce((sum, x) => sum + x, 0) / fine.length;
  return { gamma2, gamma0: mean, gamma0_ground: ground, spots, size, source_stated_over_true: statedOverTrue(spec, seed) };
}

function place(at: readonly (readonly number[])[], column: (of: (k: number) => number) => number[]): Record<string, number[]> {
  const along = (d: number) => column((k) => six(at[k]![d]! * 1e3));
  return at[0]!.length === 1 ? { "x [mm]": along(0) } : { "x [mm]": along(0), "y [mm]": along(1) };
}

/** One draw per entry of the lab file: runs and cooldowns share it. */
function statedOverTrue({ name, sourceError = 0 }: FilmSpec, seed: number): number {
  return 1 + sourceError * stream(seed, `shared input files.${name}_r.csv.uncertainty`).normal();
}

/** Of the names of its files. */
export const stem = ({ name, run }: FilmSpec) => (run === undefined ? name : `${name}_${run}`);
const energy = ({ film }: FilmSpec) => (film.size.length === 1 ? "J/m" : "J/m^2");
const power = ({ film }: FilmSpec) => (film.size.length === 1 ? "W/m" : "W/m^2");
const five = (x: number) => Number(x.toPrecision(5));
const six = (x: number) => Number(x.toPrecision(6));
