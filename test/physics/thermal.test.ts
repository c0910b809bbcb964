import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { decibel, LN_PER_DB, powerRatio } from "../../src/physics/decibel.ts";
import {
  effectiveTemperature,
  effectiveTemperatureSlope,
  equilibriumPopulation,
  equilibriumSlope,
  occupationFromPopulation,
  populationFromOccupation,
  thermalOccupation,
} from "../../src/physics/thermal.ts";

/** ref08, conversions between temperature, occupation and population (independent numpy script). */
const FILE = new URL("../../../shared/reference/error_budget.json", import.meta.url);
const rows: Record<string, number>[] = existsSync(FILE) ? JSON.parse(readFileSync(FILE, "utf8")).temperature : [];

describe.skipIf(rows.length === 0)("thermal conversions against error_budget.json (skipped: ../shared/reference is absent)", () => {
  it.each(rows.map((r) => [r.frequency_Hz!, r.T_K!, r] as const))("%d Hz at %d K", (frequency, temperature, r) => {
    const omega = 2 * Math.PI * frequency;
    const relative = (x: number, y: number) => expect(Math.abs(x / y - 1)).toBeLessThan(1e-9);
    relative(thermalOccupation(omega, temperature), r.n_th!);
    relative(equilibriumPopulation(omega, temperature), r.n_eq!);
    relative(effectiveTemperature(omega, r.n_eq!), r.T_eff_from_neq_K!);
    relative(equilibriumSlope(omega, temperature), r.d_neq_dT_per_K!);
    relative((effectiveTemperatureSlope(omega, r.n_eq!) * r.n_eq!) / temperature, r.sigma_T_over_T_per_sigma_neq_over_neq!);
    relative(populationFromOccupation(r.n_th!), r.n_eq!);
    relative(occupationFromPopulation(r.n_eq!), r.n_th!);
    relative(1 / (1 - 2 * r.n_eq!), r.ratio_T1rate_to_zeroT!);
  });
});

describe("edges", () => {
  it("zero temperature has no thermal population", () => {
    expect(thermalOccupation(3e10, 0)).toBe(0);
    expect(equilibriumPopulation(3e10, 0)).toBe(0);
    expect(equilibriumSlope(3e10, 0)).toBe(0);
  });
  it("an inverted or empty population has no temperature", () => {
    for (const n of [0, -0.01, 0.5, 0.7, Number.NaN]) expect(effectiveTemperature(3e10, n)).toBeNaN();
  });
  it("decibels: 0.1, 0.5 and 1 dB are 2.3, 11.5 and 23 % (PHYSICS.md sec. 1)", () => {
    expect([0.1, 0.5, 1].map((x) => Math.round(1000 * x * LN_PER_DB) / 10)).toEqual([2.3, 11.5, 23]);
    expect(decibel(powerRatio(-72.3))).toBeCloseTo(-72.3, 12);
    expect(decibel(-1)).toBeNaN();
  });
});
