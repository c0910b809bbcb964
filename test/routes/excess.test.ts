import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import type { Readout } from "../../src/lab/lab.ts";
import type { Equilibrium } from "../../src/routes/power/equilibrium.ts";
import { excessesOf } from "../../src/routes/power/excess.ts";
import type { PopulationRow } from "../../src/routes/power/population-rows.ts";
import { type UndrivenRead, undrivenIn } from "../../src/routes/power/undriven.ts";
import { dataset, facts, LABELS, stated } from "./power-lab.ts";

/** Variance formulas of PHYSICS.md sec. 1 ("Uncertainty") against inputs drawn anew 20000 times. */
const EPS = [0.02, 0.05] as const;
const SIGMA = [0.006, 0.004] as const;
const SIGMA_P = 0.001;
const N_E = 0.2;
const N_EQ = 0.02;

const row = (read: number): PopulationRow => ({
  ...{
    datasets: ["d"],
    index: 0,
    pSource: 1,
    powerAt: undefined,
    frequency: Number.NaN,
    read,
    sigma: SIGMA_P,
    shots: Number.NaN,
    leakage: Number.NaN,
  },
});
const at = (
  p: number,
  eps: readonly [number, number],
  undriven: UndrivenRead | undefined,
  equilibrium: Equilibrium,
  prepared: Readout["prepared"],
) => {
  const readout = {
    p1_given_0: stated("a", eps[0], "1", SIGMA[0]),
    p0_given_1: stated("b", eps[1], "1", SIGMA[1]),
    ...(prepared ? { prepared } : {}),
  };
  return excessesOf([row(p)], facts({ readout }), { oneGivenZero: eps[0], zeroGivenOne: eps[1] }, undriven, equilibrium);
};
const read = (n: number) => EPS[0] + (1 - EPS[0] - EPS[1]) * n;
const undriven = (value: number): UndrivenRead => ({ value, sigma: SIGMA_P, shared: "u", datasets: ["u"] });
const elsewhere = (value: number): Equilibrium => ({
  ...{ value, source: "stated", checks: [], datasets: [] },
  budget: [{ input: "equilibrium_population", contribution: 0.002, shared: "q.n" }],
});

function budgeted(e: ReturnType<typeof at>): number {
  return Math.hypot(e.sigma[0]! / e.excess[0]!, ...e.common.map((c) => c.effect([1])));
}
function drawn(of: (normal: () => number) => number): number {
  const draw = random(11);
  const values = Array.from({ length: 20000 }, () => Math.log(of(() => draw.normal())));
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / (values.length - 1));
}
const moved = (normal: () => number) => [EPS[0] + SIGMA[0] * normal(), EPS[1] + SIGMA[1] * normal()] as const;

it("equal counts of two qubits are two errors", () => {
  const counts = (qubit: string) =>
    undrivenIn([dataset("equilibrium", [["population", "1", [0.02]]], { noise: { type: "binomial", shots: 1000 } })], { ...LABELS, qubit });
  const [one, other] = [counts("q1")!, counts("q2")!];
  expect(one.datasets).toEqual(other.datasets);
  expect(one.shared).not.toBe(other.shared);
});

describe("error of n_e - n_eq", () => {
  it("levels prepared from the thermal state: n_eq is not subtracted twice (PHYSICS.md sec. 1: +26 % at n_eq = 1 %, S = 0.1)", () => {
    const nEq = 0.01;
    const excess = ((1 - 2 * nEq) * 0.1) / 2.2;
    // Perfect readout, levels prepared thermally: "0" reads n_eq, "1" reads 1 - n_eq.
    const of = (prepared: Readout["prepared"]) => at(nEq + excess, [nEq, nEq], undefined, elsewhere(nEq), prepared).excess[0]!;
    expect(of("thermal")).toBeCloseTo(excess, 14);
    // The rate is W/(hbar w) over the excess, so it is too high by this factor.
    expect(excess / of("heralded")).toBeGreaterThan(1.25);
    expect(excess / of("heralded")).toBeLessThan(1.28);
  });
  it("undriven read with the same readout: only the fidelity survives", () => {
    const e = at(read(N_E), EPS, undriven(read(N_EQ)), elsewhere(N_EQ), "heralded");
    const mc = drawn(
      (n) => at(read(N_E) + SIGMA_P * n(), moved(n), undriven(read(N_EQ) + SIGMA_P * n()), elsewhere(N_EQ), "heralded").excess[0]!,
    );
    expect(budgeted(e) / mc).toBeCloseTo(1, 1);
    expect(Math.abs(budgeted(e) / mc - 1)).toBeLessThan(0.02);
  });
  it("n_eq from elsewhere: the readout's offset counts, and makes it much larger", () => {
    const e = at(read(N_E), EPS, undefined, elsewhere(N_EQ), "heralded");
    const mc = drawn((n) => at(read(N_E) + SIGMA_P * n(), moved(n), undefined, elsewhere(N_EQ + 0.002 * n()), "heralded").excess[0]!);
    expect(Math.abs(budgeted(e) / mc - 1)).toBeLessThan(0.02);
    expect(budgeted(e) / budgeted(at(read(N_E), EPS, undriven(read(N_EQ)), elsewhere(N_EQ), "heralded"))).toBeGreaterThan(2);
  });
  it("levels prepared from the thermal state: n_eq is not subtracted again, which would be +26 % at n_eq = 1 %, S = 0.1", () => {
    const [n, s] = [0.01, 0.1];
    const x = s / (2 * (1 + s));
    const thermal = at(read(x), EPS, undefined, elsewhere(n), "thermal").excess[0]!;
    expect(thermal / ((1 - 2 * n) * x)).toBeCloseTo(1, 12);
    expect(thermal / at(read(x), EPS, undefined, elsewhere(n), "heralded").excess[0]!).toBeCloseTo(1.26, 2);
  });
});
