import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UserError } from "../../src/core/errors.ts";
import { unknownLaw } from "../../src/core/messages/fit.ts";
import { random } from "../../src/core/random.ts";
import type { DecayModel } from "../../src/fit/model.ts";
import { DECAY_LAWS, decayLaw } from "../../src/fit/models/index.ts";
import { fitLawFrom } from "../../src/fit/multistart.ts";
import { shapeWithSlope, toAmplitudeRateOffset } from "../../src/numerics/exponential-basis.ts";
import { clean, globalSearch, windowOf } from "./laws.ts";
import { delays } from "./traces.ts";

describe("decay laws (contract for every registered law)", () => {
  it("an unknown name is answered with the known ones", () => {
    expect(() => decayLaw("cubic")).toThrow(new UserError(unknownLaw("cubic", Object.keys(DECAY_LAWS))));
    expect(unknownLaw("x", ["a", "b"])).toBe('There is no decay law "x". Known: a, b.');
    expect(() => decayLaw("toString")).toThrow(UserError);
  });
  for (const [name, law] of Object.entries(DECAY_LAWS)) {
    it(`${name}: gives examples of its own`, () => {
      expect(law.examples.length).toBeGreaterThan(0);
      for (const p of law.examples) expect(p).toHaveLength(law.parameters.length);
    });
    it(`${name}: says which of its rates is quoted, and names every parameter once`, () => {
      expect(law.rateMeaning).not.toMatch(/\n/);
      expect(law.rateMeaning.length).toBeGreaterThan(20);
      expect(new Set(law.parameters.map((p) => p.name)).size).toBe(law.parameters.length);
    });
    it(`${name}: gradients of value, rate and derived quantities agree with sixth-order differences to 1e-7, all channels, random parameters`, () => {
      const example = fc.integer({ min: 0, max: law.examples.length - 1 });
      const factors = fc.array(fc.double({ min: -0.7, max: 0.7, noNaN: true }), {
        minLength: law.parameters.length,
        maxLength: law.parameters.length,
      });
      fc.assert(
        fc.property(example, factors, fc.double({ min: 0, max: 1.5, noNaN: true }), (k, logs, at) => {
          const p = law.examples[k]!.map((v, j) => Math.min(v * Math.exp(logs[j]!), 0.9 * law.parameters[j]!.upper));
          const t = at * windowOf(law, p);
          const gradient = new Float64Array(p.length);
          for (const channel of (law.channels ?? [""]).keys()) {
            law.gradient(p, t, gradient, channel);
            agree((q) => law.evaluate(q, t, channel), p, gradient);
          }
          agree((q) => law.rate(q).value, p, law.rate(p).gradient);
          law.derived?.(p).forEach((d, i) => {
            agree((q) => law.derived!(q)[i]!.value, p, d.gradient);
          });
        }),
        { seed: 4, numRuns: 100 },
      );
    });
    it(`${name}: the value is linear in the parameters flagged so`, () => {
      const p = law.examples[0]!;
      const t = 0.3 * windowOf(law, p);
      const out = new Float64Array(p.length);
      const linear = law.parameters.map((q) => q.linear);
      const half = p.map((v, j) => (linear[j] ? v / 2 : v));
      law.gradient(p, t, out);
      const slope = p.reduce((s, v, j) => s + (linear[j] ? (v / 2) * out[j]! : 0), 0);
      expect(Math.abs(law.evaluate(p, t) - law.evaluate(half, t) - slope)).toBeLessThan(1e-14);
    });
    it(`${name}: recovers clean data from its own starts, in s, us, ns and hours, in volts and microvolts`, () => {
      const populations = law.parameters.every((q) => q.unit !== "signal");
      for (const example of law.examples)
        for (const time of [1, 1e-6, 1e9])
          for (const size of populations ? [1] : [1, 1e-6]) {
            const truth = inUnits(law, example, time, size);
            const signal = clean(law, truth, delays(101, windowOf(law, truth)));
            const starts = law.starts(signal);
            for (const start of starts)
              start.forEach((v, j) => {
                expect(v).toBeGreaterThanOrEqual(law.parameters[j]!.lower);
                expect(v).toBeLessThanOrEqual(law.parameters[j]!.upper);
              });
            const found = fitLawFrom(law, signal, starts)!;
            found.fit.p.forEach((v, j) => {
              expect(Math.abs(v / truth[j]! - 1)).toBeLessThan(1e-8);
            });
            expect(Math.abs(law.rate(found.fit.p).value / law.rate(truth).value - 1)).toBeLessThan(1e-8);
          }
    });
    it(`${name}: reaches the global minimum at 1000 shots and 51 points`, () => {
      for (const example of law.examples)
        expect(globalSearch(law, example, 51, 1000, random(11), 12)).toEqual({ global: 1, trials: 12, notConverged: 0 });
    });
  }
});

