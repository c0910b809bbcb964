import { describe, expect, it } from "vitest";
import { check, failedCodes } from "../../src/core/check.ts";
import { type BudgetLine, type Estimate, type GroupLabels, sigmaOf } from "../../src/core/estimate.ts";
import { random } from "../../src/core/random.ts";
import type { LineFacts } from "../../src/lab/lab.ts";
import { LN_PER_DB } from "../../src/physics/decibel.ts";
import { budgetFigure } from "../../src/report/figures/budget.ts";
import { estimateOf } from "../../src/routes/budget.ts";
import { compareRoutes, quotedPower } from "../../src/routes/compare.ts";
import { comparedLines } from "../../src/routes/compared-line.ts";
import { lineTests } from "../../src/routes/line-tests.ts";
import { pullSeeds } from "../../src/simulate/pull-seeds.ts";
import { attenuationFrom, comparedLab, sharedLine } from "./compared-lab.ts";
import { LINE, stated } from "./power-lab.ts";

/** Relative lines of a power rate. */
interface Power {
  readonly labels: GroupLabels;
  readonly value: number;
  readonly own: number;
  readonly common?: readonly BudgetLine[];
  readonly line?: LineFacts;
  readonly estimator?: string;
}

const at = (qubit: string, cooldown = "cd07"): GroupLabels => ({ cooldown, device: "chipA", qubit });
const DECAY = 20_000;

function compared(powers: readonly Power[]) {
  const rates = powers.map(({ labels, value, own, common = [], line = LINE, estimator = "complex_s" }) => {
    const { entry, quantity } = line.attenuation!;
    const lines = [
      { input: "noise of S", contribution: own },
      { input: "attenuation of drive1", contribution: -LN_PER_DB * quantity.sigma, shared: entry },
      ...common,
    ];
    const codes = { unknown: "attenuation_unknown_origin", "saturation+T1": "circular" } as const;
    const code = line.attenuation_from in codes ? codes[line.attenuation_from as keyof typeof codes] : undefined;
    const power = estimateOf({
      ...{ route: "power", quantity: "gamma1_total", estimator, labels, value, unit: "1/s" },
      budget: lines.map((l) => ({ ...l, contribution: l.contribution * value })),
      checks: code ? [check(code, false, "from where")] : [],
    });
    const decay = estimateOf({
      ...{ route: "decay", quantity: "gamma1_total", estimator: "exponential", labels, value: DECAY, unit: "1/s" },
      budget: [{ input: "scatter of 20 repeats", contribution: 0.005 * DECAY }],
    });
    return { labels, line, power, decay };
  });
  const lines = comparedLines(rates.map((r) => ({ ...r, power: quotedPower([r.power]) })));
  const groups = rates.map(({ labels, power, decay }, i) => {
    const { comparison, estimates } = compareRoutes(labels, decay, [power], lines[i] ? { line: lines[i] } : {});
    return { comparison, ratio: estimates[0] as Estimate | undefined };
  });
  return { groups, ...lineTests(groups) };
}

const four = (db: readonly number[], more: Partial<Power> = {}) =>
  compared(db.map((x, i) => ({ labels: at(`q${i + 1}`), value: DECAY * 10 ** (x / 10), own: 0.01, ...more })));

