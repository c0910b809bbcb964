import { describe, expect, it } from "vitest";
import { tooFewResamples, tooManyFailedRefits } from "../../src/core/messages/intervals.ts";
import { random } from "../../src/core/random.ts";
import { allIntervals } from "../../src/fit/intervals/all-intervals.ts";
import { bcaInterval } from "../../src/fit/intervals/bca.ts";
import { bootstrap, bootstrapInterval } from "../../src/fit/intervals/bootstrap.ts";
import { covarianceInterval } from "../../src/fit/intervals/covariance-interval.ts";
import { coverageBadge } from "../../src/fit/intervals/coverage-badge.ts";
import type { Interval, TwoSided } from "../../src/fit/intervals/outcome.ts";
import { residualResampler } from "../../src/fit/intervals/resample.ts";
import { sampleInterval } from "../../src/fit/intervals/sample-interval.ts";
import { fitLaw } from "../../src/fit/law-fit.ts";
import { biexponential } from "../../src/fit/models/biexponential.ts";
import { exponential } from "../../src/fit/models/exponential.ts";
import { quantile, scatter } from "../../src/numerics/quantile.ts";
import { fitted, noisy } from "./intervals-signals.ts";
import { delays } from "./traces.ts";

const TRUTH = [0.9, 5e4, 0.05] as const;
const ONE = 0.6826894921370859;
const TWO = 0.9544997361036416;
const two = (interval: Interval): TwoSided => {
  if (interval.kind !== "two-sided") expect.fail(interval.sentence);
  return interval;
};

describe("bootstrap interval", () => {
  it("simulates what a Monte-Carlo of the truth does: quantiles of the refitted rate agree (counts, 200 shots, window 2 T1)", () => {
    const signal = noisy(exponential, TRUTH, delays(21, 4e-5), "binomial", 200, 31);
    const fit = fitted(signal);
    const made = bootstrap(fit, signal, { kind: "parametric", resamples: 600, seed: 5 });
    expect(made.failed).toBe(0);
    const truth = Array.from({ length: 600 }, (_, k) => fitted(noisy(exponential, fit.p, signal.t, "binomial", 200, 1000 + k)).p[1]!);
    const rates = made.refits.map((p) => p[1]!);
    const sigma = scatter(truth);
    // s.d. of a quantile at p of n normal values: sigma sqrt(p (1 - p)/n)/density; two of them, 4 s.d.
    for (const [p, density] of [
      [0.1587, 0.242],
      [0.5, 0.3989],
      [0.8413, 0.242],
    ] as const)
      expect(Math.abs(quantile(rates, p) - quantile(truth, p))).toBeLessThan(
        (4 * Math.SQRT2 * sigma * Math.sqrt((p * (1 - p)) / 600)) / density,
      );
  });

  it.each(["parametric", "residual"] as const)("%s: is the exact interval of a linear law within its own noise", (kind) => {
    for (const noise of ["sigma", "unknown"] as const) {
      const signal = noisy(exponential, TRUTH, delays(101, 1e-4), noise, 0.02, 12);
      const fit = fitLaw(exponential, signal, TRUTH, [false, true, false]);
      const made = two(bootstrapInterval(fit, signal, { kind, resamples: 1000, seed: 3, level: ONE, parameter: "amplitude" }));
      const exact = two(covarianceInterval(fit, "amplitude", ONE));
      // The residuals' own scatter differs from the stated sigma by sqrt(1/(2 dof)) = 7 %.
      const apart = kind === "residual" && noise === "sigma" ? 0.3 : 0;
      for (const end of ["low", "high"] as const) expect(Math.abs(made[end] - exact[end])).toBeLessThan((0.4 + apart) * exact.above);
    }
  });

  it("is the same for the same seed, and its T1 is the inverse of its rate", () => {
    const signal = noisy(exponential, TRUTH, delays(31, 1e-4), "unknown", 0.02, 12);
    const fit = fitted(signal);
    const run = (seed: number, parameter: string) =>
      two(bootstrapInterval(fit, signal, { kind: "residual", resamples: 100, seed, level: ONE, parameter }));
    const rate = run(4, "gamma1_total");
    expect(run(4, "gamma1_total")).toEqual(rate);
    expect(run(5, "gamma1_total").low).not.toBe(rate.low);
    expect(run(4, "t1").low * rate.high).toBeCloseTo(1, 12);
  });

  it("drawn residuals have the variance of the noise, not of the smaller residuals", () => {
    const signal = noisy(exponential, TRUTH, delays(8, 1e-4), "unknown", 0.02, 6);
    const fit = fitted(signal);
    const source = random(1);
    const { draw } = residualResampler(fit, signal);
    let [sum, count] = [0, 0];
    for (let k = 0; k < 4000; k++) {
      const { y } = draw(source);
      for (let i = 0; i < 8; i++) {
        sum += (y[i]! - fit.values[i]!) ** 2;
        count++;
      }
    }
    // sum r^2/(1 - h) over the points, about scale^2 = sum r^2/(n - p), against the plain sum r^2/n, which is 5/8 of it.
    const plain = (fit.scale ** 2 * fit.dof) / 8;
    expect(sum / count / plain).toBeGreaterThan(1.2);
  });

  it("says how many resamples a level needs, and refuses when the refits fail", () => {
    const signal = noisy(exponential, TRUTH, delays(31, 1e-4), "sigma", 0.02, 12);
    const fit = fitted(signal);
    const few = bootstrapInterval(fit, signal, { kind: "parametric", resamples: 20, level: 0.999 });
    if (few.kind !== "failed") expect.fail(few.sentence);
    expect(few.reason).toBe("too_few_resamples");
    const needed = Number(/(\d+)\.$/.exec(few.sentence)?.[1]);
    expect(few.sentence).toBe(tooFewResamples(20, needed));
    let k = 0;
    const refit = () => (k++ % 4 === 0 ? undefined : fit);
    const lost = bootstrapInterval(fit, signal, { kind: "parametric", resamples: 40, level: ONE, refit });
    expect(lost).toMatchObject({ kind: "failed", reason: "failed_refits", sentence: tooManyFailedRefits(10, 40, 0.05) });
  });

  it("BCa is exact for a transformed normal with bias: Efron 1987, sec. 3", () => {
    // phi = theta + normal - z0 seen through exp: the interval is exp(phi + 2 z0 ± z) with z0 = 0.3 whatever the transformation.
    const n = 200_000;
    const source = random(3);
    const values = Float64Array.from({ length: n }, () => Math.exp(source.normal() - 0.3));
    const found = bcaInterval(values, 1, 1, 0);
    if (!("low" in found)) expect.fail("no interval");
    expect(Math.abs(Math.log(found.low) - (0.3 - 1))).toBeLessThan(0.02);
    expect(Math.abs(Math.log(found.high) - (0.3 + 1))).toBeLessThan(0.02);
    // A bias of more than the half width leaves no interval around the best value.
    expect(bcaInterval(values, 4, 1, 0)).toEqual({ beyond: true });
    expect(bcaInterval(values.map(Number), 0, 1, 0)).toEqual({ beyond: true });
  });
});

