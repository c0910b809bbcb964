import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HBAR } from "../../src/physics/constants.ts";
import { emittedPower, photonsPerPiPulse, radiativeRateFromEmission } from "../../src/physics/emission.ts";
import { fluctuatingRate, fluctuationSpan } from "../../src/physics/fluctuating-t1.ts";
import { leakageFactor, leakageSpan, turnedReferenceFactor, unknownPathError } from "../../src/physics/parasitic-path.ts";
import { defectRate, structuredBathRate } from "../../src/physics/structured-bath.ts";
import { fluxInto, heatCurrent } from "../../src/physics/two-baths.ts";
import { ratesOf } from "../../src/physics/two-level.ts";

const close = (actual: number, expected: number, rtol: number, scale = Math.abs(expected)) => {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(rtol * scale);
};
const positive = fc.double({ min: 1e-3, max: 1e3, noNaN: true });

describe("two baths", () => {
  it("what one gives the other takes, from hot to cold; equal baths exchange nothing", () => {
    fc.assert(
      fc.property(positive, positive, positive, positive, (gc, gh, nc, nh) => {
        const [cold, hot] = [
          { gamma: gc, n: nc },
          { gamma: gh, n: nh },
        ];
        const { nEq, total } = ratesOf([cold, hot], 0);
        close(fluxInto(cold, nEq), -fluxInto(hot, nEq), 1e-9, total);
        close(heatCurrent(1, cold, hot), HBAR * fluxInto(cold, nEq), 1e-9, HBAR * total);
        expect(Math.sign(heatCurrent(1, cold, hot))).toBe(Math.sign(nh - nc));
      }),
      { seed: 1 },
    );
    expect(heatCurrent(3e10, { gamma: 2, n: 0.1 }, { gamma: 7, n: 0.1 })).toBe(0);
  });
});

describe("emission after a pulse", () => {
  it("is the flux into the line above its background: Gr(1 + 2 n_r)(n_e - n_eq), constant over the excess", () => {
    const line = { gamma: 3e4, n: 0.05 };
    const { nEq, total } = ratesOf([line, { gamma: 5e4, n: 0.01 }], 0);
    const omega = 3e10;
    for (const excess of [0.9, 0.3, 1e-3]) {
      const power = HBAR * omega * (fluxInto(line, nEq + excess) - fluxInto(line, nEq));
      close(emittedPower(omega, line.gamma, line.n, excess), power, 1e-9);
      close(radiativeRateFromEmission(power, omega, excess), line.gamma * (1 + 2 * line.n), 1e-9);
    }
    // The integral over the decay of a swapped equilibrium state.
    close(photonsPerPiPulse(line.gamma, line.n, total, nEq), (line.gamma * (1 + 2 * line.n) * (1 - 2 * nEq)) / total, 1e-12);
    close(photonsPerPiPulse(3e4, 0, 8e4, 0), 3 / 8, 1e-12);
  });
});

describe("structured bath", () => {
  it("a white one gives its rate; a weak drive samples w_d; a defect in tune gives less with drive, one at Omega more", () => {
    expect(structuredBathRate(() => 7, 3e10, 1e8)).toBe(7);
    const [kappa, w0] = [1e7, 3e10];
    const tuned = defectRate(1e5, kappa, w0);
    close(tuned(w0), (4 * 1e5 ** 2) / kappa, 1e-12);
    close(tuned(w0 + kappa / 2), tuned(w0) / 2, 1e-9);
    close(structuredBathRate(tuned, w0, 1), tuned(w0), 1e-9);
    const rates = [0.1, 0.3, 1, 3].map((x) => structuredBathRate(tuned, w0, x * kappa));
    for (let i = 1; i < rates.length; i++) expect(rates[i]!).toBeLessThan(rates[i - 1]!);
    expect(rates[3]!).toBeGreaterThan(tuned(w0) / 2);
    // The slower sideband limits: G+ G-/(G+ + G-) is below either.
    const aside = defectRate(1e5, kappa, w0 + 5 * kappa);
    expect(structuredBathRate(aside, w0, 5 * kappa)).toBeGreaterThan(aside(w0) / 2);
    expect(structuredBathRate(aside, w0, 5 * kappa)).toBeLessThan(aside(w0) / 2 + aside(w0 - 5 * kappa));
  });
});

