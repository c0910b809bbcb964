import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { fitJoint, type JointNumbers } from "../../src/fit/joint/joint-fit.ts";
import type { JointBlock, JointParameter } from "../../src/fit/joint/joint-problem.ts";
import { measuredBlock } from "../../src/fit/joint/mapped-block.ts";
import { ofQubit, QUBIT_NAMES, type QubitModel, type SaturationQuantity } from "../../src/fit/joint/saturation.ts";
import {
  type LossPoint,
  lossBlock,
  type PopulationPoint,
  populationBlock,
  type ScatteringPoint,
  SWEEP_NAMES,
  scatteringBlock,
} from "../../src/fit/joint/saturation-blocks.ts";
import { finiteDifferences } from "../../src/numerics/finite-differences.ts";
import { rabiRate, scattering } from "../../src/physics/ports.ts";
import { ratesOf, steadyState } from "../../src/physics/two-level.ts";

const FILE = new URL("../../../shared/reference/power_sweep.json", import.meta.url);
const reference = existsSync(FILE) ? JSON.parse(readFileSync(FILE, "utf8")) : { reference_fits: [], identifiability: [] };

interface ReferenceFit {
  readonly tag: string;
  readonly omega_q_rad_s: number;
  readonly Delta_rad_s: readonly number[];
  readonly P_set_W: readonly number[];
  readonly S11_noisy_re: readonly (readonly number[])[];
  readonly S11_noisy_im: readonly (readonly number[])[];
  readonly sigma_per_quadrature: number;
  readonly input: { readonly A_power_ratio: number };
  readonly fit: {
    readonly parameters: readonly string[];
    readonly estimate: Readonly<Record<string, number>>;
    readonly stderr: Readonly<Record<string, number>>;
    readonly covariance: readonly (readonly number[])[];
    readonly chi2: number;
    readonly dof: number;
    readonly Gamma1_total_given_A_and_neq_1_s: number;
    readonly n_eq: number;
  };
}
const fits: readonly ReferenceFit[] = reference.reference_fits;

/** One block per power. */
const sweepOf = (r: ReferenceFit): JointBlock[] =>
  r.P_set_W.map((power, p) => {
    const points = r.Delta_rad_s.map(
      (delta, d): ScatteringPoint => ({
        omega: r.omega_q_rad_s + delta,
        power,
        re: r.S11_noisy_re[d]![p]!,
        im: r.S11_noisy_im[d]![p]!,
        sigma: r.sigma_per_quadrature,
      }),
    );
    return scatteringBlock(`${power} W`, points, r.omega_q_rad_s);
  });

function numbers(parameters: readonly JointParameter[], blocks: readonly JointBlock[]): JointNumbers {
  const fit = fitJoint({ parameters, blocks });
  if (fit.state !== "converged") expect.fail(fit.sentence);
  return fit;
}
const rate = (name: string, start: number): JointParameter => ({ name, unit: "1/s", start, lower: 0 });
const NOISELESS: JointParameter = { name: "variance", unit: "1", start: 0, fixed: true };
/** Populations themselves: a perfect readout at the end of the drive. */
const PERFECT = { constant: 0, terms: [] };
const modelOf = (geometry: QubitModel["geometry"], reference: number): QubitModel => ({
  geometry,
  reference,
  sums: { p1_given_0: PERFECT, p0_given_1: PERFECT, gap: PERFECT },
});

