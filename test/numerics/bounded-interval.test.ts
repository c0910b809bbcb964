import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { notNegative, ratioOfPart } from "../../src/numerics/bounded-interval.ts";

/** How often the 68 % interval holds the true ratio, for measured x and y with correlated normal errors. */
function coverage(ratio: number, sx: number, sy: number, correlation: number, seeds = 4000): number {
  let held = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    const r = random(seed);
    const a = r.normal();
    const x = ratio + sx * a;
    const y = 1 + sy * (correlation * a + Math.sqrt(1 - correlation ** 2) * r.normal());
    const { low, high } = ratioOfPart(x, y, [sx * sx, correlation * sx * sy, sy * sy]);
    if (low <= ratio && ratio <= high) held++;
  }
  return held / seeds;
}

describe("ratio of a part to the whole", () => {
  it("is the normal ratio with its first-order error where the errors are small and the bounds far", () => {
    const sigma = Math.hypot(0.003, 0.4 * 0.002);
    const { value, low, high, chi2 } = ratioOfPart(0.4, 1, [0.003 ** 2, 0, 0.002 ** 2]);
    expect(value).toBe(0.4);
    expect(chi2).toBe(0);
    expect((high - low) / 2).toBeCloseTo(sigma, 6);
    expect((high + low) / 2).toBeCloseTo(0.4, 5);
  });

  it("a whole known to 25 % makes it unequal: Fieller's ends (0.5 +- 0.25 sqrt(4 - 0.2345...)/...) by hand", () => {
    // (1 - r/1)^2: x = 0.5 exact, y = 1 +- 0.25: 0.5 - r = +-0.25 r.
    const { low, high } = ratioOfPart(0.5, 1, [0, 0, 0.0625]);
    expect(low).toBeCloseTo(0.5 / 1.25, 12);
    expect(high).toBeCloseTo(0.5 / 0.75, 12);
  });

  it("an error that both share in proportion cancels", () => {
    const { low, high } = ratioOfPart(0.3, 1, [0.03 ** 2, 0.03 * 0.1, 0.01]);
    expect(high - low).toBeLessThan(1e-6);
  });

  it.each([
    [-0.02, 0],
    [1.03, 1],
  ])("a part of %d of the whole is held at %d, and its interval begins there", (x, edge) => {
    const { value, low, high, chi2 } = ratioOfPart(x, 1, [0.02 ** 2, 0, 0]);
    expect(value).toBe(edge);
    expect(edge === 0 ? low : high).toBe(edge);
    expect(chi2).toBeCloseTo(((x - edge) / 0.02) ** 2, 9);
    // -2 ln L one above its value at the edge: (x - r)^2 = (x - edge)^2 + sigma^2.
    const other = edge === 0 ? high : low;
    expect(Math.abs(x - other)).toBeCloseTo(Math.hypot(x - edge, 0.02), 9);
  });

  it("a whole that may be zero says nothing, and an unknown error gives no interval", () => {
    expect(ratioOfPart(0.5, 1, [0.01, 0, 1.2])).toMatchObject({ low: 0, high: 1 });
    expect(ratioOfPart(0.5, 1, [Number.NaN, 0, 0.1])).toMatchObject({ value: 0.5, low: Number.NaN, high: Number.NaN });
  });

  it.each([
    [0.5, 0.05, 0.02, 0],
    [0.5, 0.05, 0.25, 0],
    [0.7, 0.1, 0.12, 0.8],
  ])("covers 68 %% far from the bounds: ratio %d, errors %d and %d, correlation %d", (ratio, sx, sy, correlation) => {
    expect(Math.abs(coverage(ratio, sx, sy, correlation) - 0.683)).toBeLessThan(0.025);
  });

  it.each([0, 0.02, 0.05, 0.98, 1])("never covers less near them: ratio %d with error 0.05, at most 84 %%", (ratio) => {
    const held = coverage(ratio, 0.05, 0, 0);
    expect(held).toBeGreaterThan(0.665);
    expect(held).toBeLessThan(0.86);
  });
});

describe("a number that is not negative", () => {
  it("keeps the plain interval above zero and ends it at zero", () => {
    expect(notNegative(10, 3)).toEqual({ value: 10, low: 7, high: 13, chi2: 0 });
    expect(notNegative(1, 3)).toEqual({ value: 1, low: 0, high: 4, chi2: 0 });
    const below = notNegative(-3, 3);
    expect(below).toMatchObject({ value: 0, low: 0, chi2: 1 });
    expect(below.high).toBeCloseTo(3 * (Math.SQRT2 - 1), 12);
  });
});