/** Sixth-order central differences against a gradient, relative to the value's own scale in each parameter. */
function agree(f: (p: readonly number[]) => number, p: readonly number[], gradient: ArrayLike<number>): void {
  const size = Math.abs(f(p));
  p.forEach((v, j) => {
    const h = 1e-4 * Math.abs(v);
    const at = (k: number) => f(p.map((x, i) => (i === j ? x + k * h : x)));
    const numeric = (45 * (at(1) - at(-1)) - 9 * (at(2) - at(-2)) + at(3) - at(-3)) / (60 * h);
    expect(Math.abs(numeric - gradient[j]!)).toBeLessThan(1e-7 * (Math.abs(numeric) + (0.01 * size) / Math.abs(v)));
  });
}

/** The same decay with another unit of time and signal. */
function inUnits(law: DecayModel, p: readonly number[], time: number, size: number): number[] {
  const factor = { signal: size, "signal/s": size / time, "1/s": 1 / time } as const;
  return p.map((v, j) => {
    const { unit } = law.parameters[j]!;
    return v * (unit === "signal" || unit === "signal/s" || unit === "1/s" ? factor[unit] : 1);
  });
}

describe("exponential between its ends", () => {
  it("is the exponential of amplitude, rate and offset, with right derivatives, for growing, straight and falling ones", () => {
    fc.assert(
      fc.property(fc.double({ min: -3, max: 60, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true }), (g, first) => {
        if (Math.abs(g) < 0.01) return;
        const [a, b, window] = [0.9, 0.1, 2.5];
        const x = delays(7, 1);
        const [phi, slope, up, down, none] = [0, 0, 0, 0, 0].map(() => new Float64Array(7)) as [
          Float64Array,
          Float64Array,
          Float64Array,
          Float64Array,
          Float64Array,
        ];
        shapeWithSlope(g, x, phi, slope);
        const h = 1e-5 * Math.max(1, Math.abs(g));
        shapeWithSlope(g + h, x, up, none);
        shapeWithSlope(g - h, x, down, none);
        const p = toAmplitudeRateOffset(a, b, g, first, window);
        for (let i = 0; i < 7; i++) {
          const value = p.amplitude * Math.exp(-p.rate * (first + x[i]! * window)) + p.offset;
          expect(Math.abs(value - (b + (a - b) * phi[i]!))).toBeLessThan(1e-9 * (1 + Math.abs(p.offset)));
          expect(Math.abs((up[i]! - down[i]!) / (2 * h) - slope[i]!)).toBeLessThan(1e-7);
        }
        const q = [a, b, g];
        for (let j = 0; j < 3; j++) {
          const moved = (d: number) =>
            toAmplitudeRateOffset(...(q.map((v, k) => (k === j ? v + d : v)) as [number, number, number]), first, window);
          const [plus, minus] = [moved(1e-6), moved(-1e-6)];
          (["amplitude", "rate", "offset"] as const).forEach((name, i) => {
            const numeric = (plus[name] - minus[name]) / 2e-6;
            expect(Math.abs(numeric - p.jacobian[i * 3 + j]!)).toBeLessThan(1e-5 * (1 + Math.abs(numeric)));
          });
        }
      }),
      { seed: 6, numRuns: 80 },
    );
  });
  it("passes smoothly through the straight line", () => {
    const x = delays(5, 1);
    for (const g of [-1e-5, 0, 1e-5, 1e-3]) {
      const [phi, slope] = [new Float64Array(5), new Float64Array(5)];
      shapeWithSlope(g, x, phi, slope);
      for (let i = 0; i < 5; i++) {
        expect(Math.abs(phi[i]! - (1 - x[i]!))).toBeLessThan(1e-3);
        expect(Math.abs(slope[i]! + (x[i]! * (1 - x[i]!)) / 2)).toBeLessThan(1e-3);
      }
    }
  });
});
