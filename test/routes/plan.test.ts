import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sigmaOf } from "../../src/core/estimate.ts";
import { random } from "../../src/core/random.ts";
import { scattering } from "../../src/physics/ports.ts";
import { readValue } from "../../src/physics/readout.ts";
import { ratesOf, steadyState } from "../../src/physics/two-level.ts";
import type { Expected, PlanRequest } from "../../src/routes/plan/expected.ts";
import { errorAfter, type Plan, planPower } from "../../src/routes/plan/plan.ts";
import { MEASUREMENTS, type Times } from "../../src/routes/plan/prediction.ts";
import { powerRoute } from "../../src/routes/power/power.ts";
import { dataset, facts, LABELS, LINE, stated } from "./power-lab.ts";

const REFERENCE = new URL("../../../shared/reference/error_budget.json", import.meta.url);
const given = (value: number): Expected => ({ value, from: "given" });

function request(
  gamma1: number,
  gamma2: number,
  gammaR: number,
  parts: Partial<{ nEq: number; noise: number; sigmaDb: number }> = {},
): PlanRequest {
  const { nEq = 0, noise = 20, sigmaDb = 0.5 } = parts;
  return {
    labels: LABELS,
    facts: facts({
      qubit: { frequency: stated("qubits.q1.frequency", 5e9, "Hz") },
      line: { ...LINE, attenuation: stated("lines.drive1.attenuation", 80, "dB", sigmaDb) },
    }),
    qubit: { gamma1Total: given(gamma1), gamma2: given(gamma2), gammaR: given(gammaR), nEq: given(nEq) },
    setting: { noisePhotons: given(noise), shotPeriod: given(2e-4) },
  };
}

function planned(r: PlanRequest, seconds = 3600): Plan {
  const plan = planPower(r, seconds);
  if ("refused" in plan) throw new Error(plan.refused);
  return plan;
}

describe.skipIf(!existsSync(REFERENCE))("time against error by white noise in S (error_budget.json, measurement_time)", () => {
  const { measurement_time: rows } = JSON.parse(existsSync(REFERENCE) ? readFileSync(REFERENCE, "utf8") : '{"measurement_time":[]}') as {
    measurement_time: Record<string, number>[];
  };
  it.each(rows)("Gr $Gamma_r, G1 $Gamma1, $n_sys_photons photons", (row) => {
    const { drives } = planned(request(row.Gamma1!, row.Gamma1! / 2 + row.Gamma_phi!, row.Gamma_r!, { noise: row.n_sys_photons! }));
    const at = drives.find((d) => Math.abs(d.saturation - row.optimal_saturation!) < 1e-9)!;
    expect(at.noise.scattering).toBeCloseTo(row.rel_times_sqrt_tau!, 6);
    expect(10 * Math.log10(at.pDevice / 1e-3)).toBeCloseTo(row.P_in_dBm_at_S1!, 6);
    // White noise in S alone is least at S = 1.
    for (const d of drives) expect(d.noise.scattering).toBeGreaterThanOrEqual(at.noise.scattering);
  });
});

