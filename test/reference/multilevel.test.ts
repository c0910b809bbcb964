import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { solveSquare } from "../../src/numerics/solve-square.ts";
import { HBAR } from "../../src/physics/constants.ts";
import { ladderEquations, ladderState } from "../../src/physics/driven-ladder.ts";
import {
  internalPower,
  type LevelRates,
  ladderRates,
  meanNumber,
  quantaFlow,
  thermalLadder,
  transmonEnergies,
} from "../../src/physics/multilevel.ts";

/** ref07: transmon ladders by QuTiP. */
const FILE = new URL("../../../shared/reference/multilevel.json", import.meta.url);
interface Undriven {
  readonly input: {
    readonly levels: number;
    readonly omega_levels_rad_s: number[];
    readonly rates_i_to_j_1_s: number[][];
    readonly p0: number[];
  };
  readonly t_s: number[];
  readonly populations: number[][];
  readonly R_internal_W: number[];
  readonly R_zero_temperature_formula_W: number[];
  readonly rate_matrix_eigenvalues_1_s: number[];
}
interface Driven {
  readonly input: Readonly<Record<string, number>>;
  readonly populations: number[];
  readonly a_expect: { readonly re: number; readonly im: number };
  readonly work_W: number;
  readonly work_from_rates_W: number;
  readonly sum_hbar_wij_Gij_pi_W: number;
  readonly Gamma1_est_over_true: Readonly<Record<string, number>>;
}
interface Ladder {
  readonly levels: number;
  readonly n_th: number;
  readonly relaxation_eigenvalues_over_Gamma1: number[];
  readonly thermal_populations: number[];
  readonly fit_rate_over_Gamma1_p1: number;
  readonly fit_rate_over_Gamma1_one_minus_p0: number;
  readonly two_level_prediction: number;
}
const file: { undriven: Undriven[]; driven: Driven[]; thermal_ladder: Ladder[] } = existsSync(FILE)
  ? JSON.parse(readFileSync(FILE, "utf8"))
  : { undriven: [], driven: [], thermal_ladder: [] };

const close = (actual: number, expected: number, rtol = 1e-9, scale = Math.abs(expected)) => {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(rtol * scale);
};

/** exp(M t) p by the rate equations, Taylor series over small steps. */
function evolve(rates: LevelRates, start: readonly number[], time: number): number[] {
  const m = rates.length;
  const out = rates.map((row) => row.reduce((a, b) => a + b, 0));
  const steps = Math.max(1, Math.ceil(4 * time * Math.max(...out)));
  const dt = time / steps;
  let p = [...start];
  for (let s = 0; s < steps; s++) {
    let term = p;
    const sum = [...p];
    for (let k = 1; k < 22; k++) {
      const before = term;
      term = before.map((v, j) => ((before.reduce((a, q, i) => a + rates[i]![j]! * q, 0) - out[j]! * v) * dt) / k);
      for (let j = 0; j < m; j++) sum[j]! += term[j]!;
    }
    p = sum;
  }
  return p;
}

/** Unweighted single exponential with offset, by the best rate of the linear problem (golden section). */
function fitRate(t: readonly number[], y: readonly number[]): number {
  const misfit = (rate: number) => {
    let [s0, se, see, sy, sye, syy] = [0, 0, 0, 0, 0, 0];
    t.forEach((x, i) => {
      const e = Math.exp(-rate * x);
      s0++;
      se += e;
      see += e * e;
      sy += y[i]!;
      sye += y[i]! * e;
      syy += y[i]! ** 2;
    });
    const det = s0 * see - se * se;
    const [c, a] = [(sy * see - sye * se) / det, (s0 * sye - se * sy) / det];
    return syy - c * sy - a * sye;
  };
  const derivative = (r: number) => misfit(r * 1.0005) - misfit(r * 0.9995);
  let [low, high] = [0.5, 3];
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2;
    if (derivative(middle) > 0) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}

