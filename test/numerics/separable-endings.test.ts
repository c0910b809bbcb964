import { describe, expect, it } from "vitest";
import { amplitudeWithoutOffset, badDelays, badFixed, badLength, badNoise, badRows, tooFewResults } from "../../src/core/messages/batch.ts";
import { random } from "../../src/core/random.ts";
import {
  BATCH_ENDINGS,
  CONVERGED,
  GROWING,
  NO_DECAY,
  NOT_A_POPULATION,
  NOT_FINITE,
  TOO_FAST,
  TOO_FEW_POINTS,
} from "../../src/numerics/separable/endings.ts";
import { fitRows } from "../../src/numerics/separable/fit-rows.ts";
import { separablePlan } from "../../src/numerics/separable/make-plan.ts";
import type { PlanOptions } from "../../src/numerics/separable/plan.ts";
import { allocateRates, RATE_COLUMNS } from "../../src/numerics/separable/results.ts";

const even = (n: number) => Float64Array.from({ length: n }, (_, i) => 1e-6 * i);
const noisy = (t: Float64Array, law: (t: number) => number, sigma: number, seed = 1) => {
  const source = random(seed);
  return t.map((v) => law(v) + sigma * source.normal());
};
function fitOne(t: Float64Array, y: Float64Array, options: PlanOptions = {}) {
  const out = allocateRates(1);
  fitRows(y, 1, t.length, separablePlan(t, options), out);
  return out;
}
const t = even(60);
const counts: PlanOptions = { noise: { type: "binomial", shots: 100 } };
const holed = noisy(t, (v) => Math.exp(-v / 1e-5), 0.01);
holed[7] = Number.NaN;

