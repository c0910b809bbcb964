import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { HBAR } from "../../src/physics/constants.ts";
import { effectiveTemperature, thermalOccupation } from "../../src/physics/thermal.ts";
import { fluxInto, heatCurrent } from "../../src/physics/two-baths.ts";
import { ratesOf } from "../../src/physics/two-level.ts";

/** ref15: QuTiP steady state of an undriven qubit between two baths. */
const FILE = new URL("../../../shared/reference/thermal_two_bath.json", import.meta.url);
const cases: Record<string, number>[] = existsSync(FILE) ? JSON.parse(readFileSync(FILE, "utf8")).cases : [];

describe.skipIf(cases.length === 0)("thermal_two_bath.json (skipped: ../shared/reference is absent)", () => {
  it("holds 4 cases", () => expect(cases.length).toBe(4));

  it.each(cases.map((c, n) => [n, c] as const))("case %i: population, currents, temperatures", (_, c) => {
    const relative = (actual: number, expected: number) =>
      expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 * Math.abs(expected));
    const omega = 2 * Math.PI * c.frequency_Hz!;
    const cold = { gamma: c.Gamma_c!, n: c.n_c! };
    const hot = { gamma: c.Gamma_h!, n: c.n_h! };
    const rates = ratesOf([cold, hot], 0);
    relative(rates.nEq, c.n_e!);
    relative(rates.down, c.Gamma_down!);
    relative(rates.up, c.Gamma_up!);
    relative(effectiveTemperature(omega, rates.nEq), c.T_eff_K!);
    if (c.T_c_K! > 0) relative(thermalOccupation(omega, c.T_c_K!), c.n_c!);
    relative(thermalOccupation(omega, c.T_h_K!), c.n_h!);
    // A current of nothing is small against what a bath takes from the excited state.
    const scale = HBAR * omega * c.Gamma_c! * c.n_e!;
    const into = HBAR * omega * fluxInto(cold, c.n_e!);
    expect(Math.abs(into - c.J_into_cold_W!)).toBeLessThanOrEqual(1e-9 * scale);
    expect(Math.abs(heatCurrent(omega, cold, hot) - c.J_into_cold_W!)).toBeLessThanOrEqual(1e-9 * scale);
    expect(Math.abs(HBAR * omega * fluxInto(hot, c.n_e!) - c.J_into_hot_W!)).toBeLessThanOrEqual(1e-9 * scale);
    expect(Math.abs(into + HBAR * omega * fluxInto(hot, c.n_e!) - c.R_total_internal_W!)).toBeLessThanOrEqual(1e-12 * scale);
  });
});
