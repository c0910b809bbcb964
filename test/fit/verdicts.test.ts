import { describe, expect, it } from "vitest";
import { failedCodes, statusOf } from "../../src/core/check.ts";
import { badRows, tooFewPoints } from "../../src/core/messages/fit.ts";
import { random } from "../../src/core/random.ts";
import { fitDecay } from "../../src/fit/decay-fit.ts";
import { parameterOf } from "../../src/fit/outcome.ts";
import { column, dataset, delays, population, type Recipe, simulated, traceChecks } from "./traces.ts";

const T1 = 20e-6;
const decay = (t: number) => 0.05 + 0.9 * Math.exp(-t / T1);
const window = (inT1: number, n = 51) => delays(n, inT1 * T1);
const NOISES = ["unknown", "sigma", "binomial", "iq"] as const;

function count(recipe: Recipe, trials: number, code: string, seed = 1): number {
  const source = random(seed);
  let failed = 0;
  for (let k = 0; k < trials; k++) if (failedCodes(fitDecay(simulated(recipe, source)).outcome.checks).includes(code as never)) failed++;
  return failed;
}

describe("verdicts on simulated traces", () => {
  it.each(NOISES)("refuses flat noise (%s), 100 of 100, with no numbers (rates in calibration.full.test.ts)", (noise) => {
    const recipe: Recipe = { noise, t: window(5), law: () => 0.4, sigma: 0.05, shots: 300 };
    expect(count(recipe, 100, "no_signal")).toBe(100);
    const { outcome, trace } = fitDecay(simulated(recipe, random(3)));
    expect(outcome.state).toBe("refused");
    expect(outcome).not.toHaveProperty("parameters");
    expect(trace.fit).toEqual([]);
    expect(trace.y).toHaveLength(51);
  });
  it("does not refuse a weak decay: amplitude twice the noise, 101 points", () => {
    expect(count({ noise: "iq", t: window(5, 101), law: (t) => 0.2 * Math.exp(-t / T1), sigma: 0.08 }, 100, "no_signal")).toBeLessThan(10);
  });
  it.each(NOISES)(
    "calls a clean exponential usable (%s): all checks together find something in 5 % of 120, 3 s.d. (400 in verdicts.full.test.ts)",
    (noise) => {
      const source = random(1);
      const recipe: Recipe = { noise, t: window(5, 101), law: decay };
      const flagged = Array.from({ length: 120 }, () => failedCodes(fitDecay(simulated(recipe, source)).outcome.checks).length > 0);
      expect(flagged.filter(Boolean).length).toBeLessThanOrEqual(6 + 3 * 2.4);
    },
  );
  it.each([5, 15])("flags a component %i times faster that holds three tenths, 20 of 20", (ratio) => {
    const law = (t: number) => 0.05 + 0.63 * Math.exp(-t / T1) + 0.27 * Math.exp((-ratio * t) / T1);
    expect(count({ noise: "binomial", t: window(5, 101), law }, 20, "not_exponential")).toBe(20);
    const record = fitDecay(simulated({ noise: "binomial", t: window(5, 101), law, shots: 4000 }, random(2)));
    expect(statusOf(record.outcome.checks)).toBe("doubtful");
    const fast = parameterOf(record.alternatives.biexponential!, "rate2")!;
    expect(Math.abs(fast.value - ratio / T1)).toBeLessThan(4 * fast.sigma);
  });
  it("flags beating of 15 %", () => {
    const law = (t: number) => 0.05 + 0.9 * Math.exp(-t / T1) * (0.85 + 0.15 * Math.cos((2 * Math.PI * t) / (0.8 * T1)));
    expect(count({ noise: "unknown", t: window(5, 101), law }, 12, "not_exponential")).toBe(12);
  });
  it("cut off at one T1: doubtful; growing: refused; over before the third delay: undersampled", () => {
    expect(count({ noise: "unknown", t: window(1), law: decay }, 30, "cut_off")).toBe(30);
    expect(count({ noise: "unknown", t: window(5), law: (t) => 0.05 + 0.1 * Math.exp(t / T1 / 2) }, 30, "growing")).toBe(30);
    expect(count({ noise: "unknown", t: delays(51, 45 * T1), law: decay }, 30, "undersampled")).toBe(30);
  });
  it("chi2 against the stated noise: too high, too low", () => {
    const t = window(5);
    const source = random(9);
    const stated = (sigma: number) =>
      fitDecay(
        dataset(
          [
            column("delay", "s", t),
            column(
              "population",
              "1",
              t.map((x) => decay(x) + 0.02 * source.normal()),
            ),
            column(
              "sigma",
              "1",
              t.map(() => sigma),
            ),
          ],
          { noise: { type: "sigma" } },
        ),
      );
    expect(failedCodes(stated(0.01).outcome.checks)).toContain("chi2_high");
    expect(failedCodes(stated(0.04).outcome.checks)).toContain("chi2_low");
  });
  it("noise whose stated sigma is far too small is not taken for a decay", () => {
    const source = random(12);
    const t = window(5);
    for (let k = 0; k < 50; k++) {
      const d = dataset(
        [
          column("delay", "s", t),
          column(
            "population",
            "1",
            t.map(() => 0.3 + 0.05 * source.normal()),
          ),
          column(
            "sigma",
            "1",
            t.map(() => 0.005),
          ),
        ],
        { noise: { type: "sigma" } },
      );
      expect(fitDecay(d).outcome.state).toBe("refused");
    }
  });
  it("one far point is named and kept", () => {
    const p = window(5).map(decay);
    const source = random(4);
    const noisy = p.map((v, i) => v + 0.01 * source.normal() + (i === 30 ? 0.2 : 0));
    const record = fitDecay(population(window(5), noisy));
    expect(failedCodes(record.outcome.checks)).toContain("outliers");
    expect(record.trace.left_out).toEqual([]);
  });
});

