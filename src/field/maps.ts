import type { Source } from "./equation.ts";
import type { FieldMinimum } from "./evaluator.ts";
import { partitionOf } from "./films.ts";
import { solve } from "./forward.ts";
import { observationOf } from "./observation.ts";
import type { FieldMap } from "./outcome.ts";
import { lawsOn, type Parametrisation } from "./parametrisation.ts";
import { entry } from "./posterior.ts";
import type { FieldProblem } from "./problem.ts";
import { mapPoints, sampled, sampling } from "./sampling.ts";
import type { Mixture } from "./strength-mixture.ts";

/** A prior spread below this is not told from the level of log gamma0, which the prior leaves free: where gamma0 is known as well, the map shows data. */
const NARROW = 0.1;

/** The fields at the points of the data. @param rows derivative of log gamma0 in each cell with respect to theta */
export function fieldMap(
  problem: FieldProblem,
  parametrisation: Parametrisation,
  minimum: FieldMinimum,
  rows: ReadonlyMap<number, Float64Array>,
  posterior: Mixture,
): FieldMap {
  const points = mapPoints(problem);
  const { grid } = minimum.evaluator.resolution;
  const { medium, theta } = minimum.at;
  const at = sampling(grid, points, problem.gamma0.type === "regions" || problem.gamma2.type === "regions");
  const gamma0 = sampled(at, medium.gamma0);
  const directions = new Map([...rows].map(([j, row]) => [j, sampled(at, row)]));
  const direction = new Float64Array(theta.length);
  const logSigma = gamma0.map((_, i) => {
    for (const [j, row] of directions) direction[j] = row[i]!;
    return posterior.sigma(direction);
  });
  const ofSources = sourceParts(minimum, directions, posterior, gamma0.length);
  const gamma2 = sampled(at, medium.gamma2);
  const { x, y } = points;
  return {
    x,
    ...(y && { y }),
    gamma0,
    sigma: logSigma.map((s, i) => Math.sinh(s) * gamma0[i]!),
    // An error that a source's stated size hands on is no lack of data.
    priorShare: logSigma.map((s, i) => Math.sqrt(Math.max(0, s * s - ofSources[i]!)) / Math.hypot(posterior.prior[i]!, NARROW)),
    diffusionLength: gamma2.map((v, i) => Math.sqrt(v / gamma0[i]!)),
    ...steadyPartition(problem, parametrisation, minimum),
  };
}

/** Variance of log gamma0 at each point that comes from the stated errors of sources. @param directions derivatives of log gamma0 there, by parameter */
function sourceParts(
  { evaluator }: FieldMinimum,
  directions: ReadonlyMap<number, Float64Array>,
  posterior: Mixture,
  count: number,
): Float64Array {
  const total = new Float64Array(count);
  const n = evaluator.parameters.length;
  evaluator.parameters.forEach(({ stated }, own) => {
    if (!stated) return;
    const part = new Float64Array(count);
    for (const [j, row] of directions) {
      const covariance = posterior.covariance(entry(j, n), entry(own, n));
      row.forEach((v, i) => {
        part[i]! += (v * covariance) / stated.sigma;
      });
    }
    part.forEach((v, i) => {
      total[i]! += v * v;
    });
  });
  return total;
}

/** f and the share of the absorbed power, in the steady state that all sources of the first driven experiment keep up. */
function steadyPartition(
  problem: FieldProblem,
  parametrisation: Parametrisation,
  minimum: FieldMinimum,
): Pick<FieldMap, "partition" | "share"> {
  const points = mapPoints(problem);
  const { grid } = minimum.evaluator.resolution;
  const driven = problem.experiments.findIndex(({ sources }) => sources.length > 0);
  if (driven < 0) {
    const none = new Float64Array(points.x.length).fill(Number.NaN);
    return { partition: none, share: none };
  }
  const densities = lawsOn(grid, parametrisation, problem.experiments).at(minimum.at.theta).densities[driven]!;
  const total = new Float64Array(grid.cells);
  for (const density of densities) for (let k = 0; k < total.length; k++) total[k]! += density[k]!;
  const sources: Source[] = [{ density: total, on: [[-Infinity, Infinity]] }];
  const { medium } = minimum.at;
  const state = solve(grid, problem.boundary, medium, { type: "steady", sources }, new Float64Array()).states[0]!;
  const at = sampling(grid, points, problem.gamma0.type === "regions");
  const read = observationOf(grid, problem.boundary, points.y ? { x: points.x, y: points.y } : { x: points.x });
  const [gamma0, u] = [sampled(at, medium.gamma0), sampled(read, state)];
  const power = total.reduce((sum, density, k) => sum + density * grid.volumes[k]!, 0);
  return { partition: partitionOf(gamma0, u, sampled(at, total)), share: gamma0.map((g, i) => (g * u[i]!) / power) };
}
