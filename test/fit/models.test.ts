import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UserError } from "../../src/core/errors.ts";
import { unknownLaw } from "../../src/core/messages/fit.ts";
import { fitLaw } from "../../src/fit/law-fit.ts";
import { DECAY_LAWS, decayLaw } from "../../src/fit/models/index.ts";
import { shapeWithSlope, toAmplitudeRateOffset } from "../../src/numerics/exponential-basis.ts";
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
    /** The first example in microseconds: numbers near 1 for finite differences. */
    const p0 = law.examples[0]!.map((v, j) => (law.parameters[j]!.unit === "1/s" ? v * 1e-6 : v));
    it(`${name}: gradients of value and rate agree with central differences`, () => {
      fc.assert(
        fc.property(fc.double({ min: 0, max: 100, noNaN: true }), fc.double({ min: 0.5, max: 2, noNaN: true }), (t, stretch) => {
          const p = p0.map((v) => v * stretch);
          const gradient = new Float64Array(p.length);
          law.gradient(p, t, gradient);
          const rate = law.rate(p);
          p.forEach((v, j) => {
            const h = 1e-5 * Math.abs(v);
            const moved = (d: number) => p.map((x, k) => (k === j ? x + d : x));
            expect(Math.abs((law.evaluate(moved(h), t) - law.evaluate(moved(-h), t)) / (2 * h) - gradient[j]!)).toBeLessThan(
              1e-7 * (1 + t),
            );
            expect(Math.abs((law.rate(moved(h)).value - law.rate(moved(-h)).value) / (2 * h) - rate.gradient[j]!)).toBeLessThan(1e-6);
          });
        }),
        { seed: 4, numRuns: 60 },
      );
    });
    it(`${name}: recovers clean data from its own guess, whatever the units`, () => {
      for (const unit of [1, 1e-6, 1e9]) {
        const t = delays(101, 150 * unit);
        const truth = p0.map((v, j) => (law.parameters[j]!.unit === "1/s" ? v / unit : v));
        const y = t.map((x) => law.evaluate(truth, x));
        const fit = fitLaw(
          law,
          { t, y, noise: { type: "unknown" }, unit: "1" },
          law.starts({ t, y })[0]!,
          p0.map(() => false),
        );
        // The components of a sum may be found in either order.
        expect(law.rate(fit.p).value / law.rate(truth).value).toBeCloseTo(1, 8);
        for (let i = 0; i < t.length; i++) expect(fit.values[i]).toBeCloseTo(y[i]!, 9);
      }
    });
  }
});

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
