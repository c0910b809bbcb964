import { describe, expect, it } from "vitest";
import { failedCodes } from "../../src/core/check.ts";
import { noiseBeyondStated, outliersExplain, withoutOutliers } from "../../src/core/messages/departures.ts";
import { random } from "../../src/core/random.ts";
import { fitDecay } from "../../src/fit/decay-fit.ts";
import { parameterOf } from "../../src/fit/outcome.ts";
import { delays, population, simulated } from "./traces.ts";

const RATE = 5e4;
const t = delays(101, 5 / RATE);
const clean = (x: number) => 0.03 + 0.9 * Math.exp(-RATE * x);
const fitted = (law: (x: number) => number, seed = 11) => fitDecay(simulated({ noise: "binomial", t, law, shots: 1000 }, random(seed)));
const sentence = (record: ReturnType<typeof fitted>, code: string) => record.outcome.checks.find((c) => c.code === code)!.sentence;

describe("where one exponential is not enough", () => {
  it("a drift of the readout is named, with the rate that it hides", () => {
    const record = fitted((x) => clean(x) + 0.1 * x * RATE * 0.2);
    expect(sentence(record, "not_exponential")).toContain("Better law: exponential_drift");
    const rate = parameterOf(record.alternatives.exponential_drift!, "gamma1_total")!;
    expect(Math.abs(rate.value - RATE)).toBeLessThan(3 * rate.sigma);
    const wrong = parameterOf(record.outcome, "gamma1_total")!;
    expect(Math.abs(wrong.value - RATE)).toBeGreaterThan(3 * wrong.sigma);
  });
  it("beating with a defect is found where no simpler law is enough, and its own rate of the qubit with it", () => {
    const record = fitted((x) => 0.03 + 0.9 * Math.exp(-RATE * x) * (0.9 + 0.1 * Math.cos(9 * RATE * x)));
    expect(sentence(record, "not_exponential")).toContain("Better law: coupled_defect");
  });
  it("a jump is not passed off as another law: every law leaves it in the residuals", () => {
    const record = fitted((x) => clean(x) + (x > 2.5 / RATE ? 0.09 : 0));
    expect(sentence(record, "not_exponential")).toContain("a jump at 51.00 us");
    expect(sentence(record, "not_exponential")).toContain("No other law is surely better");
  });
  it("costlier laws are not searched where a simpler one is enough", () => {
    const record = fitted((x) => 0.03 + 0.63 * Math.exp(-RATE * x) + 0.27 * Math.exp(-8 * RATE * x));
    expect(Object.keys(record.alternatives)).toContain("biexponential");
    expect(Object.keys(record.alternatives)).not.toContain("coupled_defect");
  });
  it("noise beyond the stated one is no wrong law: the rate with the noise of the residuals stands beside", () => {
    const source = random(2);
    const noisy = t.map((x) => Math.min(1, Math.max(0, source.binomial(100_000, clean(x)) / 100_000 + 0.01 * source.normal())));
    const record = fitDecay(population(t, noisy, { noise: { type: "binomial", shots: 100_000 } }));
    expect(failedCodes(record.outcome.checks)).toEqual(["chi2_high"]);
    const t1 = parameterOf(record.alternatives.noise_from_residuals!, "t1")!;
    expect(sentence(record, "chi2_high")).toContain(noiseBeyondStated(t1));
    expect(t1.sigma).toBeGreaterThan(2 * parameterOf(record.outcome, "t1")!.sigma);
  });
  it("a trace that asks for a law not surely is told so, with that law's T1", () => {
    const source = random(41);
    const said = Array.from({ length: 120 }, () => fitDecay(simulated({ noise: "binomial", t, law: clean, shots: 1000 }, source)))
      .filter((r) => r.laws.length > 0)
      .map((r) => sentence(r, "not_exponential"));
    expect(said.length).toBeGreaterThan(0);
    for (const text of said) expect(text).toMatch(/surely|Better law|outlying/);
    expect(said.some((text) => text.includes("The exponential_drift law may be"))).toBe(true);
  });
  it("a clean trace has no alternatives", () => {
    expect(fitted(clean).alternatives).toEqual({});
  });
});

describe("outlying points", () => {
  const source = random(3);
  const p = t.map((x) => source.binomial(1000, clean(x)) / 1000);
  const spoilt = p.map((v, i) => ([10, 40, 77].includes(i) ? v + 0.12 : v));
  const noise = { noise: { type: "binomial", shots: 1000 } } as const;
  it("are counted and placed, the rate without them stands beside, and nothing is dropped", () => {
    const record = fitDecay(population(t, spoilt, noise));
    expect(failedCodes(record.outcome.checks)).toContain("outliers");
    const text = sentence(record, "outliers");
    for (const place of ["10.00 us", "40.00 us", "77.00 us"]) expect(text).toContain(place);
    expect(record.outcome.n).toBe(101);
    const without = record.alternatives.without_outliers!;
    expect(without.n).toBe(98);
    expect(text).toContain(withoutOutliers(parameterOf(without, "t1")!, parameterOf(record.outcome, "t1")));
    const undisturbed = parameterOf(fitDecay(population(t, p, noise)).outcome, "t1")!;
    expect(Math.abs(parameterOf(without, "t1")!.value - undisturbed.value)).toBeLessThan(0.3 * undisturbed.sigma);
  });
  it("explain a failed shape test only where they do it better than a law", () => {
    const two = fitDecay(
      population(
        t,
        p.map((v, i) => (i === 60 || i === 62 ? v + 0.15 : v)),
        noise,
      ),
    );
    expect(failedCodes(two.outcome.checks)).toEqual(["chi2_high", "outliers"]);
    const burst = fitDecay(
      population(
        t,
        p.map((v, i) => (i >= 60 && i <= 63 ? v + 0.15 : v)),
        noise,
      ),
    );
    expect(sentence(burst, "not_exponential")).toContain(outliersExplain(4));
    // A fast component has its "outliers" all at the start: no excuse for the law.
    const fast = fitted((x) => 0.03 + 0.9 * Math.exp(0.8 * (Math.exp(-4 * RATE * x) - 1)) * Math.exp(-RATE * x));
    expect(sentence(fast, "not_exponential")).toContain("Better law: ");
  });
});
