import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { counterRotatingError, workBeyondRwa } from "../../src/physics/beyond-rwa.ts";
import { HBAR } from "../../src/physics/constants.ts";
import { steadyState } from "../../src/physics/two-level.ts";
import { periodicBloch } from "./periodic-bloch.ts";

/** ref04: exact periodic steady states without the RWA (harmonic balance, cross-checked with QuTiP). */
const FILE = new URL("../../../shared/reference/nonrwa_driven.json", import.meta.url);
type Row = Record<string, number>;
const file: { cases: (Row & { input: Row })[]; qutip_crosscheck_dimensionless: (Row & { qutip: Row; fourier: Row })[] } = existsSync(FILE)
  ? JSON.parse(readFileSync(FILE, "utf8"))
  : { cases: [], qutip_crosscheck_dimensionless: [] };

const close = (actual: number, expected: number, rtol: number, scale = Math.abs(expected)) => {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(rtol * scale);
};

function ratesFrom(down: number, up: number, gammaPhi: number) {
  const total = down + up;
  return { down, up, total, gamma2: total / 2 + gammaPhi, nEq: up / total, zEq: -(down - up) / total };
}

describe.skipIf(file.cases.length === 0)("nonrwa_driven.json (skipped: ../shared/reference is absent)", () => {
  it("holds 35 cases", () => expect(file.cases.length).toBe(35));

  it.each(file.cases.map((c, i) => [i, c] as const))("case %i: the mean relation, and the size of what the RWA leaves out", (_, c) => {
    const i = c.input;
    const [wq, wd, rabi] = [i.omega_q_rad_s!, i.omega_d_rad_s!, i.Omega_rad_s!];
    const rates = ratesFrom(i.Gamma_down_1_s!, i.Gamma_up_1_s!, i.Gamma_phi_1_s!);
    const drive = { omega: rabi, delta: wd - wq };
    close(steadyState(rates, drive).population, c.n_e_rwa!, 1e-9);
    // Independent solution: populations and work to the reference's digits.
    const exact = periodicBloch(rates, wq, wd, rabi);
    close(exact.population, c.n_e!, 1e-9, Math.max(c.n_e!, 1e-6));
    expect(exact.tail).toBeLessThan(1e-12);
    const work = -HBAR * rabi * wd * exact.sinX;
    close(work, c.work_W!, 1e-8);
    // mean W = hbar w_q [Gd n_e - Gu (1 - n_e)] + hbar Omega G2 mean(cos sigma_x), exact for every drive.
    close(HBAR * workBeyondRwa(rates, wq, rabi, exact), work, 1e-8);
    close(HBAR * workBeyondRwa(rates, wq, rabi, { ...exact, cosX: 0 }), c.leading_W!, 1e-9);
    const term = HBAR * rabi * rates.gamma2 * exact.cosX;
    // The reference's own correction is a difference of nearly equal numbers: 1e-9 of the work where it is tiny.
    close(term, c.corr20_W! + c.corr_dephasing_W!, 1e-6, Math.max(Math.abs(term), 1e-3 * c.leading_W!));
    close(
      (rates.total / 2 / rates.gamma2) * term,
      c.corr20_over_leading! * c.leading_W!,
      1e-6,
      Math.max(Math.abs(term), 1e-3 * c.leading_W!),
    );
    // The rate from W/(hbar w_d (n_e - n_eq)) is off by this much, and the program's budget line says so.
    const error = c.work_over_hbar_wd_rate_minus1!;
    const size = counterRotatingError(rates, drive, wq);
    close(size, error, rabi <= 0.11 * wq ? 0.02 : 0.2, Math.abs(error) + 1e-11);
    // On resonance: -(Omega^2/4 + G1^2/8)/w_q^2 without dephasing.
    if (drive.delta === 0 && i.Gamma_phi_1_s === 0) close(size, -(rabi ** 2 / 4 + rates.total ** 2 / 8) / wq ** 2, 1e-12);
    // With the qubit's frequency instead of the drive's the error is first order in the detuning.
    close((1 + size) * (wd / wq) - 1, c.work_over_hbar_wq_rate_minus1!, 0.05, Math.abs(error) + 1e-9);
  });

  it.each(file.qutip_crosscheck_dimensionless.map((c, i) => [i, c] as const))(
    "mesolve %i: strong drive, to the accuracy of its integration",
    (_, c) => {
      const rates = ratesFrom(c.Gamma_1!, 0, c.Gamma_phi!);
      const exact = periodicBloch(rates, c.omega_q!, c.omega_d!, c.Omega!);
      close(exact.population, c.fourier.ne!, 1e-9);
      close(exact.population, c.qutip.ne!, 1e-6);
      close(-c.Omega! * c.omega_d! * exact.sinX, c.fourier.work!, 1e-9);
      close(-c.Omega! * c.omega_d! * exact.sinX, c.qutip.work!, 1e-5);
    },
  );
});
