import { describe, expect, it } from "vitest";
import { DEFAULT_LAB } from "../../src/simulate/default-lab.ts";
import { recordLab } from "../../src/simulate/lab-folder.ts";
import type { PowerTable, Recording, Saturation, ScatteringTrace } from "../../src/simulate/recording.ts";
import type { QubitTruth } from "../../src/simulate/truth-record.ts";

// PHYSICS.md sec. 1, by hand and with the true shared inputs: G1tot = W/(hbar w_d (n_e - n_eq)), W = 2 P (1 - Re S) of the complex amplitude.
const HBAR = 1.054571817e-34;
const { cooldowns, truth } = recordLab(DEFAULT_LAB, 11);
const readout = { ge: truth.readout.p1_given_0!.true, eg: truth.readout.p0_given_1!.true };
const recordingsOf = (cooldown: string, qubit: string) =>
  cooldowns
    .find((c) => c.name === cooldown)!
    .recorded.flatMap(([e, r]): Recording[] => (e.what !== "other-file" && e.qubit === qubit ? [...r] : []));

/** Excess population at the end of the drive, and its standard error. */
function excess(t: QubitTruth, p1: number, shots: number) {
  const fidelity = 1 - readout.ge - readout.eg;
  const gap = Math.exp(t.gamma1_total * 40e-9);
  return { value: ((p1 - readout.ge) / fidelity - t.n_eq) * gap, sigma: (Math.sqrt((p1 * (1 - p1)) / shots) / fidelity) * gap };
}

/** Weighted mean of rates over powers, and its error; weights from the errors at the true rate. */
function combined(rates: readonly { value: number; relative: number }[]) {
  const weights = rates.map((r) => r.relative ** -2);
  const total = weights.reduce((a, b) => a + b, 0);
  return { mean: rates.reduce((sum, r, i) => sum + r.value * weights[i]!, 0) / total, relative: 1 / Math.sqrt(total) };
}

const groups = Object.entries(truth.cooldowns).flatMap(([cooldown, qubits]) =>
  Object.entries(qubits).map(([qubit, t]) => [cooldown, qubit, t] as const),
);

describe("the rates that were put in come out of the simulated measurements", () => {
  it.each(groups.filter(([, qubit]) => qubit !== "q3"))("%s %s: complex amplitude and population", (cooldown, qubit, t) => {
    const recordings = recordingsOf(cooldown, qubit);
    const traces = recordings.filter((r): r is ScatteringTrace => r.kind === "scattering");
    const saturation = recordings.find((r): r is Saturation => r.kind === "saturation")!;
    const [off, ...on] = traces;
    const port = t.geometry === "reflection" ? 0 : 1;
    const middle = (off!.frequency.length - 1) / 2;
    expect(off!.frequency[middle]).toBe(t.frequency_hz);
    const rates = on.map((trace, i) => {
      const [a, b] = [trace.s[middle]![port]!, off!.s[middle]![port]!];
      const re = (a.re * b.re + a.im * b.im) / (b.re ** 2 + b.im ** 2);
      const n = excess(t, saturation.p1[i]!, saturation.shots);
      const flux = (2 * t.points[i]!.p_device_w * (1 - re)) / (HBAR * 2 * Math.PI * t.frequency_hz);
      const sigma = 1e-3 * Math.SQRT2;
      return { value: flux / n.value, relative: Math.hypot(sigma / (1 - t.points[i]!.s_re), n.sigma / (t.points[i]!.n_e - t.n_eq)) };
    });
    const { mean, relative } = combined(rates);
    expect(relative).toBeLessThan(0.02);
    expect(Math.abs(mean / t.gamma1_total - 1)).toBeLessThan(3.5 * relative);
  });

  it.each(groups.filter(([, qubit]) => qubit === "q3"))("%s %s: incident minus reflected power, with its bias", (cooldown, qubit, t) => {
    const table = recordingsOf(cooldown, qubit).find((r): r is PowerTable => r.kind === "power-table")!;
    const rates = table.incident.map((_, i) => {
      const lost = 1 - 10 ** ((table.reflected[i]! - table.reflectedOff[i]!) / 10);
      const n = excess(t, table.p1[i]!, table.shots);
      const point = t.points[i]!;
      const flux = (point.p_device_w * lost) / (HBAR * 2 * Math.PI * t.frequency_hz);
      const known = 1 - point.s_re ** 2;
      return {
        value: flux / n.value / point.gamma1_scalar_difference,
        relative: Math.hypot((2e-4 * Math.SQRT2) / known, n.sigma / (point.n_e - t.n_eq)),
      };
    });
    const { mean, relative } = combined(rates);
    expect(relative).toBeLessThan(0.02);
    expect(Math.abs(mean - 1)).toBeLessThan(3.5 * relative);
    // The bias on resonance is (1 + S11)/2 (PHYSICS.md sec. 1, estimator 2).
    for (const p of t.points) expect(p.gamma1_scalar_difference / t.gamma1_total).toBeCloseTo((1 + p.s_re) / 2, 9);
  });

  it.each(groups)("%s %s: decays scatter about 1/T1", (cooldown, qubit, t) => {
    const { fluctuation } = DEFAULT_LAB.qubits[qubit]!;
    const usual = t.gamma1_repeats.filter((g) => g < 2 * t.gamma1_total);
    const mean = usual.reduce((a, b) => a + b, 0) / usual.length;
    expect(Math.abs(mean / t.gamma1_total - 1)).toBeLessThan((3.5 * fluctuation) / Math.sqrt(usual.length));
    for (const r of recordingsOf(cooldown, qubit)) {
      if (r.kind !== "counts" || r.sequence !== "t1") continue;
      // Two points on the exponential: p(0) and the point near T1.
      const k = r.delays.findIndex((d) => d >= t.t1);
      const p = (i: number) => excess(t, r.p1[i]!, r.shots).value;
      const rate = Math.log(p(0) / p(k)) / r.delays[k]!;
      const sigma = Math.sqrt((r.p1[k]! * (1 - r.p1[k]!)) / r.shots) / p(k) / r.delays[k]!;
      expect(Math.abs(rate - r.gamma1)).toBeLessThan(5 * sigma);
    }
  });
});