describe("the plan of a power route", () => {
  it("moves away from S = 1 where other noise takes part", () => {
    const quiet = planned(request(2e4, 1.2e4, 1e4, { sigmaDb: 0.01, noise: 0.5, nEq: 0.02 }));
    // Hardly any noise of S: counts decide, and they want the population saturated.
    expect(quiet.best.saturation).toBeGreaterThan(1.5);
    const overCoupled = planned(request(2e4, 1e4, 2e4, { sigmaDb: 0.01, noise: 500 }));
    expect(overCoupled.best.saturation).toBeLessThan(1.5);
  });

  it("is dominated by the attenuation where that is poorly known, and says what would be left without it", () => {
    const plan = planned(request(2e4, 1.2e4, 1e4, { sigmaDb: 1.5 }));
    const [first] = plan.budget;
    expect(first!.input).toContain("attenuation");
    expect(first!.relative).toBeCloseTo(0.2302585 * 1.5, 6);
    expect(errorAfter(plan.best, plan.seconds)).toBeCloseTo(Math.hypot(first!.relative, first!.without), 4);
    expect(first!.without).toBeLessThan(0.02);
  });

  it("names inputs without an error instead of taking them as exact", () => {
    const plan = planned(request(2e4, 1.2e4, 1e4, { sigmaDb: Number.NaN }));
    expect(plan.unknown.join()).toContain("attenuation");
    expect(plan.checks.map((c) => c.code)).toContain("attenuation_no_sigma");
  });

  it("gives the route's own sentence where the lab file does not allow a rate", () => {
    const r = request(2e4, 1.2e4, 1e4);
    const { p1_given_0: _, ...readout } = r.facts.readout;
    const plan = planPower({ ...r, facts: { ...r.facts, readout } }, 3600);
    expect("refused" in plan && plan.refused).toMatch(/p1_given_0/);
  });

  it("expects the scatter that simulated measurements have (400 seeds, 15 % = 4 s.d.)", () => {
    const r = request(2e4, 1.4e4, 8e3, { nEq: 0.02, sigmaDb: 1e-6 });
    const seconds = 60;
    const plan = planned(r, seconds);
    const times = Object.fromEntries(MEASUREMENTS.map((m) => [m, plan.shares[m] * seconds])) as unknown as Times;
    const logs = Array.from({ length: 400 }, (_, seed) => Math.log(measure(r, plan, times, seed + 1)));
    const mean = logs.reduce((a, b) => a + b, 0) / logs.length;
    const scatter = Math.sqrt(logs.reduce((a, b) => a + (b - mean) ** 2, 0) / (logs.length - 1));
    const noise = MEASUREMENTS.reduce((sum, m) => sum + plan.best.noise[m], 0) / Math.sqrt(seconds);
    expect(scatter / noise).toBeGreaterThan(0.85);
    expect(scatter / noise).toBeLessThan(1.15);
  });
});

/** One measurement at the plan's drive, with its noise drawn. @returns Gamma1_total, 1/s */
function measure(r: PlanRequest, plan: Plan, times: Times, seed: number): number {
  const draw = random(seed);
  const { gamma1Total, gamma2, gammaR, nEq } = r.qubit;
  const z = 1 - 2 * nEq.value;
  const rates = ratesOf([{ gamma: gamma1Total.value * z, n: nEq.value / z }], gamma2.value - gamma1Total.value / 2);
  const { pSource, pDevice, saturation } = plan.best;
  const drive = { omega: Math.sqrt(saturation * rates.total * rates.gamma2), delta: 0 };
  const flux = pDevice / (1.054571817e-34 * 2 * Math.PI * 5e9);
  const wave = (kind: "scattering" | "reference", re: number, im: number, seconds: number) => {
    const sigma = Math.sqrt(20 / (2 * flux * seconds));
    return dataset(kind, [
      ["frequency", "Hz", [5e9]],
      ["s_re", "1", [re + sigma * draw.normal()], "11"],
      ["s_im", "1", [im + sigma * draw.normal()], "11"],
      ["sigma", "1", [sigma]],
      ["power", "W", [pSource]],
    ]);
  };
  const readout = { oneGivenZero: 0.015, zeroGivenOne: 0.045 };
  const counted = (n: number, seconds: number) => {
    const shots = Math.round(seconds / 2e-4);
    return { read: draw.binomial(shots, readValue(readout, n)) / shots, noise: { type: "binomial", shots } as const };
  };
  const s = scattering("one-port", rates, drive, gammaR.value);
  const driven = counted(steadyState(rates, drive).population, times.population);
  const rest = counted(rates.nEq, times.equilibrium);
  const { estimates } = powerRoute({
    labels: LABELS,
    facts: r.facts,
    datasets: [
      wave("scattering", s.re, s.im, times.scattering),
      wave("reference", 1, 0, times.reference),
      dataset(
        "population",
        [
          ["population", "1", [driven.read]],
          ["power", "W", [pSource]],
          ["frequency", "Hz", [5e9]],
        ],
        { noise: driven.noise },
      ),
      dataset("equilibrium", [["population", "1", [rest.read]]], { noise: rest.noise }),
    ],
  });
  const found = estimates.find((e) => e.quantity === "gamma1_total" && e.estimator === "complex_s" && e.condition === "combined")!;
  expect(sigmaOf(found)).toBeGreaterThan(0);
  return found.value;
}