describe("qubits that share one attenuation", () => {
  it("are one independent test: own noise averages down, the attenuation does not", () => {
    const { tests, estimates } = four([0.4, 0.4, 0.4, 0.4]);
    expect(tests.length).toBe(1);
    const [t] = tests;
    expect(t!.ratioDb).toBeCloseTo(0.4, 12);
    // Own: 1 % of power and 0.5 % of decay, four times.
    expect(t!.sigmaStatDb).toBeCloseTo(Math.hypot(0.01, 0.005) / 2 / LN_PER_DB, 12);
    expect(t!.sigmaCommonDb).toBeCloseTo(0.5, 12);
    expect(t!.sigmaImpliedDb).toBeCloseTo(t!.sigmaStatDb, 12);
    expect(t!.sentence).toContain(
      "Four qubits in cd07 on one attenuation of drive1 (80.00 ± 0.50 dB, cold-through) are one independent test",
    );
    expect(t!.sentence).toContain("power reads 0.40 ± 0.50 dB more than decay");
    // Too little loss stated: more power assumed than arrives.
    expect(t!.sentence).toContain("the line loses 80.40 ± 0.02 dB");
    const [row] = estimates;
    expect(row).toMatchObject({ route: "compare", quantity: "ratio_power_over_decay", condition: "line=drive1", estimator: "complex_s" });
    expect(row!.labels).toEqual({ cooldown: "cd07", device: "chipA", qubit: "" });
    expect(row!.value).toBeCloseTo(10 ** 0.04, 12);
    expect(sigmaOf(row!) / row!.value / LN_PER_DB).toBeCloseTo(t!.sigmaDb, 12);
  });

  it("an input that acts on one qubit alone averages down; one that acts with both signs cancels", () => {
    const private_ = (i: number): BudgetLine => ({ input: "ripple", contribution: 0.04, shared: `ripple @ q${i}` });
    const opposed = (i: number): BudgetLine => ({ input: "p1_given_0", contribution: i % 2 ? 0.03 : -0.03, shared: "readout.p1_given_0" });
    const powers = [1, 2, 3, 4].map((i) => ({ labels: at(`q${i}`), value: DECAY, own: 0.01, common: [private_(i), opposed(i)] }));
    const [t] = compared(powers).tests;
    expect(t!.sigmaCommonDb * LN_PER_DB).toBeCloseTo(Math.hypot(0.5 * LN_PER_DB, 0.04 / 2), 12);
  });

  it("named noise of one measurement counts as statistical, as in the estimate's own error", () => {
    const swept = (i: number): BudgetLine => ({ input: "fit of the sweep", contribution: 0.02, shared: `sweep:q${i}`, noise: true });
    const powers = [1, 2, 3, 4].map((i) => ({ labels: at(`q${i}`), value: DECAY, own: 0.01, common: [swept(i)] }));
    const { tests, estimates } = compared(powers);
    expect(tests[0]!.sigmaStatDb * LN_PER_DB).toBeCloseTo(Math.hypot(0.01, 0.02, 0.005) / 2, 12);
    expect(tests[0]!.sigmaStatDb * LN_PER_DB).toBeCloseTo(estimates[0]!.sigmaStat / estimates[0]!.value, 12);
    expect(tests[0]!.sigmaCommonDb).toBeCloseTo(0.5, 12);
    const figure = String(budgetFigure(estimates[0]!));
    expect(figure.match(/class="budget stat"/g)).toHaveLength(estimates[0]!.budget.length - 1);
    expect(figure.match(/class="budget common"/g)).toHaveLength(1);
  });

  it("a common error does not pull the mean (Peelle): between the ratios, weighted by own noise in ln", () => {
    const line = { ...LINE, attenuation: stated("lines.drive1.attenuation", 80, "dB", 3) };
    const [t] = four([-0.2, 0, 0.2, 0.4], { line }).tests;
    expect(t!.ratioDb).toBeCloseTo(0.1, 12);
  });

  it("scatter beyond their own errors is no matter of the attenuation, and the mean agrees with nothing", () => {
    const { tests, estimates } = four([0, 0.4, 0, 0.4]);
    // Own error per qubit in dB; four values 0.2 from their mean.
    const own = Math.hypot(0.01, 0.005) / LN_PER_DB;
    expect(tests[0]!.chi2).toBeCloseTo((4 * 0.2 ** 2) / own ** 2, 6);
    expect(tests[0]!.dof).toBe(3);
    expect(tests[0]!.verdict).toBe("tension");
    expect(failedCodes(estimates[0]!.checks)).toContain("qubits_disagree");
    expect(failedCodes(four([0.1, 0.12, 0.09, 0.11]).estimates[0]!.checks)).not.toContain("qubits_disagree");
  });

  it("an attenuation without error: the scatter is tested all the same, the verdict is none", () => {
    const line = { ...LINE, attenuation: stated("lines.drive1.attenuation", 80, "dB") };
    const [t] = four([0.1, 0.1, 0.1, 0.1], { line }).tests;
    expect(t!.agreement).toBeCloseTo(1, 6);
    expect(t!.verdict).toBe("none");
    expect(t!.sigmaImpliedDb).toBeGreaterThan(0);
    expect(t!.sigmaDb).toBeNaN();
  });

  it("a qubit whose own error is not known stays out of the mean of the others", () => {
    const own = { value: DECAY, own: 0.01 };
    const { tests } = compared([
      { labels: at("q1"), ...own },
      { labels: at("q2"), ...own },
      { labels: at("q3"), value: 0.9 * DECAY, own: Number.NaN },
    ]);
    expect(tests[0]!.leftOut.map((l) => l.qubit)).toEqual(["q3"]);
    expect(tests[0]!.verdict).toBe("agree");
    expect(tests[0]!.ratioDb).toBeCloseTo(0, 12);
    expect(tests[0]!.sentence).toContain("their own error is not known");
  });

  it("another statement of the same line is another test; a lower bound stays out", () => {
    const other = { ...LINE, attenuation: stated("cooldowns.cd08.lines.drive1.attenuation", 80.5, "dB", 0.5) };
    const own = { value: DECAY, own: 0.01 };
    const { tests, estimates } = compared([
      { labels: at("q1"), ...own },
      { labels: at("q2"), ...own, value: 0.5 * DECAY, estimator: "scalar_difference" },
      { labels: at("q1", "cd08"), ...own, line: other },
      { labels: at("q2", "cd08"), ...own, line: other },
    ]);
    expect(tests.map((t) => [t.line.entry, t.members.length, t.leftOut.length])).toEqual([
      ["lines.drive1.attenuation", 1, 1],
      ["cooldowns.cd08.lines.drive1.attenuation", 2, 0],
    ]);
    expect(tests[0]!.ratioDb).toBeCloseTo(0, 12);
    expect(estimates.map((e) => e.labels.cooldown)).toEqual(["cd08"]);
  });

  it("a copied file is no second measurement", () => {
    const { groups } = four([0.1, 0.1]);
    const copied = groups.map((g) => ({ ...g, ratio: { ...g.ratio!, datasets: ["copied"] } }));
    expect(lineTests(copied).tests[0]!.members.length).toBe(1);
  });

  it("over an unchanged line, qubits and cooldowns are one test together", () => {
    const { tests, estimates } = compared(["cd07", "cd08"].map((c) => ({ labels: at("q1", c), value: DECAY, own: 0.01 })));
    expect(tests.length).toBe(1);
    expect(tests[0]!.sentence).toContain("One qubit in two cooldowns on one attenuation");
    expect(estimates[0]!.labels).toEqual({ cooldown: "", device: "chipA", qubit: "" });
  });

  it("the statistical and the whole error hold their truth: pulls over 600 draws", () => {
    const draw = random(4);
    const pulls: number[] = [];
    const agreement: number[] = [];
    for (let k = 0; k < 600; k++) {
      const [a, p] = [draw.normal(), draw.normal()];
      const powers = [0.01, 0.02, 0.03, 0.015].map((own, i) => {
        const byReadout = 0.02 * (1 + i);
        const noise = own * draw.normal() + 0.005 * draw.normal();
        const common: BudgetLine[] = [{ input: "p1_given_0", contribution: byReadout, shared: "readout.p1_given_0" }];
        return { labels: at(`q${i}`), value: DECAY * Math.exp(noise - 0.5 * LN_PER_DB * a + byReadout * p), own, common };
      });
      const [t] = compared(powers).tests;
      pulls.push(t!.pull);
      agreement.push(t!.agreement);
    }
    const mean = (x: readonly number[]) => x.reduce((s, v) => s + v, 0) / x.length;
    const width = Math.sqrt(mean(pulls.map((x) => x * x)) - mean(pulls) ** 2);
    expect(Math.abs(mean(pulls))).toBeLessThan(0.16);
    expect(Math.abs(width - 1)).toBeLessThan(0.115);
    // A probability is evenly spread; 4 s.d. of its mean.
    expect(Math.abs(mean(agreement) - 0.5)).toBeLessThan(0.047);
    expect(agreement.filter((x) => x < 0.05).length / agreement.length).toBeLessThan(0.086);
  });
});

