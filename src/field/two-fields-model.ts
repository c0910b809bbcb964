import { courseOf } from "./discrete-model.ts";
import type { Course, Medium } from "./equation.ts";
import type { UsedData } from "./evaluator.ts";
import { solve } from "./forward.ts";
import type { Grid } from "./grid.ts";
import { observationOf } from "./observation.ts";
import { type LawsOnGrid, lawsOn, type Parametrisation } from "./parametrisation.ts";
import type { FieldProblem } from "./problem.ts";
import { planSteps } from "./time-steps.ts";
import { solveTwoFields } from "./two-fields.ts";
import { CONSTANT, lawOfSlope } from "./two-fields-laws.ts";
import { usedData } from "./used-data.ts";

/**
 * The second field where it is not observed. Only `rho d ln(gamma0)/dU` can be told (`U -> c U, rho -> c rho` changes nothing), so rho = 1: U is the
 * energy density that the bath would hold if it took all that u loses.
 */
export interface Bath {
  /** d ln(gamma0)/dU at U = 0 (`lawOfSlope`), m^d/J; of either sign. */
  readonly slope: number;
  /** G_B, 1/s. */
  readonly rate: number;
  /** D, m^2/s. */
  readonly diffusion: number;
}

/** A source of whose size no error is stated, and the relative standard deviation that is assumed. */
export interface UncertainScale {
  readonly name: string;
  readonly sigma: number;
}

/** Without a stated error of a source's size. */
const UNSTATED = 0.1;

/**
 * The known source scales without a stated error: under a wrong one the data would ask for a second field. Those that state one are parameters of one field.
 */
export function uncertainScales({ experiments }: FieldProblem): UncertainScale[] {
  const found = new Map<string, UncertainScale>();
  for (const { sources } of experiments)
    for (const { name, scale, sigma } of sources) if (scale === "known" && Number.isNaN(sigma)) found.set(name, { name, sigma: UNSTATED });
  return [...found.values()];
}

/** Factors on the sizes of sources, by name. */
export type Scales = ReadonlyMap<string, number>;

/** What the two-field model says of the data. */
export interface TwoFieldReading {
  /** At every used datum. */
  readonly model: Float64Array;
  /** Largest U in any cell at the times of the data, J/m^d. */
  readonly largest: number;
}

/** The two-field model of a problem on one grid, with the laws and the theta of the one-field fit. */
export interface TwoFieldModel {
  readonly data: UsedData;
  readonly laws: LawsOnGrid;
  /** Time steps of each experiment. */
  readonly steps: readonly number[];
  /** @throws RangeError outside the laws' domain */
  read(theta: Float64Array, bath: Bath, scales?: Scales): TwoFieldReading;
  /** Without a second field: the same as with slope 0, much faster. */
  readOneField(theta: Float64Array, scales?: Scales): Float64Array;
}

/** @param plannedAt theta for which the time steps are chosen; @param level each of them in 2^level parts */
export function twoFieldModel(
  problem: FieldProblem,
  parametrisation: Parametrisation,
  grid: Grid,
  plannedAt: Float64Array,
  level: number,
): TwoFieldModel {
  const { experiments, boundary } = problem;
  const laws = lawsOn(grid, parametrisation, experiments);
  const data = usedData(experiments);
  const observations = experiments.map(({ points }) => observationOf(grid, boundary, points));
  const films = experiments.map(({ points, times }) => new Float64Array(points.x.length * (times?.length ?? 1)));
  const planned = laws.at(plannedAt);
  const steps = experiments.map((experiment, e) =>
    planSteps(grid, planned, courseOf(experiment, planned.densities[e]!, planned.starts[e], grid.cells), level),
  );
  /** At every used datum, from the states of each experiment. */
  const readWith = (
    theta: Float64Array,
    scales: Scales | undefined,
    statesOf: (experiment: number, course: Course, medium: Medium) => readonly Float64Array[],
  ): Float64Array => {
    const fields = laws.at(theta);
    experiments.forEach((experiment, e) => {
      const densities = fields.densities[e]!.map((density, s) => {
        const factor = scales?.get(experiment.sources[s]!.name) ?? 1;
        return factor === 1 ? density : density.map((r) => factor * r);
      });
      statesOf(e, courseOf(experiment, densities, fields.starts[e], grid.cells), fields).forEach((state, t) => {
        observations[e]!.read(state, films[e]!, t * observations[e]!.points);
      });
    });
    return Float64Array.from(data.experiment, (e, i) => {
      const place = data.time[i]! * observations[e]!.points + data.point[i]!;
      return fields.background + films[e]![place]!;
    });
  };
  return {
    data,
    laws,
    steps: steps.map((ends) => ends.length),
    read(theta, { slope, rate, diffusion }, scales) {
      let largest = 0;
      const model = readWith(theta, scales, (e, course, { gamma0, gamma2 }) => {
        const medium = { gamma0, gamma2, gamma0Law: lawOfSlope(slope), gamma2Law: CONSTANT, bath: { diffusion, rate, share: 1 } };
        const { states, bath } = solveTwoFields(grid, boundary, medium, course, steps[e]!);
        for (const state of bath) for (const value of state) largest = Math.max(largest, value);
        return states;
      });
      return { model, largest };
    },
    readOneField: (theta, scales) =>
      readWith(theta, scales, (e, course, medium) => solve(grid, boundary, medium, course, steps[e]!).states),
  };
}
