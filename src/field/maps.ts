import type { Source } from "./equation.ts";
import type { FieldMinimum } from "./evaluator.ts";
import { solve } from "./forward.ts";
import { observationOf } from "./observation.ts";
import type { FieldFilm, FieldMap } from "./outcome.ts";
import { lawsOn, type Parametrisation } from "./parametrisation.ts";
import { posteriorOf, priorSigma } from "./posterior.ts";
import type { Experiment, FieldProblem } from "./problem.ts";
import { mapPoints, sampled, sampling } from "./sampling.ts";

/** Below this part of a source's largest density f = gamma0 u/R is not a number. */
const DARK = 1e-3;

/** The fields at the points of the data. @param rows derivative of log gamma0 in each cell with respect to theta; @param strength of the prior, 0 without */
export function fieldMap(
  problem: FieldProblem,
  parametrisation: Parametrisation,
  minimum: FieldMinimum,
  rows: ReadonlyMap<number, Float64Array>,
  strength: number,
): FieldMap {
  const points = mapPoints(problem);
  const { grid } = minimum.evaluator.resolution;
  const { medium, theta } = minimum.at;
  const at = sampling(grid, points, problem.gamma0.type === "regions" || problem.gamma2.type === "regions");
  const gamma0 = sampled(at, medium.gamma0);
  const directions = new Map([...rows].map(([j, row]) => [j, sampled(at, row)]));
  const posterior = posteriorOf(minimum);
  const direction = new Float64Array(theta.length);
  const logSigma = gamma0.map((_, i) => {
    for (const [j, row] of directions) direction[j] = row[i]!;
    return posterior.sigma(direction);
  });
  const prior = priorSigma(parametrisation.field, strength, points.x, points.y);
  const gamma2 = sampled(at, medium.gamma2);
  const { x, y } = points;
  return {
    x,
    ...(y && { y }),
    gamma0,
    sigma: logSigma.map((s, i) => s * gamma0[i]!),
    priorShare: logSigma.map((s, i) => s / prior[i]!),
    diffusionLength: gamma2.map((v, i) => Math.sqrt(v / gamma0[i]!)),
    partition: steadyPartition(problem, parametrisation, minimum),
  };
}

/** f of the steady state that all sources of the first driven experiment keep up. */
function steadyPartition(problem: FieldProblem, parametrisation: Parametrisation, minimum: FieldMinimum): Float64Array {
  const points = mapPoints(problem);
  const { grid } = minimum.evaluator.resolution;
  const driven = problem.experiments.findIndex(({ sources }) => sources.length > 0);
  if (driven < 0) return new Float64Array(points.x.length).fill(Number.NaN);
  const densities = lawsOn(grid, parametrisation, problem.experiments).at(minimum.at.theta).densities[driven]!;
  const total = new Float64Array(grid.cells);
  for (const density of densities) for (let k = 0; k < total.length; k++) total[k]! += density[k]!;
  const sources: Source[] = [{ density: total, on: [[-Infinity, Infinity]] }];
  const { medium } = minimum.at;
  const state = solve(grid, problem.boundary, medium, { type: "steady", sources }, new Float64Array()).states[0]!;
  const at = sampling(grid, points, problem.gamma0.type === "regions");
  const read = observationOf(grid, problem.boundary, points.y ? { x: points.x, y: points.y } : { x: points.x });
  return partitionOf(sampled(at, medium.gamma0), sampled(read, state), sampled(at, total));
}

/** gamma0 u / R; NaN where R is dark. */
function partitionOf(gamma0: Float64Array, u: Float64Array, r: Float64Array): Float64Array {
  const brightest = r.reduce((top, v) => Math.max(top, Math.abs(v)), 0);
  return gamma0.map((g, i) => (r[i]! >= DARK * brightest && r[i]! > 0 ? (g * u[i]!) / r[i]! : Number.NaN));
}

/** Data and model of every experiment. */
export function fieldFilms(problem: FieldProblem, parametrisation: Parametrisation, minimum: FieldMinimum): FieldFilm[] {
  const { grid } = minimum.evaluator.resolution;
  const { at, noise } = minimum;
  const fields = lawsOn(grid, parametrisation, problem.experiments).at(at.theta);
  return problem.experiments.map((experiment, e) => {
    const bare = bareFilm(experiment, noise[e]!);
    const n = experiment.points.x.length;
    const read = observationOf(grid, problem.boundary, experiment.points);
    const model = new Float64Array(experiment.values.length);
    at.solutions[e]!.states.forEach((state, t) => {
      read.read(state, model, t * n);
    });
    const show = sampling(grid, experiment.points, problem.gamma0.type === "regions");
    const gamma0 = sampled(show, fields.gamma0);
    const shown = fields.densities[e]!.map((density) => sampled(show, density));
    const source = new Float64Array(model.length);
    const partition = new Float64Array(model.length).fill(Number.NaN);
    for (let t = 0; t < model.length / n; t++) {
      const r = new Float64Array(n);
      shown.forEach((density, s) => {
        if (isOn(experiment, s, t)) for (let k = 0; k < n; k++) r[k]! += density[k]!;
      });
      source.set(r, t * n);
      partition.set(partitionOf(gamma0, model.subarray(t * n, (t + 1) * n), r), t * n);
    }
    return { ...bare, model: model.map((v) => v + fields.background), partition, source };
  });
}

function isOn({ times, sources }: Experiment, source: number, t: number): boolean {
  return !times || sources[source]!.on.some(([from, to]) => times[t]! >= from && times[t]! <= to);
}

/** The data of one experiment as they were taken. @param noise factor on sigma, or the sigma itself where none is stated; NaN = not known */
export function bareFilm(experiment: Experiment, noise: number): Omit<FieldFilm, "model" | "partition" | "source"> {
  const { name, points, times, values, sigma } = experiment;
  return {
    name,
    x: points.x,
    ...(points.y && { y: points.y }),
    ...(times && { times }),
    values,
    sigma: sigma ? sigma.map((s) => s * noise) : new Float64Array(values.length).fill(noise),
  };
}