describe("where agreement says nothing", () => {
  const from = (attenuation_from: LineFacts["attenuation_from"], n: number, db = 0) =>
    four(Array(n).fill(db), { line: { ...LINE, attenuation_from } });

  it("made from T1: empty, whatever the number", () => {
    for (const db of [0, 5]) {
      const { tests, groups } = from("saturation+T1", 4, db);
      expect(tests[0]).toMatchObject({ verdict: "empty", standing: "circular" });
      expect(tests[0]!.sentence).toContain("are no test");
      expect(groups.map((g) => g.comparison.verdict)).toEqual(Array(4).fill("empty"));
    }
  });

  it("from the T1 of another qubit: independent where one qubit is compared with it, else one of them may be that one", () => {
    expect(from("other-qubit", 1).groups[0]!.comparison).toMatchObject({ verdict: "agree", line: { standing: "independent" } });
    const { tests, groups } = from("other-qubit", 2);
    expect(groups.map((g) => g.comparison.verdict)).toEqual(["empty", "empty"]);
    expect(tests[0]).toMatchObject({ verdict: "empty", standing: "unclear" });
    const apart = from("other-qubit", 2, 3);
    expect(apart.tests[0]).toMatchObject({ verdict: "disagree", standing: "unclear" });
    expect(apart.tests[0]!.sentence).toContain("no independent test");
  });

  it("of unknown origin: agreement is empty, disagreement is not and never independent", () => {
    expect(from("unknown", 3).tests[0]).toMatchObject({ verdict: "empty", standing: "unknown" });
    expect(from("unknown", 3, 3).tests[0]).toMatchObject({ verdict: "disagree", standing: "unknown" });
  });
});

