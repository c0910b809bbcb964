import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { coupledDefect } from "../../src/fit/models/coupled-defect.ts";
import { quasiparticle } from "../../src/fit/models/quasiparticle.ts";
import { stretched } from "../../src/fit/models/stretched.ts";
import { thermal } from "../../src/fit/models/thermal.ts";
import { threeLevelCascade } from "../../src/fit/models/three-level-cascade.ts";
import { defectPopulation, rungeKutta } from "./master-equation.ts";
import { delays } from "./traces.ts";

describe("decay with a coherently coupled defect", () => {
  const cases: readonly { title: string; rate: number; defect: number; g: number; detuning: number }[] = [
    { title: "beating at resonance", rate: 3e4, defect: 9e4, g: 4e5, detuning: 0 },
    { title: "beating, detuned", rate: 3e4, defect: 9e4, g: 2e5, detuning: 3e5 },
    { title: "overdamped: the defect swallows", rate: 3e4, defect: 2e6, g: 2e5, detuning: 0 },
    { title: "overdamped, detuned, negative detuning", rate: 3e4, defect: 2e6, g: 3e5, detuning: -5e5 },
    { title: "critically damped: D = 0", rate: 2e4, defect: 4.2e5, g: 1e5, detuning: 0 },
    { title: "defect that loses less than the qubit", rate: 3e5, defect: 1e4, g: 1e5, detuning: 5e4 },
  ];
  for (const { title, rate, defect, g, detuning } of cases)
    it(`${title}: equals the Lindblad equation of two two-level systems to 1e-8`, () => {
      const beat = Math.hypot(2 * g, detuning);
      const p = [1, rate, defect, beat, (2 * g) ** 2 / beat ** 2, 0];
      const window = 6 / (rate + defect) + 6 / beat;
      const t = delays(13, window);
      const exact = defectPopulation(rate, defect, g, detuning, t);
      t.forEach((x, i) => {
        expect(Math.abs(coupledDefect.evaluate(p, x) - exact[i]!)).toBeLessThan(1e-8);
      });
    });
  it("its derived coupling and detuning are those of the Hamiltonian", () => {
    const beat = Math.hypot(2 * 2e5, 3e5);
    const derived = coupledDefect.derived!([1, 3e4, 9e4, beat, (4e5 / beat) ** 2, 0]);
    const value = (name: string) => derived.find((d) => d.name === name)!.value;
    expect(value("coupling") / 2e5).toBeCloseTo(1, 12);
    expect(value("detuning") / 3e5).toBeCloseTo(1, 12);
  });
  it("derivative by the mixing is finite at resonance and equals that beside it", () => {
    const [at, beside] = [new Float64Array(6), new Float64Array(6)];
    coupledDefect.gradient([0.9, 3e4, 9e4, 6e5, 1, 0], 8e-6, at);
    coupledDefect.gradient([0.9, 3e4, 9e4, 6e5, 1 - 1e-6, 0], 8e-6, beside);
    expect(Math.abs(at[4]! / beside[4]! - 1)).toBeLessThan(1e-4);
  });
});

