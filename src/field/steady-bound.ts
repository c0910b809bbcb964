import { type Gamma2Bound, gamma2Bound, noiseOfMap } from "./gamma2-bound.ts";
import { gridFor } from "./grid-choice.ts";
import { observationOf } from "./observation.ts";
import { lawsOn } from "./parametrisation.ts";
import type { FieldProblem } from "./problem.ts";
import { sourceLaw } from "./source-law.ts";

/** The least upper bound on gamma2 that the problem's steady maps give, each by itself; undefined without a steady map whose source is known. */
export function steadyBound(problem: FieldProblem): Gamma2Bound | undefined {
  const grid = gridFor(problem, 3);
  const block = sourceLaw(problem);
  const laws = lawsOn(grid, { blocks: [{ block, from: 0 }] }, problem.experiments);
  const { densities } = laws.at(new Float64Array(block.parameters.length));
  let best: Gamma2Bound | undefined;
  problem.experiments.forEach(({ times, points, values, sigma }, e) => {
    if (times) return;
    const observation = observationOf(grid, problem.boundary, points);
    const source = new Float64Array(points.x.length);
    const one = new Float64Array(points.x.length);
    for (const density of densities[e]!) {
      observation.read(density, one, 0);
      one.forEach((v, i) => {
        source[i]! += Math.max(0, v);
      });
    }
    const coordinates = points.y ? [points.x, points.y] : [points.x];
    const noise = sigma ? 0 : noiseOfMap({ coordinates, u: values });
    const found = gamma2Bound({ coordinates, u: values, sigma: sigma ?? values.map(() => noise), source });
    if (!(found.bound >= (best?.bound ?? Number.POSITIVE_INFINITY))) best = found;
  });
  return best;
}
