import { describe, expect, it } from "vitest";
import { failedCodes } from "../../src/core/check.ts";
import { offsetNotUsed } from "../../src/core/messages/fit.ts";
import { quantity } from "../../src/core/quantity.ts";
import { type Random, random } from "../../src/core/random.ts";
import { fitDecay } from "../../src/fit/decay-fit.ts";
import { parameterOf } from "../../src/fit/outcome.ts";
import { column, dataset, delays, simulated } from "./traces.ts";

const T1 = 20e-6;
const RATE = 1 / T1;

/** I/Q with calibration rows at the end, `level` of the prepared 1 in units of the true one. */
function calibrated(source: Random, { inT1 = 5, level = 1, points = 4, sigma = 0.03 } = {}) {
  const n = 41;
  const t = [...delays(n, inT1 * T1), ...Array.from({ length: 2 * points }, (_, k) => inT1 * T1 * (1.1 + 0.01 * k))];
  const p = [...t.slice(0, n).map((x) => Math.exp(-x / T1)), ...Array(points).fill(0), ...Array(points).fill(level)];
  const quadrature = (offset: number, swing: number) =>
    column(
      swing > 0 ? "i" : "q",
      "V",
      p.map((v) => offset + swing * v + sigma * source.normal()),
    );
  const rows = (from: number) => Array.from({ length: points }, (_, k) => from + k);
  return dataset([column("delay", "s", t), quadrature(-0.7, 0.6), quadrature(0.2, -0.8)], {
    calibration: { zero: rows(n), one: rows(n + points), origin: "marked", note: "" },
  });
}

describe("calibration points", () => {
  it("fix amplitude and offset; the pull of the rate, calibration noise included, is standard", () => {
    const source = random(21);
    let [sum, square] = [0, 0];
    const trials = 300;
    for (let k = 0; k < trials; k++) {
      const { outcome, alternatives, trace, rotation } = fitDecay(calibrated(source, { points: 2 }));
      const g = parameterOf(outcome, "gamma1_total")!;
      sum += (g.value - RATE) / g.sigma;
      square += ((g.value - RATE) / g.sigma) ** 2;
      if (k > 0) continue;
      expect(rotation).toContain("2 and 2 calibration points");
      expect(parameterOf(outcome, "amplitude")).toMatchObject({ value: 1, sigma: 0, fixed: true });
      expect(Object.keys(alternatives)).toEqual(expect.arrayContaining(["offset_free", "offset_fixed", "calibration_as_data"]));
      expect(trace.left_out).toEqual([41, 42, 43, 44]);
      expect(trace.unit).toBe("1");
    }
    expect(Math.abs(sum / trials)).toBeLessThan(4 / Math.sqrt(trials));
    expect(Math.abs(Math.sqrt(square / trials) - 1)).toBeLessThan(4 / Math.sqrt(2 * trials));
  });
  it("a wrong level of the prepared 1 shows as disagreement with the free offset", () => {
    const { outcome } = fitDecay(calibrated(random(2), { level: 1.3, points: 20 }));
    expect(failedCodes(outcome.checks)).toContain("offset_disagrees");
    expect(failedCodes(fitDecay(calibrated(random(2), { points: 20 })).outcome.checks)).not.toContain("offset_disagrees");
  });
  it("save a window that is too short for a free offset", () => {
    const { outcome, alternatives } = fitDecay(calibrated(random(5), { inT1: 0.5 }));
    expect(failedCodes(outcome.checks)).not.toContain("cut_off");
    const g = parameterOf(outcome, "gamma1_total")!;
    expect(Math.abs(g.value - RATE)).toBeLessThan(4 * g.sigma);
    expect(failedCodes(alternatives.offset_free!.checks)).toContain("cut_off");
  });
});

describe("an offset from temperature or readout", () => {
  const t = delays(61, 4 * T1);
  const law = (x: number) => 0.05 + 0.9 * Math.exp(-x * RATE);
  const options = (value: number, sigma: number) => ({ offset: { quantity: quantity(value, "1", sigma), why: "readout" } });
  it.each(["unknown", "binomial", "sigma"] as const)("%s: kept beside the free main fit, with smaller error and standard pull", (noise) => {
    const source = random(31);
    let [square, trials] = [0, 150];
    for (let k = 0; k < trials; k++) {
      const given = 0.05 + 0.002 * source.normal();
      const { outcome, alternatives } = fitDecay(simulated({ noise, t, law, shots: 400 }, source), options(given, 0.002));
      expect(parameterOf(outcome, "offset")!.fixed).toBe(false);
      const fixed = parameterOf(alternatives.offset_fixed!, "gamma1_total")!;
      expect(fixed.sigma).toBeLessThan(parameterOf(outcome, "gamma1_total")!.sigma);
      square += ((fixed.value - RATE) / fixed.sigma) ** 2;
    }
    expect(Math.abs(Math.sqrt(square / trials) - 1)).toBeLessThan(4 / Math.sqrt(2 * trials));
  });
  it("a wrong one is a check that doubts the result", () => {
    const d = simulated({ noise: "binomial", t, law, shots: 4000 }, random(6));
    expect(failedCodes(fitDecay(d, options(0.15, 0.002)).outcome.checks)).toContain("offset_disagrees");
    expect(failedCodes(fitDecay(d, options(0.05, 0.002)).outcome.checks)).not.toContain("offset_disagrees");
  });
  it("means nothing for a voltage without calibration, and this is noted", () => {
    const record = fitDecay(simulated({ noise: "iq", t, law }, random(7)), options(0.05, 0.002));
    expect(record.alternatives.offset_fixed).toBeUndefined();
    expect(record.notes.map((n) => n.text)).toContain(offsetNotUsed());
  });
});
