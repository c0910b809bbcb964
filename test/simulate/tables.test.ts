import { describe, expect, it } from "vitest";
import { recordLab, simulateLab } from "../../src/simulate/lab-folder.ts";
import type { TableExperiment } from "../../src/simulate/lab-spec.ts";
import type { Table } from "../../src/simulate/recording.ts";
import { labWith } from "../../src/simulate/swept-lab.ts";

const HBAR = 1.054571817e-34;
const powers = [-80, -74, -68];
const MORE: readonly TableExperiment[] = [
  { what: "total-power", qubit: "q1", powers, noise: 0, background: 1e-15, shots: 1_000_000_000 },
  { what: "rabi", qubit: "q1", power: -70, delays: { start: 0, stop: 40e-6, points: 81 }, shots: 1_000_000_000 },
  { what: "ramsey", qubit: "q1", detuning: 1e5, delays: { start: 0, stop: 40e-6, points: 81 }, shots: 1_000_000_000 },
  { what: "heating", qubit: "q1", powers, detuning: 5e7, shots: 1_000_000_000 },
  { what: "emission", qubit: "q1", delays: { start: 0, stop: 40e-6, points: 5 }, noise: 0 },
];

/** Exactly as stated: the analyst's numbers are the true ones. */
function exact(more: readonly TableExperiment[], qubit = {}) {
  const population = { value: 0.02, sigma: 0 };
  const spec = labWith({
    qubits: { q1: { equilibrium: { from: "stated", population }, ...qubit } },
    line: { attenuation: { value: 60, sigma: 0 } },
    more,
  });
  return { ...spec, readout: { ...spec.readout, p1Given0: { value: 0, sigma: 0 }, p0Given1: { value: 0, sigma: 0 }, driveToReadout: 0 } };
}

function tables(more: readonly TableExperiment[], qubit = {}) {
  const { cooldowns, truth } = recordLab(exact(more, qubit), 1);
  const all = cooldowns[0]!.recorded.flatMap(([, r]) => r.filter((x): x is Table => x.kind === "table"));
  const column = (name: string, role: string) => all.find((t) => t.name === name)!.columns.find((c) => c.role === role)!.values;
  return { column, truth: truth.cooldowns.cd07!.q1! };
}

describe("tables of simulated labs", () => {
  it.each([
    ["reflection", ["reflected"]],
    ["hanger", ["reflected", "transmitted"]],
  ] as const)("a power meter on every port of a %s misses the non-radiative part: hbar w Gnr (1 + 2n)(n_e - n_eq)", (geometry, outputs) => {
    const { column, truth } = tables([MORE[0]!], { geometry });
    const background = column("total", "background");
    const out = (state: string) =>
      powers.map((_, i) => outputs.reduce((a, o) => a + column("total", `${o}${state}`)[i]! - background[i]!, 0));
    const [on, off] = [out(""), out("_off")];
    powers.forEach((dBm, i) => {
      const lost = 1e-3 * 10 ** ((dBm - 60) / 10) * (1 - on[i]! / off[i]!);
      const excess = column("total", "population")[i]! - truth.n_eq;
      const expected = HBAR * 2 * Math.PI * truth.frequency_hz * truth.gamma_nr * (1 + 2 * truth.n_th) * excess;
      // 1e9 shots: n_e within 2e-5.
      expect(Math.abs(lost / expected - 1)).toBeLessThan(2e-3);
    });
  });
  it("Rabi oscillations of the frequency that power and coupling make", () => {
    const { column, truth } = tables([MORE[1]!]);
    const watts = 1e-3 * 10 ** ((-70 - 60) / 10);
    const omega = Math.sqrt((4 * truth.gamma_r * watts) / (HBAR * 2 * Math.PI * truth.frequency_hz));
    const n = column("rabi", "population");
    const t = column("rabi", "delay");
    expect(n[0]).toBeCloseTo(truth.n_eq, 3);
    // The first maximum stands at half a period.
    const top = n.indexOf(Math.max(...n));
    expect(Math.abs(t[top]! - Math.PI / omega)).toBeLessThan(1.5 * t[1]!);
  });
  it("Ramsey fringes: n = 1/2 - (z_eq/2) cos(2 pi d t) exp(-G2 t)", () => {
    const { column, truth } = tables([MORE[2]!]);
    const z = 1 - 2 * truth.n_eq;
    column("ramsey", "delay").forEach((t, i) => {
      const expected = 0.5 + (z / 2) * Math.cos(2 * Math.PI * 1e5 * t) * Math.exp(-truth.gamma2 * t);
      expect(Math.abs(column("ramsey", "population")[i]! - expected)).toBeLessThan(1e-4);
    });
  });
  it("a far-detuned drive heats in proportion to its power", () => {
    const perWatt = 1e15;
    const { column, truth } = tables([MORE[3]!], { heating: perWatt });
    column("heating", "population").forEach((n, i) => {
      const watts = column("heating", "power")[i]! * 1e-6;
      const baths = truth.gamma_r * truth.n_th + truth.gamma_nr * (truth.n_th + perWatt * watts);
      expect(Math.abs(n / (baths / (truth.gamma_r + truth.gamma_nr + 2 * baths)) - 1)).toBeLessThan(2e-3);
    });
  });
  it("emission after a pulse: hbar w Gr (1 + 2n)(n(t) - n_eq) (Paper I eq 12)", () => {
    const { column, truth } = tables([MORE[4]!]);
    const first = HBAR * 2 * Math.PI * truth.frequency_hz * truth.gamma_r * (1 + 2 * truth.n_th) * (1 - 2 * truth.n_eq);
    column("emission", "power").forEach((p, i) => {
      expect(Math.abs(p / (first * Math.exp(-truth.gamma1_total * column("emission", "delay")[i]!)) - 1)).toBeLessThan(1e-9);
    });
  });
  it("levels prepared from rest: the reading without a drive is the stated p1_given_0, after a pi pulse 1 - p0_given_1", () => {
    const spec = exact([]);
    const readout = {
      ...spec.readout,
      prepared: "thermal" as const,
      p1Given0: { value: 0.04, sigma: 0 },
      p0Given1: { value: 0.07, sigma: 0 },
    };
    const lab = { ...spec, readout };
    const decay = recordLab(lab, 1).cooldowns[0]!.recorded[0]![1][0]!;
    const p1 = decay.kind === "counts" ? decay.p1 : [];
    expect(Math.abs(p1[0]! - 0.93)).toBeLessThan(0.02);
    expect(new TextDecoder().decode(simulateLab(lab, 1).files[0]!.bytes)).toContain("prepared: thermal");
  });
});