describe.skipIf(fits.length === 0)(
  "all powers of a sweep in one fit against power_sweep.json (skipped: ../shared/reference is absent)",
  () => {
    const NAMES = ["Gamma_r_times_abs_zeq_1_s", "Gamma2_1_s", "k_saturation_per_W", "omega_q_offset_rad_s"] as const;
    it.each(fits.map((f) => [f.tag, f] as const))("%s: estimates, standard errors, covariance and chi2", (_tag, r) => {
      const { estimate, stderr, covariance, chi2, dof, parameters: order } = r.fit;
      const away = (name: (typeof NAMES)[number]) => 0.7 * estimate[name]!;
      const fit = numbers(
        [
          rate("amplitude", away(NAMES[0])),
          rate("gamma2", away(NAMES[1])),
          { name: "k", unit: "1", start: away(NAMES[2]), lower: 0 },
          { name: "offset", unit: "1/s", start: 0 },
          NOISELESS,
        ],
        sweepOf(r),
      );
      const { matrix } = fit.covariance(SWEEP_NAMES.slice(0, 4));
      NAMES.forEach((name, j) => {
        const { value, sigma, shared } = fit.parameter(SWEEP_NAMES[j]!);
        expect(shared).toBe(true);
        expect(Math.abs(value - estimate[name]!)).toBeLessThan(1e-3 * stderr[name]!);
        expect(Math.abs(sigma / stderr[name]! - 1)).toBeLessThan(1e-4);
        NAMES.forEach((other, k) => {
          const expected = covariance[order.indexOf(name)]![order.indexOf(other)]!;
          expect(Math.abs(matrix[j]![k]! - expected)).toBeLessThan(1e-3 * stderr[name]! * stderr[other]!);
        });
      });
      expect(fit.dof).toBe(dof);
      expect(fit.chi2 / chi2).toBeCloseTo(1, 6);
      expect(fit.blocks.reduce((s, b) => s + b.chi2, 0)).toBeCloseTo(fit.chi2, 9);
    });
    it.each(fits.map((f) => [f.tag, f] as const))(
      "%s: in the qubit's own parameters, attenuation and n_eq known, the same G1tot",
      (_tag, r) => {
        const known = r.fit.n_eq;
        const fit = numbers(
          [
            rate("gamma_r", 0.8 * r.fit.estimate[NAMES[0]]!),
            rate("gamma_nr", r.fit.estimate[NAMES[1]]!),
            rate("gamma_phi", 0.5 * r.fit.estimate[NAMES[1]]!),
            { name: "ln_attenuation", unit: "1", start: Math.log(r.input.A_power_ratio), fixed: true },
            // Both baths at the same population: n_eq = n/(1+2n).
            { name: "n_r", unit: "1", start: known / (1 - 2 * known), fixed: true },
            { name: "n_nr", unit: "1", start: known / (1 - 2 * known), fixed: true },
            { name: "offset", unit: "1/s", start: 0 },
            NOISELESS,
          ],
          ofQubit(sweepOf(r), modelOf("one-port", r.omega_q_rad_s)),
        );
        const n = fit.parameter("n_r").value;
        const total = fit.combination({ gamma_r: 1 + 2 * n, gamma_nr: 1 + 2 * n });
        // 4 A Gr/(hbar w k G2) with Gr = (Gr|z|)/(1 - 2 n_eq).
        expect(Math.abs(total.value - r.fit.Gamma1_total_given_A_and_neq_1_s)).toBeLessThan(1e-3 * total.sigma);
      },
    );
  },
);

/** A qubit in front of a line, at rates like those of the reference `cold`; exact data of every kind. */
const RATIO = 0.8912509381337456;
const TRUTH = { gamma_r: 314159.2653589793, gamma_nr: 188495.5592153876, gamma_phi: 125663.70614359173, ln_attenuation: Math.log(RATIO) };
const OMEGA = 31415926535.89793;
const POWERS = [5.6e-21, 1.8e-20, 5.6e-20, 1.8e-19, 5.6e-19, 1.8e-18, 5.6e-18, 1.8e-17, 5.6e-17];

function dataOf(nr: number, nnr: number, noise: () => number) {
  const baths = [
    { gamma: TRUTH.gamma_r, n: nr },
    { gamma: TRUTH.gamma_nr, n: nnr },
  ];
  const rates = ratesOf(baths, TRUTH.gamma_phi);
  const s: ScatteringPoint[] = [];
  const n: PopulationPoint[] = [];
  const loss: LossPoint[] = [];
  for (const power of POWERS)
    for (let d = -10; d <= 10; d++) {
      const delta = 0.5 * d * rates.gamma2;
      const omega = OMEGA + delta;
      const drive = { omega: rabiRate("one-port", omega, RATIO * power, TRUTH.gamma_r), delta };
      const { re, im } = scattering("one-port", rates, drive, TRUTH.gamma_r);
      s.push({ omega, power, re: re + 1e-3 * noise(), im: im + 1e-3 * noise(), sigma: 1e-3 });
      n.push({ omega, power, read: steadyState(rates, drive).population + 1e-2 * noise(), sigma: 1e-2, shots: Number.NaN });
      const flux = (RATIO * power) / (1.054571817e-34 * omega);
      const lost = TRUTH.gamma_nr * ((1 + 2 * nnr) * steadyState(rates, drive).population - nnr);
      loss.push({ omega, power, loss: lost / flux + 1e-3 * noise(), sigma: 1e-3 });
    }
  const stated = (quantity: SaturationQuantity, value: number, relative: number, absolute = 0) =>
    measuredBlock(quantity, quantity, value * (1 + relative * noise()) + absolute * noise(), value * relative + absolute);
  const blocks: Readonly<Record<string, JointBlock>> = {
    S11: scatteringBlock("S11", s, OMEGA),
    ne: populationBlock("n_e", n, OMEGA),
    Ptot: lossBlock("total power", loss, OMEGA),
    T1: stated("gamma1_total", rates.total, 0.01),
    A: stated("ln_attenuation", TRUTH.ln_attenuation, 0, 0.05),
    // 1 % of Omega is 2 % of its square.
    Omega: stated("rabi2", (4 * RATIO * TRUTH.gamma_r) / (1.054571817e-34 * OMEGA), 0.02),
    neq: stated("n_eq", rates.nEq, 0, 2e-3),
  };
  return { rates, blocks };
}

