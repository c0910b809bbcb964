import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { twoLevels } from "../../src/routes/series-two-levels.ts";

interface Value {
  readonly value: number;
  readonly sigma: number;
}

/** chi2 about the weighted mean, straight from its definition. */
function chi2(values: readonly Value[]): number {
  const total = values.reduce((s, v) => s + v.sigma ** -2, 0);
  const centre = values.reduce((s, v) => s + v.value / v.sigma ** 2, 0) / total;
  return values.reduce((s, v) => s + ((v.value - centre) / v.sigma) ** 2, 0);
}

describe("levels that are one of two", () => {
  it("divide where every cut, tried by itself, has its least chi2", () => {
    const source = random(11);
    for (let round = 0; round < 20; round++) {
      const levels = Array.from({ length: 30 }, () => {
        const sigma = 1e-7 * (1 + 4 * source.uniform());
        return { t1: { value: (source.uniform() < 0.3 ? 40e-6 : 41e-6) + sigma * source.normal(), sigma } };
      });
      const rising = levels.map((l) => l.t1).sort((a, b) => a.value - b.value);
      const cuts = Array.from({ length: 29 }, (_, k) => chi2(rising.slice(0, k + 1)) + chi2(rising.slice(k + 1)));
      const lower = cuts.indexOf(Math.min(...cuts)) + 1;
      const sizes = levels.map((l) => (rising.indexOf(l.t1) < lower ? 3 : 8));
      const found = twoLevels(levels, sizes);
      expect(found).toMatchObject({ dwellLow: 3, dwellHigh: 8 });
    }
  });

  it("are not three", () => {
    const levels = [40, 45, 50, 40, 45, 50].map((us) => ({ t1: { value: us * 1e-6, sigma: 1e-7 } }));
    expect(twoLevels(levels, [5, 5, 5, 5, 5, 5])).toBeUndefined();
  });
});
