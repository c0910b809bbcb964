import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { nonNegativeLeastSquares, solveColumns } from "../../src/numerics/nonnegative.ts";

const squares = (a: Float64Array, b: Float64Array, x: ArrayLike<number>, m: number, n: number) => {
  let sum = 0;
  for (let i = 0; i < m; i++) {
    let r = -b[i]!;
    for (let j = 0; j < n; j++) r += a[j * m + i]! * x[j]!;
    sum += r * r;
  }
  return sum;
};

/** The best of all subsets of columns whose own solution is positive: slow and sure. */
function byEnumeration(a: Float64Array, b: Float64Array, m: number, n: number): Float64Array {
  let best = new Float64Array(n);
  for (let mask = 1; mask < 1 << n; mask++) {
    const columns = Array.from({ length: n }, (_, j) => j).filter((j) => mask & (1 << j));
    const s = solveColumns(a, b, m, columns);
    if (!s.every((v) => v >= 0)) continue;
    const x = new Float64Array(n);
    columns.forEach((j, k) => {
      x[j] = s[k]!;
    });
    if (squares(a, b, x, m, n) < squares(a, b, best, m, n)) best = x;
  }
  return best;
}

describe("non-negative least squares", () => {
  it("is the plain solution where that is positive", () => {
    // 2x + y = 5, x + 3y = 10, x = 1: exact at (1, 3).
    const x = nonNegativeLeastSquares(Float64Array.of(2, 1, 1, 1, 3, 0), Float64Array.of(5, 10, 1), 3, 2);
    expect(x[0]).toBeCloseTo(1, 12);
    expect(x[1]).toBeCloseTo(3, 12);
  });

  it("holds at exactly zero what would be negative, and solves the rest again", () => {
    // y = (0, 1, 2) against 1 and t - 3: the constant alone gives 1, the slope's best share is negative without it.
    const x = nonNegativeLeastSquares(Float64Array.of(1, 1, 1, 0, -1, -2), Float64Array.of(0, 1, 2), 3, 2);
    expect([...x]).toEqual([expect.closeTo(1, 12), 0]);
    expect([...nonNegativeLeastSquares(Float64Array.of(1, 1), Float64Array.of(-1, -2), 2, 1)]).toEqual([0]);
  });

  it("agrees with trying every subset of columns, whatever the units", () => {
    for (let seed = 1; seed <= 200; seed++) {
      const r = random(seed);
      const [m, n] = [3 + (seed % 6), 1 + (seed % 4)];
      if (m < n) continue;
      const scale = Array.from({ length: n }, () => 10 ** (6 * r.uniform() - 3));
      const a = Float64Array.from({ length: m * n }, (_, k) => scale[Math.floor(k / m)]! * r.normal());
      const b = Float64Array.from({ length: m }, () => 1e5 * r.normal());
      const x = nonNegativeLeastSquares(a, b, m, n);
      expect(x.every((v) => v >= 0)).toBe(true);
      const best = squares(a, b, byEnumeration(a, b, m, n), m, n);
      expect(squares(a, b, x, m, n)).toBeLessThanOrEqual(best * (1 + 1e-9) + 1e-6);
    }
  });
});
