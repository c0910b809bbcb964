import { random } from "../core/random.ts";
import { type Bump, bumpsAt, type Course, type Film, type Sensor, solveFilm } from "./film.ts";

/** One measurement of u on a film: where, when, how well. */
export interface FilmExperiment {
  readonly film: Film;
  readonly course: Course;
  readonly sensors: readonly Sensor[];
  /** s; absent = one picture of the steady state, which the drives that are always on keep up. */
  readonly times?: readonly number[];
  /** Standard deviation of every value, relative to the largest u. */
  readonly noise: number;
  /** Share of the values that are missing, drawn at random; default 0. */
  readonly missing?: number;
}

/** What came out, time after time: `[time * sensors + sensor]`, J/m^d; NaN = missing. */
export interface FilmRecording {
  readonly exact: Float64Array;
  readonly values: Float64Array;
  /** Standard deviation of each value, J/m^d. */
  readonly sigma: number;
}

/** The exact solution at every sensor and time. */
export function exactFilm({ film, course, sensors, times }: FilmExperiment): Float64Array {
  const solution = solveFilm(film, course);
  return Float64Array.from((times ?? [0]).flatMap((t) => [...solution.at(t, sensors)]));
}

/** The measurement with the noise of this seed. @param exact of the same experiment, when it is solved already */
export function recordFilm(e: FilmExperiment, seed: number, exact = exactFilm(e)): FilmRecording {
  const sigma = e.noise * exact.reduce((most, u) => Math.max(most, u), 0);
  const rng = random(seed);
  const values = exact.map((u) => (rng.uniform() < (e.missing ?? 0) ? Number.NaN : u + sigma * rng.normal()));
  return { exact, values, sigma };
}

/** A sensor at the centre of each of `counts` equal cells, first axis fastest. */
export function sensorGrid(size: readonly number[], counts: readonly number[], spread = 0): Sensor[] {
  const along = size.map((length, d) => Array.from({ length: counts[d]! }, (_, i) => ((i + 0.5) * length) / counts[d]!));
  const [xs, ys] = [along[0]!, along[1]];
  return ys ? ys.flatMap((y) => xs.map((x) => ({ at: [x, y], spread }))) : xs.map((x) => ({ at: [x], spread }));
}

/** Sensors anywhere, no nearer to a side than `margin` (m). */
export function scatteredSensors(size: readonly number[], count: number, margin: number, spread: number, seed: number): Sensor[] {
  const rng = random(seed);
  return Array.from({ length: count }, () => ({ at: size.map((length) => margin + rng.uniform() * (length - 2 * margin)), spread }));
}

/** Absorbed power density of bumps at the points of a grid. */
export function densityAt(bumps: readonly Bump[], sensors: readonly Sensor[]): Float64Array {
  return Float64Array.from(sensors, ({ at }) => bumpsAt(bumps, at));
}

/** A Gaussian spot that takes `power` (W) in all. */
export function spotOfPower(centre: readonly number[], width: number, power: number): Bump {
  return { centre, width, height: power / (Math.sqrt(2 * Math.PI) * width) ** centre.length };
}
