import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cholesky, choleskySolve } from "../../src/numerics/cholesky.ts";
import { covarianceOf } from "../../src/numerics/covariance.ts";
import { ENDINGS, leastSquares, type Problem } from "../../src/numerics/least-squares.ts";
import { applyQTransposed, pivotedQr, rankOf, rEntry } from "../../src/numerics/qr.ts";

const matrix = (m: number, n: number) => fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: m * n, maxLength: m * n });

describe("linear algebra", () => {
  it("QR: R^T R is the pivoted A^T A, the diagonal falls, Q^T b keeps the length", () => {
    fc.assert(
      fc.property(matrix(7, 4), (a) => {
        const qr = pivotedQr(Float64Array.from(a), 7, 4);
        const scale = Math.max(...a.map(Math.abs), 1) ** 2;
        for (let i = 0; i < 4; i++)
          for (let j = 0; j < 4; j++) {
            let [left, right] = [0, 0];
            for (let k = 0; k <= Math.min(i, j); k++) left += rEntry(qr, k, i) * rEntry(qr, k, j);
            for (let k = 0; k < 7; k++) right += a[qr.pivot[i]! * 7 + k]! * a[qr.pivot[j]! * 7 + k]!;
            expect(Math.abs(left - right)).toBeLessThan(1e-12 * scale);
          }
        for (let k = 1; k < 4; k++) expect(Math.abs(qr.diagonal[k]!)).toBeLessThanOrEqual(Math.abs(qr.diagonal[k - 1]!) * (1 + 1e-12));
        const b = Float64Array.from([1, 2, 3, 4, 5, 6, 7]);
        applyQTransposed(qr, b);
        expect(Math.hypot(...b)).toBeCloseTo(Math.sqrt(140), 10);
      }),
      { seed: 1, numRuns: 50 },
    );
  });
  it("rank of dependent columns", () => {
    expect(rankOf(pivotedQr(Float64Array.from([1, 2, 3, 2, 4, 6, 0, 1, 0]), 3, 3), 1e-12)).toBe(2);
  });
  it("Cholesky solves, and refuses a matrix that is not positive definite", () => {
    const l = cholesky([4, 2, 2, 3], 2)!;
    const solution = choleskySolve(l, [2, 5], 2);
    expect(solution[0]).toBeCloseTo(-0.5, 14);
    expect(solution[1]).toBeCloseTo(2, 14);
    expect(cholesky([1, 2, 2, 1], 2)).toBeUndefined();
  });
  it("covariance: NaN for what the data do not determine, numbers for the rest", () => {
    // Columns 0 and 1 are parallel, column 2 stands apart.
    const { matrix: c, rank, undetermined } = covarianceOf(Float64Array.from([1, 1, 0, 0, 2e6, 2e6, 0, 0, 0, 0, 3, 4]), 4, 3);
    expect(rank).toBe(2);
    expect(undetermined).toEqual([0, 1]);
    expect(c[0]).toBeNaN();
    expect(c[8]).toBeCloseTo(1 / 25, 14);
  });
});

/** Line a + b x, whose minimum is known in closed form. */
function line(x: readonly number[], y: readonly number[], bounds: Partial<Problem> = {}): Problem {
  return {
    points: x.length,
    parameters: 2,
    ...bounds,
    evaluate: (p, r, jacobian) => {
      let s = 0;
      x.forEach((xi, i) => {
        r[i] = p[0]! + p[1]! * xi - y[i]!;
        s += r[i]! ** 2;
        if (jacobian) {
          jacobian[i] = 1;
          jacobian[x.length + i] = xi;
        }
      });
      return s / 2;
    },
  };
}

