import type { Change } from "./blocks.ts";
import { changeAlong, gradientOf, perturbation } from "./changes.ts";
import type { Boundary, Course } from "./equation.ts";
import type { Evaluator, Linearisation, Resolution } from "./evaluator.ts";
import { solverFor } from "./forward.ts";
import type { Grid } from "./grid.ts";
import { informationOf } from "./information.ts";
import { type LawsOnGrid, lawsOn, type Parametrisation } from "./parametrisation.ts";
import type { FieldProblem } from "./problem.ts";
import { type Readout, readoutOf } from "./readout.ts";
import { planSteps } from "./time-steps.ts";
import { usedData } from "./used-data.ts";

/** What stays while theta varies. */
interface Fixed {
  readonly grid: Grid;
  readonly boundary: Boundary;
  readonly experiments: FieldProblem["experiments"];
  readonly laws: LawsOnGrid;
  /** Ends of the time steps of each experiment. */
  readonly steps: readonly Float64Array[];
  readonly readout: Readout;
  readonly data: number;
  readonly parameters: number;
}

/**
 * The model of a problem at one resolution.
 * @param plannedAt theta for which the time steps are planned; they stay, so that chi2 is smooth in theta
 */
export function discreteModel(
  problem: FieldProblem,
  parametrisation: Parametrisation,
  resolution: Resolution,
  plannedAt: Float64Array,
): Evaluator {
  const { grid, refinement } = resolution;
  const { experiments, boundary } = problem;
  const { parameters } = parametrisation;
  const data = usedData(experiments);
  const laws = lawsOn(grid, parametrisation, experiments);
  const planned = laws.at(plannedAt);
  const steps = experiments.map((experiment, e) => {
    const course = courseOf(experiment, planned.densities[e]!, planned.starts[e], grid.cells);
    return planSteps(grid, planned, course, Math.round(Math.log2(refinement)));
  });
  const readout = readoutOf(experiments, data, grid, boundary);
  const fixed = { grid, boundary, experiments, laws, steps, readout, data: data.values.length, parameters: parameters.length };
  return { resolution, parameters, steps: steps.map((ends) => ends.length), data, at: (theta) => linearised(fixed, theta.slice()) };
}

/** The model at theta: 1 its fields, 2 solved, 3 read; derivatives the same way, forwards or back. */
function linearised({ grid, boundary, experiments, laws, steps, readout, data, parameters: p }: Fixed, theta: Float64Array): Linearisation {
  // 1
  const fields = laws.at(theta);
  const medium = { gamma0: fields.gamma0, gamma2: fields.gamma2 };
  // 2
  const solve = solverFor(grid, boundary, medium);
  const solutions = experiments.map((experiment, e) =>
    solve(courseOf(experiment, fields.densities[e]!, fields.starts[e], grid.cells), steps[e]!),
  );
  // 3
  const model = new Float64Array(data).fill(fields.background);
  for (const [e, { states }] of solutions.entries()) readout.read(e, states, model);
  const tangents = (change: Change) => {
    const out = new Float64Array(data).fill(change.background ?? 0);
    for (const [e, solution] of solutions.entries()) {
      const direction = perturbation(change, e);
      if (direction) readout.read(e, solution.tangent(direction), out);
    }
    return out;
  };
  return {
    theta,
    model,
    medium,
    solutions,
    transposed(w) {
      const gradients = solutions.map((solution, e) => solution.adjoint(readout.spread(e, w)));
      const sum = w.reduce((a, b) => a + b, 0);
      return gradientOf(laws, theta, fields, gradients, sum);
    },
    along: (direction) => tangents(changeAlong(laws, theta, direction, fields)),
    information(weight, held, each) {
      const changes = Array.from({ length: p }, (_, j) => (held?.has(j) ? {} : laws.change(theta, j, fields)));
      const total = new Float64Array(p * p);
      for (const [e, solution] of solutions.entries()) {
        const felt = changes.flatMap((change, j) => {
          const direction = perturbation(change, e);
          return direction || change.background ? [{ j, direction, background: change.background ?? 0 }] : [];
        });
        const roots = readout.film(e, (i) => Math.sqrt(weight[i]!));
        const own = informationOf(solution, readout.observations[e]!, felt, roots, p);
        for (let k = 0; k < total.length; k++) total[k]! += own[k]!;
        each?.(own);
      }
      return total;
    },
    alongScale: (source) =>
      tangents({
        densities: experiments.map(({ sources }, e) =>
          sources.map((term, s) => (term.name === source ? fields.densities[e]![s]! : undefined)),
        ),
      }),
  };
}

/** An unknown start is the state at the first time of the data: what was before does not matter. */
export function courseOf(
  experiment: FieldProblem["experiments"][number],
  densities: readonly Float64Array[],
  start: Float64Array | undefined,
  cells: number,
): Course {
  const sources = experiment.sources.map(({ on }, s) => ({ density: densities[s]!, on }));
  if (!experiment.times) return { type: "steady", sources };
  const from = experiment.start === "unknown" ? experiment.times[0]! : experiment.from;
  return {
    type: "transient",
    sources,
    start: experiment.start === "steady" ? "steady" : (start ?? new Float64Array(cells)),
    from,
    times: experiment.times,
  };
}