describe("fluctuating T1", () => {
  it.each([
    [0.2, 0.96, 1.04],
    [0.5, 0.8, 1.25],
  ])("T1 scatter %d: %d to %d over the sweep (PHYSICS.md sec. 1)", (scatter, least, largest) => {
    // Two equally likely values of T1 about 1.
    const rates = [1 / (1 - scatter), 1 / (1 + scatter)];
    const span = fluctuationSpan(scatter);
    expect(span[0]).toBeCloseTo(least, 2);
    expect(span[1]).toBeCloseTo(largest, 1);
    const mean = (f: (t1: number) => number) => (f(1 - scatter) + f(1 + scatter)) / 2;
    // Saturating drive: mean(1/T1); weak: mean(T1)/mean(T1^2) without dephasing, 1/mean(T1) with much of it.
    close(
      fluctuatingRate(rates, 0, 1e4),
      mean((t) => 1 / t),
      1e-6,
    );
    close(fluctuatingRate(rates, 0, 1e-4), mean((t) => t) / mean((t) => t * t), 1e-6);
    close(fluctuatingRate(rates, 1e6, 1e-2), 1 / mean((t) => t), 1e-5);
    close(fluctuatingRate(rates, 0, 1e-4), span[0], 1e-6);
    for (const rabi of [0.01, 0.1, 1, 10]) {
      expect(fluctuatingRate(rates, 0, rabi)).toBeGreaterThan(span[0] * (1 - 1e-3));
      expect(fluctuatingRate(rates, 0, rabi)).toBeLessThan(mean((t) => 1 / t) * (1 + 1e-9));
    }
    expect(fluctuatingRate([3, 3, 3], 1, 0.5)).toBeCloseTo(3, 12);
  });
});

describe("paths past the qubit", () => {
  it("20 dB: 0.91 to 1.11, 7.1 % of unknown phase; 40 dB: 1 % (PHYSICS.md sec. 1)", () => {
    const [least, largest] = leakageSpan(0.1);
    expect(least).toBeCloseTo(0.909, 3);
    expect(largest).toBeCloseTo(1.111, 3);
    expect(unknownPathError(20)).toBeCloseTo(0.0707, 4);
    expect(unknownPathError(-20)).toBe(unknownPathError(20));
    expect(leakageSpan(0.01)[1] - 1).toBeCloseTo(0.01, 3);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.9, noNaN: true }), fc.double({ min: 0, max: 6.3, noNaN: true }), (eps, phase) => {
        expect(leakageFactor(eps, phase)).toBeGreaterThanOrEqual(leakageSpan(eps)[0] - 1e-12);
        expect(leakageFactor(eps, phase)).toBeLessThanOrEqual(leakageSpan(eps)[1] + 1e-9 / (1 - eps) ** 2);
      }),
      { seed: 2 },
    );
  });

  it("a turned reference: d^2/2 Re S/(1 - Re S) - d Delta/G2", () => {
    const [gammaR, gamma2, d] = [0.4, 1, 1e-3];
    for (const delta of [-2, 0, 0.5]) {
      const n = gamma2 ** 2 + delta ** 2;
      const s = { re: 1 - (gammaR * gamma2) / n, im: (-gammaR * delta) / n };
      const expected = ((d * d) / 2) * (s.re / (1 - s.re)) - (d * delta) / gamma2;
      close(turnedReferenceFactor(s, d) - 1, expected, 1e-5, Math.abs(expected) + 1e-9);
    }
  });
});
