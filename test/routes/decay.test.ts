import { describe, expect, it } from "vitest";
import { failedCodes } from "../../src/core/check.ts";
import type { Estimate } from "../../src/core/estimate.ts";
import { quantity } from "../../src/core/quantity.ts";
import { random } from "../../src/core/random.ts";
import { averageTraces } from "../../src/fit/average.ts";
import { type DecayFitOptions, fitDecay } from "../../src/fit/decay-fit.ts";
import type { LabelledFit } from "../../src/fit/labelled.ts";
import { parameterOf } from "../../src/fit/outcome.ts";
import { effectiveSize } from "../../src/numerics/effective-size.ts";
import { conditionText, decayRoute } from "../../src/routes/decay.ts";
import type { Dataset } from "../../src/tables/dataset.ts";
import { delays, type Recipe, simulated } from "../fit/traces.ts";

const t = delays(61, 1e-4);
const decaying = (t1: number): Recipe => ({ noise: "unknown", t, law: (x) => 0.05 + 0.9 * Math.exp(-x / t1) });
const flat: Recipe = { noise: "unknown", t, law: () => 0.4 };

function label(d: Dataset, k: number, extra: Partial<LabelledFit> = {}, options: DecayFitOptions = {}): LabelledFit {
  const labels = { cooldown: "cd1", device: "chip", qubit: "q1", trace: `p[${k}]` };
  return {
    ...fitDecay(d, options),
    labels,
    axis: "repeat",
    conditions: [],
    sources: ["a.csv"],
    started: "",
    kindInferred: false,
    ...extra,
  };
}
const repeats = (recipes: readonly Recipe[], seed = 1) => {
  const source = random(seed);
  return recipes.map((r) => simulated(r, source));
};
const get = (rows: readonly Estimate[], name: string, estimator = "exponential") =>
  rows.find((e) => e.quantity === name && e.estimator === estimator)!;
const series = (recipes: readonly Recipe[]) => {
  const datasets = repeats(recipes);
  const fits = datasets.map((d, k) => label(d, k));
  return { fits, mean: label(averageTraces(datasets)!, 0, { axis: "mean" }) };
};

