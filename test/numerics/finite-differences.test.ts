import { describe, expect, it } from "vitest";
import { type DifferenceMethod, finiteDifferences } from "../../src/numerics/finite-differences.ts";
import { ENDINGS, leastSquares, type Problem } from "../../src/numerics/least-squares.ts";

/** a exp(-b t) + c at 12 points; `unit` scales the parameters and `outside` marks where it has no value. */
const values = (unit: number) => (p: Float64Array, out: Float64Array) => {
  for (let i = 0; i < 12; i++) out[i] = (p[0]! / unit) * Math.exp((-p[1]! / unit) * i) + p[2]! / unit;
  return true;
};
const METHODS: readonly [DifferenceMethod, number][] = [
  ["forward", 3e-7],
  ["central", 1e-9],
];

describe("finite differences", () => {
  it.each(METHODS)(
    "%s: as near to the derivative as its order allows, whatever the unit, also for a parameter that is zero",
    (method, limit) => {
      for (const unit of [1e-12, 1, 1e12]) {
        const p = Float64Array.of(0.9 * unit, 0.3 * unit, 0);
        const [at, jacobian] = [new Float64Array(12), new Float64Array(36)];
        values(unit)(p, at);
        finiteDifferences(values(unit), 12, 3, method)(p, at, jacobian);
        for (let i = 0; i < 12; i++) {
          const e = Math.exp(-0.3 * i);
          [e, -0.9 * i * e, 1].forEach((d, j) => {
            expect(Math.abs(jacobian[j * 12 + i]! * unit - d)).toBeLessThan(limit * 3);
          });
        }
      }
    },
  );
  it.each(METHODS)("%s: keeps inside the bounds, and where the law has values", (method, limit) => {
    const seen: number[] = [];
    const square = (p: Float64Array, out: Float64Array) => {
      seen.push(p[0]!);
      out[0] = Math.sqrt(1 - p[0]!) * p[0]!;
      return p[0]! <= 1;
    };
    const jacobian = new Float64Array(1);
    const at = (x: number, bounds: { lower?: number[]; upper?: number[] }) => {
      const f = new Float64Array(1);
      square(Float64Array.of(x), f);
      seen.length = 0;
      finiteDifferences(square, 1, 1, method, bounds)(Float64Array.of(x), f, jacobian);
      return jacobian[0]!;
    };
    const derivative = (x: number) => Math.sqrt(1 - x) - x / (2 * Math.sqrt(1 - x));
    expect(Math.abs(at(0.5, { upper: [0.5] }) - derivative(0.5))).toBeLessThan(10 * limit);
    expect(Math.max(...seen)).toBeLessThanOrEqual(0.5);
    expect(Math.abs(at(0.5, { lower: [0.5] }) - derivative(0.5))).toBeLessThan(10 * limit);
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(0.5);
    expect(at(0.5, { lower: [0.5], upper: [0.5] })).toBeNaN();
  });
  const line = (extra: Partial<Problem>, objective = (s: number) => s / 2): Problem => ({
    points: 5,
    parameters: 2,
    ...extra,
    evaluate(p, r) {
      let s = 0;
      for (let i = 0; i < 5; i++) {
        r[i] = p[0]! + p[1]! * i - (1 + 2 * i) - (i === 2 ? 1 : 0);
        s += r[i]! ** 2;
      }
      return objective(s);
    },
  });
  // A forward difference is wrong by about 1e-8 of its column, and moves the minimum by as much.
  it.each([
    ["forward", 7],
    ["central", 9],
  ] as const)("%s: the minimum needs no Jacobian from the caller", (derivatives, digits) => {
    const minimum = leastSquares(line({ derivatives }), [0, 0]);
    expect(ENDINGS[minimum.ending].converged).toBe(true);
    expect(minimum.p[0]).toBeCloseTo(1.2, digits);
    expect(minimum.p[1]).toBeCloseTo(2, digits);
    expect(minimum.distance).toBeLessThan(1e-7);
  });
  it("is refused for a likelihood, whose residuals carry weights", () => {
    expect(() =>
      leastSquares(
        line({ derivatives: "central" }, (s) => s),
        [0, 0],
      ),
    ).toThrow(/^The objective/);
  });
  it("fixed parameters keep their start and do not count", () => {
    const free = leastSquares(line({ derivatives: "central", upper: [0, 9] }), [3, 0], { fixed: [true, false] });
    expect(free.p[0]).toBe(3);
    // Sum of i (y - 3) over sum of i^2.
    expect(free.p[1]).toBeCloseTo((60 + 10 + 2 - 30) / 30, 8);
    expect(free.atBound).toEqual([]);
    expect(free.distance).toBeLessThan(1e-7);
    expect(leastSquares(line({ derivatives: "forward" }), [3, 0], { fixed: [true, true] }).ending).toBe("gradient");
  });
});
