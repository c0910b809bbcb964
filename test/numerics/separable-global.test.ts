import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { curveOf, type rateGridOf } from "../../src/numerics/separable/curve.ts";
import { CONVERGED, GROWING, TOO_FAST } from "../../src/numerics/separable/endings.ts";
import { fitRows } from "../../src/numerics/separable/fit-rows.ts";
import { separablePlan } from "../../src/numerics/separable/make-plan.ts";
import { allocateRates } from "../../src/numerics/separable/results.ts";

type Grid = ReturnType<typeof rateGridOf>;

/** Rates in steps of 2 %, from growth to the fastest of the plan. */
function dense(grid: Grid): number[] {
  const top = grid[grid.length - 1]!;
  const g: number[] = [];
  for (let v = -3; v < 0.3; v += 0.05) g.push(v);
  for (let v = 0.3; v < top; v *= 1.02) g.push(v);
  return [...g, top];
}

const axes: readonly [string, Float64Array][] = [
  ["8 uniform delays", Float64Array.from({ length: 8 }, (_, i) => i)],
  ["51 uniform delays", Float64Array.from({ length: 51 }, (_, i) => i)],
  ["21 delays in steps of 15 %", Float64Array.from({ length: 21 }, (_, i) => 1.15 ** i)],
];

describe("the minimum found is the lowest of all", () => {
  it.each(axes.flatMap(([name, t]) => [undefined, 0.1].map((offset) => ({ name, t, offset }))))(
    "against a dense search, noise of 0.1 % to 300 % of the amplitude: $name, offset $offset",
    ({ t, offset }) => {
      const source = random(7);
      const n = t.length;
      const window = t[n - 1]! - t[0]!;
      const plan = separablePlan(t, offset === undefined ? {} : { offset });
      const rates = Float64Array.from(dense(plan.grid));
      const curve = curveOf(rates, plan.axis.x, plan.weight, plan.freeOffset);
      const count = 120;
      const values = new Float64Array(count * n);
      for (let k = 0; k < count; k++) {
        const g = 0.3 * 100 ** source.uniform();
        const sigma = 10 ** (-3 + 3.5 * source.uniform());
        const sign = source.uniform() < 0.5 ? 1 : -1;
        for (let i = 0; i < n; i++) values[k * n + i] = 0.1 + sign * Math.exp((-g * (t[i]! - t[0]!)) / window) + sigma * source.normal();
      }
      const out = allocateRates(count);
      fitRows(values, count, n, plan, out);
      const wrong: string[] = [];
      for (let k = 0; k < count; k++) {
        const y = values.subarray(k * n, (k + 1) * n);
        const centre = offset ?? y.reduce((s, v) => s + v / n, 0);
        const squares = y.reduce((s, v) => s + (v - centre) ** 2, 0);
        let [most, at] = [-1, 0];
        for (const { g, row } of curve) {
          const projection = row.reduce((s, u, i) => s + u * (y[i]! - centre), 0);
          if (projection ** 2 > most) [most, at] = [projection ** 2, g];
        }
        const ending = out.ending[k]!;
        const right =
          ending === CONVERGED
            ? squares - out.chi2[k]! >= most - 1e-9 * squares
            : ending === GROWING
              ? at < (offset === undefined ? 0.16 : 0.06)
              : ending === TOO_FAST && at > 0.95 * rates[rates.length - 1]!;
        if (!right) wrong.push(`trace ${k}: ending ${ending}, dense search at ${at}`);
      }
      expect(wrong).toEqual([]);
    },
  );
});
