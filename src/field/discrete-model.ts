import { gram } from "../numerics/gram.ts";
import type { Change } from "./blocks.ts";
import { changeAlong, gradientOf, perturbation } from "./changes.ts";
import type { Course, Perturbation, Solution } from "./equation.ts";
import type { Evaluator, Linearisation, Resolution } from "./evaluator.ts";
import { solverFor } from "./forward.ts";
import { observationOf } from "./observation.ts";
import { lawsOn, type Parametrisation } from "./parametrisation.ts";
import type { FieldProblem } from "./problem.ts";
import { planSteps } from "./time-steps.ts";
import { usedData } from "./used-data.ts";

/** Data whose derivatives are multiplied together, where one output time has fewer points. */
const ENOUGH = 512;

/** What an experiment feels of one parameter. */
interface Felt {
  readonly j: number;
  readonly direction: Perturbation | undefined;
  readonly background: number;
}

/**
 * The model of a problem at one resolution. 1 fields of theta, 2 solve, 3 read; derivatives the same way, forwards or back.
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
  const p = parameters.length;
  const data = usedData(experiments);
  const n = data.values.length;
  const laws = lawsOn(grid, parametrisation, experiments);
  const observations = experiments.map(({ points }) => observationOf(grid, boundary, points));
  const counts = experiments.map(({ points, times }) => points.x.length * (times?.length ?? 1));
  const place = Int32Array.from(data.experiment, (e, i) => data.time[i]! * observations[e]!.points + data.point[i]!);
  const ends = experiments.map((_, e) => data.experiment.findLastIndex((other) => other <= e) + 1);
  const startOf = (e: number) => (e === 0 ? 0 : ends[e - 1]!);

  const planned = laws.at(plannedAt);
  const steps = experiments.map((experiment, e) => {
    const course = courseOf(experiment, planned.densities[e]!, planned.starts[e], grid.cells);
    return planSteps(grid, planned, course, Math.round(Math.log2(refinement)));
  });
  const films = experiments.map((_, e) => new Float64Array(counts[e]!));
  /** What is read of an experiment's states, at its used data. */
  const read = (e: number, states: readonly Float64Array[], out: Float64Array) => {
    const film = films[e]!;
    states.forEach((state, t) => {
      observations[e]!.read(state, film, t * observations[e]!.points);
    });
    for (let i = startOf(e); i < ends[e]!; i++) out[i]! += film[place[i]!]!;
  };

  /** Adds one experiment's share, output time by output time, so that the Jacobian is never whole. */
  const addInformation = (e: number, solution: Solution, felt: readonly Felt[], weight: Float64Array, total: Float64Array) => {
    const observation = observations[e]!;
    const points = observation.points;
    const roots = new Float64Array(counts[e]!);
    for (let i = startOf(e); i < ends[e]!; i++) roots[place[i]!] = Math.sqrt(weight[i]!);
    const together = Math.min(solution.states.length, Math.ceil(ENOUGH / points));
    const length = together * points;
    const rows = new Float64Array(felt.length * length);
    const close = () => {
      const products = gram(rows, felt.length, length);
      felt.forEach(({ j }, a) => {
        felt.forEach(({ j: k }, b) => {
          total[j * p + k]! += products[a * felt.length + b]!;
        });
      });
      rows.fill(0);
    };
    const driven = felt.flatMap(({ direction }, a) => (direction ? [{ direction, a }] : []));
    let open = 0;
    const finish = (time: number) => {
      while (Math.floor(time / together) > open) {
        weigh(open++);
        close();
      }
    };
    const weigh = (strip: number) => {
      felt.forEach(({ background }, a) => {
        for (let i = 0; i < length; i++) rows[a * length + i] = (rows[a * length + i]! + background) * (roots[strip * length + i] ?? 0);
      });
    };
    solution.tangents(
      driven.map(({ direction }) => direction),
      (d, time, state) => {
        finish(time);
        observation.read(state, rows, driven[d]!.a * length + (time % together) * points);
      },
    );
    finish(Math.ceil(solution.states.length / together) * together);
  };

  const at = (given: Float64Array): Linearisation => {
    const theta = given.slice();
    // 1
    const fields = laws.at(theta);
    const medium = { gamma0: fields.gamma0, gamma2: fields.gamma2 };
    // 2
    const solve = solverFor(grid, boundary, medium);
    const solutions = experiments.map((experiment, e) =>
      solve(courseOf(experiment, fields.densities[e]!, fields.starts[e], grid.cells), steps[e]!),
    );
    // 3
    const model = new Float64Array(n).fill(fields.background);
    solutions.forEach(({ states }, e) => {
      read(e, states, model);
    });
    const changeOf = (j: number) => laws.change(theta, j, fields);
    const tangents = (change: Change, out: Float64Array) => {
      if (change.background) for (let i = 0; i < n; i++) out[i]! += change.background;
      solutions.forEach((solution, e) => {
        const direction = perturbation(change, e);
        if (direction) read(e, solution.tangent(direction), out);
      });
      return out;
    };
    return {
      theta,
      model,
      medium,
      solutions,
      transposed(w) {
        const gradients = solutions.map((solution, e) => {
          const film = new Float64Array(counts[e]!);
          for (let i = startOf(e); i < ends[e]!; i++) film[place[i]!] = w[i]!;
          return solution.adjoint(
            solution.states.map((_, t) => {
              const state = new Float64Array(grid.cells);
              observations[e]!.spread(film, t * observations[e]!.points, state);
              return state;
            }),
          );
        });
        return gradientOf(
          laws,
          theta,
          fields,
          gradients,
          w.reduce((a, b) => a + b, 0),
        );
      },
      along(direction) {
        return tangents(changeAlong(laws, theta, direction, fields), new Float64Array(n));
      },
      information(weight, held, each) {
        const changes = parameters.map((_, j) => (held?.has(j) ? {} : changeOf(j)));
        const total = new Float64Array(p * p);
        solutions.forEach((solution, e) => {
          const felt = changes.flatMap((change, j) => {
            const direction = perturbation(change, e);
            return direction || change.background ? [{ j, direction, background: change.background ?? 0 }] : [];
          });
          const own = new Float64Array(p * p);
          addInformation(e, solution, felt, weight, own);
          for (let k = 0; k < total.length; k++) total[k]! += own[k]!;
          each?.(own);
        });
        return total;
      },
      alongScale(source) {
        const densities = experiments.map(({ sources }, e) =>
          sources.map((term, s) => (term.name === source ? fields.densities[e]![s]! : undefined)),
        );
        return tangents({ densities }, new Float64Array(n));
      },
    };
  };
  return { resolution, parameters, steps: steps.map((ends) => ends.length), data, at };
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