function fitKinds(kinds: readonly string[], nr: number, nnr: number, thermal: boolean, noise: () => number = () => 0) {
  const { rates, blocks } = dataOf(nr, nnr, noise);
  const starts: Readonly<Record<string, number>> = { ...TRUTH, n_r: nr, n_nr: nnr, offset: 0, variance: 0 };
  const fit = numbers(
    QUBIT_NAMES.map((name) => ({
      name,
      unit: name.startsWith("gamma") || name === "offset" ? "1/s" : "1",
      start: starts[name]!,
      fixed: name === "offset" || name === "variance" || (!thermal && name.startsWith("n_")),
    })),
    ofQubit(
      kinds.map((kind) => blocks[kind]!),
      modelOf("one-port", OMEGA),
    ),
  );
  const total = () => fit.combination({ gamma_r: 1 + 2 * nr, gamma_nr: 1 + 2 * nnr, n_r: 2 * TRUTH.gamma_r, n_nr: 2 * TRUTH.gamma_nr });
  return { fit, rates, total };
}

interface Row {
  readonly assumption: string;
  readonly data: readonly string[];
  readonly n_parameters: number;
  readonly rank: number;
  readonly null_directions_log: readonly Readonly<Record<string, number>>[];
  readonly Gamma1_total_identifiable: boolean;
  readonly sigma_log_Gamma1_total: number | null;
}
const rows: readonly Row[] = reference.identifiability;

describe.skipIf(rows.length === 0)(
  "what each combination of data determines, against power_sweep.json (skipped: ../shared/reference is absent)",
  () => {
    it.each(rows.map((r) => [r.assumption, r.data.join(" + "), r] as const))("%s: %s", (assumption, _data, row) => {
      const thermal = assumption.startsWith("thermal");
      const { fit, total, rates } = fitKinds(row.data, thermal ? 0.02 : 0, thermal ? 0.05 : 0, thermal);
      expect(row.n_parameters - fit.undetermined.length).toBe(row.rank);
      const sigma = total().sigma / rates.total;
      expect(Number.isFinite(sigma)).toBe(row.Gamma1_total_identifiable);
      // T1 at 1 % or the attenuation at 5 % decide; the rest depends on the grid of the reference, which is not printed.
      if (row.data.includes("Ptot")) expect(sigma).toBeLessThan(0.01);
      else if (row.data.includes("T1")) expect(sigma).toBeCloseTo(0.01, 3);
      else if (row.data.includes("A")) expect(sigma).toBeCloseTo(row.sigma_log_Gamma1_total!, 3);
    });
    it("every block's Jacobian is that of its residuals", () => {
      const p = Float64Array.of(3e5, 2e5, 1e5, -0.1, 0.02, 0.05, 2e4, 4e9);
      for (const block of Object.values(dataOf(0.02, 0.05, () => 0.3).blocks)) {
        const { points, evaluate } = ofQubit([block], modelOf("two-sided", OMEGA))[0]!;
        const [r, jacobian, differences, scratch] = [points, 8 * points, 8 * points, 8 * points].map((n) => new Float64Array(n)) as [
          Float64Array,
          Float64Array,
          Float64Array,
          Float64Array,
        ];
        evaluate(p, r, jacobian);
        finiteDifferences((q, out) => Number.isFinite(evaluate(q, out, scratch)), points, 8, "central")(p, r, differences);
        for (let j = 0; j < 8; j++) {
          const size = Math.max(...jacobian.subarray(j * points, (j + 1) * points).map(Math.abs));
          for (let i = 0; i < points; i++)
            expect(Math.abs(differences[j * points + i]! - jacobian[j * points + i]!)).toBeLessThanOrEqual(1e-6 * size);
        }
      }
    });
    it("all powers with T1 and populations: pulls of the rates are standard (60 noisy sets)", () => {
      const source = random(8);
      let square = 0;
      for (let k = 0; k < 60; k++) {
        const { fit } = fitKinds(["S11", "ne", "T1", "A"], 0, 0, false, () => source.normal());
        for (const name of ["gamma_r", "gamma_nr", "gamma_phi", "ln_attenuation"] as const) {
          const { value, sigma } = fit.parameter(name);
          square += ((value - TRUTH[name]) / sigma) ** 2 / 240;
        }
      }
      // The four share data: 4 s.d. of 60 independent sets.
      expect(Math.abs(square - 1)).toBeLessThan(4 * Math.sqrt(2 / 60));
    });
  },
);
