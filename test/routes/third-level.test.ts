import { describe, expect, it } from "vitest";
import { solveSquare } from "../../src/numerics/solve-square.ts";
import { HBAR } from "../../src/physics/constants.ts";
import { ladderEquations, ladderState } from "../../src/physics/driven-ladder.ts";
import { ladderRates, quantaFlow, thermalLadder } from "../../src/physics/multilevel.ts";
import { powerRoute } from "../../src/routes/power/power.ts";
import { HERTZ, OMEGA, read } from "./closed-form.ts";
import { dataset, facts, LABELS, stated } from "./power-lab.ts";

/** A transmon of six levels at the end of a line, driven on resonance so hard that level 2 takes part; S from the work that its baths take. */
const [GAMMA10, GAMMA_R, N_TH, ALPHA] = [1e6, 4e5, 0.02, -2 * Math.PI * 100e6];
const TOTAL = GAMMA10 * (1 + 2 * N_TH);
const REST = thermalLadder(6, N_TH);

function driven(rabi: number) {
  const { n, matrix, right } = ladderEquations({
    levels: 6,
    anharmonicity: ALPHA,
    gamma10: GAMMA10,
    nTh: N_TH,
    gammaPhi: 0,
    rabi,
    delta: 0,
  });
  const { populations } = ladderState(6, solveSquare(matrix, right, n)!);
  const power = (HBAR * OMEGA * rabi ** 2) / (4 * GAMMA_R);
  const work = HBAR * OMEGA * quantaFlow(ladderRates(6, GAMMA10, N_TH), populations);
  return { power, s: 1 - work / (2 * power), p1: populations[1]!, p2: populations[2]! };
}

function rate(rabis: readonly number[], withLeakage: boolean, rest?: number, leakage = (p2: number) => p2) {
  const points = rabis.map(driven);
  const source = points.map((p) => p.power * 1e8);
  const frequency = points.map(() => HERTZ);
  const shots = { noise: { type: "binomial", shots: 1e9 } } as const;
  const result = powerRoute({
    labels: LABELS,
    facts: facts({ qubit: { frequency: stated("f", HERTZ, "Hz") } }),
    datasets: [
      dataset("scattering", [
        ["power", "W", source],
        ["frequency", "Hz", frequency],
        ["s_re", "1", points.map((p) => p.s), "11"],
        ["s_im", "1", points.map(() => 0), "11"],
        ["sigma", "1", points.map((p) => 1e-4 * (1 - p.s))],
      ]),
      dataset("reference", [
        ["frequency", "Hz", [HERTZ]],
        ["s_re", "1", [1], "11"],
        ["s_im", "1", [0], "11"],
        ["sigma", "1", [0]],
      ]),
      dataset(
        "population",
        [
          ["power", "W", source],
          ["frequency", "Hz", frequency],
          ["population", "1", points.map((p) => read(p.p1))],
          ...(withLeakage ? ([["leakage", "1", points.map((p) => leakage(p.p2))]] as const) : []),
        ],
        shots,
      ),
      dataset(
        "equilibrium",
        [["population", "1", [read(REST[1]!)]], ...(rest === undefined ? [] : ([["leakage", "1", [rest]]] as const))],
        shots,
      ),
    ],
  });
  return result.estimates.find((e) => e.quantity === "gamma1_total" && e.estimator === "complex_s" && e.condition === "combined")!;
}

describe("population of level 2", () => {
  const strong = [0.14, 0.17, 0.2].map((x) => x * Math.abs(ALPHA));

  it("measured, it makes the rate that of the first transition, where two levels read 3 % high", () => {
    const bias = rate(strong, false).value / TOTAL - 1;
    expect(bias).toBeGreaterThan(0.025);
    const three = rate(strong, true);
    // What is left is level 3, which nobody measured.
    expect(Math.abs(three.value / TOTAL - 1)).toBeLessThan(0.12 * bias);
    expect(three.remark).toContain("G21 = 2 G10");
    expect(three.budget.some((l) => l.input === "levels above")).toBe(false);
  });

  it("changes nothing beyond a part in a thousand at weak drive, and keeps the errors of the first level", () => {
    const weak = [2e5, 5e5, 1e6];
    const [two, three] = [rate(weak, false), rate(weak, true)];
    expect(Math.abs(three.value / two.value - 1)).toBeLessThan(2e-3);
    expect(Math.abs(three.sigmaStat / two.sigmaStat - 1)).toBeLessThan(0.05);
    expect(Math.abs(three.sigmaCommon / two.sigmaCommon - 1)).toBeLessThan(0.01);
  });

  it("takes what level 2 holds without drive from the undriven read: the same as the bath's here, and an error of its own", () => {
    const [assumed, measured] = [rate(strong, true), rate(strong, true, REST[2]!)];
    expect(Math.abs(measured.value / assumed.value - 1)).toBeLessThan(1e-3);
    expect(measured.budget.find((l) => l.input === "level 2 at rest")!.contribution / measured.value).toBeGreaterThan(0);
  });

  it("leaves a qubit as it is whose level 2 is empty with and without drive", () => {
    const weak = [2e5, 5e5, 1e6];
    const empty = rate(weak, true, 0, () => 0);
    expect(empty.value).toBeCloseTo(rate(weak, false).value, 6);
  });
});
