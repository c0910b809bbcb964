import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  rateFromPower,
  scalarBias,
  scalarBiasFromRates,
  scalarDifference,
  scalarDifferenceTwoSided,
  totalPowerDifference,
  workFromReflection,
  workFromTransmission,
  workFromTwoSidedReflection,
} from "../../src/physics/absorbed-power.ts";
import { abs2, type Complex } from "../../src/physics/complex.ts";
import { HBAR } from "../../src/physics/constants.ts";
import { incidentPower, type PortGeometry, rabiRate, scattering, workOfDrive } from "../../src/physics/ports.ts";
import { fluxInto } from "../../src/physics/two-baths.ts";
import { ratesOf, steadyState, workFlux } from "../../src/physics/two-level.ts";

/** ref01: QuTiP 4.7.1 Liouvillians, no closed formula used. Tolerances are those of reference/README.md. */
const FILE = new URL("../../../shared/reference/tls_steady_grid.json", import.meta.url);

interface Case {
  readonly input: Record<string, number>;
  readonly rates: Record<string, number>;
  readonly state: { readonly n_e: number; readonly sigma_minus: Complex; readonly liouvillian_residual: number };
  readonly one_port: Record<string, number> & { readonly S11: Complex };
  readonly two_sided: Record<string, number> & { readonly S11: Complex; readonly S21: Complex };
}
const cases: readonly Case[] = existsSync(FILE) ? JSON.parse(readFileSync(FILE, "utf8")).cases : [];

/** Ratios of small differences lose digits in the reference itself at Omega = 0.01 Gamma. */
function tolerance(c: Case): number {
  return c.input.Omega_rad_s! <= 0.011 * c.rates.Gamma1_total_1_s! ? 1e-7 : 1e-9;
}

/** Relative agreement; `scale` is what a number near zero is small against. */
function close(actual: number, expected: number, rtol: number, scale = Math.abs(expected)) {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(rtol * scale);
}

function fromInput(c: Case) {
  const i = c.input;
  const gammaR = i.Gamma_r_1_s!;
  const rates = ratesOf(
    [
      { gamma: gammaR, n: i.n_r! },
      { gamma: i.Gamma_nr_1_s!, n: i.n_nr! },
    ],
    i.Gamma_phi_1_s!,
  );
  return { rates, gammaR, drive: { omega: i.Omega_rad_s!, delta: i.Delta_rad_s! }, omegaDrive: i.omega_d_rad_s! };
}