describe("least squares", () => {
  const x = [0, 1, 2, 3, 4];
  const y = [1, 3.1, 4.9, 7.2, 8.8];
  it("finds the closed-form line whatever the units, and says how far the minimum is", () => {
    fc.assert(
      fc.property(fc.integer({ min: -12, max: 12 }), fc.integer({ min: -12, max: 12 }), (ex, ey) => {
        const [sx, sy] = [10 ** ex, 10 ** ey];
        const minimum = leastSquares(
          line(
            x.map((v) => v * sx),
            y.map((v) => v * sy),
          ),
          [0, 0],
        );
        expect(ENDINGS[minimum.ending].converged).toBe(true);
        expect(minimum.p[0]! / sy).toBeCloseTo(1.06, 9);
        expect((minimum.p[1]! / sy) * sx).toBeCloseTo(1.97, 9);
        expect(minimum.distance / sy).toBeLessThan(1e-7);
      }),
      { seed: 2, numRuns: 60 },
    );
  });
  it("takes the same path whatever the units of a curved law, also where a parameter has no effect at the start", () => {
    const t = [0, 1, 2, 3, 4, 5, 6, 7];
    const data = t.map((v) => 0.9 * Math.exp(-0.5 * v) + 0.05 + 0.01 * Math.sin(7 * v));
    const decay = (unit: number, signal: number): Problem => ({
      points: 8,
      parameters: 3,
      evaluate(p, r, jacobian) {
        let s = 0;
        for (const [i, v] of t.entries()) {
          const e = Math.exp(-p[1]! * v * unit);
          r[i] = p[0]! * e + p[2]! - data[i]! * signal;
          s += r[i]! ** 2;
          jacobian?.set([e], i);
          jacobian?.set([-p[0]! * v * unit * e], 8 + i);
          jacobian?.set([1], 16 + i);
        }
        return s / 2;
      },
    });
    for (const start of [
      [1, 0.2, 0],
      [0, 0.3, 0],
    ]) {
      const plain = leastSquares(decay(1, 1), start);
      for (const exponent of [-9, -3, 1, 3, 9]) {
        const [unit, signal] = [2 ** exponent, 2 ** (3 * exponent)];
        const scaled = leastSquares(decay(unit, signal), [start[0]! * signal, start[1]! / unit, start[2]! * signal]);
        expect(ENDINGS[scaled.ending].converged).toBe(true);
        const back = [scaled.p[0]! / signal, scaled.p[1]! * unit, scaled.p[2]! / signal];
        for (let j = 0; j < 3; j++) expect(Math.abs(back[j]! - plain.p[j]!)).toBeLessThan(1e-9);
        expect(Math.abs(scaled.iterations - plain.iterations)).toBeLessThanOrEqual(1);
      }
    }
  });
  it("keeps bounds and reports the parameter that is held", () => {
    const minimum = leastSquares(line(x, y, { lower: [Number.NEGATIVE_INFINITY, 0], upper: [Number.POSITIVE_INFINITY, 1.5] }), [0, 1]);
    expect(minimum.p[1]).toBe(1.5);
    expect(minimum.p[0]).toBeCloseTo(2, 10);
    expect(minimum.atBound).toEqual([1]);
  });
  it("ends as a value: bad start, too few points, not finite, too many evaluations", () => {
    const broken = (value: number): Problem => ({ points: 3, parameters: 1, evaluate: () => value });
    expect(leastSquares(broken(Number.NaN), [1]).ending).toBe("bad_start");
    expect(leastSquares({ ...broken(1), points: 0 }, [1]).ending).toBe("too_few_points");
    const notFinite: Problem = { points: 2, parameters: 1, evaluate: (_p, _r, j) => (j?.fill(Number.NaN) ? 1 : 1) };
    expect(leastSquares(notFinite, [1]).ending).toBe("not_finite");
    const slow = leastSquares(rosenbrock, [-1.2, 1], { maxEvaluations: 3 });
    expect(slow.ending).toBe("too_many_evaluations");
    expect(ENDINGS[slow.ending].converged).toBe(false);
  });
  it("solves Rosenbrock's valley (More, Garbow and Hillstrom 1981, problem 1)", () => {
    const minimum = leastSquares(rosenbrock, [-1.2, 1]);
    expect(minimum.p[0]).toBeCloseTo(1, 10);
    expect(minimum.p[1]).toBeCloseTo(1, 10);
  });
});

const rosenbrock: Problem = {
  points: 2,
  parameters: 2,
  evaluate: (p, r, j) => {
    r[0] = 10 * (p[1]! - p[0]! ** 2);
    r[1] = 1 - p[0]!;
    if (j) j.set([-20 * p[0]!, -1, 10, 0]);
    return (r[0]! ** 2 + r[1]! ** 2) / 2;
  },
};
