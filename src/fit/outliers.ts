import { type Check, check } from "../core/check.ts";
import { noOutliers, outliersFound } from "../core/messages/fit.ts";
import { findOutliers, type Outliers } from "../numerics/outliers.ts";
import type { Signal } from "./signal-type.ts";
import type { TestedResiduals } from "./tested-residuals.ts";

/** A trace of good noise shows an "outlier" this often. */
const OUTLIER_LIMIT = 3e-3;

/** Points that do not belong to the others, the farthest first. */
export function outliersOf(tested: TestedResiduals): Outliers {
  if (tested.rounding) return { indices: [], p: 1, worst: 0, distance: 0 };
  return findOutliers(tested.residual, tested.tangents, tested.known, OUTLIER_LIMIT);
}

export function outlierCheck(outliers: Outliers, signal: Signal): Check {
  const { indices, p, distance, worst } = outliers;
  const holds = indices.length === 0;
  const sentence = holds
    ? noOutliers(distance, signal.t[worst]!)
    : outliersFound(
        indices.map((i) => signal.t[i]!),
        distance,
      );
  return check("outliers", holds, sentence, p, OUTLIER_LIMIT);
}

/** The signal without some points. */
export function withoutPoints(signal: Signal, points: readonly number[]): Signal {
  const gone = new Set(points);
  const keep = (v: Float64Array) => v.filter((_, i) => !gone.has(i));
  const { noise } = signal;
  return {
    ...signal,
    t: keep(signal.t),
    y: keep(signal.y),
    noise:
      noise.type === "binomial"
        ? { type: "binomial", shots: keep(noise.shots) }
        : noise.type === "sigma"
          ? { type: "sigma", sigma: keep(noise.sigma) }
          : noise,
  };
}
