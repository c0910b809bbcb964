import { describe, expect, it } from "vitest";
import { sigmaOf } from "../../src/core/estimate.ts";
import { random } from "../../src/core/random.ts";
import { estimateOf } from "../../src/routes/budget.ts";
import { pullSeeds } from "../../src/simulate/pull-seeds.ts";
import { comparedLab, sharedLine } from "./compared-lab.ts";
import { outside, seedsOr } from "./pull-statistics.ts";

const SEEDS = seedsOr(500);
const mean = (x: readonly number[]) => x.reduce((a, b) => a + b, 0) / x.length;

/**
 * Three cooldowns of one qubit, the line stated anew in the last: its error of 0.5 dB (11.5 %) cancels in the first ratio and stays, twice, in the
 * second. All common inputs are drawn anew per seed.
 */
const SPEC = sharedLine({
  ...{ qubits: 1, cooldowns: ["cd07", "cd08", "cd09"], attenuation: { value: 93.4, sigma: 0.5 } },
  ...{ changed: { cd09: { value: 93.4, sigma: 0.5 } }, repeats: 8, powers: 4, points: 21 },
});

describe("comparisons across cooldowns: pulls over simulated labs", () => {
  const holds = (pulls: readonly number[]) => {
    expect(pulls.length).toBe(SEEDS);
    expect(outside("pulls", pulls)).toEqual([]);
  };
  const found = new Map<string, { readonly pulls: number[]; readonly sigmas: number[]; readonly attenuation: Set<string> }>();
  const tests = new Map<string, number[]>();
  for (const lab of pullSeeds(SEEDS, SPEC)) {
    const compared = comparedLab(lab);
    for (const t of compared.tests) tests.set(t.line.entry, [...(tests.get(t.line.entry) ?? []), t.pull]);
    for (const { of, earlier, labels, estimate, attenuation } of compared.between) {
      const rate = (cooldown: string) => lab.truth.cooldowns[cooldown]![labels.qubit]!.gamma1_total!;
      const truth = of === "power_over_decay" ? 1 : rate(labels.cooldown) / rate(earlier);
      const sigma = sigmaOf(estimate) / estimate.value;
      const name = `${of} ${estimate.condition}`;
      const all = found.get(name) ?? { pulls: [], sigmas: [], attenuation: new Set() };
      all.pulls.push(Math.log(estimate.value / truth) / sigma);
      all.sigmas.push(sigma);
      found.set(name, { ...all, attenuation: all.attenuation.add(attenuation) });
    }
  }

  it.each([
    ["power cd08/cd07", "cancels", 0, 0.06],
    ["power cd09/cd08", "stays", 0.16, 0.2],
    ["power_over_decay cd08/cd07", "cancels", 0, 0.08],
    ["power_over_decay cd09/cd08", "stays", 0.16, 0.2],
  ] as const)("%s: the attenuation %s; mean 0, width 1", (name, attenuation, least, largest) => {
    const { pulls, sigmas, attenuation: said } = found.get(name)!;
    expect([...said]).toEqual([attenuation]);
    expect(mean(sigmas)).toBeGreaterThan(least);
    expect(mean(sigmas)).toBeLessThan(largest);
    holds(pulls);
  });

  it.each(["lines.drive1.attenuation", "cooldowns.cd09.lines.drive1.attenuation"])(
    "%s is one test of its cooldowns: mean 0, width 1",
    (entry) => holds(tests.get(entry)!),
  );

  it("two cooldowns by Rabi frequencies, each with its own noise: mean 0, width 1", () => {
    const spec = sharedLine({
      ...{ qubits: 1, cooldowns: ["cd07", "cd08"], attenuation: { value: 93.4, sigma: 0.5 } },
      ...{ repeats: 4, powers: 4, rabi: true },
    });
    const pulls: number[] = [];
    for (const lab of pullSeeds(SEEDS, spec)) {
      const draw = random(lab.seed);
      const { between } = comparedLab(lab, undefined, ({ labels, truth }) => {
        const value = truth.gamma2 * (1 + 0.02 * draw.normal());
        const budget = [{ input: "shots", contribution: 0.02 * value }];
        const datasets = [`echo ${labels.cooldown}`];
        return estimateOf({ route: "decay", quantity: "gamma2", estimator: "echo", labels, value, unit: "1/s", budget, datasets });
      });
      const { estimate } = between.find((b) => b.of === "power")!;
      const rate = (cooldown: string) => lab.truth.cooldowns[cooldown]!.q1!.gamma1_total;
      pulls.push(Math.log(estimate.value / (rate("cd08") / rate("cd07"))) / (sigmaOf(estimate) / estimate.value));
    }
    holds(pulls);
  });
});
