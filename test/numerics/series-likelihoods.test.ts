import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { simplexMinimum } from "../../src/numerics/simplex-minimum.ts";
import { fitTwoStates, statesOf } from "../../src/numerics/two-states.ts";
import { fitWandering, wanderingDeviance, whiteDeviance } from "../../src/numerics/wandering.ts";

const normals = (seed: number, n: number) => {
  const r = random(seed);
  return Float64Array.from({ length: n }, () => r.normal());
};

/** -2 ln of a normal density with this covariance, by Cholesky; ln 2 pi left out. */
function normalDeviance(values: ArrayLike<number>, covariance: (i: number, j: number) => number): number {
  const n = values.length;
  const l = Array.from({ length: n }, () => new Float64Array(n));
  let deviance = 0;
  const z: number[] = [];
  for (let i = 0; i < n; i++) {
    let left = values[i]!;
    for (let j = 0; j <= i; j++) {
      let sum = covariance(i, j);
      for (let k = 0; k < j; k++) sum -= l[i]![k]! * l[j]![k]!;
      l[i]![j] = i === j ? Math.sqrt(sum) : sum / l[j]![j]!;
      if (j < i) left -= l[i]![j]! * z[j]!;
    }
    z.push(left / l[i]![i]!);
    deviance += z[i]! ** 2 + 2 * Math.log(l[i]![i]!);
  }
  return deviance;
}

describe("likelihood of noise that wanders", () => {
  const values = normals(1, 40);
  const known = values.map((_, i) => 0.1 + 0.01 * i);
  const slots = Array.from(values, (_, i) => i + (i > 17 ? 6 : 0));

  it("is that of its covariance matrix, holes and unequal errors counted", () => {
    const noise = { variance: 0.7, persistence: 0.8, extra: 0.2 };
    const dense = normalDeviance(values, (i, j) => 0.7 * 0.8 ** Math.abs(slots[i]! - slots[j]!) + (i === j ? known[i]! + 0.2 : 0));
    expect(wanderingDeviance({ values, known, slots }, noise)).toBeCloseTo(dense, 9);
    expect(wanderingDeviance({ values, known, slots }, { ...noise, variance: 0 })).toBeCloseTo(
      normalDeviance(values, (i, j) => (i === j ? known[i]! + 0.2 : 0)),
      9,
    );
  });

  it("of white noise is least at the variance that is left, and at none where there is none", () => {
    const even = { values, known: new Float64Array(40).fill(0.1) };
    expect(whiteDeviance(even).extra).toBeCloseTo(values.reduce((s, v) => s + v * v, 0) / 40 - 0.1, 12);
    expect(whiteDeviance({ values, known: known.map((v) => 100 * v) }).extra).toBe(0);
    const { extra, deviance } = whiteDeviance({ values, known });
    for (const other of [0.9 * extra, 1.1 * extra])
      expect(wanderingDeviance({ values, known, slots }, { variance: 0, persistence: 0, extra: other })).toBeGreaterThan(deviance);
  });

  it("is greatest near the noise that was drawn", () => {
    const fresh = normals(3, 6000);
    let x = 0;
    const drawn = normals(2, 6000).map((v, i) => {
      x = 0.9 * x + Math.sqrt(1 - 0.81) * fresh[i]!;
      return x + 0.5 * v;
    });
    const found = fitWandering({ values: drawn, known: new Float64Array(6000), slots: Array.from(drawn.keys()) });
    expect(Math.abs(found.persistence - 0.9)).toBeLessThan(0.03);
    expect(Math.abs(found.variance - 1)).toBeLessThan(0.25);
    expect(Math.abs(found.extra - 0.25)).toBeLessThan(0.05);
  });
});

describe("two levels with random switches", () => {
  it("have the likelihood and the best path of all paths, one by one", () => {
    const values = Float64Array.from([0.1, -0.3, 2.9, 3.2, 0.4, 3.1, 2.7, 0.2, -0.1, 0.3]);
    const slots = [0, 1, 2, 3, 4, 7, 8, 9, 10, 11];
    const series = { values, known: new Float64Array(10).fill(0.1), slots };
    const { deviance, ...s } = fitTwoStates(series);
    const share = s.leaveLow / (s.leaveLow + s.leaveHigh);
    let [total, most, best] = [0, 0, 0];
    for (let path = 0; path < 1024; path++) {
      let weight = path & 1 ? share : 1 - share;
      for (let i = 0; i < 10; i++) {
        const high = (path >> i) & 1;
        const v = 0.1 + s.extra;
        weight *= Math.exp(-((values[i]! - (high ? s.high : s.low)) ** 2) / (2 * v)) / Math.sqrt(v);
        if (i === 0) continue;
        const toHigh = share + (1 - s.leaveLow - s.leaveHigh) ** (slots[i]! - slots[i - 1]!) * (((path >> (i - 1)) & 1) - share);
        weight *= high ? toHigh : 1 - toHigh;
      }
      total += weight;
      if (weight > most) [most, best] = [weight, path];
    }
    expect(deviance).toBeCloseTo(-2 * Math.log(total), 9);
    expect([...statesOf(series, s)]).toEqual(Array.from(values, (_, i) => (best >> i) & 1));
  });

  it("are found with their rates", () => {
    const r = random(8);
    let state = 0;
    const values = Float64Array.from({ length: 5000 }, () => {
      if (r.uniform() < (state ? 0.2 : 0.05)) state = 1 - state;
      return 3 * state + r.normal();
    });
    const found = fitTwoStates({ values, known: new Float64Array(5000), slots: Array.from(values.keys()) });
    expect(Math.abs(found.low)).toBeLessThan(0.1);
    expect(Math.abs(found.high - 3)).toBeLessThan(0.15);
    expect(Math.abs(found.leaveLow - 0.05)).toBeLessThan(0.01);
    expect(Math.abs(found.leaveHigh - 0.2)).toBeLessThan(0.04);
    expect(Math.abs(found.extra - 1)).toBeLessThan(0.1);
  });
});

describe("search without slopes", () => {
  it("goes down the curved valley of Rosenbrock (Comput. J. 3, 175, 1960) to (1, 1)", () => {
    const found = simplexMinimum(([x, y]) => 100 * (y! - x! ** 2) ** 2 + (1 - x!) ** 2, [-1.2, 1], 0.5, 400);
    expect(found.value).toBeLessThan(1e-3);
    expect(Math.abs(found.at[0]! - 1)).toBeLessThan(0.1);
  });
});
