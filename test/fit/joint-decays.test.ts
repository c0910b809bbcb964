import { describe, expect, it } from "vitest";
import * as messages from "../../src/core/messages/joint.ts";
import { random } from "../../src/core/random.ts";
import { fitAlone } from "../../src/fit/joint/decay-starts.ts";
import { fitJointDecays } from "../../src/fit/joint/decays.ts";
import { readoutOfLevels } from "../../src/fit/joint/readout-levels.ts";
import type { Signal } from "../../src/fit/signal-type.ts";
import { calibration, ERRORS, meanCoverage, RATE, traces, usualMean } from "./joint-traces.ts";

const STATED = { oneGivenZero: { value: ERRORS.oneGivenZero, sigma: 0.002 }, zeroGivenOne: { value: ERRORS.zeroGivenOne, sigma: 0.004 } };

describe("traces of one qubit fitted together", () => {
  it("with nothing shared each rate and its error are those of the trace by itself", () => {
    const signals = traces(5, 31, random(1));
    const { rates, mean, fit } = fitJointDecays(signals);
    const alone = fitAlone(signals);
    alone.forEach((one, k) => {
      const sigma = Math.sqrt(one.covariance[4]!);
      expect(Math.abs(rates[k]!.value - one.p[1]!) / sigma).toBeLessThan(1e-4);
      expect(rates[k]!.sigma / sigma).toBeCloseTo(1, 5);
      expect(rates[k]!.sigmaShared).toBe(0);
    });
    expect(mean!.sigma).toBeCloseTo(Math.hypot(...rates.map((r) => r.sigma)) / 5, 6);
    expect(fit.state).toBe("converged");
  });
  it("one common rate lies where the weighted traces put it, with the error of all points", () => {
    const signals = traces(6, 31, random(2));
    const { rates, mean } = fitJointDecays(signals, { rate: "common" });
    expect(rates).toHaveLength(1);
    const alone = fitAlone(signals).map((f) => ({ rate: f.p[1]!, weight: 1 / f.covariance[4]! }));
    const total = alone.reduce((s, a) => s + a.weight, 0);
    const weighted = alone.reduce((s, a) => s + a.weight * a.rate, 0) / total;
    // Amplitude and offset move with the rate beyond the linear order.
    expect(Math.abs(mean!.value - weighted) * Math.sqrt(total)).toBeLessThan(0.1);
    expect(mean!.sigma * Math.sqrt(total)).toBeCloseTo(1, 1);
  });
  it("the error of the mean falls to the floor that the calibration leaves, and no further", () => {
    const readout = calibration(random(3));
    const found = [1, 4, 16, 64].map((n) => fitJointDecays(traces(n, 21, random(4)), { readout, levels: "calibration" }).mean!);
    const floor = found[3]!.sigmaShared;
    found.forEach((mean, k) => {
      expect(mean.sigmaShared / floor).toBeCloseTo(1, 1);
      expect((mean.sigmaLocal * 2 ** k) / found[0]!.sigmaLocal).toBeCloseTo(1, 1);
    });
    expect(found[3]!.sigma / floor).toBeLessThan(1.05);
    const usual = usualMean(traces(64, 21, random(4)), readout);
    expect(usual.sigma).toBeLessThan(floor / 5);
  });
  it("the floor is the slope of the rate on the levels times their calibration errors", () => {
    const signals = traces(8, 21, random(5));
    const at = (e0: number, e1: number) =>
      usualMean(signals, { oneGivenZero: { wrong: e0, shots: 1 }, zeroGivenOne: { wrong: e1, shots: 1 } }).value;
    const slope0 = (at(0.0205, 0.05) - at(0.0195, 0.05)) / 0.001;
    const slope1 = (at(0.02, 0.0505) - at(0.02, 0.0495)) / 0.001;
    const { mean } = fitJointDecays(signals, { readout: STATED, levels: "calibration" });
    expect(mean!.sigmaShared / Math.hypot(0.002 * slope0, 0.004 * slope1)).toBeCloseTo(1, 2);
  });
  it("fitted together, traces and calibration share the levels: nearer than by the calibration alone, more than by exact levels", () => {
    const signals = traces(8, 21, random(6));
    const together = fitJointDecays(signals, { readout: STATED });
    const cut = fitJointDecays(signals, { readout: STATED, levels: "calibration" });
    expect(together.mean!.sigma).toBeLessThan(cut.mean!.sigma);
    expect(together.mean!.sigma).toBeGreaterThan(cut.mean!.sigmaLocal);
    if (together.fit.state === "refused") expect.fail(together.fit.sentence);
    expect(together.fit.parameter("p1_given_0").sigma).toBeLessThan(0.002);
    expect(together.status).toBe("usable");
    expect(together.method).toBe(messages.tiedLevelsMethod(8, false, false));
  });
  it("says when the traces contradict the calibration", () => {
    const readout = { ...STATED, oneGivenZero: { value: 0.035, sigma: 0.002 } };
    const { checks, status } = fitJointDecays(traces(8, 21, random(7)), { readout });
    const pulled = checks.find((c) => c.code === "readout_pulled")!;
    expect(pulled.holds).toBe(false);
    expect(pulled.sentence).toBe(messages.readoutPulled("p1_given_0", pulled.measured, 3));
    expect(status).toBe("doubtful");
  });
  it("populations that are stated with an error, or free", () => {
    const signals = traces(6, 31, random(8));
    const stated = fitJointDecays(signals, { readout: { ...STATED, equilibrium: { value: 0, sigma: 0.01 } } });
    const free = fitJointDecays(signals, { readout: { ...STATED, excited: { free: 0.9 } } });
    const exact = fitJointDecays(signals, { readout: STATED });
    expect(stated.mean!.sigma).toBeGreaterThan(exact.mean!.sigma);
    expect(free.mean!.sigma).toBeGreaterThan(exact.mean!.sigma);
    if (free.fit.state === "refused") expect.fail(free.fit.sentence);
    const n = free.fit.parameter("n_excited");
    expect(Math.abs(n.value - 1) / n.sigma).toBeLessThan(4);
  });
  it("counts of exactly none and all leave finite errors", () => {
    const t = Float64Array.from({ length: 21 }, (_, i) => (i * 5) / RATE / 20);
    const source = random(9);
    const signal = (): Signal => ({
      t,
      y: t.map((v) => source.binomial(200, Math.exp(-RATE * v)) / 200),
      noise: { type: "binomial", shots: new Float64Array(21).fill(200) },
      unit: "1",
    });
    const none = { wrong: 0, shots: 500 };
    const { mean, checks } = fitJointDecays([signal(), signal(), signal()], { readout: { oneGivenZero: none, zeroGivenOne: none } });
    expect(Math.abs(mean!.value - RATE) / mean!.sigma).toBeLessThan(4);
    expect(checks.find((c) => c.code === "not_converged")!.holds).toBe(true);
  });
  it("voltages of unknown noise: no chi2, errors from the residuals", () => {
    const source = random(10);
    const t = Float64Array.from({ length: 41 }, (_, i) => i * 2.5e-6);
    const signals = Array.from(
      { length: 4 },
      (): Signal => ({
        t,
        y: t.map((v) => 1e-3 * Math.exp(-RATE * v) - 2e-3 + 2e-5 * source.normal()),
        noise: { type: "unknown" },
        unit: "V",
      }),
    );
    const { mean, checks, method } = fitJointDecays(signals, { rate: "common" });
    expect(Math.abs(mean!.value - RATE) / mean!.sigma).toBeLessThan(4);
    expect(mean!.sigma / RATE).toBeLessThan(0.05);
    expect(checks.some((c) => c.code === "chi2_high")).toBe(false);
    expect(method).toContain(messages.estimatedNoise());
    expect(() => fitJointDecays(signals, { readout: STATED })).toThrow(messages.levelsArePopulations());
  });
  it("levels near zero whose error reaches beyond it: the floor from the side that counts allow", () => {
    const signals = traces(3, 21, random(15));
    const readout = { oneGivenZero: { value: 0.018, sigma: 0.037 }, zeroGivenOne: STATED.zeroGivenOne };
    const { mean, status } = fitJointDecays(signals, { readout, levels: "calibration" });
    expect(mean!.sigmaShared).toBeGreaterThan(0);
    expect(Number.isFinite(mean!.sigma)).toBe(true);
    expect(status).not.toBe("refused");
  });
  it("takes the levels of a file's calibration points, their scatter from the traces where it is not stated", () => {
    const [zero, one] = [
      { value: 0.02, points: 4, sigma: Number.NaN },
      { value: 0.95, points: 16, sigma: 0.003 },
    ];
    const { oneGivenZero, zeroGivenOne } = readoutOfLevels(zero, one, 0.01);
    expect(oneGivenZero).toEqual({ value: 0.02, sigma: 0.005 });
    expect(zeroGivenOne).toMatchObject({ sigma: 0.003 });
    const signals = traces(2, 21, random(14));
    expect(fitJointDecays(signals, { readout: readoutOfLevels(zero, one, 0.01) }).status).toBe("usable");
    expect(() => fitJointDecays(signals, { readout: readoutOfLevels(zero, one) })).toThrow(messages.badSigma("p1_given_0", Number.NaN));
  });
  it("gives no number for a rate that the data do not know, nor for a trace that does not decay", () => {
    const signals = traces(2, 21, random(13));
    const level = { exactly: 0.02 };
    const blind = fitJointDecays(signals, { readout: { ...STATED, excited: level, equilibrium: level } });
    expect(blind.status).toBe("refused");
    expect(blind.mean).toBeUndefined();
    const flat: Signal = { ...signals[0]!, y: signals[0]!.y.map((_, i) => 0.5 + 0.01 * Math.sin(40 * i * i)) };
    const { status, checks } = fitJointDecays([signals[0]!, { ...flat, noise: { type: "unknown" } }]);
    expect(status).toBe("refused");
    expect(checks.find((c) => c.code === "growing")!.sentence).toContain("rate[1]");
  });
  it("refuses in words what is not stated properly", () => {
    const signals = traces(1, 21, random(11));
    expect(() => fitJointDecays([])).toThrow(messages.noTraces());
    expect(() => fitJointDecays(signals, { readout: { ...STATED, oneGivenZero: { wrong: 3, shots: 2 } } })).toThrow(
      messages.badCounts(3, 2),
    );
    const zero = { ...STATED, oneGivenZero: { value: 0.02, sigma: 0 } };
    expect(() => fitJointDecays(signals, { readout: zero })).toThrow(messages.badSigma("p1_given_0", 0));
  });
  it("a short run of the coverage (100 repetitions of 6 traces): the usual intervals hold the truth far too rarely", () => {
    const { together, calibration: alone, usual } = meanCoverage(6, 21, 100, random(12));
    // 4 s.d. of 100 repetitions; the full one is in joint-decays.full.test.ts.
    expect(Math.abs(together - 0.683)).toBeLessThan(0.186);
    expect(Math.abs(alone - 0.683)).toBeLessThan(0.186);
    expect(usual).toBeLessThan(0.45);
  });
});
