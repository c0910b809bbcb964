import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { driveQubit, incidentPower, rabiFrequency } from "../../src/simulate/input-output.ts";
import { evolve, exchangeRates, expectation, NO_DRIVE, populated, rotate, steadyState } from "../../src/simulate/master-equation.ts";
import { besideLine, type DrivenPort, endOfLine } from "../../src/simulate/ports.ts";
import { echo, relaxation } from "../../src/simulate/qubit-experiments.ts";

const [ONE_PORT] = endOfLine() as [DrivenPort];
const [TWO_SIDED] = besideLine() as unknown as [DrivenPort];
const reference = (name: string) => new URL(`../../../shared/reference/${name}`, import.meta.url);
const absent = !existsSync(reference("tls_steady_grid.json"));

interface Complex {
  re: number;
  im: number;
}
interface GridCase {
  input: Record<string, number>;
  rates: Record<string, number>;
  state: { n_e: number; sigma_minus: Complex };
  one_port: { S11: Complex } & Record<string, number>;
  two_sided: { S21: Complex; S11: Complex } & Record<string, number>;
}
const relative = (a: number, b: number, scale = Math.abs(b)) => (a === b ? 0 : Math.abs(a - b) / scale);
const apart = (a: Complex, b: Complex, scale = Math.hypot(b.re, b.im)) => Math.hypot(a.re - b.re, a.im - b.im) / scale;

describe.skipIf(absent)("steady state against QuTiP (../shared/reference/tls_steady_grid.json; skipped where the folder is absent)", () => {
  const cases: GridCase[] = absent ? [] : JSON.parse(readFileSync(reference("tls_steady_grid.json"), "utf8")).cases;
  it("has the reference's cases", () => expect(cases.length).toBe(106));
  it.each(cases.map((c, i) => [i, c] as const))("case %i", (_, c) => {
    const rates = {
      gammaR: c.input.Gamma_r_1_s!,
      gammaNr: c.input.Gamma_nr_1_s!,
      gammaPhi: c.input.Gamma_phi_1_s!,
      nR: c.input.n_r!,
      nNr: c.input.n_nr!,
    };
    const drive = { omega: c.input.Omega_rad_s!, delta: c.input.Delta_rad_s! };
    expect(relative(exchangeRates(rates).down, c.rates.Gamma_down_1_s!)).toBeLessThan(1e-14);
    const one = driveQubit(ONE_PORT, rates, drive, c.input.omega_q_rad_s!);
    expect(relative(one.excited, c.state.n_e)).toBeLessThan(1e-9);
    expect(apart(one.lowering, c.state.sigma_minus)).toBeLessThan(1e-9);
    expect(relative(one.incident, c.one_port.P_in_W!)).toBeLessThan(1e-9);
    expect(apart(one.s[0]!, c.one_port.S11, 1)).toBeLessThan(1e-9);
    expect(relative(one.work, c.one_port.R_total_work_W!)).toBeLessThan(1e-9);
    const two = driveQubit(TWO_SIDED, rates, drive, c.input.omega_q_rad_s!);
    expect(relative(two.incident, c.two_sided.P_in_W!)).toBeLessThan(1e-9);
    expect(apart(two.s[1]!, c.two_sided.S21, 1)).toBeLessThan(1e-9);
    expect(apart(two.s[0]!, c.two_sided.S11)).toBeLessThan(1e-9);
    const again = rabiFrequency(ONE_PORT, rates.gammaR, one.incident, c.input.omega_q_rad_s! + drive.delta);
    expect(relative(again, drive.omega)).toBeLessThan(1e-12);
  });
});

interface Trace {
  kind: string;
  input: Record<string, number>;
  t_s: number[];
  n_e_exact: number[];
}
describe.skipIf(absent)("decay against QuTiP (../shared/reference/decay_traces.json, n_e_exact)", () => {
  const traces: Trace[] = absent ? [] : JSON.parse(readFileSync(reference("decay_traces.json"), "utf8")).cases;
  const twoLevel = traces.filter((t) => t.kind === "thermal_exponential");
  it("has two-level traces", () => expect(twoLevel.length).toBe(2));
  it.each(twoLevel.map((t, i) => [i, t] as const))("trace %i", (_, t) => {
    // One bath at the temperature of the case: down = G (1 + n), up = G n.
    const [down, up] = [t.input.Gamma_down_1_s!, t.input.Gamma_up_1_s!];
    const rates = { gammaR: 0, gammaNr: down - up, gammaPhi: 0, nR: 0, nNr: up / (down - up) };
    const start = populated(t.input.n0!);
    const worst = Math.max(...t.t_s.map((s, i) => Math.abs(expectation(evolve(start, rates, NO_DRIVE, s)).excited - t.n_e_exact[i]!)));
    expect(worst).toBeLessThan(1e-7);
  });
});

describe("master equation", () => {
  const rates = { gammaR: 8e3, gammaNr: 20e3, gammaPhi: 6e3, nR: 0.02, nNr: 0.02 };
  it("undriven, rests at Gu/(Gd + Gu) without coherence", () => {
    const { down, up } = exchangeRates(rates);
    const rest = expectation(steadyState(rates));
    expect(rest.excited).toBeCloseTo(up / (down + up), 14);
    expect(Math.hypot(rest.lowering.re, rest.lowering.im)).toBeLessThan(1e-15);
  });
  it("a pi pulse exchanges the populations; two half pulses are one", () => {
    expect(expectation(rotate(populated(0.02), Math.PI)).excited).toBeCloseTo(0.98, 14);
    expect(expectation(rotate(rotate(populated(0.02), Math.PI / 2), Math.PI / 2)).excited).toBeCloseTo(0.98, 14);
  });
  it("a long evolution ends in the steady state", () => {
    const drive = { omega: 3e4, delta: 1e4 };
    const long = expectation(evolve(populated(1), rates, drive, 2e-3));
    const steady = expectation(steadyState(rates, drive));
    expect(long.excited).toBeCloseTo(steady.excited, 11);
    expect(long.lowering.im).toBeCloseTo(steady.lowering.im, 11);
  });
  it("the same Rabi frequency takes twice the power beside a line", () => {
    expect(incidentPower(TWO_SIDED, 8e3, 1e4, 3e10) / incidentPower(ONE_PORT, 8e3, 1e4, 3e10)).toBeCloseTo(2, 14);
  });
  it("an echo loses its contrast with Gamma2 = G1tot/2 + Gphi", () => {
    const { down, up } = exchangeRates(rates);
    const rest = up / (down + up);
    const times = [0, 1e-5, 7e-5];
    const seen = echo(rates, times);
    times.forEach((t, i) => {
      expect(seen[i]).toBeCloseTo(0.5 - 0.5 * (1 - 2 * rest) * Math.exp(-((down + up) / 2 + rates.gammaPhi) * t), 12);
    });
  });
  it("steps on a uniform grid are the same as single evolutions", () => {
    const times = Array.from({ length: 41 }, (_, i) => i * 5e-6);
    const seen = relaxation(rates, times);
    const start = rotate(steadyState(rates), Math.PI);
    times.forEach((t, i) => {
      expect(seen[i]).toBeCloseTo(expectation(evolve(start, rates, NO_DRIVE, t)).excited, 12);
    });
  });
});
