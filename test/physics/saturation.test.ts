import { describe, expect, it } from "vitest";
import { extinction, incidentPower } from "../../src/physics/ports.ts";
import { extinctionGradient, extinctionOf, type SaturationLaw, saturationAt } from "../../src/physics/saturation.ts";
import { rabiOfSaturation, ratesOf, saturationParameter } from "../../src/physics/two-level.ts";

const law: SaturationLaw = { amplitude: 5000, gamma2: 23125, k: 2e19, resonance: 3.2e10 };

describe("saturation law", () => {
  it("is the steady state of the Bloch equations in its three identifiable numbers", () => {
    const omegaDrive = 3.2e10;
    const rates = ratesOf(
      [
        { gamma: 5000, n: 0.005 },
        { gamma: 20000, n: 0.03 },
      ],
      10000,
    );
    const k = 1 / incidentPower("one-port", omegaDrive, Math.sqrt(rates.total * rates.gamma2), 5000);
    const same: SaturationLaw = { amplitude: 5000 * -rates.zEq, gamma2: rates.gamma2, k, resonance: omegaDrive };
    for (const delta of [0, 1e4, -5e4])
      for (const omega of [1e3, 3e4]) {
        const power = incidentPower("one-port", omegaDrive + delta, omega, 5000);
        const exact = extinction("one-port", rates, { omega, delta }, 5000);
        const got = extinctionOf(same, omegaDrive + delta, power);
        expect(got.re / exact.re).toBeCloseTo(1, 9);
        if (delta !== 0) expect(got.im / exact.im).toBeCloseTo(1, 9);
        const s = saturationParameter(rates, { omega, delta });
        expect(saturationAt(same, omegaDrive + delta, power) / s).toBeCloseTo(1, 9);
        expect(rabiOfSaturation(rates, s, delta) / omega).toBeCloseTo(1, 12);
      }
  });

  it("gradient agrees with finite differences", () => {
    const names = ["amplitude", "gamma2", "k", "resonance"] as const;
    const steps = { amplitude: 1e-2, gamma2: 1e-2, k: 1e13, resonance: 1 };
    for (const [omega, power] of [
      [3.2e10 + 2e4, 3e-20],
      [3.2e10 - 6e4, 2e-19],
    ] as const) {
      const g = extinctionGradient(law, omega, power);
      names.forEach((name, j) => {
        const h = steps[name];
        const up = extinctionOf({ ...law, [name]: law[name] + h }, omega, power);
        const down = extinctionOf({ ...law, [name]: law[name] - h }, omega, power);
        expect(g.re[j]! / ((up.re - down.re) / (2 * h))).toBeCloseTo(1, 4);
        expect(g.im[j]! / ((up.im - down.im) / (2 * h))).toBeCloseTo(1, 4);
      });
    }
  });
});
