import { describe, expect, it } from "vitest";
import { covarianceOf, type Estimate, sigmaOf } from "../../src/core/estimate.ts";
import { quantity } from "../../src/core/quantity.ts";
import { fitDecay } from "../../src/fit/decay-fit.ts";
import type { LabelledFit } from "../../src/fit/labelled.ts";
import { decayRoute } from "../../src/routes/decay.ts";
import { powerRoute } from "../../src/routes/power/power.ts";
import { decaySplit } from "../../src/routes/thermal.ts";
import { delays, population } from "../fit/traces.ts";
import {
  G1,
  N_EQ,
  populationFile,
  read,
  referenceFile,
  SATURATIONS,
  scatteringFiles,
  sourcePower,
  TOTAL,
  undrivenFile,
} from "./closed-form.ts";
import { dataset, facts, LABELS, LINE, READOUT, stated } from "./power-lab.ts";

const usual = () => [...scatteringFiles(), populationFile(), undrivenFile(), referenceFile()];
function total(parts: Parameters<typeof facts>[0], labels = LABELS): Estimate {
  const { estimates } = powerRoute({ labels, facts: facts(parts), datasets: usual() });
  return estimates.find((e) => e.quantity === "gamma1_total" && e.estimator === "complex_s" && e.condition === "combined")!;
}
/** Readout errors of another cooldown, so that the line alone is shared. */
const otherReadout = { ...READOUT, p1_given_0: stated("other.a", 0.015, "1", 0.003), p0_given_1: stated("other.b", 0.045, "1", 0) };
const IN_DB = (0.5 * Math.LN10) / 10;
/** The same arrays under two labels are one dataset: what they share is not the line's. */
const byLine = (a: Estimate, b: Estimate) => {
  const line = (e: Estimate) => ({
    ...e,
    budget: e.budget.filter((l) => l.shared?.startsWith("lines.") || l.shared?.startsWith("cooldowns.")),
  });
  return covarianceOf(line(a), line(b)) / a.value / b.value;
};

describe("inputs that estimates share", () => {
  const later = { ...LABELS, cooldown: "cd08" };
  it("one attenuation for two cooldowns does not average down and cancels in their ratio", () => {
    const [a, b] = [total({}), total({ readout: otherReadout }, later)];
    expect(byLine(a, b) / IN_DB ** 2).toBeCloseTo(1, 9);
  });
  it("an attenuation that the second cooldown states anew is another error", () => {
    const line = { ...LINE, attenuation: stated("cooldowns.cd08.lines.drive1.attenuation", 80, "dB", 0.5) };
    expect(byLine(total({}), total({ line, readout: otherReadout }, later))).toBe(0);
  });
  it("power and decay share n_eq in gamma1 = G1tot (1 - 2 n_eq), and nothing in gamma1_total", () => {
    const at = facts({ qubit: { geometry: "reflection", equilibrium_population: stated("q.n", N_EQ, "1", 0.005) } });
    const datasets = [...scatteringFiles(), populationFile(), referenceFile()];
    const { estimates } = powerRoute({ labels: LABELS, facts: at, datasets });
    const decay: Estimate = {
      ...total({}),
      route: "decay",
      estimator: "exponential",
      value: TOTAL,
      checks: [],
      budget: [{ input: "shots", contribution: 100 }],
    };
    const split = decaySplit(at, datasets, decay).find((e) => e.quantity === "gamma1")!;
    const power = estimates.find((e) => e.quantity === "gamma1" && e.estimator === "complex_s")!;
    expect(split.value / G1).toBeCloseTo(1, 9);
    const line = (e: Estimate) => e.budget.find((l) => l.shared === "q.n")!.contribution;
    expect(line(split) / (-2 * 0.005 * TOTAL)).toBeCloseTo(1, 9);
    expect(covarianceOf(split, power) / (line(split) * line(power))).toBeCloseTo(1, 9);
    expect(covarianceOf(decay, power)).toBe(0);
  });
  it("an undriven row of the saturation table is n_eq for both routes", () => {
    const table = dataset(
      "population",
      [
        ["power", "W", [0, ...SATURATIONS.map((s) => sourcePower(s))]],
        ["population", "1", [read(N_EQ), ...SATURATIONS.map(() => 0.3)]],
      ],
      { noise: { type: "binomial", shots: 1e6 } },
    );
    const decay: Estimate = { ...total({}), route: "decay", value: TOTAL, checks: [], budget: [{ input: "shots", contribution: 100 }] };
    const split = decaySplit(facts(), [table], decay).find((e) => e.quantity === "gamma1")!;
    expect(split.value / G1).toBeCloseTo(1, 9);
  });
});

describe("a stated offset of a decay is an error that its repeats share", () => {
  const trace = (k: number): LabelledFit => {
    const t = delays(41, 4 / TOTAL);
    const wobble = (i: number) => 0.004 * Math.sin(7 * i + k);
    const p = [...t].map((x, i) => 0.05 + 0.9 * Math.exp(-TOTAL * (1 + 0.01 * Math.sin(k)) * x) + wobble(i));
    const d = population(t, p, { labels: { ...LABELS, trace: `p[${k}]` } });
    const fit = fitDecay(d, { offset: { quantity: quantity(0.05, "1", 0.004), why: "stated" } });
    return { ...fit, labels: d.labels, axis: "repeat", conditions: [], sources: [`${k}`], started: "", kindInferred: false };
  };
  it("in sigma_common and, signed, in the budget; sigma^2 is that of the budget", () => {
    const rows = decayRoute([1, 2, 3, 4, 5].map(trace)).filter((e) => e.estimator === "offset_fixed");
    const [rate, t1] = [rows.find((e) => e.quantity === "gamma1_total")!, rows.find((e) => e.quantity === "t1_mean")!];
    for (const e of [rate, t1]) {
      expect(e.sigmaCommon).toBeGreaterThan(0);
      expect(Math.hypot(...e.budget.map((l) => l.contribution)) / sigmaOf(e)).toBeCloseTo(1, 9);
    }
    // T1 = 1/G1: the same error with the other sign.
    expect(covarianceOf(rate, t1) / (-rate.sigmaCommon * t1.sigmaCommon)).toBeCloseTo(1, 9);
  });
});
