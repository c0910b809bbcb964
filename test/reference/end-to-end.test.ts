import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Estimate, sigmaOf } from "../../src/core/estimate.ts";
import { chi2Tail } from "../../src/numerics/gamma-function.ts";
import { compareRoutes } from "../../src/routes/compare.ts";
import { powerRoute } from "../../src/routes/power/power.ts";
import { dataset, facts, LABELS, stated } from "../routes/power-lab.ts";

/** ref14: a synthetic cooldown (QuTiP truth) analysed by an independent scipy script; the formulas stand in its description. */
const FILE = new URL("../../../shared/reference/end_to_end.json", import.meta.url);
const cooldown = existsSync(FILE) ? JSON.parse(readFileSync(FILE, "utf8")).cooldowns[0] : undefined;
const RTOL = 1e-6;

function relative(actual: number, expected: number) {
  expect(Math.abs(actual / expected - 1)).toBeLessThan(RTOL);
}

function analyse() {
  const a = cooldown.analyst_input;
  const powers: number[] = a.P_set_dBm.map((dBm: number) => 1e-3 * 10 ** (dBm / 10));
  const frequency = powers.map(() => a.omega_d_rad_s / (2 * Math.PI));
  const datasets = [
    dataset("scattering", [
      ["power", "W", powers],
      ["frequency", "Hz", frequency],
      ["s_re", "1", a.S11_re, "11"],
      ["s_im", "1", a.S11_im, "11"],
      ["sigma", "1", a.sigma_S_per_quadrature],
    ]),
    // "background-normalised": the qubit-off line is exactly 1.
    dataset("reference", [
      ["frequency", "Hz", frequency.slice(0, 1)],
      ["s_re", "1", [1], "11"],
      ["s_im", "1", [0], "11"],
      ["sigma", "1", [0]],
    ]),
    dataset(
      "population",
      [
        ["power", "W", powers],
        ["frequency", "Hz", frequency],
        ["population", "1", a.p_drive],
      ],
      { noise: { type: "binomial", shots: a.n_shots_population } },
    ),
    dataset("equilibrium", [["population", "1", [a.p_no_drive]]], { noise: { type: "binomial", shots: a.n_shots_population } }),
  ];
  const result = powerRoute({
    labels: LABELS,
    facts: facts({
      qubit: { frequency: stated("qubits.q1.frequency", a.omega_q_rad_s / (2 * Math.PI), "Hz") },
      readout: {
        p1_given_0: stated("readout.p1_given_0", a.eps_ge, "1", 0),
        p0_given_1: stated("readout.p0_given_1", a.eps_eg, "1", a.sigma_fidelity),
        prepared: "heralded",
      },
      line: {
        name: "drive1",
        qubits: ["q1"],
        attenuation: stated("lines.drive1.attenuation", -a.A_dB, "dB", a.sigma_A_dB),
        attenuation_from: "cold-through",
        power_at: "source",
      },
    }),
    datasets,
  });
  return { result, expected: cooldown.expected };
}

describe.skipIf(cooldown === undefined)("end_to_end.json (skipped: ../shared/reference is absent)", () => {
  const find = (estimates: readonly Estimate[], quantity: string, estimator: string, condition = "combined") =>
    estimates.find((e) => e.quantity === quantity && e.estimator === estimator && e.condition === condition)!;

  it("rate, relative error and weight of every power", () => {
    const { result, expected } = analyse();
    const rows = result.estimates.filter(
      (e) => e.quantity === "gamma1_total" && e.estimator === "complex_s" && e.condition.startsWith("p_in="),
    );
    expect(rows.length).toBe(14);
    const combined = find(result.estimates, "gamma1_total", "complex_s");
    rows.forEach((row, i) => {
      relative(row.value, expected.Gamma1_power_per_point_1_s[i]);
      relative(row.sigmaStat / row.value, expected.rel_stat_per_point[i]);
      // Weight: inverse square of the relative error against that of the whole.
      relative((combined.sigmaStat / combined.value / (row.sigmaStat / row.value)) ** 2, expected.weights[i]);
    });
  });

  it("combined value with its statistical, common and total error", () => {
    const { result, expected } = analyse();
    const combined = find(result.estimates, "gamma1_total", "complex_s");
    relative(combined.value, expected.Gamma1_power_combined_1_s);
    relative(combined.sigmaStat, expected.stat_1_s);
    const line = (input: string) => combined.budget.find((l) => l.input === input)!.contribution;
    relative(Math.abs(line("undriven population")), expected.common_p0_1_s);
    relative(Math.hypot(line("attenuation of drive1"), line("p0_given_1")), expected.systematic_1_s);
    relative(sigmaOf(combined), expected.total_1_s);
    expect(combined.status).toBe("usable");
    const constancy = combined.checks.find((c) => c.code === "drive_dependent")!;
    expect(constancy.holds).toBe(true);
    relative(constancy.measured, chi2Tail(expected.chi2, expected.dof));
    expect(expected.dof).toBe(13);
  });

  it("equilibrium population and effective temperature", () => {
    const { result, expected } = analyse();
    relative(find(result.estimates, "n_eq", "measured").value, expected.n_eq_est);
    relative(find(result.estimates, "t_eff", "measured").value, expected.T_eff_est_K);
  });

  it("scalar VNA estimator of every power, doubtful with its bias", () => {
    const { result, expected } = analyse();
    const rows = result.estimates.filter((e) => e.estimator === "scalar_difference" && e.condition.startsWith("p_in="));
    for (const [i, row] of rows.entries()) relative(row.value, expected.Gamma1_naive_scalar_vna_per_point_1_s[i]);
    const combined = find(result.estimates, "gamma1_total", "scalar_difference");
    expect(combined.status).toBe("doubtful");
    const bias = combined.checks.find((c) => c.code === "scalar_bias")!;
    expect(bias.holds).toBe(false);
    expect(bias.measured).toBeGreaterThan(0.9);
    expect(bias.measured).toBeLessThan(0.98);
  });

  it("ratio to the T1 route, and the attenuation error that would explain it", () => {
    const { result, expected } = analyse();
    const decay: Estimate = {
      route: "decay",
      quantity: "gamma1_total",
      estimator: "exponential",
      condition: "combined",
      labels: LABELS,
      value: expected.Gamma1_T1_route_1_s,
      sigmaStat: expected.Gamma1_T1_route_se_1_s,
      sigmaCommon: 0,
      unit: "1/s",
      status: "usable",
      checks: [],
      budget: [{ input: "shots", contribution: expected.Gamma1_T1_route_se_1_s }],
      datasets: [],
      remark: "",
    };
    const { comparison, estimates } = compareRoutes(LABELS, decay, result.estimates);
    relative(comparison.ratio, expected.ratio_power_over_T1);
    relative(-comparison.ratioDb, expected.attenuation_correction_dB_implied_by_T1);
    relative(comparison.difference / comparison.sigmaDifference, expected.z);
    expect(comparison.verdict).toBe("agree");
    expect(find(estimates, "ratio_power_over_decay", "complex_s").value).toBe(comparison.ratio);
  });
});