describe.skipIf(file.driven.length === 0)("multilevel.json (skipped: ../shared/reference is absent)", () => {
  it.each(file.undriven.map((u, i) => [i, u] as const))("undriven %i: internal power at every time, and its T = 0 half", (_, u) => {
    const { omega_levels_rad_s: energies, rates_i_to_j_1_s: rates, levels } = u.input;
    const alpha = energies[2]! - 2 * energies[1]!;
    transmonEnergies(levels, energies[1]!, alpha).forEach((e, j) => {
      close(e, energies[j]!, 1e-12, energies[1]);
    });
    const downward = rates.map((row, i) => row.map((g, j) => (j < i ? g : 0)));
    const scale = u.R_internal_W[0]!;
    u.populations.forEach((p, i) => {
      close(internalPower(energies, rates, p), u.R_internal_W[i]!, 1e-9, scale);
      close(internalPower(energies, downward, p), u.R_zero_temperature_formula_W[i]!, 1e-9, scale);
      evolve(rates, u.input.p0, u.t_s[i]!).forEach((q, j) => {
        close(q, p[j]!, 1e-9, 1);
      });
    });
  });

  it.each(file.driven.map((d, i) => [i, d] as const))(
    "driven %i: steady state, work in whole quanta, bias of the two-level rate",
    (_, d) => {
      const i = d.input;
      const gamma10 = i.Gamma10_1_s!;
      const omegaDrive = i.omega01_rad_s! + i.Delta_rad_s!;
      const { n, matrix, right } = ladderEquations({
        levels: i.levels!,
        anharmonicity: i.anharmonicity_rad_s!,
        gamma10,
        nTh: i.n_th!,
        gammaPhi: 0,
        rabi: i.Omega_rad_s!,
        delta: i.Delta_rad_s!,
      });
      const { populations, lowering } = ladderState(i.levels!, solveSquare(matrix, right, n)!);
      // Rates are 1e-5 to 1e-6 of the energies in the frame of the drive: a solution in double precision keeps 1e-10 (the reference's own balance: 1e-7).
      populations.forEach((p, j) => {
        close(p, d.populations[j]!, 1, 1e-10 + 2e-7 * d.populations[j]!);
      });
      close(lowering.im, d.a_expect.im, 1e-6);
      const rates = ladderRates(i.levels!, gamma10, i.n_th!);
      close(HBAR * omegaDrive * quantaFlow(rates, populations), d.work_from_rates_W, 2e-7);
      close(-HBAR * omegaDrive * i.Omega_rad_s! * lowering.im, d.work_W, 1e-6);
      // The formulas alone on the reference's populations.
      close(HBAR * omegaDrive * quantaFlow(rates, d.populations), d.work_from_rates_W);
      const energies = transmonEnergies(i.levels!, i.omega01_rad_s!, i.anharmonicity_rad_s!);
      const downward = rates.map((row, a) => row.map((g, b) => (b < a ? g : 0)));
      if (i.n_th === 0) close(internalPower(energies, downward, d.populations), d.sum_hbar_wij_Gij_pi_W);
      // Work over the excess of quanta is the zero-temperature rate exactly; over that of the first level it reads high.
      const thermal = thermalLadder(i.levels!, i.n_th!);
      const est = (read: (p: ArrayLike<number>) => number) =>
        d.work_from_rates_W / (HBAR * omegaDrive * gamma10 * (read(d.populations) - read(thermal)));
      close(est(meanNumber), d.Gamma1_est_over_true.using_mean_number!, 1e-6);
      close(
        est((p) => p[1]!),
        d.Gamma1_est_over_true.using_p1!,
        1e-6,
      );
      close(
        est((p) => 1 - p[0]!),
        d.Gamma1_est_over_true.using_1_minus_p0!,
        1e-6,
      );
    },
  );

  it.each(file.thermal_ladder)("thermal ladder of $levels levels at n = $n_th: decay after a pi pulse", (row) => {
    const rates = ladderRates(row.levels, 1, row.n_th);
    const thermal = thermalLadder(row.levels, row.n_th);
    thermal.forEach((p, j) => {
      close(p, row.thermal_populations[j]!, 1e-12);
    });
    close(1 + 2 * row.n_th, row.two_level_prediction, 1e-12);
    // Every eigenvalue makes the rate matrix singular.
    const out = rates.map((r) => r.reduce((a, b) => a + b, 0));
    for (const value of row.relaxation_eigenvalues_over_Gamma1) {
      const generator = (shift: number) => determinant(rates.map((_, j) => rates.map((from, i) => (i === j ? shift - out[j]! : from[j]!))));
      expect(Math.abs(generator(value))).toBeLessThan(1e-9 * Math.abs(generator(value + 0.1)));
    }
    const [p0, p1, ...rest] = thermal as [number, number, ...number[]];
    const t = Array.from({ length: 101 }, (_, i) => i * 0.05);
    const traces = t.map((x) => evolve(rates, [p1, p0, ...rest], x));
    close(
      fitRate(
        t,
        traces.map((p) => p[1]!),
      ),
      row.fit_rate_over_Gamma1_p1,
      1e-5,
    );
    close(
      fitRate(
        t,
        traces.map((p) => 1 - p[0]!),
      ),
      row.fit_rate_over_Gamma1_one_minus_p0,
      1e-5,
    );
  });
});

function determinant(m: readonly (readonly number[])[]): number {
  if (m.length === 1) return m[0]![0]!;
  return m[0]!.reduce((sum, v, j) => sum + (j % 2 ? -1 : 1) * v * determinant(m.slice(1).map((row) => row.filter((_, k) => k !== j))), 0);
}