describe.skipIf(cases.length === 0)("tls_steady_grid.json (skipped: ../shared/reference is absent)", () => {
  it("holds 106 cases", () => expect(cases.length).toBe(106));

  it.each(cases.map((c, n) => [n, c] as const))("case %i: closed forms give state, scattering and work", (_n, c) => {
    const { rates, gammaR, drive, omegaDrive } = fromInput(c);
    const rtol = tolerance(c);
    close(rates.down, c.rates.Gamma_down_1_s!, 1e-12);
    close(rates.total, c.rates.Gamma1_total_1_s!, 1e-12);
    close(rates.gamma2, c.rates.Gamma2_1_s!, 1e-12);
    close(rates.nEq, c.rates.n_eq!, 1e-12);
    const state = steadyState(rates, drive);
    close(state.population, c.state.n_e, rtol);
    const s = Math.sqrt(abs2(c.state.sigma_minus));
    close(state.sigmaMinus.re, c.state.sigma_minus.re, rtol, s);
    close(state.sigmaMinus.im, c.state.sigma_minus.im, rtol, s);
    const both: [PortGeometry, Complex, number][] = [
      ["one-port", c.one_port.S11, c.one_port.P_in_W!],
      ["two-sided", c.two_sided.S21, c.two_sided.P_in_W!],
    ];
    for (const [geometry, reference, power] of both) {
      close(incidentPower(geometry, omegaDrive, drive.omega, gammaR), power, rtol);
      close(rabiRate(geometry, omegaDrive, power, gammaR), drive.omega, rtol);
      const scatter = scattering(geometry, rates, drive, gammaR);
      close(scatter.re, reference.re, 1e-9, 1);
      close(scatter.im, reference.im, 1e-9, 1);
      close(workOfDrive(geometry, omegaDrive, rates, drive, gammaR), c.one_port.R_total_work_W!, rtol);
    }
    close(HBAR * omegaDrive * workFlux(rates, drive), c.one_port.R_total_work_W!, rtol);
  });

  it.each(cases.map((c, n) => [n, c] as const))("case %i: estimators applied to S and P_in give R_est and the rate back", (_n, c) => {
    const omegaDrive = c.input.omega_d_rad_s!;
    const { S11, P_in_W } = c.one_port;
    const power = P_in_W!;
    const rtol = tolerance(c);
    // 1 - Re S is a difference of numbers near 1: its digits, not the formula's, set the scale.
    const scale = (expected: number) => Math.max(Math.abs(expected), 1e-6 * power);
    const work = workFromReflection(power, S11);
    close(work, c.one_port.R_est_complexS_W!, 1e-9, scale(c.one_port.R_est_complexS_W!));
    const vna = scalarDifference(power, abs2(S11));
    close(vna, c.one_port.R_est_vna_scalar_W!, 1e-9, scale(c.one_port.R_est_vna_scalar_W!));
    close(scalarBias(S11), c.one_port.vna_over_work!, 1e-7, Math.max(1e-2, Math.abs(c.one_port.vna_over_work!)));
    const excess = steadyState(fromInput(c).rates, fromInput(c).drive).excess;
    close(rateFromPower(work, omegaDrive, excess), c.rates.Gamma1_total_1_s!, rtol);
    close(rateFromPower(work, omegaDrive, excess), c.one_port.Gamma1_total_from_work_1_s!, rtol);
    close(rateFromPower(vna, omegaDrive, excess), c.one_port.Gamma1_total_from_vna_scalar_1_s!, rtol, c.rates.Gamma1_total_1_s!);
    const two = c.two_sided;
    const p2 = two.P_in_W!;
    close(workFromTransmission(p2, two.S21), two.R_est_from_S21_W!, rtol);
    close(workFromTwoSidedReflection(p2, two.S11), two.R_est_from_S11_W!, rtol);
    close(scalarDifferenceTwoSided(p2, abs2(two.S21), abs2(two.S11)), two.R_est_vna_scalar_W!, rtol, work);
    close(scalarDifference(p2, abs2(two.S21)), two.R_est_transmission_only_scalar_W!, rtol, work);
  });

  it.each(cases.map((c, n) => [n, c] as const))(
    "case %i: what leaves by the line and what stays, and the wrong ways to a rate",
    (_n, c) => {
      const { rates, gammaR, drive, omegaDrive } = fromInput(c);
      const r = c.one_port;
      const rtol = tolerance(c);
      const state = steadyState(rates, drive);
      const photon = HBAR * omegaDrive;
      const work = photon * workFlux(rates, drive);
      const line = { gamma: gammaR, n: c.input.n_r! };
      const rest = { gamma: c.input.Gamma_nr_1_s!, n: c.input.n_nr! };
      const power = incidentPower("one-port", omegaDrive, drive.omega, gammaR);
      const into = photon * fluxInto(line, state.population);
      const internal = photon * fluxInto(rest, state.population);
      // Heat that flows between baths at rest is large against a weak drive's work: its digits set the scale.
      const scale = photon * (rates.down * state.population + rates.up);
      close(into, r.R_into_line_W!, 1e-9, scale);
      close(internal, r.R_internal_W!, 1e-9, scale);
      close(into + internal, work, 1e-9, scale);
      if (Number.isFinite(r.f_internal)) close(internal / (into + internal), r.f_internal!, rtol, Math.max(1, scale / work));
      const coherent = power * abs2(scattering("one-port", rates, drive, gammaR));
      close(coherent, r.P_out_coherent_W!, 1e-9, power);
      const incoherent = into - photon * gammaR * abs2(state.sigmaMinus);
      close(incoherent, r.P_out_incoherent_excess_W!, 1e-9, scale);
      close(coherent + incoherent, r.P_out_total_excess_W!, 1e-9, power + scale);
      // A power meter finds the non-radiative part: P_in - P_out from on over off, the line's background subtracted.
      close(totalPowerDifference(power, r.P_out_total_excess_W!, power), r.R_internal_W!, 1e-9, power + scale);
      expect(Math.abs(r.drive_energy_balance_residual!)).toBeLessThan(1e-9);
      expect(c.state.liouvillian_residual).toBeLessThan(1e-9 * rates.total);
      close(scalarBiasFromRates(-gammaR * rates.zEq, rates.gamma2, state.saturation), r.vna_over_work!, 1e-7, 1);
      const wrongFrequency = rateFromPower(work, c.input.omega_q_rad_s!, state.excess);
      close(wrongFrequency, r.Gamma1_total_from_work_using_hbar_omega_q_1_s!, rtol);
      close(rateFromPower(work, omegaDrive, state.population), r.Gamma1_if_thermal_ignored_1_s!, rtol);
      close(1 / rates.total, c.rates.T1_s!, 1e-12);
      close(rates.up, c.rates.Gamma_up_1_s!, 1e-12);
    },
  );
});
