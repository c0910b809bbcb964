import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { changePoints } from "../../src/numerics/change-points.ts";
import { chi2Quantile } from "../../src/numerics/chi2-quantile.ts";
import { effectiveSize } from "../../src/numerics/effective-size.ts";
import { chi2Tail } from "../../src/numerics/gamma-function.ts";
import { lagProducts } from "../../src/numerics/lag-products.ts";

describe("quantile of chi-square", () => {
  it.each([
    [0.1586552539314571, 9.5, 5.297932453144762],
    [0.8413447460685429, 9.5, 13.708521438708697],
    [0.025, 1.3, 0.005844964263359177],
    [0.975, 1.3, 5.798739072378018],
    [0.5, 1000, 999.333412403381],
    [0.001, 0.2, 1.2146096724815738e-30],
  ])("at %d with %d degrees of freedom is that of scipy.stats.chi2.ppf 1.17.1", (p, dof, expected) => {
    expect(chi2Quantile(p, dof) / expected - 1).toBeCloseTo(0, 11);
  });

  it("is the inverse of the tail, and NaN where there is none", () => {
    for (const dof of [0.7, 3, 41.5])
      for (const p of [0.01, 0.5, 0.999]) expect(1 - chi2Tail(chi2Quantile(p, dof), dof)).toBeCloseTo(p, 12);
    expect(chi2Quantile(0, 3)).toBe(0);
    expect(chi2Quantile(1, 3)).toBe(Number.POSITIVE_INFINITY);
    expect(chi2Quantile(Number.NaN, 3)).toBeNaN();
    expect(chi2Quantile(0.5, 0)).toBeNaN();
  });
});

describe("lag products", () => {
  it("are the sums over pairs, with holes", () => {
    const values = [1, -2, 3, 0.5, -1];
    const slots = [0, 1, 4, 5, 9];
    const { products, pairs } = lagProducts(values, slots);
    expect(products).toHaveLength(10);
    for (let lag = 0; lag < 10; lag++) {
      let [sum, count] = [0, 0];
      for (let i = 0; i < 5; i++)
        for (let j = i; j < 5; j++)
          if (slots[j]! - slots[i]! === lag) {
            sum += values[i]! * values[j]!;
            count++;
          }
      expect(products[lag]).toBeCloseTo(sum, 12);
      expect(pairs[lag]).toBe(count);
    }
  });
});

describe("effective size", () => {
  const r = random(21);
  it("of white noise is its length, of a constant too, and of slow noise that of its correlation time", () => {
    const ratio = Array.from({ length: 60 }, () => effectiveSize(Array.from({ length: 200 }, () => r.normal())) / 200);
    expect(ratio.reduce((a, b) => a + b, 0) / 60).toBeGreaterThan(0.95);
    expect(effectiveSize([3, 3, 3, 3])).toBe(4);
    // AR(1) with rho: N (1 - rho)/(1 + rho).
    const sizes = Array.from({ length: 60 }, () => {
      let x = 0;
      return effectiveSize(Array.from({ length: 4000 }, () => (x = 0.8 * x + r.normal()))) / 4000;
    });
    expect(Math.abs(sizes.reduce((a, b) => a + b, 0) / 60 / (0.2 / 1.8) - 1)).toBeLessThan(0.1);
  });

  it("counts pairs at their true distance: a gap of many correlation times does not join what it separates", () => {
    // Two runs of slow noise: every second value taken away halves the correlation per value, and the size stays about that of the time.
    let x = 0;
    const y = Array.from({ length: 4000 }, () => (x = 0.9 * x + r.normal()));
    const whole = effectiveSize(y);
    const thinned = y.filter((_, i) => i % 2 === 0);
    const slots = thinned.map((_, i) => 2 * i);
    expect(effectiveSize(thinned, slots) / effectiveSize(thinned)).toBeCloseTo(1, 9);
    expect(Math.abs(effectiveSize(thinned) / whole - 1)).toBeLessThan(0.1);
    const gapped = y.map((_, i) => i + (i >= 2000 ? 3000 : 0));
    expect(Math.abs(effectiveSize(y, gapped) / whole - 1)).toBeLessThan(0.1);
  });
});

describe("change points", () => {
  /** All partitions by dynamic programming. */
  function optimal(y: readonly number[], w: readonly number[], penalty: number): number[] {
    const cost = (from: number, to: number) => {
      let [a, b, c] = [0, 0, 0];
      for (let i = from; i < to; i++) {
        a += w[i]!;
        b += w[i]! * y[i]!;
        c += w[i]! * y[i]! ** 2;
      }
      return c - (b * b) / a;
    };
    const best: { cost: number; starts: number[] }[] = [{ cost: -penalty, starts: [] }];
    for (let t = 1; t <= y.length; t++) {
      let found = { cost: Number.POSITIVE_INFINITY, starts: [] as number[] };
      for (let s = 0; s < t; s++) {
        const total = best[s]!.cost + penalty + cost(s, t);
        if (total < found.cost) found = { cost: total, starts: [...best[s]!.starts, s] };
      }
      best.push(found);
    }
    return best.at(-1)!.starts;
  }

  it("are those of the exact search over all partitions", () => {
    const r = random(31);
    for (let trial = 0; trial < 60; trial++) {
      const n = 5 + (trial % 40);
      let level = 0;
      const y = Array.from({ length: n }, () => {
        if (r.uniform() < 0.15) level = 4 * r.normal();
        return level + r.normal();
      });
      const w = y.map(() => 0.3 + r.uniform());
      for (const penalty of [0.5, 4, 15]) expect(changePoints(y, w, penalty)).toEqual(optimal(y, w, penalty));
    }
  });

  it("of equal values are none, of no value none at all", () => {
    expect(changePoints([2, 2, 2, 2], [1, 1, 1, 1], 1)).toEqual([0]);
    expect(changePoints([], [], 1)).toEqual([]);
    expect(changePoints([5, 5, 5, 9, 9, 9], [1, 1, 1, 1, 1, 1], 3)).toEqual([0, 3]);
  });
});