describe("a simulated lab of four qubits on one line, stated 0.4 dB too small", () => {
  const spec = sharedLine({ qubits: 4, cooldowns: ["cd07"], attenuation: { value: 93.8, sigma: 1e-9 }, repeats: 3, powers: 5 });
  const [lab] = pullSeeds(1, spec);

  it("says 0.4 dB with the right sign, and that it is one test", () => {
    const { tests } = comparedLab(lab!, attenuationFrom("noise-thermometry", 93.4));
    expect(tests.length).toBe(1);
    const [t] = tests;
    expect(t!.members.length).toBe(4);
    expect(t!.ratioDb).toBeGreaterThan(0);
    expect(t!.sigmaImpliedDb).toBeLessThan(0.12);
    expect(Math.abs(t!.ratioDb - 0.4) / t!.sigmaImpliedDb).toBeLessThan(3);
    expect(t!.sigmaCommonDb).toBeGreaterThan(0.3);
    expect(t!.sentence).toContain("are one independent test");
    expect(t!.sentence).toMatch(/power reads 0\.\d\d ± 0\.3\d dB more than decay/);
  });

  it("with the attenuation made from T1 the verdict of every qubit and of the line is empty", () => {
    const { tests, groups } = comparedLab(lab!, attenuationFrom("saturation+T1", 93.4));
    expect(groups.map((g) => g.comparison.verdict)).toEqual(["empty", "empty", "empty", "empty"]);
    expect(tests[0]!.verdict).toBe("empty");
  });
});
