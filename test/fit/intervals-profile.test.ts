import { describe, expect, it } from "vitest";
import { UserError } from "../../src/core/errors.ts";
import { badLevel, lowerMinimum, targetFixed } from "../../src/core/messages/intervals.ts";
import { noSuchParameter } from "../../src/core/messages/laws.ts";
import { covarianceInterval } from "../../src/fit/intervals/covariance-interval.ts";
import type { Interval, OneSided, TwoSided } from "../../src/fit/intervals/outcome.ts";
import { profileInterval } from "../../src/fit/intervals/profile-interval.ts";
import { fitLaw } from "../../src/fit/law-fit.ts";
import { biexponential } from "../../src/fit/models/biexponential.ts";
import { exponential } from "../../src/fit/models/exponential.ts";
import { fitted, noisy } from "./intervals-signals.ts";
import { delays } from "./traces.ts";

const TRUTH = [0.9, 5e4, 0.05] as const;
const all = [false, false, false];
const two = (interval: Interval): TwoSided => {
  if (interval.kind !== "two-sided") expect.fail(interval.sentence);
  return interval;
};
const one = (interval: Interval): OneSided => {
  if (interval.kind !== "one-sided") expect.fail(`${interval.kind}: ${interval.sentence}`);
  return interval;
};

/** Sum of weighted squares of the best A e + C by its normal equations: the profile of the rate, made without the code under test. */
function sumAt(rate: number, t: Float64Array, y: Float64Array, sigma: number): number {
  let [ee, e1, ey, sy, yy] = [0, 0, 0, 0, 0];
  for (let i = 0; i < t.length; i++) {
    const e = Math.exp(-rate * t[i]!);
    ee += e * e;
    e1 += e;
    ey += e * y[i]!;
    sy += y[i]!;
    yy += y[i]! * y[i]!;
  }
  const n = t.length;
  const det = ee * n - e1 * e1;
  const [a, c] = [(ey * n - sy * e1) / det, (ee * sy - e1 * ey) / det];
  return (yy - a * ey - c * sy) / sigma ** 2;
}

/** First point of a fine grid outwards where f exceeds `level`, interpolated. */
function crossing(f: (x: number) => number, from: number, step: number, level: number): number {
  let [x, before] = [from, f(from)];
  for (;;) {
    const next = f(x + step);
    if (next >= level) return x + (step * (level - before)) / (next - before);
    [x, before] = [x + step, next];
  }
}

