import type { FieldMinimum } from "./evaluator.ts";
import type { Grid } from "./grid.ts";
import { observationOf } from "./observation.ts";
import type { FieldFilm } from "./outcome.ts";
import { lawsOn, type Parametrisation } from "./parametrisation.ts";
import type { Experiment, FieldProblem } from "./problem.ts";
import { sampled, sampling } from "./sampling.ts";

/** Below this part of a source's largest density f = gamma0 u/R is not a number (PHYSICS.md sec. 3). */
const DARK = 0.01;

/** gamma0 u / R; NaN where R is dark. */
export function partitionOf(gamma0: Float64Array, u: Float64Array, r: Float64Array): Float64Array {
  const brightest = r.reduce((top, v) => Math.max(top, Math.abs(v)), 0);
  return gamma0.map((g, i) => (r[i]! >= DARK * brightest && r[i]! > 0 ? (g * u[i]!) / r[i]! : Number.NaN));
}

/** Data and model of every experiment. */
export function fieldFilms(problem: FieldProblem, parametrisation: Parametrisation, minimum: FieldMinimum): FieldFilm[] {
  const { grid } = minimum.evaluator.resolution;
  const { at, noise } = minimum;
  const fields = lawsOn(grid, parametrisation, problem.experiments).at(at.theta);
  return problem.experiments.map((experiment, e) => {
    const bare = dataFilm(problem, experiment, grid, fields.densities[e]!, noise[e]!);
    const n = experiment.points.x.length;
    const read = observationOf(grid, problem.boundary, experiment.points);
    const gamma0 = sampled(sampling(grid, experiment.points, problem.gamma0.type === "regions"), fields.gamma0);
    const model = new Float64Array(experiment.values.length);
    const partition = new Float64Array(model.length);
    at.solutions[e]!.states.forEach((state, t) => {
      read.read(state, model, t * n);
      const here = (film: Float64Array) => film.subarray(t * n, (t + 1) * n);
      partition.set(partitionOf(gamma0, here(model), here(bare.source)), t * n);
    });
    return { ...bare, model: model.map((v) => v + fields.background), partition };
  });
}

/** The data of one experiment as they were taken. @param noise factor on sigma, or the sigma itself where none is stated; NaN = not known */
export function dataFilm(
  problem: FieldProblem,
  experiment: Experiment,
  grid: Grid,
  densities: readonly Float64Array[],
  noise: number,
): Omit<FieldFilm, "model" | "partition"> {
  const { name, points, times, values, sigma, sources } = experiment;
  const n = points.x.length;
  const show = sampling(grid, points, problem.gamma0.type === "regions");
  const shown = densities.map((density) => sampled(show, density));
  const source = new Float64Array(values.length);
  for (let t = 0; t * n < source.length; t++)
    sources.forEach(({ on }, s) => {
      if (times && !on.some(([from, to]) => times[t]! >= from && times[t]! <= to)) return;
      for (let k = 0; k < n; k++) source[t * n + k]! += shown[s]![k]!;
    });
  return {
    name,
    x: points.x,
    ...(points.y && { y: points.y }),
    ...(times && { times }),
    values,
    sigma: sigma ? sigma.map((s) => s * noise) : new Float64Array(values.length).fill(noise),
    source,
  };
}
