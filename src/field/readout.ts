import type { Boundary } from "./equation.ts";
import type { UsedData } from "./evaluator.ts";
import type { Grid } from "./grid.ts";
import { type Observation, observationOf } from "./observation.ts";
import type { Experiment } from "./problem.ts";

/** From the states of each experiment to its used data and back. A film holds a number per output time and point, `[time * points + point]`. */
export interface Readout {
  readonly observations: readonly Observation[];
  /** Adds what is read of an experiment's states to `out`, at its used data. */
  read(e: number, states: readonly Float64Array[], out: Float64Array): void;
  /** An experiment's part of numbers per used datum as a film, 0 where nothing was measured. */
  film(e: number, perDatum: (i: number) => number): Float64Array;
  /** The transpose of `read`: numbers per used datum spread over the cells, a state per output time. */
  spread(e: number, w: Float64Array): Float64Array[];
}

export function readoutOf(experiments: readonly Experiment[], data: UsedData, grid: Grid, boundary: Boundary): Readout {
  const observations = experiments.map(({ points }) => observationOf(grid, boundary, points));
  const counts = experiments.map(({ times }) => times?.length ?? 1);
  const place = Int32Array.from(data.experiment, (e, i) => data.time[i]! * observations[e]!.points + data.point[i]!);
  // Used data stand experiment by experiment.
  const ends = experiments.map((_, e) => data.experiment.findLastIndex((other) => other <= e) + 1);
  const startOf = (e: number) => (e === 0 ? 0 : ends[e - 1]!);
  const emptyFilm = (e: number) => new Float64Array(counts[e]! * observations[e]!.points);
  const films = experiments.map((_, e) => emptyFilm(e));
  const filmOf = (e: number, perDatum: (i: number) => number) => {
    const film = emptyFilm(e);
    for (let i = startOf(e); i < ends[e]!; i++) film[place[i]!] = perDatum(i);
    return film;
  };
  return {
    observations,
    read(e, states, out) {
      const film = films[e]!;
      states.forEach((state, t) => {
        observations[e]!.read(state, film, t * observations[e]!.points);
      });
      for (let i = startOf(e); i < ends[e]!; i++) out[i]! += film[place[i]!]!;
    },
    film: filmOf,
    spread(e, w) {
      const film = filmOf(e, (i) => w[i]!);
      return Array.from({ length: counts[e]! }, (_, t) => {
        const state = new Float64Array(grid.cells);
        observations[e]!.spread(film, t * observations[e]!.points, state);
        return state;
      });
    },
  };
}
