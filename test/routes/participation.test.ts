import { describe, expect, it } from "vitest";
import { failedCodes } from "../../src/core/check.ts";
import { type BudgetLine, type Estimate, sigmaOf } from "../../src/core/estimate.ts";
import * as say from "../../src/core/messages/participation.ts";
import { random } from "../../src/core/random.ts";
import { estimateOf } from "../../src/routes/budget.ts";
import type { ParticipationGroup } from "../../src/routes/participation/member.ts";
import { participationRoute } from "../../src/routes/participation/participation.ts";
import { facts, stated } from "./power-lab.ts";

// x_MS, x_bulk as a lab would find them: tan d = 2e-3 at 3e-4, 2e-7 at 0.9, at 5 GHz: 19 000 + 5700 1/s.
const TRUTH: Readonly<Record<string, number>> = { MS: 6.3e7, bulk: 6300 };
const DESIGNS: readonly Readonly<Record<string, number>>[] = [
  { MS: 1e-4, bulk: 0.92 },
  { MS: 3e-4, bulk: 0.9 },
  { MS: 6e-4, bulk: 0.88 },
  { MS: 1.2e-3, bulk: 0.85 },
];
const rateOf = (p: Readonly<Record<string, number>>) => Object.entries(p).reduce((s, [k, v]) => s + v * TRUTH[k]!, 0);

interface Lab {
  readonly designs?: typeof DESIGNS;
  readonly cooldowns?: readonly string[];
  readonly relative?: number;
  readonly common?: number;
  readonly scatter?: number;
  readonly seed?: number;
  readonly route?: "decay" | "power";
  readonly unknownError?: boolean;
}

function lab({
  designs = DESIGNS,
  cooldowns = ["cd07"],
  relative = 0.01,
  common = 0,
  scatter = 0,
  seed = 0,
  route = "decay",
  unknownError,
}: Lab = {}) {
  const draw = random(seed);
  const noise = () => (seed === 0 ? 0 : draw.normal());
  const shift = common * noise();
  return cooldowns.flatMap((cooldown) =>
    designs.map((participation, i): ParticipationGroup => {
      const labels = { cooldown, device: "chipA", qubit: `q${i + 1}` };
      const value = rateOf(participation) * (1 + scatter * noise()) * (1 + relative * noise() + shift);
      const budget: BudgetLine[] = [{ input: "shots", contribution: unknownError ? Number.NaN : relative * value }];
      if (common > 0) budget.push({ input: "attenuation", contribution: common * value, shared: "lines.drive1.attenuation" });
      const rate = (quantity: "gamma1" | "gamma1_total") =>
        estimateOf({ route, quantity, estimator: route === "decay" ? "exponential" : "complex_s", labels, value, unit: "1/s", budget });
      return {
        labels,
        facts: facts({ qubit: { participation, frequency: stated("f", 5e9, "Hz") } }),
        estimates: [rate("gamma1_total"), rate("gamma1")],
      };
    }),
  );
}
const rows = (groups: readonly ParticipationGroup[], quantity = "channel_rate") =>
  participationRoute(groups).estimates.filter((e) => e.quantity === quantity);
const channel = (all: readonly Estimate[], name: string) => all.find((e) => e.condition === `channel=${name}`)!;

