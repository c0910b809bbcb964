import { random } from "../../src/core/random.ts";
import { approach } from "../../src/field/approach.ts";
import { discreteModel } from "../../src/field/discrete-model.ts";
import type { Boundary, Side } from "../../src/field/equation.ts";
import type { Evaluator, FieldMinimum } from "../../src/field/evaluator.ts";
import { minimumOf } from "../../src/field/fit-phases.ts";
import { solve } from "../../src/field/forward.ts";
import { coarseGrid, gridFor } from "../../src/field/grid-choice.ts";
import { observationOf } from "../../src/field/observation.ts";
import type { Parametrisation } from "../../src/field/parametrisation.ts";
import type { Experiment, FieldProblem, Gamma0Law, SourceTerm } from "../../src/field/problem.ts";
import { fitWithPrior } from "../../src/field/smooth-fit.ts";
import { planSteps } from "../../src/field/time-steps.ts";

/** A rectangle of 1 mm whose energy diffuses over 0.1 mm: tau = 0.1 ms, gamma2 = 1e-4 m^2/s. */
export const [SIDE, GAMMA0, GAMMA2] = [1e-3, 1e4, 1e-4];

export interface Truth {
  readonly dimensions: 1 | 2;
  /** Points along each axis. */
  readonly points: number;
  readonly side: Side;
  readonly gamma0: (x: number, y: number) => number;
  /** Default GAMMA2. */
  readonly gamma2?: number;
  /** In decay times; absent = steady. */
  readonly times?: readonly number[];
  /** Relative to the largest u. */
  readonly noise: number;
  readonly law?: Gamma0Law;
  /** Centres of sources, one experiment each; parts of SIDE. */
  readonly sources?: readonly (readonly [number, number])[];
}

const sidesOf = (side: Side): Boundary => ({ x: [side, side], y: [side, side] });

/** A source switched on at 0 and off at the middle time (steady: on), solved on a grid 5 times finer than the data, with noise. */
export function filmProblem(truth: Truth, assumed: Side, seed: number): FieldProblem {
  const { dimensions, points: n, times } = truth;
  const along = Float64Array.from({ length: n }, (_, i) => ((i + 0.5) * SIDE) / n);
  const points =
    dimensions === 1
      ? { x: along }
      : {
          x: Float64Array.from({ length: n * n }, (_, k) => along[k % n]!),
          y: Float64Array.from({ length: n * n }, (_, k) => along[Math.floor(k / n)]!),
        };
  const ends = times?.map((t) => t / GAMMA0);
  const off = ends ? ends[Math.floor(ends.length / 2)]! : Infinity;
  const experiments = (truth.sources ?? [[0.4, 0.55]]).map(([cx, cy], e): Experiment => {
    const shape = {
      type: "spot",
      centre: dimensions === 1 ? [cx * SIDE] : [cx * SIDE, cy * SIDE],
      width: 0.12 * SIDE,
      power: 1e-15,
      free: [],
    } as const;
    const source: SourceTerm = { name: `source ${e}`, shape, on: [[ends ? 0 : -Infinity, off]], scale: "known", sigma: 0.01 };
    return {
      ...{ name: `map ${e}`, points, sources: [source], start: "empty" as const, from: 0 },
      ...(ends && { times: Float64Array.from(ends) }),
      values: new Float64Array(points.x.length * (ends?.length ?? 1)),
    };
  });
  const problem: FieldProblem = {
    dimensions,
    domain:
      dimensions === 1
        ? [[0, SIDE]]
        : [
            [0, SIDE],
            [0, SIDE],
          ],
    boundary: sidesOf(assumed),
    experiments,
    gamma0: truth.law ?? { type: "field" },
    gamma2: { type: "scalar" },
    background: false,
  };
  const draw = random(seed);
  const grid = gridFor(problem, 5);
  const nx = grid.x.centres.length;
  const medium = {
    gamma0: Float64Array.from({ length: grid.cells }, (_, k) =>
      truth.gamma0(grid.x.centres[k % nx]!, grid.y?.centres[Math.floor(k / nx)] ?? 0),
    ),
    gamma2: new Float64Array(grid.cells).fill(truth.gamma2 ?? GAMMA2),
  };
  const exact = experiments.map((e) => {
    const { shape, on } = e.sources[0]!;
    if (shape.type !== "spot") throw new Error("a spot");
    const density = Float64Array.from({ length: grid.cells }, (_, k) => {
      const dx = (grid.x.centres[k % nx]! - shape.centre[0]!) / shape.width;
      const dy = grid.y ? (grid.y.centres[Math.floor(k / nx)]! - shape.centre[1]!) / shape.width : 0;
      return (shape.power / (Math.sqrt(2 * Math.PI) * shape.width) ** dimensions) * Math.exp(-(dx * dx + dy * dy) / 2);
    });
    const sources = [{ density, on }];
    const course = e.times
      ? ({ type: "transient", sources, start: new Float64Array(grid.cells), from: 0, times: e.times } as const)
      : ({ type: "steady", sources } as const);
    const observation = observationOf(grid, sidesOf(truth.side), points);
    const out = new Float64Array(e.values.length);
    solve(grid, sidesOf(truth.side), medium, course, planSteps(grid, medium, course, 1)).states.forEach((state, t) => {
      observation.read(state, out, t * points.x.length);
    });
    return out;
  });
  const noise = truth.noise * Math.max(...exact.map((u) => Math.max(...u)));
  return {
    ...problem,
    experiments: experiments.map((e, i) => ({
      ...e,
      values: exact[i]!.map((u) => u + noise * draw.normal()),
      sigma: exact[i]!.map(() => noise),
    })),
  };
}

export interface Fitted {
  readonly minimum: FieldMinimum;
  readonly parametrisation: Parametrisation;
  /** The same parametrisation at another boundary, or on another grid. */
  readonly evaluatorWith: (boundary: Boundary, multiple?: number) => Evaluator;
  readonly strength: number;
}

/** The minimum on a grid of three cells per spacing of the data. */
export function fitted(problem: FieldProblem, multiple = 3): Fitted {
  const begin = approach(problem, coarseGrid(problem));
  const { parametrisation } = begin;
  const resolution = { grid: gridFor(problem, multiple), refinement: 1 };
  const evaluator = discreteModel(problem, parametrisation, resolution, begin.theta);
  const steps = fitWithPrior(evaluator, parametrisation, { ...begin, strength: 0 });
  let last = steps.next();
  while (!last.done) last = steps.next();
  const minimum = minimumOf(last.value);
  return {
    parametrisation,
    strength: last.value.strength,
    minimum,
    evaluatorWith: (boundary, cells) =>
      discreteModel(
        { ...problem, boundary },
        parametrisation,
        cells ? { grid: gridFor(problem, cells), refinement: 1 } : resolution,
        minimum.at.theta,
      ),
  };
}
