import { cholesky, choleskySolve } from "../numerics/cholesky.ts";
import { gram } from "../numerics/gram.ts";
import type { Points } from "./problem.ts";
import { bendingEnergy, pointShares, type SplineField } from "./spline-field.ts";

/** Weight of the bending beside the values: decides only where there are none. */
const TRACE = 1e-6;

/** Coefficients of the field of least bending near finite values at points; undefined where they do not determine a plane. */
export function splineNear(field: SplineField, points: Points, values: ArrayLike<number>): Float64Array | undefined {
  const finite = [...Array(values.length).keys()].filter((i) => Number.isFinite(values[i]!));
  const shares = pointShares(field, points.x, points.y);
  const { count } = field;
  const columns = new Float64Array(count * finite.length);
  const right = new Float64Array(count);
  finite.forEach((point, i) => {
    for (let k = 0; k < count; k++) {
      const share = shares[point * count + k]!;
      columns[k * finite.length + i] = share;
      right[k]! += share * values[point]!;
    }
  });
  const matrix = gram(columns, count, finite.length);
  const energy = bendingEnergy(field);
  let [most, stiff] = [0, 0];
  for (let k = 0; k < count; k++) {
    most = Math.max(most, matrix[k * count + k]!);
    stiff = Math.max(stiff, energy[k * count + k]!);
  }
  if (stiff > 0) for (let k = 0; k < matrix.length; k++) matrix[k]! += (TRACE * most * energy[k]!) / stiff;
  const factor = cholesky(matrix, count);
  return factor && choleskySolve(factor, right, count);
}