describe("a trace that cannot be fitted has an ending and no numbers", () => {
  it.each<[string, number, Float64Array, Float64Array, PlanOptions]>([
    ["NaN in it", NOT_FINITE, t, holed, {}],
    ["NaN among counts", NOT_FINITE, t, holed, counts],
    ["infinity", NOT_FINITE, t, holed.map((v) => (v > 0.5 ? Number.POSITIVE_INFINITY : v)), {}],
    ["constant", NO_DECAY, t, t.map(() => 0.3), {}],
    ["all counts 0", NO_DECAY, t, t.map(() => 0), counts],
    ["exactly the fixed offset", NO_DECAY, t, t.map(() => 0.25), { offset: 0.25 }],
    ["growing", GROWING, t, noisy(t, (v) => Math.exp(v / 2e-5), 0.01), {}],
    ["a straight line", GROWING, t, noisy(t, (v) => 1 - 1e4 * v, 1e-6), {}],
    ["rising from a fixed offset", GROWING, t, noisy(t, (v) => 1 + 1e4 * v, 0.01), { offset: 0.5 }],
    ["over before the second delay", TOO_FAST, t, noisy(t, (v) => (v === 0 ? 1 : 0), 1e-3), {}],
    ["over before the second delay, counts", TOO_FAST, t, t.map((v, i) => (v === 0 ? 1 : 0.1 + 0.01 * (i % 2))), counts],
    ["flat noise, where significance is asked for", NO_DECAY, t, noisy(t, () => 0.5, 0.02), { significance: 1e-4 }],
    ["three points, noise unknown", TOO_FEW_POINTS, even(3), Float64Array.of(1, 0.5, 0.3), {}],
    ["two different delays", TOO_FEW_POINTS, Float64Array.of(0, 0, 1e-6, 1e-6, 1e-6), Float64Array.of(1, 1.1, 0.2, 0.3, 0.2), {}],
    ["one delay", TOO_FEW_POINTS, Float64Array.of(1e-6, 1e-6), Float64Array.of(1, 0.5), { offset: 0 }],
    ["no points", TOO_FEW_POINTS, new Float64Array(0), new Float64Array(0), {}],
    ["no population", NOT_A_POPULATION, t, t.map((v) => 1.2 * Math.exp(-v / 1e-5)), counts],
  ])("%s", (_, ending, delays, y, options) => {
    const out = fitOne(delays, y, options);
    expect(BATCH_ENDINGS[out.ending[0]!]!.code).toBe(BATCH_ENDINGS[ending]!.code);
    for (const name of RATE_COLUMNS) expect(out[name][0]).toBeNaN();
  });

  it("where the residuals contradict the stated noise, noise of the size found must not make the trace either", () => {
    const stated: PlanOptions = { noise: { type: "sigma", sigma: 0.002 }, significance: 1e-4 };
    const careful: PlanOptions = { ...stated, contradiction: 1e-3 };
    const seeds = Array.from({ length: 20 }, (_, k) => k + 1);
    const flat = (options: PlanOptions) =>
      seeds.filter(
        (k) =>
          fitOne(
            t,
            noisy(t, () => 0.5, 0.02, k),
            options,
          ).ending[0] === NO_DECAY,
      );
    expect(flat(stated)).not.toEqual(seeds);
    // Growing or too fast traces end as such before they are tested.
    for (const k of seeds)
      expect(
        fitOne(
          t,
          noisy(t, () => 0.5, 0.02, k),
          careful,
        ).ending[0],
      ).not.toBe(CONVERGED);
    expect(flat(careful).length).toBeGreaterThan(flat(stated).length);
    expect(
      fitOne(
        t,
        noisy(t, (v) => Math.exp(-v / 1e-5), 0.02),
        careful,
      ).ending[0],
    ).toBe(CONVERGED);
  });

  it("three points are enough where the noise is known", () => {
    const y = Float64Array.of(1, 0.5, 0.3);
    const out = fitOne(even(3), y, { noise: { type: "sigma", sigma: 0.01 } });
    expect(out.ending[0]).toBe(CONVERGED);
    // exp(-rate dt) = (y2 - y3)/(y1 - y2) = 0.4
    expect(out.rate[0]! / (-Math.log(0.4) / 1e-6)).toBeCloseTo(1, 9);
    expect(out.chi2[0]).toBeLessThan(1e-12);
  });

  it("data without noise give the law back", () => {
    const out = fitOne(
      t,
      t.map((v) => 0.7 * Math.exp(-v / 1.3e-5) + 0.1),
    );
    expect(out.ending[0]).toBe(CONVERGED);
    expect(Math.abs(out.rate[0]! * 1.3e-5 - 1)).toBeLessThan(1e-12);
    expect(Math.abs(out.amplitude[0]! / 0.7 - 1)).toBeLessThan(1e-12);
    expect(Math.abs(out.offset[0]! / 0.1 - 1)).toBeLessThan(1e-11);
    expect(out.sigmaRate[0]! / out.rate[0]!).toBeLessThan(1e-12);
  });

  it("what a trace ends as does not depend on the trace before it", () => {
    const rows = [noisy(t, (v) => Math.exp(-v / 1e-5), 0.01), t.map(() => 0.3), holed, noisy(t, (v) => Math.exp(-v / 3e-5), 0.2, 2)];
    const forward = Float64Array.from(rows.flatMap((r) => [...r]));
    const backward = Float64Array.from([...rows].reverse().flatMap((r) => [...r]));
    const plan = separablePlan(t);
    const [a, b] = [allocateRates(4), allocateRates(4)];
    fitRows(forward, 4, 60, plan, a);
    fitRows(backward, 4, 60, plan, b);
    for (const name of RATE_COLUMNS) expect([...a[name]]).toEqual([...b[name]].reverse());
  });

  it("says what is wrong with delays, noise, fixed values and lengths", () => {
    expect(() => separablePlan([0, Number.NaN, 1])).toThrow(badDelays(1, Number.NaN));
    expect(() => separablePlan([0, 1, 2], { amplitude: 1 })).toThrow(amplitudeWithoutOffset());
    expect(() => separablePlan([0, 1, 2], { offset: Number.NaN })).toThrow(badFixed("offset", Number.NaN));
    expect(() => separablePlan([0, 1, 2], { noise: { type: "sigma", sigma: [1, 2] } })).toThrow(badLength("sigma", 2, 3));
    expect(() => separablePlan([0, 1, 2], { noise: { type: "sigma", sigma: 0 } })).toThrow(badNoise("sigma", 0));
    expect(() => separablePlan([0, 1, 2], { noise: { type: "binomial", shots: 0.5 } })).toThrow(badNoise("shots", 0.5));
    const plan = separablePlan(t);
    expect(() => fitRows(new Float64Array(100), 2, 60, plan, allocateRates(2))).toThrow(badRows(100, 2, 60));
    expect(() => fitRows(new Float64Array(120), 2, 60, plan, allocateRates(1))).toThrow(tooFewResults(1, 2));
  });
});
