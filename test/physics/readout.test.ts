import { describe, expect, it } from "vitest";
import { excessFromThermalLevels, fidelity, populationDerivatives, populationOf, readValue } from "../../src/physics/readout.ts";

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

  it("levels prepared from the thermal state: n_eq is not subtracted twice (PHYSICS.md sec. 1: +26 % at n_eq = 1 %, S = 0.1)", () => {
    const nEq = 0.01;
    const excess = ((1 - 2 * nEq) * 0.1) / 2.2;
    // Perfect readout, levels prepared thermally: "0" reads n_eq, "1" reads 1 - n_eq.
    const thermal = { oneGivenZero: nEq, zeroGivenOne: nEq };
    const read = nEq + excess;
    expect(excessFromThermalLevels(thermal, read, nEq)).toBeCloseTo(excess, 14);
    const subtractedTwice = populationOf(thermal, read) - nEq;
    // The rate is W/(hbar w) over the excess, so it is too high by this factor.
    expect(excess / subtractedTwice).toBeGreaterThan(1.25);
    expect(excess / subtractedTwice).toBeLessThan(1.28);
  });
});