describe("a participation series", () => {
  it("gives the channels' rates with the errors of the normal equations, and shares that add up to 1", () => {
    const all = rows(lab());
    // By hand: x = (P^T D P)^-1 P^T D g with D = 1/(0.01 g)^2.
    const [a, b, d] = DESIGNS.reduce(
      ([s, t, u], p) => {
        const w = (0.01 * rateOf(p)) ** -2;
        return [s + w * p.MS! ** 2, t + w * p.MS! * p.bulk!, u + w * p.bulk! ** 2];
      },
      [0, 0, 0],
    );
    const determinant = a * d - b * b;
    for (const [name, variance] of [
      ["MS", d / determinant],
      ["bulk", a / determinant],
    ] as const) {
      const e = channel(all, name);
      expect(e.value / TRUTH[name]!).toBeCloseTo(1, 9);
      expect(sigmaOf(e) / Math.sqrt(variance)).toBeCloseTo(1, 9);
      expect(e.sigmaCommon).toBe(0);
      expect(e.labels).toEqual({ cooldown: "cd07", device: "chipA", qubit: "" });
      expect(e.estimator).toBe("t1");
      expect(e.status).toBe("usable");
      expect(e.interval![1]).toBeCloseTo(e.value + sigmaOf(e), 6);
    }
    const shares = rows(lab(), "channel_share");
    expect(shares).toHaveLength(8);
    for (const q of ["q1", "q4"]) {
      const own = shares.filter((e) => e.labels.qubit === q);
      expect(own.reduce((s, e) => s + e.value, 0)).toBeCloseTo(1, 12);
      // Two shares that add up to 1 have one error.
      expect(sigmaOf(own[0]!)).toBeCloseTo(sigmaOf(own[1]!), 12);
    }
    expect(channel(shares, "MS").value).toBeCloseTo((1e-4 * TRUTH.MS!) / rateOf(DESIGNS[0]!), 9);
  });

  it("an attenuation that all rates share is an error of every channel, of no share and of no chi2", () => {
    const all = rows(lab({ route: "power", common: 0.1 }));
    const ms = channel(all, "MS");
    expect(ms.estimator).toBe("complex_s");
    expect(ms.sigmaCommon / ms.value).toBeCloseTo(0.1, 9);
    const share = channel(rows(lab({ route: "power", common: 0.1 }), "channel_share"), "MS");
    expect(share.sigmaCommon).toBeLessThan(1e-9);
  });

  it("pulls over seeds have mean 0 and width 1, with a shared error and without", () => {
    for (const common of [0, 0.08]) {
      const pulls = Array.from({ length: 200 }, (_, k) => {
        const e = channel(rows(lab({ seed: k + 1, relative: 0.03, common })), "MS");
        return (e.value - TRUTH.MS!) / sigmaOf(e);
      });
      const mean = pulls.reduce((s, x) => s + x / pulls.length, 0);
      const width = Math.sqrt(pulls.reduce((s, x) => s + (x - mean) ** 2 / (pulls.length - 1), 0));
      expect(Math.abs(mean)).toBeLessThan(0.18);
      expect(Math.abs(width - 1)).toBeLessThan(0.13);
    }
  });

  it("qubits that scatter more than their errors: said, and every error widened", () => {
    const many = Array.from({ length: 6 }, () => DESIGNS).flat();
    const e = channel(rows(lab({ seed: 3, relative: 0.003, scatter: 0.2, designs: many })), "MS");
    expect(failedCodes(e.checks)).toEqual(["participation_scatter"]);
    expect(e.status).toBe("doubtful");
    expect(Math.abs(e.value - TRUTH.MS!)).toBeLessThan(3 * sigmaOf(e));
    expect(sigmaOf(e) / e.value).toBeGreaterThan(0.03);
    expect(participationRoute(lab({ seed: 3, relative: 0.003, scatter: 0.2, designs: many })).studies[0]!.scatter).toBeGreaterThan(0.1);
  });

  it("rates without an error take it from their scatter; as many channels as rates leave it unknown", () => {
    const e = channel(rows(lab({ seed: 5, relative: 0.05, unknownError: true })), "MS");
    expect(sigmaOf(e) / e.value).toBeGreaterThan(0.005);
    expect(e.remark).toContain(say.errorsFromScatter());
    const two = channel(rows(lab({ designs: DESIGNS.slice(0, 2), unknownError: true })), "MS");
    expect(two.value / TRUTH.MS!).toBeCloseTo(1, 6);
    expect(sigmaOf(two)).toBeNaN();
    expect(two.interval).toBeUndefined();
  });

  it("a channel that would be negative is held at 0, with an upper end", () => {
    const groups = lab().map((g, i) => ({
      ...g,
      // Less loss where MS takes part more.
      estimates: g.estimates.map((e) => ({ ...e, value: 6000 * (1 - 0.04 * i), budget: [{ input: "shots", contribution: 60 }] })),
    }));
    const ms = channel(rows(groups), "MS");
    expect(ms.value).toBe(0);
    expect(ms.interval![0]).toBe(0);
    expect(ms.interval![1]).toBeGreaterThan(0);
    expect(sigmaOf(ms)).toBeGreaterThan(0);
    expect(channel(rows(groups, "channel_share"), "MS").value).toBe(0);
  });
});

