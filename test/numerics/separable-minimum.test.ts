import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { covarianceOf } from "../../src/numerics/covariance.ts";
import { leastSquares } from "../../src/numerics/least-squares.ts";
import { BATCH_ENDINGS, CONVERGED } from "../../src/numerics/separable/endings.ts";
import { fitRows } from "../../src/numerics/separable/fit-rows.ts";
import { separablePlan } from "../../src/numerics/separable/make-plan.ts";
import type { PlanOptions } from "../../src/numerics/separable/plan.ts";
import { allocateRates } from "../../src/numerics/separable/results.ts";

/** The general engine from a given point, run until rounding stops it: parameters, standard deviations (per unit sigma of a point), residual sum. */
function general(t: Float64Array, y: Float64Array, w: Float64Array, start: readonly number[], free: readonly boolean[]) {
  const which = [0, 1, 2].filter((j) => free[j]);
  const size = start.map((v) => Math.abs(v) || 1);
  const m = t.length;
  const full = (q: ArrayLike<number>) => {
    const p = [...start];
    which.forEach((j, k) => {
      p[j] = q[k]! * size[j]!;
    });
    return p;
  };
  const evaluate = (q: Float64Array, r: Float64Array, jac?: Float64Array) => {
    const [a, g, c] = full(q) as [number, number, number];
    let sum = 0;
    for (let i = 0; i < m; i++) {
      const e = Math.exp(-g * t[i]!);
      r[i] = w[i]! * (a * e + c - y[i]!);
      sum += r[i]! ** 2;
      const d = [e, -a * t[i]! * e, 1];
      if (jac) for (let k = 0; k < which.length; k++) jac[k * m + i] = w[i]! * d[which[k]!]! * size[which[k]!]!;
    }
    return sum / 2;
  };
  const found = leastSquares(
    { points: m, parameters: which.length, evaluate },
    which.map((j) => start[j]! / size[j]!),
    { ftol: 0, xtol: 1e-15, gtol: 0 },
  );
  const covariance = covarianceOf(found.jacobian, m, which.length).matrix;
  const sigma = [0, 0, 0];
  which.forEach((j, k) => {
    sigma[j] = Math.sqrt(covariance[k * which.length + k]!) * size[j]!;
  });
  return { p: full(found.p), sigma, chi2: 2 * found.objective };
}

const uniformDelays = (n: number, step: number, first = 0) => Float64Array.from({ length: n }, (_, i) => first + i * step);

interface Case {
  readonly name: string;
  readonly t: Float64Array;
  /** rate * window of the simulated traces. */
  readonly g: readonly [number, number];
  readonly noise: number;
  readonly scale?: number;
  readonly amplitude?: number;
  readonly options?: PlanOptions;
}

const even = uniformDelays(101, 2.5e-6);
const logarithmic = Float64Array.from({ length: 60 }, (_, i) => 1e-7 * 1.13 ** i);
const sigmas = Float64Array.from({ length: 101 }, (_, i) => 0.01 * (1 + (i % 5)));
const cases: readonly Case[] = [
  { name: "uniform, 5 T1, 2 % noise", t: even, g: [3, 8], noise: 0.02 },
  { name: "uniform, nearly no noise", t: even, g: [1, 20], noise: 1e-7 },
  { name: "uniform, 15 % noise", t: even, g: [2, 10], noise: 0.15 },
  { name: "cut-off window", t: even, g: [0.4, 1.2], noise: 0.002 },
  { name: "hardly curved", t: even, g: [0.15, 0.5], noise: 1e-4 },
  { name: "fast decay", t: even, g: [40, 200], noise: 0.01 },
  {
    name: "nanoseconds, volts of 1e-9, negative amplitude",
    t: uniformDelays(51, 1e-9, 4e-9),
    g: [2, 6],
    noise: 0.03,
    scale: 1e-9,
    amplitude: -0.4,
  },
  { name: "seconds, counts of 1e9", t: uniformDelays(203, 0.1), g: [2, 6], noise: 0.03, scale: 1e9 },
  { name: "any delays", t: logarithmic, g: [3, 30], noise: 0.02 },
  { name: "any delays, unsorted", t: Float64Array.from(logarithmic, (_, i) => logarithmic[(i * 7) % 60]!), g: [3, 30], noise: 0.02 },
  { name: "known sigma per delay", t: even, g: [3, 8], noise: 0.02, options: { noise: { type: "sigma", sigma: sigmas } } },
  { name: "one known sigma", t: even, g: [3, 8], noise: 0.02, options: { noise: { type: "sigma", sigma: 0.02 } } },
  { name: "fixed offset", t: even, g: [0.3, 8], noise: 0.02, options: { offset: 0.05 } },
  { name: "fixed offset, first delay not 0", t: uniformDelays(40, 1e-6, 7e-6), g: [0.3, 8], noise: 0.02, options: { offset: 0.05 } },
  { name: "fixed amplitude and offset", t: even, g: [0.3, 8], noise: 0.02, options: { offset: 0.05, amplitude: 0.9 } },
  { name: "the same on any delays", t: logarithmic, g: [1, 8], noise: 0.02, options: { offset: 0.05, amplitude: 0.9 } },
];