describe("profile interval", () => {
  it.each(["sigma", "unknown", "relative"] as const)(
    "is the covariance interval where the law is linear (rate fixed, noise %s)",
    (noise) => {
      const signal = noisy(exponential, TRUTH, delays(21, 1e-4), noise, 0.02, 11);
      const fit = fitLaw(exponential, signal, TRUTH, [false, true, false]);
      for (const name of ["amplitude", "offset"])
        for (const level of [0.683, 0.954]) {
          const [c, p] = [two(covarianceInterval(fit, name, level)), two(profileInterval(fit, signal, name, level))];
          expect(Math.abs(p.low - c.low)).toBeLessThan(1e-8 * c.below);
          expect(Math.abs(p.high - c.high)).toBeLessThan(1e-8 * c.above);
          expect(Math.abs(p.skewness)).toBeLessThan(1e-8);
        }
      for (const interval of [covarianceInterval(fit, "rate", 0.683), profileInterval(fit, signal, "t1", 0.683)])
        expect(interval).toMatchObject({ kind: "failed", reason: "fixed" });
      expect(profileInterval(fit, signal, "gamma1_total", 0.683).sentence).toBe(targetFixed("gamma1_total"));
    },
  );

  it("of the rate is where a brute-force scan crosses chi2 = 1 and 4 (window 2 T1, asymmetric)", () => {
    const signal = noisy(exponential, TRUTH, delays(21, 4e-5), "sigma", 0.03, 5);
    const fit = fitted(signal);
    const rate = fit.p[1]!;
    const f = (g: number) => sumAt(g, signal.t, signal.y, 0.03) - sumAt(rate, signal.t, signal.y, 0.03);
    for (const [level, rise] of [
      [0.6826894921370859, 1],
      [0.9544997361036416, 4],
    ] as const) {
      const p = two(profileInterval(fit, signal, "rate", level));
      expect(Math.abs(p.low / crossing(f, rate, -rate * 1e-4, rise) - 1)).toBeLessThan(1e-6);
      expect(Math.abs(p.high / crossing(f, rate, rate * 1e-4, rise) - 1)).toBeLessThan(1e-6);
      expect(two(profileInterval(fit, signal, "gamma1_total", level))).toMatchObject({ low: p.low, high: p.high });
      const t1 = two(profileInterval(fit, signal, "t1", level));
      expect([t1.low * p.high, t1.high * p.low]).toEqual([expect.closeTo(1, 12), expect.closeTo(1, 12)]);
      expect(Math.sign(t1.skewness)).toBe(1);
    }
  });

  it("of an amplitude of unknown noise is where the scan crosses Student's squared factor times the found variance", () => {
    const signal = noisy(exponential, TRUTH, delays(9, 3e-5), "unknown", 0.02, 3);
    const fit = fitted(signal);
    // For a fixed amplitude the best offset is the mean of what is left, and the best rate lies on a grid refined around its minimum.
    const bestAt = (a: number) => {
      const sum = (rate: number) => {
        const rest = signal.y.map((v, i) => v - a * Math.exp(-rate * signal.t[i]!));
        const centre = rest.reduce((s, v) => s + v, 0) / rest.length;
        return rest.reduce((s, v) => s + (v - centre) ** 2, 0);
      };
      let [low, high] = [1e3, 3e5];
      for (let k = 0; k < 40; k++) {
        const [x, z] = [low + 0.382 * (high - low), low + 0.618 * (high - low)];
        if (sum(x) < sum(z)) high = z;
        else low = x;
      }
      return sum((low + high) / 2);
    };
    const least = bestAt(fit.p[0]!);
    // t with 6 degrees of freedom, 95 %: 2.4469 (Abramowitz and Stegun, table 26.10).
    const rise = (2.446912 ** 2 * least) / 6;
    const p = two(profileInterval(fit, signal, "amplitude", 0.95));
    const f = (a: number) => bestAt(a) - least;
    expect(Math.abs(p.low / crossing(f, fit.p[0]!, -5e-4, rise) - 1)).toBeLessThan(1e-5);
    expect(Math.abs(p.high / crossing(f, fit.p[0]!, 5e-4, rise) - 1)).toBeLessThan(1e-5);
    expect(p.skewness).toBeGreaterThan(0.1);
  });

  it("of a derived rate (bi-exponential) is where the constrained minimum of a brute-force search has risen by 1", () => {
    const truth = [0.6, 4e4, 0.3, 4e5, 0.05];
    const signal = noisy(biexponential, truth, delays(61, 1.5e-4), "sigma", 0.004, 9);
    const fit = fitLaw(biexponential, signal, truth, Array(5).fill(false));
    const value = biexponential.rate(fit.p).value;
    // With (A1 g1 + A2 g2)/(A1 + A2) = c the amplitudes are k (g2 - c) and -k (g1 - c): two linear parameters, k and the offset.
    const constrained = (c: number) => {
      const sum = (g1: number, g2: number) => {
        let [ee, e1, ey, sy, yy] = [0, 0, 0, 0, 0];
        for (let i = 0; i < signal.t.length; i++) {
          const e = ((g2 - c) * Math.exp(-g1 * signal.t[i]!) - (g1 - c) * Math.exp(-g2 * signal.t[i]!)) / c;
          const y = signal.y[i]!;
          ee += e * e;
          e1 += e;
          ey += e * y;
          sy += y;
          yy += y * y;
        }
        const n = signal.t.length;
        const det = ee * n - e1 * e1;
        const [a, o] = [(ey * n - sy * e1) / det, (ee * sy - e1 * ey) / det];
        return (yy - a * ey - o * sy) / 0.004 ** 2;
      };
      // Compass search in the logarithms of both rates.
      let [g1, g2, step] = [fit.p[1]!, fit.p[3]!, 0.05];
      let least = sum(g1, g2);
      while (step > 1e-8) {
        const around = [-1, 0, 1].flatMap((i) => [-1, 0, 1].map((j) => [g1 * Math.exp(i * step), g2 * Math.exp(j * step)] as const));
        const best = around.map(([a, b]) => ({ a, b, s: sum(a, b) })).reduce((p, q) => (q.s < p.s ? q : p));
        if (best.s < least - 1e-12) [g1, g2, least] = [best.a, best.b, best.s];
        else step /= 2;
      }
      return least;
    };
    const bottom = constrained(value);
    expect(Math.abs(bottom - 2 * fit.minimum.objective)).toBeLessThan(1e-6);
    const p = two(profileInterval(fit, signal, "gamma1_total", 0.6826894921370859));
    expect(Math.abs(constrained(p.low) - bottom - 1)).toBeLessThan(1e-5);
    expect(Math.abs(constrained(p.high) - bottom - 1)).toBeLessThan(1e-5);
    const c = two(covarianceInterval(fit, "gamma1_total", 0.6826894921370859));
    expect(p.below / c.below).toBeGreaterThan(0.7);
    expect(p.above / c.above).toBeLessThan(1.5);
    expect(p.skewness).toBeGreaterThan(0);
  });

  it("of a decay that is cut off has one side only: an upper limit of the rate, a lower one of T1", () => {
    const signal = noisy(exponential, TRUTH, delays(41, 8e-6), "sigma", 0.02, 21);
    const fit = fitted(signal);
    const rate = one(profileInterval(fit, signal, "gamma1_total", 0.954));
    expect(rate).toMatchObject({ open: "low", because: "bound" });
    expect(rate.limit).toBeGreaterThan(fit.p[1]!);
    const t1 = one(profileInterval(fit, signal, "t1", 0.954));
    expect(t1.open).toBe("high");
    expect(t1.limit * rate.limit).toBeCloseTo(1, 12);
    expect(one(profileInterval(fit, signal, "amplitude", 0.954))).toMatchObject({ open: "high", because: "asymptote" });
    expect(one(profileInterval(fit, signal, "offset", 0.954)).open).toBe("low");
  });

  it("of the second rate is flat where the data hold one exponential", () => {
    // The law itself, without noise: any second rate fits with amplitude zero.
    const signal = {
      ...noisy(exponential, TRUTH, delays(61, 1e-4), "sigma", 0.02, 2),
      y: delays(61, 1e-4).map((t) => exponential.evaluate(TRUTH, t)),
    };
    const fit = fitLaw(biexponential, signal, [0.88, 4.9e4, 0.02, 3e5, 0.05], Array(5).fill(false));
    for (const level of [0.683, 0.954]) {
      const second = profileInterval(fit, signal, "rate2", level);
      expect(second.kind).toBe("flat");
      expect(second).not.toHaveProperty("low");
    }
    expect(profileInterval(fit, signal, "gamma1_total", 0.954).kind).not.toBe("two-sided");
  });

  it("names a lower minimum found on the way, with its parameters: two rates that ran into each other", () => {
    const signal = noisy(exponential, TRUTH, delays(61, 1e-4), "sigma", 0.02, 2);
    const fit = fitLaw(biexponential, signal, [0.88, 4.9e4, 0.02, 3e5, 0.05], Array(5).fill(false));
    // What the search can do on this trace: equal rates are a saddle that it stops on.
    expect(Math.abs(fit.p[1]! / fit.p[3]! - 1)).toBeLessThan(1e-3);
    const found = profileInterval(fit, signal, "rate2", 0.683);
    if (found.kind !== "failed" || !found.better) expect.fail(found.sentence);
    const again = fitLaw(biexponential, signal, found.better, Array(5).fill(false));
    const lower = 2 * (fit.minimum.objective - again.minimum.objective);
    expect(found.reason).toBe("lower_minimum");
    expect(lower).toBeGreaterThan(4);
    expect(found.sentence).toBe(lowerMinimum(lower, "rate2", found.better[3]!));
  });

  it("follows a population that sits on 0 and 1 (counts), and agrees with the deviance on a grid", () => {
    const shots = 200;
    const signal = noisy(exponential, [1, 5e4, 0], delays(21, 1e-4), "binomial", shots, 8);
    const fit = fitted(signal);
    const deviance = (rate: number) => {
      // Grid over the two ends, refined five times: no derivative, no active set.
      const sum = (a: number, b: number) => {
        let s = 0;
        const end = Math.exp(-rate * 1e-4);
        for (let i = 0; i < signal.t.length; i++) {
          const q = b + ((a - b) * (Math.exp(-rate * signal.t[i]!) - end)) / (1 - end);
          const y = signal.y[i]!;
          if (y > 0) s += 2 * shots * y * Math.log(y / q);
          if (y < 1) s += 2 * shots * (1 - y) * Math.log((1 - y) / (1 - q));
        }
        return Number.isNaN(s) ? Number.POSITIVE_INFINITY : s;
      };
      let [a, b, step, least] = [1, 0.005, 0.005, Number.POSITIVE_INFINITY];
      while (step > 1e-7) {
        let moved = false;
        for (const [i, j] of [
          [0, 0],
          [1, 0],
          [-1, 0],
          [0, 1],
          [0, -1],
        ] as const) {
          const [x, z] = [Math.min(1, a + i * step), Math.max(0, b + j * step)];
          const s = sum(x, z);
          if (s < least - 1e-13) [a, b, least, moved] = [x, z, s, true];
        }
        if (!moved) step /= 2;
      }
      return least;
    };
    const p = two(profileInterval(fit, signal, "gamma1_total", 0.6826894921370859));
    const bottom = deviance(fit.p[1]!);
    expect(Math.abs(deviance(p.low) - bottom - 1)).toBeLessThan(1e-3);
    expect(Math.abs(deviance(p.high) - bottom - 1)).toBeLessThan(1e-3);
  });

  it("follows the edge where a population of 1 or 0 meets a held offset (counts)", () => {
    const [shots, window] = [200, 1e-4];
    const signal = noisy(exponential, [1, 5e4, 0], delays(21, window), "binomial", shots, 8);
    const fit = fitted(signal);
    const golden = (f: (x: number) => number, from: number, to: number) => {
      let [low, high] = [from, to];
      for (let k = 0; k < 40; k++) {
        const [x, z] = [low + 0.381966 * (high - low), high - 0.381966 * (high - low)];
        if (f(x) < f(z)) high = z;
        else low = x;
      }
      return Math.min(f(low), f(high), f((low + high) / 2));
    };
    // The amplitudes that keep every population inside 0..1, searched for each rate; no derivative, no barrier.
    const deviance = (c: number) =>
      golden(
        (rate) =>
          golden(
            (a) => {
              let s = 0;
              for (let i = 0; i < signal.t.length; i++) {
                const q = Math.min(1, a * Math.exp(-rate * signal.t[i]!) + c);
                const y = signal.y[i]!;
                if (y > 0) s += 2 * shots * y * Math.log(y / q);
                if (y < 1) s += 2 * shots * (1 - y) * Math.log((1 - y) / (1 - q));
              }
              return Number.isNaN(s) ? Number.POSITIVE_INFINITY : s;
            },
            Math.max(0, -c * Math.exp(rate * window)),
            1 - c,
          ),
        3e4,
        8e4,
      );
    const p = two(profileInterval(fit, signal, "offset", 0.6826894921370859));
    const bottom = 2 * fit.minimum.objective;
    expect(Math.abs(deviance(p.high) - bottom - 1)).toBeLessThan(3e-3);
    expect(deviance(p.low) - bottom).toBeLessThan(1 + 3e-3);
  });

  it("refuses unknown names and levels", () => {
    const signal = noisy(exponential, TRUTH, delays(21, 1e-4), "sigma", 0.02, 1);
    const fit = fitLaw(exponential, signal, TRUTH, all);
    const known = ["amplitude", "rate", "offset", "gamma1_total", "t1"];
    expect(() => profileInterval(fit, signal, "tau", 0.683)).toThrow(new UserError(noSuchParameter("exponential", "tau", known)));
    expect(() => covarianceInterval(fit, "rate", 68.3)).toThrow(new UserError(badLevel(68.3)));
  });

  it("gives no number without degrees of freedom, and a point without residuals", () => {
    const signal = noisy(exponential, TRUTH, delays(3, 4e-5), "unknown", 0.02, 1);
    const fit = fitLaw(exponential, signal, TRUTH, all);
    for (const interval of [profileInterval(fit, signal, "rate", 0.683), covarianceInterval(fit, "rate", 0.683)])
      expect(interval).toMatchObject({ kind: "failed", reason: "no_freedom" });
    const exact = noisy(exponential, TRUTH, delays(21, 1e-4), "unknown", 0, 1);
    const clean = fitLaw(exponential, exact, TRUTH, all);
    expect(two(profileInterval(clean, exact, "rate", 0.683))).toMatchObject({ low: 5e4, high: 5e4, skewness: 0 });
  });
});
