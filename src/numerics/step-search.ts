import type { ExtraShape } from "./residual-tests.ts";

/**
 * Score test for a jump: every step function that is 0 before a point and 1 from it on, whitened and made orthogonal to what the law already explains,
 * is projected on the residual. Sums from the end make it cost m (rank + 1) operations for all m - 1 steps together.
 * @param residual whitened residual at the minimum, orthogonal to `basis`; @param basis orthonormal tangents of the law there.
 * @returns `best` = index of the first point after the jump; the length is that of the polygon through the unit vectors, so a tube
 * probability made from it is a bound from above.
 */
export function searchStep(residual: Float64Array, weight: Float64Array, basis: readonly Float64Array[]): ExtraShape {
  const rank = basis.length;
  let [onResidual, square] = [0, 0];
  const along = new Float64Array(rank);
  const previousAlong = new Float64Array(rank);
  let [previousSize, best, gain, length] = [0, -1, 0, 0];
  for (let k = residual.length - 1; k > 0; k--) {
    const w = weight[k]!;
    // The previous step lies inside this one: their inner product is the previous square.
    let turn = square;
    onResidual += w * residual[k]!;
    square += w * w;
    let left = square;
    for (let j = 0; j < rank; j++) {
      const s = along[j]! + w * basis[j]![k]!;
      turn -= s * previousAlong[j]!;
      along[j] = s;
      left -= s * s;
    }
    if (!(left > 1e-10 * square)) continue;
    const size = Math.sqrt(left);
    if (previousSize > 0) length += Math.acos(Math.max(-1, Math.min(1, turn / size / previousSize)));
    const found = (onResidual / size) ** 2;
    if (found > gain) [best, gain] = [k, found];
    previousAlong.set(along);
    previousSize = size;
  }
  return { best, gain, length };
}
