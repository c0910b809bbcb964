import { describe, expect, it } from "vitest";
import { scalarBias, scalarBiasFromRates } from "../../src/physics/absorbed-power.ts";
import { abs2 } from "../../src/physics/complex.ts";
import { HBAR } from "../../src/physics/constants.ts";
import {
  downAndUp,
  internalFractionBound,
  nonradiativeFraction,
  rateFromSaturation,
  zeroTemperatureRate,
} from "../../src/physics/partition.ts";
import { extinction, incidentPower, scattering } from "../../src/physics/ports.ts";
import { ratesOf, steadyState } from "../../src/physics/two-level.ts";

const omegaDrive = 2 * Math.PI * 5e9;
const gammaR = 7000;
const rates = ratesOf(
  [
    { gamma: gammaR, n: 0.01 },
    { gamma: 18000, n: 0.03 },
  ],
  9000,
);

describe("partition formulas against the closed forms of PHYSICS.md sec. 0", () => {
  it("Gd, Gu and G1 from G1tot and n_eq", () => {
    const { down, up } = downAndUp(rates.total, rates.nEq);
    expect(down / rates.down).toBeCloseTo(1, 12);
    expect(up / rates.up).toBeCloseTo(1, 12);
    expect(zeroTemperatureRate(rates.total, rates.nEq)).toBeCloseTo(25000, 8);
  });

  it("Gnr/G1 from Gr|z_eq| and T1", () => {
    expect(nonradiativeFraction(gammaR * -rates.zEq, rates.total, rates.nEq)).toBeCloseTo(18000 / 25000, 12);
  });

  it.each(["one-port", "two-sided"] as const)("Gd - Gu from the saturation of 1/(1-S), %s", (geometry) => {
    const at = (omega: number) => ({
      power: incidentPower(geometry, omegaDrive, omega, gammaR),
      inverse: 1 / extinction(geometry, rates, { omega, delta: 0 }, gammaR).re,
    });
    const [a, b] = [at(1e4), at(5e4)];
    expect(rateFromSaturation((b.inverse - a.inverse) / (b.power - a.power), omegaDrive) / 25000).toBeCloseTo(1, 10);
  });

  it("the work saturates at hbar w (Gd - Gu)/2 (PHYSICS.md sec. 1)", () => {
    const drive = { omega: 1e8, delta: 0 };
    const work = 2 * incidentPower("one-port", omegaDrive, drive.omega, gammaR) * extinction("one-port", rates, drive, gammaR).re;
    expect(work / ((HBAR * omegaDrive * 25000) / 2)).toBeCloseTo(1, 6);
  });

  it("the scalar difference's bias can be read off S on resonance: (1 + S11)/2", () => {
    for (const omega of [10, 2e4, 3e5]) {
      const s = scattering("one-port", rates, { omega, delta: 0 }, gammaR);
      expect(scalarBias(s)).toBeCloseTo((1 + s.re) / 2, 12);
      const { saturation } = steadyState(rates, { omega, delta: 0 });
      expect(scalarBiasFromRates(gammaR * -rates.zEq, rates.gamma2, saturation)).toBeCloseTo((1 + s.re) / 2, 12);
      expect(abs2(s)).toBeLessThan(1);
    }
  });

  it("the resonance alone bounds the internal fraction at zero temperature", () => {
    const cold = ratesOf(
      [
        { gamma: 7000, n: 0 },
        { gamma: 18000, n: 0 },
      ],
      0,
    );
    const s = scattering("one-port", cold, { omega: 1, delta: 0 }, gammaR);
    expect(internalFractionBound("one-port", s.re)).toBeCloseTo(18000 / 25000, 6);
  });
});
