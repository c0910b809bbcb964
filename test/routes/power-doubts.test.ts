import { describe, expect, it } from "vitest";
import { failedCodes } from "../../src/core/check.ts";
import type { Estimate } from "../../src/core/estimate.ts";
import * as say from "../../src/core/messages/power.ts";
import { type PowerDataset, powerRoute } from "../../src/routes/power/power.ts";
import { HERTZ, N_EQ, populationFile, referenceFile, scatteringFiles, TOTAL, undrivenFile } from "./closed-form.ts";
import { facts, LABELS, READOUT, stated } from "./power-lab.ts";

const run = (list: readonly PowerDataset[], parts: Parameters<typeof facts>[0] = {}) =>
  powerRoute({ labels: LABELS, facts: facts(parts), datasets: list }).estimates;
function find(list: readonly Estimate[], quantity: string, estimator: string): Estimate {
  const found = list.find((e) => e.quantity === quantity && e.estimator === estimator && e.condition === "combined");
  if (!found) throw new Error(`no ${quantity} ${estimator}`);
  return found;
}
const driven = () => [...scatteringFiles(), populationFile(), referenceFile()];

describe("n_eq without an uncertainty", () => {
  const cases = {
    stated: { geometry: "reflection", equilibrium_population: stated("qubits/q1/equilibrium_population", N_EQ, "1") },
    temperature: { geometry: "reflection", frequency: stated("f", HERTZ, "Hz"), temperature: stated("qubits/q1/temperature", 0.05, "K") },
  } as const;
  for (const [source, qubit] of Object.entries(cases))
    it(`${source}: doubtful on every row that uses it, its own error empty`, () => {
      const list = run(driven(), { qubit });
      for (const [quantity, estimator] of [
        ["gamma1_total", "complex_s"],
        ["gamma1_total", "scalar_difference"],
        ["gamma1_total", "saturation_sweep"],
        ["gamma_down", "complex_s"],
        ["n_eq", source],
        ["t_eff", source],
      ] as const) {
        const e = find(list, quantity, estimator);
        expect(failedCodes(e.checks), quantity).toContain("equilibrium_no_sigma");
        expect(e.status).toBe("doubtful");
        expect(e.sigmaCommon).toBeNaN();
      }
      expect(find(list, "n_eq", source).sigmaStat).toBeNaN();
    });

  it("measured beside it: not used, no doubt", () => {
    const list = run([...driven(), undrivenFile()], { qubit: cases.stated });
    expect(failedCodes(find(list, "n_eq", "measured").checks)).not.toContain("equilibrium_no_sigma");
  });
});

describe("rows without population carry the doubts too", () => {
  it("readout errors without uncertainty: n_eq and the saturation of the sweep, which take the undriven read", () => {
    const readout = { ...READOUT, p1_given_0: stated("readout/p1_given_0", 0.01, "1") };
    const list = run([...driven(), undrivenFile()], { readout });
    for (const [quantity, estimator] of [
      ["n_eq", "measured"],
      ["gamma1_total", "saturation_sweep"],
      ["gamma1_total", "complex_s"],
    ] as const) {
      const told = find(list, quantity, estimator).checks.filter((c) => c.code === "readout_no_sigma");
      expect(told.map((c) => c.sentence)).toEqual([say.readoutNoSigma("readout/p1_given_0")]);
    }
  });

  it("a drive of two T1 is no steady state for the saturation sweep either", () => {
    const readout = { ...READOUT, drive_duration: stated("readout/drive_duration", 2 / TOTAL, "s") };
    const list = run([...driven(), undrivenFile()], { readout });
    for (const [quantity, estimator] of [
      ["gamma1_total", "complex_s"],
      ["gamma1_total", "saturation_sweep"],
      ["gamma2", "saturation_sweep"],
      ["gamma_r", "saturation_sweep"],
    ] as const) {
      const e = find(list, quantity, estimator);
      expect(failedCodes(e.checks), estimator).toContain("steady_state");
      expect(e.status).toBe("doubtful");
    }
    const codes = (estimator: string) => find(list, "gamma1_total", estimator).checks.map((c) => c.code);
    for (const code of ["rwa", "markov", "steady_state", "passivity"]) {
      expect(codes("complex_s")).toContain(code);
      expect(codes("saturation_sweep")).toContain(code);
    }
  });
});

describe("power stated at the device", () => {
  const at = (kinds: readonly string[]) =>
    [...driven(), undrivenFile()].map((d) =>
      kinds.includes(d.dataset.kind) ? { ...d, entry: { match: "*", place: "", power_at: "device" as const } } : d,
    );

  it("crosses no line: no attenuation in the budget, its own error unknown", () => {
    const list = run(at(["scattering", "population"]));
    for (const estimator of ["complex_s", "saturation_sweep"]) {
      const e = find(list, "gamma1_total", estimator);
      expect(e.budget.filter((l) => l.input.startsWith("attenuation"))).toEqual([]);
      expect(failedCodes(e.checks)).toContain("attenuation_no_sigma");
      expect(e.sigmaCommon).toBeNaN();
    }
  });

  it("for the scattering alone: the same number at two places is not one power", () => {
    const list = run(at(["scattering"]));
    for (const estimator of ["complex_s", "scalar_difference"]) {
      const e = find(list, "gamma1_total", estimator);
      expect(e.value).toBeNaN();
      expect(e.status).toBe("refused");
      expect(e.remark).toBe(say.mixedPowerAt());
    }
    expect(find(list, "gamma1_total", "saturation_sweep").budget.filter((l) => l.input.startsWith("attenuation"))).toEqual([]);
  });
});
