import type { Side } from "../../src/field/equation.ts";
import type { Experiment, FieldProblem, Points, SourceTerm } from "../../src/field/problem.ts";
import type { Film, Sensor } from "../../src/simulate/film.ts";
import { densityAt, exactFilm, type FilmExperiment, recordFilm, sensorGrid } from "../../src/simulate/film-recording.ts";

/** What the analyst of a simulated film knows and asks. */
export interface Analysis {
  readonly gamma0?: FieldProblem["gamma0"];
  readonly start?: Experiment["start"];
  readonly scale?: SourceTerm["scale"];
  /** The error of a value is not stated. */
  readonly unknownNoise?: boolean;
  readonly background?: boolean;
}

const SOURCE_POINTS = { 1: [200], 2: [50, 40] } as const;
const NO_FLUX: Side = { type: "no-flux" };

/** One simulated film; the exact solution is found once for all seeds. */
export class SimulatedFilm {
  private readonly exact: Float64Array;
  readonly experiment: FilmExperiment;

  constructor(experiment: FilmExperiment) {
    this.experiment = experiment;
    this.exact = exactFilm(experiment);
  }

  /** What the noise of a seed makes of it, as the field room takes it. */
  problem(seed: number, analysis: Analysis = {}): FieldProblem {
    const { film, times, sensors } = this.experiment;
    const { values, sigma } = recordFilm(this.experiment, seed, this.exact);
    const experiment: Experiment = {
      name: "map",
      points: pointsOf(sensors),
      values,
      ...(times ? { times: Float64Array.from(times) } : {}),
      ...(analysis.unknownNoise ? {} : { sigma: new Float64Array(values.length).fill(sigma) }),
      sources: sourcesOf(this.experiment, analysis),
      start: analysis.start ?? "empty",
      from: 0,
    };
    return {
      dimensions: film.size.length === 1 ? 1 : 2,
      domain: film.size.map((length) => [0, length] as const),
      boundary: { x: [NO_FLUX, NO_FLUX], y: [NO_FLUX, NO_FLUX] },
      experiments: [experiment],
      gamma0: analysis.gamma0 ?? { type: "field" },
      gamma2: { type: "scalar" },
      background: analysis.background ?? false,
    };
  }
}

function sourcesOf({ film, course }: FilmExperiment, { scale = "known" }: Analysis): SourceTerm[] {
  const grid = sensorGrid(film.size, SOURCE_POINTS[film.size.length === 1 ? 1 : 2]);
  return course.drives.map(({ bumps, on }, i) => {
    // A scale that is not known is stated wrongly: three times the true one.
    const values = densityAt(bumps, grid).map((r) => (scale === "relative" ? 3 * r : r));
    return { name: `drive ${i + 1}`, shape: { type: "map", points: pointsOf(grid), values }, on: [on], scale, sigma: 0 };
  });
}

function pointsOf(sensors: readonly Sensor[]): Points {
  const along = (d: number) => Float64Array.from(sensors, ({ at }) => at[d]!);
  const spread = Float64Array.from(sensors, (s) => s.spread);
  return { x: along(0), ...(sensors[0]!.at.length > 1 ? { y: along(1) } : {}), ...(spread.some((s) => s > 0) ? { spread } : {}) };
}

/** Mean of gamma0 over the film. */
export function meanGamma0(film: Film): number {
  const fine = densityAt(
    film.spots,
    sensorGrid(
      film.size,
      film.size.map(() => 200),
    ),
  );
  return film.ground + fine.reduce((sum, x) => sum + x, 0) / fine.length;
}
