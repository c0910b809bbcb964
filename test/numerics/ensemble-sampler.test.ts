import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { autocorrelationTime } from "../../src/numerics/autocorrelation-time.ts";
import { ensembleSample, traceOf } from "../../src/numerics/ensemble-sampler.ts";
import { mean, scatter } from "../../src/numerics/quantile.ts";

const around = (centre: readonly number[], count: number, seed: number) => {
  const source = random(seed);
  return Array.from({ length: count }, () => Float64Array.from(centre, (c) => c + source.normal()));
};

describe("affine-invariant ensemble sampler", () => {
  it("gives mean and variance of a correlated Gaussian whose variables differ by 1e9 in scale", () => {
    // x = (u, 1e9 (0.9 u + sqrt(1 - 0.81) v)): unit variances in u, v, correlation 0.9.
    const [scale, rho] = [1e9, 0.9];
    const logDensity = (x: Float64Array) => {
      const [a, b] = [x[0]!, x[1]! / scale];
      return -(a * a - 2 * rho * a * b + b * b) / (2 * (1 - rho * rho));
    };
    const walkers = around([0, 0], 20, 1).map((w) => Float64Array.of(w[0]!, scale * w[1]!));
    const chain = ensembleSample({ logDensity, walkers, steps: 6000, uniform: random(2).uniform });
    for (const [d, size] of [
      [0, 1],
      [1, scale],
    ] as const) {
      const { values, tau, effective } = traceOf(chain, 500, (x) => x[d]!);
      expect(tau).toBeGreaterThan(1);
      expect(5500).toBeGreaterThan(50 * tau);
      // The s.d. of a mean of N independent values is sigma/sqrt(N), that of a variance sigma^2 sqrt(2/N).
      expect(Math.abs(mean(values)) / size).toBeLessThan(4 / Math.sqrt(effective));
      expect(Math.abs(scatter(values) ** 2 / size ** 2 - 1)).toBeLessThan(4 * Math.sqrt(2 / effective));
    }
    const { values, effective } = traceOf(chain, 500, (x) => (x[0]! * x[1]!) / scale);
    expect(Math.abs(mean(values) - rho)).toBeLessThan(4 * Math.sqrt((1 + rho * rho) / effective));
    // Goodman and Weare 2010: about 0.7 in two dimensions for a Gaussian.
    expect(chain.acceptance).toBeGreaterThan(0.6);
    expect(chain.acceptance).toBeLessThan(0.8);
  });

  it("gives the moments of a bent density (Rosenbrock's kind): x normal, y | x normal around b x^2", () => {
    const [b, s] = [0.5, 1];
    const logDensity = (x: Float64Array) => -(x[0]! ** 2) / 2 - (x[1]! - b * x[0]! ** 2) ** 2 / (2 * s * s);
    const chain = ensembleSample({ logDensity, walkers: around([0, 1], 30, 3), steps: 8000, uniform: random(4).uniform });
    const x = traceOf(chain, 500, (p) => p[0]!);
    const y = traceOf(chain, 500, (p) => p[1]!);
    expect(7500).toBeGreaterThan(50 * Math.max(x.tau, y.tau));
    // Analytic: E y = b, var y = s^2 + 2 b^2; its fourth central moment is 60 b^4 + 12 b^2 s^2 + 3 s^4, from which the s.d. of the variance.
    expect(Math.abs(mean(x.values))).toBeLessThan(4 / Math.sqrt(x.effective));
    expect(Math.abs(mean(y.values) - b)).toBeLessThan(4 * Math.sqrt((s * s + 2 * b * b) / y.effective));
    expect(Math.abs(scatter(y.values) ** 2 - (s * s + 2 * b * b))).toBeLessThan(
      4 * Math.sqrt((60 * b ** 4 + 12 * b ** 2 * s ** 2 + 3 * s ** 4 - (s * s + 2 * b * b) ** 2) / y.effective),
    );
  });

  it("moves the same way in linearly changed variables, and the same seed gives the same chain", () => {
    const plain = (x: Float64Array) => -(x[0]! ** 2 + x[1]! ** 2) / 2;
    const to = (x: Float64Array) => Float64Array.of(1024 * x[0]! + 512 * x[1]!, x[1]! / 4);
    const back = (x: Float64Array) => Float64Array.of((x[0]! - 2048 * x[1]!) / 1024, 4 * x[1]!);
    const run = (changed: boolean) => {
      const walkers = around([0, 0], 8, 5).map((w) => (changed ? to(w) : w));
      return ensembleSample({ logDensity: changed ? (x) => plain(back(x)) : plain, walkers, steps: 50, uniform: random(6).uniform });
    };
    const [one, two] = [run(false), run(true)];
    expect(two.acceptance).toBe(one.acceptance);
    for (let i = 0; i < 50 * 8; i++) {
      const moved = to(one.position.subarray(2 * i, 2 * i + 2));
      expect(Math.abs(two.position[2 * i]! - moved[0]!)).toBeLessThan(1e-8);
      expect(Math.abs(two.position[2 * i + 1]! - moved[1]!)).toBeLessThan(1e-12);
    }
    expect(run(false).position).toEqual(one.position);
  });

  it("refuses ensembles that cannot move, and starts outside the support", () => {
    const uniform = random(1).uniform;
    const logDensity = (x: Float64Array) => (x[0]! > 0 ? -x[0]! : Number.NEGATIVE_INFINITY);
    const start = (v: number) => Float64Array.of(v);
    expect(() => ensembleSample({ logDensity, walkers: [start(1), start(2), start(3)], steps: 1, uniform })).toThrow(RangeError);
    expect(() => ensembleSample({ logDensity, walkers: [start(1), start(-1)], steps: 1, uniform })).toThrow(RangeError);
    expect(() => ensembleSample({ logDensity: () => Number.NaN, walkers: [start(1), start(2)], steps: 1, uniform })).toThrow(RangeError);
  });

  it("never leaves the support: an exponential density has mean 1", () => {
    const logDensity = (x: Float64Array) => (x[0]! > 0 ? -x[0]! : Number.NaN);
    const walkers = Array.from({ length: 10 }, (_, k) => Float64Array.of(0.2 + 0.2 * k));
    const chain = ensembleSample({ logDensity, walkers, steps: 6000, uniform: random(7).uniform });
    const { values, effective } = traceOf(chain, 500, (x) => x[0]!);
    expect(Math.min(...values)).toBeGreaterThan(0);
    expect(Math.abs(mean(values) - 1)).toBeLessThan(4 / Math.sqrt(effective));
  });
});

describe("integrated autocorrelation time", () => {
  it("of x_k = rho x_(k-1) + noise is (1 + rho)/(1 - rho)", () => {
    for (const rho of [0, 0.5, 0.9]) {
      const source = random(8);
      const series = Array.from({ length: 20 }, () => {
        const x = new Float64Array(4000);
        for (let k = 0; k < 4000; k++) x[k] = (k === 0 ? 0 : rho * x[k - 1]!) + Math.sqrt(1 - rho * rho) * source.normal();
        return x;
      });
      const tau = autocorrelationTime((k, w) => series[w]![k]!, 4000, 20);
      // The window at 5 tau leaves out exp(-5 (1 - rho) tau): 0.5 % at most.
      expect(Math.abs(tau / ((1 + rho) / (1 - rho)) - 1)).toBeLessThan(0.05);
    }
  });
  it("is infinite for a drift and undefined for a standstill", () => {
    expect(autocorrelationTime((k) => k, 1000, 4)).toBe(Number.POSITIVE_INFINITY);
    expect(autocorrelationTime(() => 1, 1000, 4)).toBeNaN();
  });
});