describe("sampled interval", () => {
  it.each(["sigma", "unknown"] as const)("is the classical interval of a linear law (noise %s; Student's where unknown)", (noise) => {
    const signal = noisy(exponential, TRUTH, delays(8, 1e-4), noise, 0.02, 14);
    const fit = fitLaw(exponential, signal, TRUTH, [false, true, false]);
    const sampled = sampleInterval(fit, signal, { level: TWO, parameter: "amplitude", seed: 2, steps: 8000 });
    const exact = two(covarianceInterval(fit, "amplitude", TWO));
    const { chain } = sampled;
    if (!chain) expect.fail(sampled.sentence);
    expect(chain.steps).toBeGreaterThan(50 * chain.tau);
    // s.d. of a quantile: sqrt(p (1 - p)/N)/density, sigma/2 wide at two sigma.
    const noiseOfEnd = (Math.sqrt((0.0228 * 0.9772) / chain.effective) / 0.054) * (exact.above / 2);
    expect(Math.abs(two(sampled).low - exact.low)).toBeLessThan(6 * noiseOfEnd);
    expect(Math.abs(two(sampled).high - exact.high)).toBeLessThan(6 * noiseOfEnd);
  });

  it("gives no numbers from a chain that is too short, nor where nothing but the prior ends it", () => {
    const signal = noisy(exponential, TRUTH, delays(31, 1e-4), "sigma", 0.02, 12);
    const short = sampleInterval(fitted(signal), signal, { level: ONE, steps: 200 });
    expect(short).toMatchObject({ kind: "failed", reason: "short_chain" });
    expect(short).not.toHaveProperty("low");
    const cut = noisy(exponential, TRUTH, delays(31, 8e-6), "sigma", 0.02, 12);
    expect(sampleInterval(fitted(cut), cut, { level: ONE, steps: 4000 }).kind).toBe("failed");
  });
});

