import { describe, expect, it } from "vitest";
import { fidelity, populationDerivatives, populationOf, readValue } from "../../src/physics/readout.ts";

const errors = { oneGivenZero: 0.015, zeroGivenOne: 0.045 };

describe("readout model", () => {
  it("goes both ways", () => {
    expect(fidelity(errors)).toBeCloseTo(0.94, 14);
    for (const n of [-0.01, 0, 0.3, 1]) expect(populationOf(errors, readValue(errors, n))).toBeCloseTo(n, 13);
  });

  it("derivatives agree with finite differences", () => {
    const h = 1e-6;
    const d = populationDerivatives(errors, 0.3);
    const slope = (f: (x: number) => number) => (f(h) - f(-h)) / (2 * h);
    expect(d.byRead).toBeCloseTo(
      slope((x) => populationOf(errors, 0.3 + x)),
      8,
    );
    expect(d.byOneGivenZero).toBeCloseTo(
      slope((x) => populationOf({ ...errors, oneGivenZero: 0.015 + x }, 0.3)),
      8,
    );
    expect(d.byZeroGivenOne).toBeCloseTo(
      slope((x) => populationOf({ ...errors, zeroGivenOne: 0.045 + x }, 0.3)),
      8,
    );
  });
});
