import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { workFromTransmission } from "../../src/physics/absorbed-power.ts";
import { abs2, add, type Complex, times } from "../../src/physics/complex.ts";
import { HBAR } from "../../src/physics/constants.ts";
import { scalarDifferenceOfColumn, workFromColumn, workFromHanger, workFromSeparatePorts } from "../../src/physics/multiport.ts";
import { leakageFactor, leakageSpan, leakageTurn, turnedReferenceFactor, unknownPathError } from "../../src/physics/parasitic-path.ts";
import { incidentPower } from "../../src/physics/ports.ts";
import { ratesOf, steadyState, workFlux } from "../../src/physics/two-level.ts";

/** ref03 (dimensionless, QuTiP): what every estimator gives for random lossless networks, mismatch, leakage and turned references. */
const FILE = new URL("../../../shared/reference/multiport_estimators.json", import.meta.url);

interface Network {
  readonly C_column1: readonly Complex[];
  readonly S_column1: readonly Complex[];
  readonly d: readonly Complex[];
  readonly a_in: Complex;
  readonly [name: string]: number | Complex | readonly Complex[];
}
interface Hanger {
  readonly S21_over_background: Complex;
  readonly S11: Complex;
  readonly [name: string]: number | Complex;
}
interface Reference {
  readonly random_networks: readonly Network[];
  readonly mirror_symmetric_hanger: readonly Hanger[];
  readonly s21_only_mismatch: Readonly<Record<string, readonly number[]>>;
  readonly circulator_leakage: readonly Record<string, number>[];
  readonly phase_error: readonly Record<string, number>[];
}
const file: Reference = existsSync(FILE)
  ? JSON.parse(readFileSync(FILE, "utf8"))
  : { random_networks: [], mirror_symmetric_hanger: [], s21_only_mismatch: {}, circulator_leakage: [], phase_error: [] };

const RTOL = 1e-9;
const conjugate = (a: Complex): Complex => ({ re: a.re, im: -a.im });
function close(actual: number, expected: number, scale = Math.abs(expected)) {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(RTOL * scale);
}