function traces(c: Case, count: number, seed: number) {
  const source = random(seed);
  const { t, scale = 1, amplitude = 0.9 } = c;
  const n = t.length;
  const window = Math.max(...t) - Math.min(...t);
  const values = new Float64Array(count * n);
  for (let k = 0; k < count; k++) {
    const g = c.g[0] * (c.g[1] / c.g[0]) ** source.uniform();
    for (let i = 0; i < n; i++)
      values[k * n + i] = scale * (amplitude * Math.exp((-g * t[i]!) / window) + 0.05 + c.noise * source.normal());
  }
  return values;
}

describe("separable fits of many traces", () => {
  it.each(cases)("reach the minimum of the general engine to 1e-9, standard errors to 1e-8: $name", (c) => {
    const count = 40;
    const n = c.t.length;
    const values = traces(c, count, 11);
    const plan = separablePlan(c.t, c.options);
    const out = allocateRates(count);
    fitRows(values, count, n, plan, out);
    const noise = c.options?.noise;
    const w = c.t.map((_, i) => (noise?.type === "sigma" ? 1 / (typeof noise.sigma === "number" ? noise.sigma : noise.sigma[i]!) : 1));
    const free = [c.options?.amplitude === undefined, true, c.options?.offset === undefined];
    const parameters = free.filter(Boolean).length;
    let fitted = 0;
    const worst = { value: 0, sigma: 0, chi2: 0 };
    for (let k = 0; k < count; k++) {
      if (out.ending[k] !== CONVERGED) continue;
      fitted++;
      const mine = [out.amplitude[k]!, out.rate[k]!, out.offset[k]!];
      const sigma = [out.sigmaAmplitude[k]!, out.sigmaRate[k]!, out.sigmaOffset[k]!];
      const other = general(c.t, values.subarray(k * n, (k + 1) * n), w, mine, free);
      const scale = noise?.type === "sigma" ? 1 : Math.sqrt(other.chi2 / (n - parameters));
      // An offset near zero is known relative to the size of the signal.
      const size = [Math.abs(mine[0]!), mine[1]!, Math.max(Math.abs(mine[2]!), Math.abs(mine[0]!))];
      for (let j = 0; j < 3; j++) {
        worst.value = Math.max(worst.value, Math.abs(mine[j]! - other.p[j]!) / size[j]!);
        if (free[j]) worst.sigma = Math.max(worst.sigma, Math.abs(sigma[j]! / (scale * other.sigma[j]!) - 1));
        else expect(sigma[j]).toBe(0);
      }
      worst.chi2 = Math.max(worst.chi2, Math.abs(out.chi2[k]! / other.chi2 - 1));
    }
    if (process.env.SHOW)
      console.log(
        c.name,
        fitted,
        worst,
        [...out.ending]
          .map((e) => BATCH_ENDINGS[e]!.code)
          .filter((e) => e !== "converged")
          .join(" "),
      );
    expect(fitted).toBeGreaterThan(0.9 * count);
    expect(worst.value).toBeLessThan(1e-9);
    expect(worst.sigma).toBeLessThan(1e-8);
    expect(worst.chi2).toBeLessThan(1e-8);
  });
});
