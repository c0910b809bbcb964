import { covarianceOf } from "../numerics/covariance.ts";
import { identifiability, TAKES_PART } from "../numerics/null-directions.ts";
import { median } from "../numerics/quantile.ts";
import type { Evaluator } from "./evaluator.ts";
import type { ParameterKind } from "./parameters.ts";

/** A change of theta that leaves every datum as it is, its largest entry among gamma0, gamma2 and scales one. */
export type OpenDirection = Float64Array;

/** What the data alone determine, without any prior (PHYSICS.md sec. 4, table). */
export interface Determination {
  /** The data leave no change of gamma2 open, and their error of it is less than a factor e. */
  readonly gamma2: boolean;
  readonly gamma0: boolean;
  readonly scales: boolean;
  readonly rank: number;
  readonly parameters: number;
  readonly nullDimension: number;
  /** Standard deviation of log gamma2 (the worst region) from the data alone; NaN where open. */
  readonly sigmaLogGamma2: number;
  readonly medianSigmaLogGamma0: number;
  /** Directions in which gamma2 or a scale takes part. */
  readonly directions: readonly OpenDirection[];
}

/** Singular values below this part of the largest are zero: tangents are exact to rounding. */
const NOTHING = 1e-10;
/** Beyond a factor e the data say nothing about gamma2 that an assumption about gamma0 would not outweigh. */
export const LARGEST_SIGMA = 1;

/**
 * Rank, null directions and errors of the whitened Jacobian at theta. gamma0's parameters must be free of each other (`freeProblem`), or a law that the
 * user states.
 * @param held kinds that count as known
 */
export function determination(evaluator: Evaluator, theta: Float64Array, held: readonly ParameterKind[] = []): Determination {
  const { data } = evaluator;
  const free = [...evaluator.parameters.keys()].filter((j) => !held.includes(evaluator.parameters[j]!.kind));
  const parameters = free.map((j) => evaluator.parameters[j]!);
  const [rows, n] = [data.values.length, free.length];
  const at = evaluator.at(theta);
  const jacobian = new Float64Array(rows * n);
  const unit = new Float64Array(theta.length);
  for (let j = 0; j < n; j++) {
    unit[free[j]!] = 1;
    const column = at.along(unit);
    unit[free[j]!] = 0;
    for (let i = 0; i < rows; i++) jacobian[j * rows + i] = column[i]! / data.sigma[i]!;
  }
  const of = (...kinds: ParameterKind[]) => [...parameters.keys()].filter((j) => kinds.includes(parameters[j]!.kind));
  const [gamma0, gamma2, scales] = [of("gamma0"), of("gamma2"), of("scale")];
  const found = identifiability(jacobian, rows, n, { nothing: NOTHING });
  const open = found.undetermined.filter((d) => [...gamma2, ...scales].some((j) => Math.abs(d.scaled[j]!) > TAKES_PART));
  const directions = open.map(({ physical }) => {
    const top = [...gamma0, ...gamma2, ...scales].reduce((most, j) => (Math.abs(physical[j]!) > Math.abs(most) ? physical[j]! : most), 0);
    return physical.map((v) => v / top);
  });
  const taking = (group: readonly number[]) => open.some((d) => group.some((j) => Math.abs(d.scaled[j]!) > TAKES_PART));
  const { matrix } = covarianceOf(jacobian, rows, n);
  const sigma = (j: number) => Math.sqrt(matrix[j * n + j]!);
  const sigmaLogGamma2 = taking(gamma2) ? Number.NaN : Math.max(...gamma2.map(sigma));
  return {
    gamma2: sigmaLogGamma2 < LARGEST_SIGMA,
    gamma0: !taking(gamma0),
    scales: !taking(scales),
    rank: found.rank,
    parameters: n,
    nullDimension: n - found.rank,
    sigmaLogGamma2,
    medianSigmaLogGamma0: median(gamma0.map(sigma).filter((s) => !Number.isNaN(s))),
    directions,
  };
}