describe("rows", () => {
  const t = window(5, 21);
  const p = [...t].map(decay);
  const code = (values: ArrayLike<number>, extra = {}) => {
    const { outcome } = fitDecay(population(t, values, extra));
    return { codes: failedCodes(outcome.checks), state: outcome.state, sentence: outcome.state === "refused" ? outcome.sentence : "" };
  };
  const put = (i: number, v: number) => p.map((x, k) => (k === i ? v : x));
  it("refuses what cannot be a measurement, with its row numbers", () => {
    const infinite = code(put(3, Number.POSITIVE_INFINITY));
    expect(infinite).toEqual({ codes: ["bad_values"], state: "refused", sentence: badRows("infinite values", [3]) });
    expect(code(put(4, 17)).sentence).toBe(badRows("populations far outside 0..1", [4]));
    const shots = (n: ArrayLike<number>) =>
      fitDecay(
        dataset([column("delay", "s", t), column("population", "1", p), column("shots", "1", n)], {
          noise: { type: "binomial", shots: "column" },
        }),
      ).outcome;
    const negative = shots(p.map((_, i) => (i === 7 ? -100 : 100)));
    expect(negative.state === "refused" && negative.sentence).toBe(badRows("negative or infinite shots", [7]));
    expect(code(put(2, -0.02), { noise: { type: "binomial", shots: 100 } }).state).toBe("refused");
    expect(code(put(2, -0.02)).state).toBe("converged");
  });
  it("leaves out NaN, rows without shots and excluded rows, and lists them", () => {
    const record = fitDecay(population(t, put(5, Number.NaN)), { excluded: [0, 9] });
    expect(record.trace.left_out).toEqual([0, 5, 9]);
    expect(failedCodes(record.outcome.checks)).toContain("points_excluded");
    expect(record.outcome.n).toBe(18);
  });
  it("refuses too few distinct delays, and a dataset without a delay", () => {
    const { outcome } = fitDecay(population([0, 0, 1, 1, 2, 3], [1, 1, 0.5, 0.5, 0.3, 0.2]));
    expect(outcome.state === "refused" && outcome.sentence).toBe(tooFewPoints(4, 5));
    expect(fitDecay(dataset([column("population", "1", p)])).outcome.state).toBe("refused");
    expect(fitDecay(dataset([column("delay", "s", t)])).outcome.state).toBe("refused");
  });
  it("unsorted and repeated delays give the same fit; repeats are said", () => {
    const source = random(8);
    const noisy = p.map((v) => v + 0.01 * source.normal());
    const order = [...t.keys()].sort((i, j) => ((i * 7) % 21) - ((j * 7) % 21));
    const straight = parameterOf(fitDecay(population(t, noisy)).outcome, "t1")!;
    const shuffled = parameterOf(
      fitDecay(
        population(
          order.map((i) => t[i]!),
          order.map((i) => noisy[i]!),
        ),
      ).outcome,
      "t1",
    )!;
    expect(shuffled.value).toBe(straight.value);
    const twice = fitDecay(population([...t, ...t], [...noisy, ...noisy.map((v) => v + 0.001)])).outcome;
    expect(failedCodes(twice.checks)).toContain("duplicate_delays");
  });
  it("constant and noise-free data are values, not crashes", () => {
    expect(code(p.map(() => 0.5)).codes).toContain("no_signal");
    const clean = fitDecay(population(t, p)).outcome;
    expect(statusOf(clean.checks)).toBe("usable");
    expect(parameterOf(clean, "t1")!.value / T1).toBeCloseTo(1, 8);
  });
});

describe("what decides about a trace", () => {
  it("the checks are those of its exponential, whatever is compared with it afterwards", () => {
    const source = random(12);
    for (const law of [decay, (t: number) => 0.05 + 0.63 * Math.exp(-t / T1) + 0.27 * Math.exp((-8 * t) / T1), () => 0.4]) {
      const d = simulated({ noise: "binomial", t: window(5), law, shots: 1000 }, source);
      expect(fitDecay(d).outcome.checks.map((c) => [c.code, c.holds])).toEqual(traceChecks(d).map((c) => [c.code, c.holds]));
    }
  });
});