describe("decay route", () => {
  it("single trace: the fit's rate and T1 with its errors", () => {
    const fit = label(repeats([decaying(2e-5)])[0]!, 0, { axis: "single" });
    const rows = decayRoute([fit]);
    expect(rows.map((e) => [e.quantity, e.condition, e.unit, e.status])).toEqual([
      ["gamma1_total", "combined", "1/s", "usable"],
      ["t1_mean", "combined", "s", "usable"],
    ]);
    const rate = parameterOf(fit.outcome, "gamma1_total")!;
    expect([rows[0]!.value, rows[0]!.sigmaStat, rows[0]!.sigmaCommon]).toEqual([rate.value, rate.sigma, 0]);
    expect(rows[1]!.sigmaStat).toBeCloseTo(parameterOf(fit.outcome, "t1")!.sigma, 12);
    expect(Math.hypot(...rows[0]!.budget.map((l) => l.contribution))).toBeCloseTo(rate.sigma, 6);
  });

  it("repeats: mean of the rates, mean T1, T1 of the average, scatter and median error are five numbers", () => {
    const { fits, mean } = series([1e-5, 2e-5, 3e-5, 4e-5].map(decaying));
    const rows = decayRoute([...fits, mean]);
    const t1 = fits.map((f) => parameterOf(f.outcome, "t1")!.value);
    const centre = t1.reduce((s, x) => s + x, 0) / 4;
    expect(get(rows, "gamma1_total").value).toBeCloseTo(t1.reduce((s, x) => s + 1 / x, 0) / 4, 4);
    expect(get(rows, "t1_mean").value).toBeCloseTo(centre, 14);
    const scatter = Math.sqrt(t1.reduce((s, x) => s + (x - centre) ** 2, 0) / 3);
    expect(get(rows, "t1_scatter").value).toBeCloseTo(scatter, 14);
    expect(get(rows, "t1_mean").sigmaStat).toBeCloseTo(scatter / 2, 14);
    expect(get(rows, "t1_of_average").value).toBe(parameterOf(mean.outcome, "t1")!.value);
    expect(get(rows, "t1_median_sigma").value).toBeGreaterThan(0);
    expect(failedCodes(get(rows, "t1_mean").checks)).toContain("scatter_exceeds_fit");
    expect(new Set(rows.map((e) => e.condition))).toEqual(new Set(["combined"]));
  });

  it("a swept axis gives one row per point and no average", () => {
    const fits = repeats([decaying(1e-5), decaying(3e-5)]).map((d, k) =>
      label(d, k, { axis: "swept", conditions: [{ name: "flux", value: 0.31 + 0.1 * k, unit: "" }] }),
    );
    const rows = decayRoute(fits);
    expect(rows.filter((e) => e.quantity === "gamma1_total").map((e) => e.condition)).toEqual(["flux=0.31", "flux=0.41"]);
    expect(conditionText([{ name: "p_in", value: 1.2e-16, unit: "W" }])).toBe("p_in=1.2e-16 W");
  });

  it("noise gives a refused row: NaN, the reason, the code", () => {
    const { fits, mean } = series([flat, flat, flat]);
    for (const e of decayRoute([...fits, mean])) {
      expect(e.value).toBeNaN();
      expect(e.sigmaStat).toBeNaN();
      expect(e.status).toBe("refused");
      expect(failedCodes(e.checks)).toContain("no_signal");
      expect(e.remark).toContain("All 3 repeats are refused");
    }
  });

  it("many refused repeats: the average is quoted as doubtful, never the mean of the survivors", () => {
    const { fits, mean } = series([decaying(2e-5), decaying(2e-5), decaying(2e-5), flat, flat]);
    const rows = decayRoute([...fits, mean]);
    const rate = get(rows, "gamma1_total");
    expect(rate.value).toBe(parameterOf(mean.outcome, "gamma1_total")!.value);
    expect([rate.status, failedCodes(rate.checks).includes("many_traces_refused")]).toEqual(["doubtful", true]);
    expect(get(rows, "t1_mean").status).toBe("refused");
    expect(get(rows, "t1_of_average").status).not.toBe("refused");
    const survivors = get(decayRoute(fits), "gamma1_total");
    expect([survivors.status, failedCodes(survivors.checks).includes("many_traces_refused")]).toEqual(["doubtful", true]);
    const few = get(decayRoute(series([...Array(19).fill(decaying(2e-5)), flat]).fits), "gamma1_total");
    expect([few.status, failedCodes(few.checks).includes("some_traces_refused")]).toEqual(["usable", true]);
  });

  it("mostly refused and no average: refused, whatever passes", () => {
    const { fits } = series([decaying(2e-5), flat, flat]);
    expect(get(decayRoute(fits), "gamma1_total").status).toBe("refused");
  });

  it("a stated offset gives its own row, whose error is common to all repeats", () => {
    const offset = { quantity: quantity(0.05, "1", 0.01), why: "readout" };
    const source = random(3);
    const fits = Array.from({ length: 4 }, (_, k) => label(simulated(decaying(2e-5), source), k, {}, { offset }));
    const rows = decayRoute(fits);
    expect(rows[0]!.estimator).toBe("exponential");
    const fixed = get(rows, "gamma1_total", "offset_fixed");
    expect(fixed.sigmaCommon).toBeGreaterThan(0);
    expect(get(rows, "gamma1_total").sigmaCommon).toBe(0);
  });

  it("equal arrays count once; other kinds are ignored; an inferred kind is doubtful", () => {
    const d = repeats([decaying(2e-5)])[0]!;
    expect(decayRoute([label(d, 0), label(d, 1)]).map((e) => e.quantity)).toEqual(["gamma1_total", "t1_mean"]);
    expect(decayRoute([label(d, 0, { kind: "other" })])).toEqual([]);
    const inferred = decayRoute([label(d, 0, { kindInferred: true })])[0]!;
    expect([inferred.status, failedCodes(inferred.checks)]).toEqual(["doubtful", ["kind_inferred"]]);
  });
});

describe("effective size", () => {
  it("is N for independent values, and N (1-r)/(1+r) for an autoregressive series", () => {
    const source = random(77);
    const [n, r] = [4000, 0.8];
    const white = Array.from({ length: n }, () => source.normal());
    expect(effectiveSize(white) / n).toBeGreaterThan(0.9);
    let x = 0;
    const red = white.map((v) => {
      x = r * x + v;
      return x;
    });
    expect(effectiveSize(red) / (n * ((1 - r) / (1 + r)))).toBeGreaterThan(0.75);
    expect(effectiveSize(red) / (n * ((1 - r) / (1 + r)))).toBeLessThan(1.35);
    expect(effectiveSize([1, 1, 1])).toBe(3);
  });
});
