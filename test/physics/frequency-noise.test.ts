import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { faddeeva } from "../../src/physics/faddeeva.ts";
import { noisyResponse, noisySteadyState, voigtLine } from "../../src/physics/frequency-noise.ts";
import { rateFromSaturation } from "../../src/physics/partition.ts";
import { incidentPower } from "../../src/physics/ports.ts";
import { extinctionGradient, extinctionOf, saturationAt } from "../../src/physics/saturation.ts";
import { ratesOf, steadyState } from "../../src/physics/two-level.ts";

/** scipy.special.wofz, scipy 1.10.1. */
const WOFZ = [
  [0, 1e-6, 0.9999988716218327, 0],
  [0, 1, 0.427583576155807, 0],
  [0.3, 0.02, 0.8954863691846323, 0.3081844540840693],
  [1, 1, 0.30474420525691254, 0.2082189382028316],
  [2.5, 1e-3, 0.002060667855708546, 0.25171329850488555],
  [-2.5, 1e-3, 0.002060667855708546, -0.25171329850488555],
  [0.5117, 0.5, 0.5295884739184914, 0.23471968090813558],
  [3, 3, 0.09640250558304467, 0.0912363260042189],
  [7, 0.1, 0.0011883327469052385, 0.08142997089534869],
  [0.1, 9, 0.06230025976869191, 0.0006839324471088426],
  [-4, 2, 0.059686929610446006, -0.1132100561244884],
  [5.9, 6.2, 0.048040150119455276, 0.04509692415569241],
  [0.25583, 1e-9, 0.936646823938904, 0.27640133028745345],
] as const;

/** `<1/(v - i(D + s x))>` by scipy.integrate.quad: v, D, s, real, imaginary. */
const VOIGT = [
  [1, 0, 0.5, 0.8427384585761091, 0.0],
  [1, 0, 2, 0.43818222822684627, 0.0],
  [1, 3, 1, 0.13630058068202408, 0.31146583111954695],
  [2, -1.5, 0.1, 0.3202222221593702, -0.23940075093369226],
  [1, 0.2, 0.001, 0.961537679223165, 0.19230716602411727],
  [0.05, 0.3, 1, 1.153861729808807, 0.27387242101184706],
] as const;

describe("Faddeeva function", () => {
  it.each(WOFZ)("w(%d + %d i)", (x, y, re, im) => {
    const w = faddeeva({ re: x, im: y });
    expect(Math.hypot(w.re - re, w.im - im)).toBeLessThan(1e-14 * Math.hypot(re, im));
  });
});

describe("Voigt line", () => {
  it.each(VOIGT)("width %d, detuning %d, sigma %d", (v, d, s, re, im) => {
    const { value } = voigtLine(v, d, s);
    expect(Math.hypot(value.re - re, value.im - im)).toBeLessThan(2e-11 * Math.hypot(re, im));
  });

  it("series and closed form meet, with their derivatives", () => {
    for (const [v, d] of [
      [1, 0],
      [0.6, 0.8],
      [0.1, -1],
      [1e-3, 1],
    ] as const) {
      const edge = Math.hypot(v, d) / 8 / Math.SQRT2;
      const [a, b] = [voigtLine(v, d, edge * (1 - 1e-13)), voigtLine(v, d, edge * (1 + 1e-13))];
      for (const key of ["value", "byWidth", "byDetuning", "bySigma"] as const)
        expect(Math.hypot(a[key].re - b[key].re, a[key].im - b[key].im), `${key} at ${v}, ${d}`).toBeLessThan(
          1e-10 * Math.hypot(a[key].re, a[key].im),
        );
    }
  });
});

const near = (actual: number, expected: number, tolerance: number, scale = Math.abs(expected)) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * scale);

