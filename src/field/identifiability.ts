import { covarianceOf } from "../numerics/covariance.ts";
import { identifiability, TAKES_PART } from "../numerics/null-directions.ts";
import { median } from "../numerics/quantile.ts";
import type { FreeJacobian } from "./free-jacobian.ts";

/** A change of the logarithms that leaves every datum as it is, its largest entry one. */
export interface FreeDirection {
  /** Per position. */
  readonly gamma0: Float64Array;
  readonly gamma2: number;
  readonly scales: readonly number[];
}

/** What the data alone determine, gamma0 free at every position (PHYSICS.md sec. 4, table). */
export interface Determination {
  /** The data leave no change of gamma2 open, and its error is less than a factor e. */
  readonly gamma2: boolean;
  readonly gamma0: boolean;
  readonly scales: boolean;
  readonly rank: number;
  readonly nullDimension: number;
  /** Of the data alone, without any prior; NaN where open. */
  readonly sigmaLogGamma2: number;
  readonly medianSigmaLogGamma0: number;
  /** Directions in which gamma2 or a scale takes part. */
  readonly directions: readonly FreeDirection[];
}

/** Singular values below this part of the largest are zero: tangents are exact to rounding. */
const NOTHING = 1e-10;
/** Beyond a factor e the data say nothing about gamma2 that an assumption about gamma0 would not outweigh. */
export const LARGEST_SIGMA = 1;

/** Rank, null directions and errors of the whitened Jacobian of the data alone. */
export function determination({ jacobian, rows, columns }: FreeJacobian): Determination {
  const found = identifiability(jacobian, rows, columns.count, { nothing: NOTHING });
  const inDirections = (columnsOf: readonly number[]) =>
    found.undetermined.some((d) => columnsOf.some((c) => Math.abs(d.scaled[c]!) > TAKES_PART));
  const directions = found.undetermined
    .filter((d) => [columns.gamma2, ...columns.scales].some((c) => Math.abs(d.scaled[c]!) > TAKES_PART))
    .map(({ physical }): FreeDirection => {
      const shown = [...physical.slice(0, columns.positions), physical[columns.gamma2]!, ...columns.scales.map((c) => physical[c]!)];
      const top = shown.reduce((most, v) => (Math.abs(v) > Math.abs(most) ? v : most), 0);
      return {
        gamma0: physical.slice(0, columns.positions).map((v) => v / top),
        gamma2: physical[columns.gamma2]! / top,
        scales: columns.scales.map((c) => physical[c]! / top),
      };
    });
  const { matrix } = covarianceOf(jacobian, rows, columns.count);
  const sigma = (c: number) => Math.sqrt(matrix[c * columns.count + c]!);
  const sigmas = Array.from({ length: columns.positions }, (_, c) => sigma(c)).filter((s) => !Number.isNaN(s));
  const open = inDirections([columns.gamma2]);
  const sigmaLogGamma2 = open ? Number.NaN : sigma(columns.gamma2);
  return {
    gamma2: sigmaLogGamma2 < LARGEST_SIGMA,
    gamma0: !directions.some((d) => d.gamma0.some((v) => Math.abs(v) > 1e-3)),
    scales: !inDirections(columns.scales),
    rank: found.rank,
    nullDimension: columns.count - found.rank,
    sigmaLogGamma2,
    medianSigmaLogGamma0: sigmas.length > 0 ? median(sigmas) : Number.NaN,
    directions,
  };
}