describe("what participations cannot tell apart", () => {
  it("fewer qubits than channels: refused, the direction and the cure in words", () => {
    const all = rows(lab({ designs: DESIGNS.slice(0, 1) }));
    expect(all.map((e) => e.condition)).toEqual(["channel=MS", "channel=bulk"]);
    for (const e of all) {
      expect(e.value).toBeNaN();
      expect(failedCodes(e.checks)).toEqual(["participation_rank"]);
      expect(e.remark).toMatch(
        /1 rate cannot give 2 channel rates.*MS rises by 1 while the rate of bulk falls by 0\.000109.*another ratio/,
      );
    }
  });

  it("all in one ratio: refused however many they are, also when the digits differ in rounding", () => {
    const designs = [1, 2, 3].map((k) => ({ MS: 3e-4 * k, bulk: 0.3 * k }));
    expect(failedCodes(rows(lab({ designs }))[0]!.checks)).toEqual(["participation_rank"]);
  });

  it("nearly one ratio: a share that would be known to worse than 100 % is no number", () => {
    const designs = [
      { MS: 3e-4, bulk: 0.9 },
      { MS: 3.003e-4, bulk: 0.9 },
    ];
    const all = rows(lab({ designs, relative: 0.02 }));
    expect(all[0]!.value).toBeNaN();
    expect(all[0]!.remark).toContain("nearly one ratio");
  });

  it("a channel that takes part nowhere", () => {
    const designs = DESIGNS.map((p) => ({ ...p, seam: 0 }));
    const groups = lab().map((g, i) => ({ ...g, facts: facts({ qubit: { participation: designs[i]! } }) }));
    expect(rows(groups)[0]!.remark).toContain(say.oneOf("seam"));
  });

  it("a channel that one qubit does not state: said, not guessed as 0", () => {
    const groups = lab().map((g, i) => (i === 2 ? { ...g, facts: facts({ qubit: { participation: { MS: 6e-4 } } }) } : g));
    const [first] = rows(groups);
    expect(failedCodes(first!.checks)).toEqual(["participation_unstated"]);
    expect(first!.remark).toBe(say.noChannel("bulk", ["q3"]));
  });

  it("no participations: nothing", () => {
    const groups = lab().map((g) => ({ ...g, facts: facts() }));
    expect(participationRoute(groups)).toEqual({ estimates: [], studies: [] });
  });
});

describe("several cooldowns", () => {
  it("one fit over all, and one for each that can tell the channels apart; every row is its own", () => {
    const { estimates } = participationRoute(lab({ cooldowns: ["cd07", "cd08"] }));
    const rates = estimates.filter((e) => e.quantity === "channel_rate" && e.condition === "channel=MS");
    expect(rates.map((e) => e.labels.cooldown)).toEqual(["", "cd07", "cd08"]);
    const keys = estimates.map((e) => JSON.stringify([e.labels, e.quantity, e.estimator, e.condition]));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("one qubit per cooldown on two designs: only together", () => {
    const groups = lab({ cooldowns: ["cd07", "cd08"] }).filter((g) => (g.labels.cooldown === "cd07") === (g.labels.qubit === "q1"));
    const two = groups.filter((g) => g.labels.qubit === "q1" || g.labels.qubit === "q4");
    const all = rows(two);
    expect(all.map((e) => [e.labels.cooldown, e.status])).toEqual([
      ["", "usable"],
      ["", "usable"],
    ]);
    expect(all[0]!.remark).toContain(say.exactlyDetermined());
  });
});
