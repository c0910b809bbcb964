import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { HBAR } from "../../src/physics/constants.ts";
import { LAW_PARAMETERS } from "../../src/routes/power/line-problem.ts";
import { fitSweep } from "../../src/routes/power/sweep-fit.ts";
import type { SweepPoint } from "../../src/routes/power/sweep-point.ts";

/** ref06: scipy fits of the same law to the same noisy arrays, with covariance. */
const FILE = new URL("../../../shared/reference/power_sweep.json", import.meta.url);
interface ReferenceFit {
  readonly tag: string;
  readonly input: Record<string, number>;
  readonly omega_q_rad_s: number;
  readonly Delta_rad_s: readonly number[];
  readonly P_set_W: readonly number[];
  readonly S11_noisy_re: readonly (readonly number[])[];
  readonly S11_noisy_im: readonly (readonly number[])[];
  readonly sigma_per_quadrature: number;
  readonly fit: {
    readonly estimate: Record<string, number>;
    readonly stderr: Record<string, number>;
    readonly covariance: readonly (readonly number[])[];
    readonly chi2: number;
    readonly dof: number;
    readonly Gamma1_total_given_A_and_neq_1_s: number;
    readonly n_eq: number;
  };
}
const fits: readonly ReferenceFit[] = existsSync(FILE) ? JSON.parse(readFileSync(FILE, "utf8")).reference_fits : [];

/** Names in the reference, in the order of our parameters. */
const NAMES = ["Gamma_r_times_abs_zeq_1_s", "Gamma2_1_s", "k_saturation_per_W", "omega_q_offset_rad_s"] as const;
const ORDER = ["Gamma2_1_s", "Gamma_r_times_abs_zeq_1_s", "k_saturation_per_W", "omega_q_offset_rad_s"];

function pointsOf(r: ReferenceFit, conjugate = false): SweepPoint[] {
  return r.Delta_rad_s.flatMap((delta, d) =>
    r.P_set_W.map((power, p) => ({
      omega: r.omega_q_rad_s + delta,
      power,
      re: r.S11_noisy_re[d]![p]!,
      im: (conjugate ? -1 : 1) * r.S11_noisy_im[d]![p]!,
      sigma: r.sigma_per_quadrature,
      eta: 0,
    })),
  );
}

describe.skipIf(fits.length === 0)("joint sweep fit against power_sweep.json (skipped: ../shared/reference is absent)", () => {
  it.each(fits.map((f) => [f.tag, f] as const))("%s: estimates, standard errors, covariance and chi2", (_tag, r) => {
    const fit = fitSweep(pointsOf(r))!;
    expect(fit.sign).toBe(1);
    const values = LAW_PARAMETERS.map((name) => (name === "resonance" ? fit.law.resonance - r.omega_q_rad_s : fit.law[name]));
    NAMES.forEach((name, j) => {
      const stderr = r.fit.stderr[name]!;
      expect(Math.abs(values[j]! - r.fit.estimate[name]!)).toBeLessThan(1e-3 * stderr);
      expect(Math.abs(Math.sqrt(fit.covariance[j]![j]!) / stderr - 1)).toBeLessThan(1e-4);
      NAMES.forEach((other, k) => {
        const reference = r.fit.covariance[ORDER.indexOf(name)]![ORDER.indexOf(other)]!;
        expect(Math.abs(fit.covariance[j]![k]! - reference)).toBeLessThan(1e-3 * stderr * r.fit.stderr[other]!);
      });
    });
    expect(Math.abs(fit.chi2 / r.fit.chi2 - 1)).toBeLessThan(1e-8);
    expect(fit.dof).toBe(r.fit.dof);
    // k and A give Gd - Gu; over 1 - 2 n_eq the total rate.
    const slope = (fit.law.gamma2 / fit.law.amplitude) * fit.law.k;
    const rate = (4 * r.input.A_power_ratio!) / (HBAR * r.omega_q_rad_s * slope) / (1 - 2 * r.fit.n_eq);
    expect(rate / r.fit.Gamma1_total_given_A_and_neq_1_s).toBeCloseTo(1, 5);
  });

  it.each(fits.map((f) => [f.tag, f] as const))("%s: an engineering instrument's conjugate gives the same law", (_tag, r) => {
    const fit = fitSweep(pointsOf(r, true))!;
    expect(fit.sign).toBe(-1);
    expect(fit.law.gamma2 / r.fit.estimate.Gamma2_1_s!).toBeCloseTo(1, 5);
  });

  it("one frequency: 1/(1-S) is linear in P, gamma2 stays open", () => {
    const r = fits[0]!;
    const fit = fitSweep(pointsOf(r).filter((p) => p.omega === r.omega_q_rad_s + r.Delta_rad_s[20]!))!;
    expect(fit.free).toEqual(["amplitude", "k"]);
    expect(Math.abs(fit.law.k - r.fit.estimate.k_saturation_per_W!)).toBeLessThan(4 * Math.sqrt(fit.covariance[2]![2]!));
  });

  it("two to four frequencies, or points without power, give no fit rather than a bad one", () => {
    const r = fits[0]!;
    expect(fitSweep(pointsOf(r).filter((p) => p.omega <= r.omega_q_rad_s + r.Delta_rad_s[2]!))).toBeUndefined();
    expect(fitSweep([])).toBeUndefined();
  });
});
