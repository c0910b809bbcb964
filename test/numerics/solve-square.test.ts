import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { solveSquare } from "../../src/numerics/solve-square.ts";

describe("square linear equations", () => {
  it("gives the x that made the right side, whatever the scale of rows", () => {
    const number = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(number, { minLength: 30, maxLength: 30 }), fc.double({ min: -12, max: 12, noNaN: true }), (all, decade) => {
        const [n, scale] = [5, 10 ** decade];
        // Diagonally dominant: safely regular.
        const a = all.slice(0, 25).map((v, k) => scale * (k % 6 === 0 ? v + 6 * Math.sign(v || 1) : v));
        const x = all.slice(25);
        const b = x.map((_, i) => x.reduce((sum, v, j) => sum + a[i * n + j]! * v, 0));
        solveSquare(a, b, n)!.forEach((v, i) => {
          expect(Math.abs(v - x[i]!)).toBeLessThan(1e-13);
        });
      }),
      { seed: 8 },
    );
  });

  it("a singular matrix has no solution", () => {
    expect(solveSquare([1, 2, 3, 2, 4, 6, 0, 1, 1], [1, 2, 3], 3)).toBeUndefined();
    expect(solveSquare([0, 0, 0, 0], [0, 0], 2)).toBeUndefined();
  });
});
