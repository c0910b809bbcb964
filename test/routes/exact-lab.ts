import type { Estimate } from "../../src/core/estimate.ts";
import { incidentPower, scattering } from "../../src/physics/ports.ts";
import { ratesOf, steadyState } from "../../src/physics/two-level.ts";
import { type PowerDataset, type PowerInput, powerRoute } from "../../src/routes/power/power.ts";
import { type Col, dataset, facts, LABELS } from "./power-lab.ts";

/** Noise-free sweeps from the closed forms (PHYSICS.md sec. 0, held against QuTiP in test/reference): what goes in must come out. */
export const GAMMA_R = 8000;
export const OMEGA = 2 * Math.PI * 5.0123e9;
export const RATES = ratesOf(
  [
    { gamma: GAMMA_R, n: 0.01 },
    { gamma: 20000, n: 0.03 },
  ],
  10000,
);
export const SATURATIONS = [0.05, 0.2, 1, 4, 15];
export const RATIO = 1e8; // 80 dB

export function sweep(geometry: "one-port" | "two-sided" = "one-port") {
  return SATURATIONS.map((s) => {
    const drive = { omega: Math.sqrt(s * RATES.total * RATES.gamma2), delta: 0 };
    const state = steadyState(RATES, drive);
    return { source: RATIO * incidentPower(geometry, OMEGA, drive.omega, GAMMA_R), s: scattering(geometry, RATES, drive, GAMMA_R), state };
  });
}

interface Parts {
  readonly geometry?: "one-port" | "two-sided";
  readonly port?: string;
  readonly population?: (n: number) => number;
  readonly reference?: boolean;
  readonly undriven?: boolean;
}

export function datasets({
  geometry = "one-port",
  port = "11",
  population = (n) => 0.015 + 0.94 * n,
  reference = true,
  undriven = true,
}: Parts = {}): PowerDataset[] {
  const rows = sweep(geometry);
  const frequency: Col = ["frequency", "Hz", rows.map(() => OMEGA / 2 / Math.PI)];
  const list = [
    dataset("scattering", [
      ["power", "W", rows.map((r) => r.source)],
      frequency,
      ["s_re", "1", rows.map((r) => r.s.re), port],
      ["s_im", "1", rows.map((r) => r.s.im), port],
      ["sigma", "1", rows.map(() => 1e-4)],
    ]),
    dataset(
      "population",
      [["power", "W", rows.map((r) => r.source)], frequency, ["population", "1", rows.map((r) => population(r.state.population))]],
      { noise: { type: "binomial", shots: 1e6 } },
    ),
  ];
  if (reference)
    list.push(
      dataset("reference", [
        ["frequency", "Hz", [5e9]],
        ["s_re", "1", [1], port],
        ["s_im", "1", [0], port],
        ["sigma", "1", [1e-5]],
      ]),
    );
  if (undriven)
    list.push(dataset("equilibrium", [["population", "1", [population(RATES.nEq)]]], { noise: { type: "binomial", shots: 1e6 } }));
  return list;
}

export function run(list: readonly PowerDataset[], parts: Parameters<typeof facts>[0] = {}, more: Partial<PowerInput> = {}) {
  return powerRoute({ labels: LABELS, facts: facts(parts), datasets: list, ...more });
}

export function find(estimates: readonly Estimate[], quantity: string, estimator: string, condition = "combined"): Estimate {
  const found = estimates.find((e) => e.quantity === quantity && e.estimator === estimator && e.condition === condition);
  if (!found)
    throw new Error(
      `no ${quantity} ${estimator} ${condition}: ${estimates.map((e) => `${e.quantity} ${e.estimator} ${e.condition}`).join(", ")}`,
    );
  return found;
}
export const total = (list: readonly Estimate[], estimator = "complex_s") => find(list, "gamma1_total", estimator);