describe("three-level cascade", () => {
  const file = new URL("../../../shared/reference/multilevel.json", import.meta.url);
  const undriven = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).undriven : [];
  it.skipIf(undriven.length === 0)(
    "multilevel.json undriven, three levels (QuTiP, quality 4e-11; skipped without ../shared/reference)",
    () => {
      const row = undriven.find((r: { input: { levels: number } }) => r.input.levels === 3);
      const G = row.input.rates_i_to_j_1_s;
      const p = [G[1][0] + G[0][1], G[0][1] / (G[1][0] + G[0][1]), G[2][1], G[1][2], row.input.p0[1], row.input.p0[2]];
      row.t_s.forEach((t: number, i: number) => {
        expect(Math.abs(threeLevelCascade.evaluate(p, t, 0) - row.populations[i][1])).toBeLessThan(1e-10);
        expect(Math.abs(threeLevelCascade.evaluate(p, t, 1) - row.populations[i][2])).toBeLessThan(1e-10);
      });
    },
  );
  it("equals direct integration of the 3 x 3 rate equation with upward rates, in all channels, also where two rates agree", () => {
    for (const [rate, n, g21, g12, p1, p2] of [
      [5e4, 0.06, 9e4, 4e3, 0.1, 0.85],
      [1e5, 0, 1e5, 0, 0, 0.9],
      [4e4, 0.2, 3e4, 1e4, 0.9, 0.02],
    ] as const) {
      const t = delays(9, 6 / rate);
      const [down, up] = [rate * (1 - n), rate * n];
      const exact = rungeKutta(
        (x) => {
          const p0 = 1 - x[0]! - x[1]!;
          return Float64Array.of(up * p0 + g21 * x[1]! - (down + g12) * x[0]!, g12 * x[0]! - g21 * x[1]!);
        },
        Float64Array.of(p1, p2),
        t,
        1e-3 / rate,
      );
      t.forEach((x, i) => {
        const [a, b] = exact[i] as unknown as [number, number];
        const law = [0, 1, 2].map((channel) => threeLevelCascade.evaluate([rate, n, g21, g12, p1, p2], x, channel));
        [a, b, a / (1 - b)].forEach((v, channel) => {
          expect(Math.abs(law[channel]! - v)).toBeLessThan(1e-11);
        });
      });
    }
  });
});

describe("the other laws, each by another road", () => {
  it("quasiparticle: the Poissonian mean of exponentials with k quasiparticles", () => {
    const [n, g, r] = [1.7, 3e5, 2e4];
    for (const t of [0, 1e-6, 7e-6, 4e-5]) {
      let [sum, weight] = [0, Math.exp(-n)];
      for (let k = 0; k < 60; k++) {
        sum += weight * Math.exp(-(r + k * g) * t);
        weight *= n / (k + 1);
      }
      expect(Math.abs(quasiparticle.evaluate([1, n, g, r, 0], t) - sum)).toBeLessThan(1e-14);
    }
    const initial = quasiparticle.derived!([1, n, g, r, 0])[0]!;
    const h = 1e-10;
    const slope = (quasiparticle.evaluate([1, n, g, r, 0], h) - quasiparticle.evaluate([1, n, g, r, 0], -h)) / (2 * h);
    expect(Math.abs(-slope / initial.value - 1)).toBeLessThan(1e-6);
  });
  it("stretched: the quoted rate is one over the area under the decay", () => {
    for (const beta of [0.3, 0.6, 0.8, 1, 1.7]) {
      // Trapezoids in v = ln(rate t), where the integrand dies twice exponentially.
      const h = 0.05;
      let area = 0;
      for (let v = -45; v < 30; v += h) area += h * Math.exp(v - Math.exp(beta * v));
      expect(Math.abs(stretched.rate([1, 5e4, beta, 0]).value / (5e4 / area) - 1)).toBeLessThan(1e-10);
    }
    expect(Math.abs(stretched.rate([1, 5e4, 0.5, 0]).value / 2.5e4 - 1)).toBeLessThan(1e-12);
    expect(Math.abs(stretched.rate([1, 5e4, 2, 0]).value / ((5e4 * 2) / Math.sqrt(Math.PI)) - 1)).toBeLessThan(1e-12);
  });
  it("thermal: gamma1 = G1tot (1 - 2 n_eq), Gamma_down = G1 (1 + n_th), Gamma_up = G1 n_th (PHYSICS.md sec. 0)", () => {
    const [g1, nth] = [4e4, 0.05];
    const total = g1 * (1 + 2 * nth);
    const derived = thermal.derived!([0.9, total, (g1 * nth) / total]);
    const value = (name: string) => derived.find((d) => d.name === name)!.value;
    expect(value("gamma1")).toBeCloseTo(g1, 8);
    expect(value("gamma_down")).toBeCloseTo(g1 * (1 + nth), 8);
    expect(value("gamma_up")).toBeCloseTo(g1 * nth, 8);
  });
});