describe("response under quasi-static frequency noise", () => {
  const law = { amplitude: 1.3e6, gamma2: 2e6, k: 4e16, resonance: 3e10 };

  it("without noise it is the Lorentzian law, with its derivatives", () => {
    for (const d of [0, 1e6, -5e6])
      for (const power of [0, 1e-18, 1e-15]) {
        const omega = law.resonance + d;
        const r = noisyResponse(law, 0, omega, power);
        const x = extinctionOf(law, omega, power);
        const g = extinctionGradient(law, omega, power);
        const s = saturationAt(law, omega, power);
        near(law.amplitude * r.extinction.re, x.re, 1e-12);
        near(law.amplitude * r.extinction.im, x.im, 1e-12);
        near(r.saturated, s / (1 + s), 1e-12, s / (1 + s) || 1);
        for (const j of [0, 1, 2] as const) {
          near(law.amplitude * r.extinctionBy[j].re, g.re[j + 1]!, 1e-10, Math.abs(g.re[j + 1]!) || 1e-30);
          near(law.amplitude * r.extinctionBy[j].im, g.im[j + 1]!, 1e-10, Math.hypot(g.im[j + 1]!, 1e-30));
        }
        expect(Math.hypot(r.extinctionBy[3].re, r.extinctionBy[3].im)).toBe(0);
      }
  });

  it("derivatives are those of finite differences", () => {
    const unit = [law.gamma2, law.k, law.gamma2, law.gamma2];
    fc.assert(
      fc.property(
        fc.double({ min: -4, max: 4, noNaN: true }),
        fc.double({ min: 0.02, max: 4, noNaN: true }),
        fc.double({ min: -2, max: 2, noNaN: true }),
        (d, noise, logS) => {
          const omega = law.resonance + d * law.gamma2;
          const power = 10 ** logS / law.k;
          const sigma = noise * law.gamma2;
          const at = (j: number, h: number) => {
            const step = h * unit[j]!;
            const moved = {
              ...law,
              gamma2: law.gamma2 + (j === 0 ? step : 0),
              k: law.k + (j === 1 ? step : 0),
              resonance: law.resonance + (j === 2 ? step : 0),
            };
            return noisyResponse(moved, sigma + (j === 3 ? step : 0), omega, power);
          };
          const own = at(0, 0);
          const h = 1e-5;
          for (const j of [0, 1, 2, 3] as const) {
            const [up, down] = [at(j, h), at(j, -h)];
            const slope = (f: (r: typeof own) => number) => (f(up) - f(down)) / (2 * h);
            const size = Math.hypot(own.extinction.re, own.extinction.im);
            near(
              own.extinctionBy[j].re * unit[j]!,
              slope((r) => r.extinction.re),
              3e-8,
              size,
            );
            near(
              own.extinctionBy[j].im * unit[j]!,
              slope((r) => r.extinction.im),
              3e-8,
              size,
            );
            near(
              own.saturatedBy[j] * unit[j]!,
              slope((r) => r.saturated),
              3e-8,
              1,
            );
          }
        },
      ),
      { numRuns: 200, seed: 5 },
    );
  });

  const rates = ratesOf(
    [
      { gamma: 0.7e6, n: 0.01 },
      { gamma: 0.3e6, n: 0.05 },
    ],
    0.4e6,
  );

  it("from rates: no noise is the steady state, noise keeps W/(n_e - n_eq) = G1tot", () => {
    for (const delta of [0, 0.8e6])
      for (const omega of [1e4, 1e6, 2e7]) {
        const drive = { omega, delta };
        near(noisySteadyState(rates, drive, 0).excess, steadyState(rates, drive).excess, 1e-12);
        for (const sigma of [1e5, 1e6, 5e6]) {
          const { excess, extinction } = noisySteadyState(rates, drive, sigma);
          // 2 P Re(1 - S)/(hbar w_d) with P = hbar w_d Omega^2/(4 Gr).
          near(((omega ** 2 / 2) * extinction.re) / excess, rates.total, 1e-12);
        }
      }
  });

  it("the integral of the extinction is free of line shape, pi Gr|z_eq|/sqrt(1+S0)", () => {
    const drive = 1.1e6;
    const s0 = drive ** 2 / (rates.total * rates.gamma2);
    const [half, n] = [4e9, 400_000];
    for (const sigma of [0, 6e5, 3e6]) {
      let sum = 0;
      for (let i = 0; i < n; i++)
        sum += noisySteadyState(rates, { omega: drive, delta: half * ((2 * i + 1) / n - 1) }, sigma).extinction.re;
      // Lorentzian tails beyond +-half: 2 G2 |z_eq|/half.
      const total = (sum * 2 * half) / n + (-2 * rates.zEq * rates.gamma2) / half;
      near(total, (-Math.PI * rates.zEq) / Math.sqrt(1 + s0), 1e-5);
    }
  });
});

/** PHYSICS.md sec. 1, "Line shape": noise of 0.5/1/2 G1 gives the rate from 1/(1-S11) against P low by 8/22/40 %; how much depends on the powers. */
describe("what the Lorentzian saturation formula makes of frequency noise", () => {
  it.each([
    [0.5, 0.08],
    [1, 0.22],
    [2, 0.4],
  ])("sigma = %d G1: low by %d, more at weak drive and less over S = 0.1 to 10", (noise, low) => {
    const gammaR = 1e6;
    const omegaDrive = 3e10;
    const rates = ratesOf([{ gamma: gammaR, n: 0 }], 0);
    const at = (saturation: number) => {
      const omega = Math.sqrt(saturation * rates.total * rates.gamma2);
      const { extinction } = noisySteadyState(rates, { omega, delta: 0 }, noise * rates.total);
      return { power: incidentPower("one-port", omegaDrive, omega, gammaR), inverse: 1 / (gammaR * extinction.re) };
    };
    const lowBetween = (from: number, to: number) => {
      const [a, b] = [at(from), at(to)];
      return 1 - rateFromSaturation((b.inverse - a.inverse) / (b.power - a.power), omegaDrive) / rates.total;
    };
    expect(lowBetween(1e-4, 1e-3)).toBeGreaterThan(low);
    expect(lowBetween(0.1, 10)).toBeLessThan(low);
    expect(lowBetween(0.1, 10)).toBeGreaterThan(low / 3);
  });
});