describe.skipIf(file.random_networks.length === 0)("multiport_estimators.json (skipped: ../shared/reference is absent)", () => {
  it.each(file.random_networks.map((n, i) => [i, n] as const))("random network %i: the column's estimator is the work", (_, n) => {
    const number = (name: string) => n[name] as number;
    const flux = abs2(n.a_in);
    close(workFromColumn(flux, n.C_column1, n.S_column1), number("work_flux"));
    close(workFromColumn(flux, n.C_column1, n.S_column1), number("estimator_flux"));
    close(scalarDifferenceOfColumn(flux, n.S_column1), number("scalar_coherent_flux"), flux);
    // The qubit in it: H_drive turns with Omega = 2 |d+ C a|, all d together are Gr.
    const driving = n.d.reduce((sum, d, j) => add(sum, times(conjugate(d), times(n.C_column1[j]!, n.a_in))), { re: 0, im: 0 });
    const gammaR = n.d.reduce((sum, d) => sum + abs2(d), 0);
    const baths = [
      { gamma: gammaR, n: number("n_r") },
      { gamma: number("Gamma_nr"), n: number("n_nr") },
    ];
    const rates = ratesOf(baths, number("Gamma_phi"));
    const drive = { omega: 2 * Math.sqrt(abs2(driving)), delta: number("Delta") };
    const state = steadyState(rates, drive);
    close(state.population, number("n_e"));
    close(Math.sqrt(abs2(state.sigmaMinus)), Math.sqrt(abs2(n.sigma_minus as Complex)));
    close(workFlux(rates, drive), number("work_flux"));
  });

  it.each(file.mirror_symmetric_hanger.map((h, i) => [i, h] as const))(
    "mismatched hanger %i: the diameter-corrected estimator is the work",
    (_, h) => {
      const number = (name: string) => h[name] as number;
      const flux = number("photon_flux_in");
      close(workFromHanger(flux, h.S21_over_background, number("phi")), number("diameter_corrected"));
      close(workFromHanger(flux, h.S21_over_background, number("phi")), number("work_flux"));
      close(workFromTransmission(flux, h.S21_over_background), number("naive_2P_1_minus_Re"));
      // The same from both columns: C21 = cos phi and C11 = i sin phi, turned together by 0.3 rad (phi = 0 shows it: S11 is along -1 turned so).
      const turned = times(h.S11, { re: Math.cos(-0.3), im: Math.sin(-0.3) });
      const [c, s] = [Math.cos(number("phi")), Math.sin(number("phi"))];
      const background = [
        { re: 0, im: s },
        { re: c, im: 0 },
      ];
      const through = { re: c * h.S21_over_background.re, im: c * h.S21_over_background.im };
      close(workFromColumn(flux, background, [turned, through]), number("work_flux"));
    },
  );

  it.each(Object.entries(file.s21_only_mismatch))("S21 alone, background reflection %s: inside 1/(1 +- eps)", (eps, ratios) => {
    const [least, largest] = leakageSpan(Number(eps));
    for (const r of ratios) {
      expect(r).toBeGreaterThanOrEqual(least * (1 - 1e-9));
      expect(r).toBeLessThanOrEqual(largest * (1 + 1e-9));
    }
    const rms = Math.sqrt(ratios.reduce((sum, r) => sum + (r - 1) ** 2, 0) / ratios.length);
    // The script keeps couplings within 25 % of each other, which cuts the large mismatches off; 200 draws know their width to 5 %.
    if (ratios.length === 200) expect(Math.abs(rms / unknownPathError(20 * Math.log10(Number(eps))) - 1)).toBeLessThan(0.15);
    else expect(rms).toBeLessThan(unknownPathError(20 * Math.log10(Number(eps))));
  });

  it.each(file.circulator_leakage)("circulator of $isolation_dB dB", (c) => {
    const eps = 10 ** (-c.isolation_dB! / 20);
    const [least, largest] = leakageSpan(eps);
    close(least, c.est_over_true_min!);
    close(largest, c.est_over_true_max!);
    // The largest on the script's grid of phases.
    expect(c.phase_rotation_max_rad! / leakageTurn(eps)).toBeLessThanOrEqual(1);
    expect(c.phase_rotation_max_rad! / leakageTurn(eps)).toBeGreaterThan(1 - 2e-5);
    const phases = Array.from({ length: 360 }, (_, i) => (2 * Math.PI * i) / 360);
    const rms = Math.sqrt(phases.reduce((sum, p) => sum + (leakageFactor(eps, p) - 1) ** 2, 0) / phases.length);
    expect(Math.abs(rms / unknownPathError(c.isolation_dB!) - 1)).toBeLessThan(eps);
  });

  it.each(file.phase_error)("reference turned by $dphi_rad at S = $saturation", (c) => {
    // On resonance without dephasing 1 - S11 = 2 (Gr/G1)/(1 + S).
    const s = { re: 1 - (2 * c.Gamma_r_over_Gamma1!) / (1 + c.saturation!), im: 0 };
    close(turnedReferenceFactor(s, c.dphi_rad!), c.est_over_true!);
    close(1 + ((c.dphi_rad! ** 2 / 2) * s.re) / (1 - s.re), c.approx!);
    expect(Math.abs(turnedReferenceFactor(s, c.dphi_rad!) - c.approx!)).toBeLessThan(c.dphi_rad! ** 3 + 1e-3 * Math.abs(c.approx! - 1));
  });
});

describe("separate ports", () => {
  it("2 P sqrt(k1/k2) |S21| is the work of the drive on resonance", () => {
    const [drive, detect, omegaDrive] = [2e3, 6e4, 3e10];
    const rates = ratesOf(
      [
        { gamma: drive + detect, n: 0 },
        { gamma: 3e4, n: 0.03 },
      ],
      5e4,
    );
    for (const rabi of [1e3, 1e5, 3e6]) {
      const at = { omega: rabi, delta: 0 };
      const power = incidentPower("one-port", omegaDrive, rabi, drive);
      // a_out = sqrt(k2) s-, a_in = Omega/(2 sqrt(k1)).
      const s21 = (2 * Math.sqrt(drive * detect) * Math.sqrt(abs2(steadyState(rates, at).sigmaMinus))) / rabi;
      close(workFromSeparatePorts(power, drive, detect, s21), HBAR * omegaDrive * workFlux(rates, at));
    }
  });
});
