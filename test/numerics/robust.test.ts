import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { ENDINGS, leastSquares, type Problem } from "../../src/numerics/least-squares.ts";
import { robustFit } from "../../src/numerics/robust-fit.ts";
import { type RobustLoss, robust } from "../../src/numerics/robust-loss.ts";

function decay(y: Float64Array, sigma: number, extra: Partial<Problem> = {}): Problem {
  const m = y.length;
  return {
    points: m,
    parameters: 3,
    ...extra,
    evaluate(p, r, jacobian) {
      let s = 0;
      for (let i = 0; i < m; i++) {
        const e = Math.exp(-p[1]! * i);
        r[i] = (p[0]! * e + p[2]! - y[i]!) / sigma;
        s += r[i]! ** 2;
        if (jacobian) jacobian.set([e / sigma], i);
        if (jacobian) jacobian[m + i] = (-p[0]! * i * e) / sigma;
        if (jacobian) jacobian[2 * m + i] = 1 / sigma;
      }
      return s / 2;
    },
  };
}
const clean = (i: number) => 0.9 * Math.exp(-i / 4) + 0.05;
const OUTLIERS: Readonly<Record<number, number>> = { 3: 0.3, 11: -0.25, 18: 0.5 };
const contaminated = Float64Array.from({ length: 25 }, (_, i) => clean(i) + 0.01 * Math.sin(37 * i * i) + (OUTLIERS[i] ?? 0));
const START = [0.9, 0.25, 0.05];

/** scipy 1.17.1: optimize.least_squares(loss, f_scale) with tolerances 1e-15; Student's t by root finding of the gradient, nu = 4. */
const SCIPY: readonly (readonly [RobustLoss, readonly number[], number])[] = [
  [{ type: "huber", scale: 1.345 }, [0.8998716281167465, 0.24752873356251323, 0.0490625870637275], 142.48954415881997],
  [{ type: "softL1", scale: 1.5 }, [0.900498293851885, 0.24738557505093342, 0.04888582797477953], 154.59038436481944],
  [{ type: "studentT", scale: 1, dof: 4 }, [0.8986327463570805, 0.24814031119332247, 0.04879571023814481], 47.11244567711498],
];

describe("robust losses", () => {
  it.each(SCIPY)("%o: the minimum that scipy finds, with analytic and finite-difference Jacobian", (loss, expected, cost) => {
    for (const derivatives of ["analytic", "central"] as const) {
      const problem = robust(decay(contaminated, 0.01, { derivatives }), loss);
      const minimum = leastSquares(problem, START);
      expect(ENDINGS[minimum.ending].converged).toBe(true);
      expect(minimum.objective / cost).toBeCloseTo(1, 10);
      for (let j = 0; j < 3; j++) expect(minimum.p[j]! / expected[j]!).toBeCloseTo(1, 6);
      for (const i of [3, 11, 18]) expect(problem.weights[i]).toBeLessThan(0.1);
      expect(problem.weights[0]).toBeGreaterThan(0.4);
    }
  });
  it.each(SCIPY)("%o: the gradient is that of the loss, also where it bends over", (loss) => {
    const problem = robust(decay(contaminated, 0.01), loss);
    const p = Float64Array.of(0.8, 0.3, 0.1);
    const [r, j] = [new Float64Array(25), new Float64Array(75)];
    problem.evaluate(p, r, j);
    for (let k = 0; k < 3; k++) {
      let gradient = 0;
      for (let i = 0; i < 25; i++) gradient += j[k * 25 + i]! * r[i]!;
      const at = (h: number) => {
        const q = p.slice();
        q[k]! += h;
        return problem.evaluate(q, new Float64Array(25));
      };
      expect((at(1e-6) - at(-1e-6)) / 2e-6 / gradient).toBeCloseTo(1, 6);
    }
  });
  it("finds the size of the noise by itself, and the same rate as with the outliers taken out", () => {
    const found = robustFit(decay(contaminated, 1), START, { type: "studentT", dof: 4 });
    expect(found.settled).toBe(true);
    const keep = Float64Array.from(contaminated, (v, i) => (OUTLIERS[i] ? clean(i) : v));
    const without = leastSquares(decay(keep, 1), START);
    // 0.01 sin(.) has a median magnitude of 0.0071: 1.4826 times it.
    expect(found.sigma).toBeGreaterThan(0.006);
    expect(found.sigma).toBeLessThan(0.015);
    const sigma = Math.sqrt(found.covariance[4]!);
    expect(Math.abs(found.minimum.p[1]! - without.p[1]!)).toBeLessThan(sigma);
    expect(sigma).toBeLessThan(0.02);
    const plain = leastSquares(decay(contaminated, 1), START);
    expect(Math.abs(plain.p[2]! - 0.05)).toBeGreaterThan(5 * Math.abs(found.minimum.p[2]! - 0.05));
  });
  it.each([
    [{ type: "huber" }, 0],
    [{ type: "softL1" }, 0],
    [{ type: "studentT", dof: 4 }, 0],
    [{ type: "huber" }, 0.1],
    [{ type: "softL1" }, 0.1],
    [{ type: "studentT", dof: 4 }, 0.1],
  ] as const)("%o: its interval of one sigma holds the truth with a share %s of tenfold noise (300 traces, 4 s.d.)", (kind, share) => {
    const source = random(77);
    let inside = 0;
    for (let k = 0; k < 300; k++) {
      const y = Float64Array.from({ length: 61 }, (_, i) => clean(i / 3) + 0.02 * source.normal() * (source.uniform() < share ? 10 : 1));
      const { minimum, covariance } = robustFit(decay(y, 1), [0.9, 1 / 12, 0.05], kind);
      if (Math.abs(minimum.p[1]! - 1 / 12) < Math.sqrt(covariance[4]!)) inside++;
    }
    expect(Math.abs(inside / 300 - 0.683)).toBeLessThan(0.108);
  });
  it("refuses what it cannot do: a likelihood, a scale that is not positive", () => {
    const likelihood: Problem = { ...decay(contaminated, 1), evaluate: () => 3 };
    expect(() => leastSquares(robust(likelihood, { type: "huber", scale: 1 }), START)).toThrow("half the sum");
    expect(() => robust(decay(contaminated, 1), { type: "huber", scale: 0 })).toThrow("positive");
    expect(() => robust(decay(contaminated, 1), { type: "studentT", scale: 1, dof: -1 })).toThrow("positive");
  });
});