describe("all intervals side by side", () => {
  it.each(["sigma", "relative", "unknown", "binomial"] as const)("agree on a well-behaved decay (noise %s)", (noise) => {
    const signal = noisy(exponential, TRUTH, delays(31, 1e-4), noise, noise === "binomial" ? 2000 : 0.01, 41);
    const fit = fitted(signal);
    const [rate, t1] = allIntervals(fit, signal, ONE, { seed: 7, resamples: 200 });
    const reference = two(rate!.covariance);
    // Monte-Carlo noise of an end with 200 resamples: 0.2 sigma (its rank, and twice that of the share below the best value); residual draws carry the residuals' own scatter, 7 % of it.
    const tolerance = { profile: 0.05, bootstrap_parametric: 0.8, bootstrap_residual: 1, sampler: 0.2 } as const;
    for (const [method, share] of Object.entries(tolerance)) {
      const interval = two(rate![method as keyof typeof tolerance]);
      expect(interval.method).toBe(method);
      expect(Math.abs(interval.low - reference.low)).toBeLessThan(share * reference.below);
      expect(Math.abs(interval.high - reference.high)).toBeLessThan(share * reference.above);
      expect(two(t1![method as keyof typeof tolerance]).low * interval.high).toBeCloseTo(1, 10);
    }
  });

  it("name what was fixed and what the data do not determine, without a number", () => {
    const signal = noisy(exponential, TRUTH, delays(31, 1e-4), "sigma", 0.02, 12);
    const held = fitLaw(exponential, signal, TRUTH, [false, false, true]);
    const [offset] = allIntervals(held, signal, ONE, { parameters: ["offset"], resamples: 50 });
    for (const interval of [offset!.covariance, offset!.profile, offset!.bootstrap_parametric, offset!.bootstrap_residual, offset!.sampler])
      expect(interval).toMatchObject({ kind: "failed", reason: "fixed" });
    const exact = { ...signal, y: signal.t.map((t) => exponential.evaluate(TRUTH, t)) };
    const flat = fitLaw(biexponential, exact, [0.9, 5e4, 0, 5e5, 0.05], Array(5).fill(false));
    const [second] = allIntervals(flat, exact, ONE, { parameters: ["rate2"], resamples: 50 });
    for (const interval of [second!.covariance, second!.profile, second!.bootstrap_parametric, second!.sampler])
      expect(interval.kind).not.toBe("two-sided");
  });
});

describe("coverage badge", () => {
  it("counts the printed interval of a single exponential on 400 traces, the same for the same seed", () => {
    const signal = noisy(exponential, TRUTH, delays(21, 1e-4), "unknown", 0.03, 17);
    const badge = coverageBadge(fitted(signal), signal, { trials: 400, seed: 2 });
    expect(badge.refused).toBe(0);
    expect(badge.holds).toBe(true);
    for (const row of badge.rows) {
      expect(row.share).toBe(row.held / 400);
      expect(Math.abs(row.share - row.level)).toBeLessThan(4 * Math.sqrt((row.level * (1 - row.level)) / 400));
      expect(badge.sentence).toContain(row.sentence);
    }
    expect(coverageBadge(fitted(signal), signal, { trials: 400, seed: 2 })).toEqual(badge);
  });

  it("notices an interval that does not hold: sigma stated at half of what it is", () => {
    const signal = noisy(exponential, TRUTH, delays(21, 1e-4), "sigma", 0.03, 17);
    const fit = fitted(signal);
    // Simulated noise is that of the fit's weights; the refits are told half of it.
    const refit = (s: typeof signal) =>
      fitLaw(exponential, { ...s, noise: { type: "sigma", sigma: s.t.map(() => 0.015) } }, fit.p, [false, false, false]);
    const badge = coverageBadge(fit, signal, { trials: 200, interval: "covariance", refit });
    expect(badge.holds).toBe(false);
    expect(badge.rows[0]!.share).toBeLessThan(0.55);
  });

  it("says so where no trace gives a number", () => {
    const signal = noisy(exponential, TRUTH, delays(21, 1e-4), "sigma", 0.03, 17);
    const badge = coverageBadge(fitted(signal), signal, { trials: 5, interval: "profile", refit: () => undefined });
    expect(badge).toMatchObject({ rows: [], refused: 5, holds: false });
  });
});
