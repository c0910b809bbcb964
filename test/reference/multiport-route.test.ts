import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { HBAR } from "../../src/physics/constants.ts";
import { powerRoute } from "../../src/routes/power/power.ts";
import { dataset, facts, LABELS, stated } from "../routes/power-lab.ts";

/** ref03, `random_networks`: one to three ports (one: estimator 1), drive in port 1, one drive and detuning each, in units of one rate; here that rate is 10^5 1/s at 5 GHz. */
const FILE = new URL("../../../shared/reference/multiport_estimators.json", import.meta.url);
interface Complex {
  readonly re: number;
  readonly im: number;
}
interface Network {
  readonly C_column1: readonly Complex[];
  readonly S_column1: readonly Complex[];
  readonly d: readonly Complex[];
  readonly a_in: Complex;
  readonly Gamma_nr: number;
  readonly n_r: number;
  readonly n_nr: number;
  readonly Delta: number;
  readonly n_e: number;
  readonly scalar_coherent_flux: number;
}
const networks: readonly Network[] = existsSync(FILE) ? JSON.parse(readFileSync(FILE, "utf8")).random_networks : [];
const RATE = 1e5;
const OMEGA = 2 * Math.PI * 5e9;

describe.skipIf(networks.length === 0)("multiport_estimators.json through the power route (skipped: ../shared/reference is absent)", () => {
  const several = networks.filter((n) => n.C_column1.length > 1);
  it.each(several.map((n, i) => [i, n] as const))("random network %i", (_i, n) => {
    const gr = n.d.reduce((s, x) => s + x.re ** 2 + x.im ** 2, 0);
    const total = gr * (1 + 2 * n.n_r) + n.Gamma_nr * (1 + 2 * n.n_nr);
    const nEq = (gr * n.n_r + n.Gamma_nr * n.n_nr) / total;
    const driven = OMEGA + n.Delta * RATE;
    const power = HBAR * driven * RATE * (n.a_in.re ** 2 + n.a_in.im ** 2);
    const column = (values: readonly Complex[]) =>
      values.flatMap((s, j) => [["s_re", "1", [s.re], `${j + 1}1`] as const, ["s_im", "1", [s.im], `${j + 1}1`] as const]);
    const rest = [["frequency", "Hz", [driven / 2 / Math.PI]] as const, ["sigma", "1", [1e-8]] as const];
    const { estimates } = powerRoute({
      labels: LABELS,
      datasets: [
        dataset("scattering", [...rest, ...column(n.S_column1)], { power }),
        dataset("reference", [...rest, ...column(n.C_column1)], { entry: { off: "detuned" } }),
        dataset("population", [
          ["power", "W", [power]],
          ["frequency", "Hz", [driven / 2 / Math.PI]],
          ["population", "1", [0.015 + 0.94 * n.n_e]],
          ["sigma", "1", [1e-7]],
        ]),
      ],
      facts: facts({
        qubit: {
          geometry: "multiport",
          frequency: stated("qubits.q1.frequency", 5e9, "Hz"),
          equilibrium_population: stated("qubits.q1.equilibrium_population", nEq, "1", 1e-9),
        },
        line: { name: "drive1", qubits: ["q1"], attenuation_from: "cold-through", power_at: "device" },
      }),
    });
    const of = (estimator: string) =>
      estimates.find((e) => e.quantity === "gamma1_total" && e.estimator === estimator && e.condition === "combined")!;
    expect(of("complex_s").value / (RATE * total) - 1).toBeCloseTo(0, 7);
    const scalar = n.scalar_coherent_flux / (n.n_e - nEq);
    expect(of("scalar_difference").value / (RATE * scalar) - 1).toBeCloseTo(0, 7);
  });
});
