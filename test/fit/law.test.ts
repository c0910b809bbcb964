import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { UserError } from "../../src/core/errors.ts";
import {
  atBounds,
  badFixedValue,
  channelsMismatch,
  equalRates,
  lawDetermined,
  lawOfPopulations,
  lawPoints,
  looksLike,
  noSuchParameter,
  notDetermined,
  oneWithin,
  rateVanishes,
  zeroWithin,
} from "../../src/core/messages/laws.ts";
import { random } from "../../src/core/random.ts";
import { degenerate } from "../../src/fit/degenerate.ts";
import { convergenceCheck } from "../../src/fit/fit-outcome.ts";
import { fitByLaw } from "../../src/fit/law.ts";
import { fitLaw } from "../../src/fit/law-fit.ts";
import { biexponential } from "../../src/fit/models/biexponential.ts";
import { exponential } from "../../src/fit/models/exponential.ts";
import { DECAY_LAWS } from "../../src/fit/models/index.ts";
import { quasiparticle } from "../../src/fit/models/quasiparticle.ts";
import { stretched } from "../../src/fit/models/stretched.ts";
import { thermal } from "../../src/fit/models/thermal.ts";
import { threeLevelCascade } from "../../src/fit/models/three-level-cascade.ts";
import { fitLawFrom } from "../../src/fit/multistart.ts";
import { parameterOf } from "../../src/fit/outcome.ts";
import { qutritCounts } from "../../src/fit/qutrit-counts.ts";
import type { Signal } from "../../src/fit/signal-type.ts";
import { clean, counted, flatCounts, windowOf } from "./laws.ts";
import { delays } from "./traces.ts";

const file = new URL("../../../shared/reference/decay_traces.json", import.meta.url);
const cases = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).cases : [];

describe.skipIf(cases.length === 0)("decay_traces.json by law (scipy curve_fit; skipped without ../shared/reference)", () => {
  const LAWS = {
    thermal_exponential: ["exponential", { amplitude: "amplitude", rate: "rate", offset: "offset" }],
    stretched_exponential: ["stretched", { amplitude: "amplitude", rate: "rate", beta: "beta", offset: "offset" }],
    // Their component 1 is the faster one.
    bi_exponential: ["biexponential", { rate2: "rate1", rate1: "rate2", offset: "offset" }],
  } as const;
  for (const [k, c] of cases.entries()) {
    const [law, names] = LAWS[c.kind as keyof typeof LAWS];
    it(`case ${k} (${c.kind}): ${law} to 1e-3 stderr, stderr to 1e-4, chi2 to 1e-7`, () => {
      const t = Float64Array.from(c.t_s);
      const signal: Signal = {
        t,
        y: Float64Array.from(c.p_meas_noisy),
        noise: { type: "sigma", sigma: Float64Array.from(c.sigma) },
        unit: "1",
      };
      const outcome = fitByLaw(signal, law);
      if (outcome.state !== "converged") expect.fail(outcome.sentence);
      const reference = c.fits[0];
      for (const [ours, theirs] of Object.entries(names)) {
        const p = parameterOf(outcome, ours)!;
        expect(Math.abs(p.value - reference.estimate[theirs])).toBeLessThan(1e-3 * reference.stderr[theirs]);
        expect(Math.abs(p.sigma / reference.stderr[theirs] - 1)).toBeLessThan(1e-4);
      }
      expect(Math.abs(outcome.chi2 / reference.chi2 - 1)).toBeLessThan(1e-7);
      expect(outcome.dof).toBe(reference.dof);
      expect(outcome.checks.find((x) => x.code === "law_not_determined")!.sentence).toBe(lawDetermined());
    });
  }
});

describe("fitByLaw", () => {
  const t = delays(51, 1e-4);
  const source = random(3);
  it.each(["thermal", "three_level_cascade"] as const)("%s takes no voltage for a population", (law) => {
    const y = t.map((v) => 1e-3 * Math.exp(-v / 2e-5));
    expect(() => fitByLaw({ t, y, noise: { type: "unknown" }, unit: "V" }, law)).toThrow(new UserError(lawOfPopulations(law)));
  });
  it("names what occurs only together where a fit has no error bar", () => {
    const at = { t: new Float64Array(12).fill(2e-5), y: Float64Array.from({ length: 12 }, (_, i) => 0.5 + 0.01 * (i % 3)) };
    const signal: Signal = { ...at, noise: { type: "sigma", sigma: new Float64Array(12).fill(0.01) }, unit: "1" };
    const fit = fitLaw(exponential, signal, [0.6, 5e4, 0.28], [false, true, false]);
    const { holds, sentence } = convergenceCheck(fit);
    expect(holds).toBe(false);
    expect(sentence).toContain("amplitude");
    expect(sentence).toContain("can only be determined");
  });
  it.each([
    [0.5, "chi2_high"],
    [2, "chi2_low"],
  ] as const)("says where noise stated as %f times its size does not fit what is left (%s)", (stated, code) => {
    const noisy = random(4);
    const y = t.map((v) => stretched.evaluate([0.9, 3e4, 0.6, 0.05], v) + 0.01 * noisy.normal());
    const failed = (sigma: number) =>
      fitByLaw({ t, y, noise: { type: "sigma", sigma: t.map(() => sigma) }, unit: "1" }, "stretched").checks.filter((c) => !c.holds);
    expect(failed(0.01 * stated).map((c) => c.code)).toEqual([code]);
    expect(failed(0.01)).toEqual([]);
  });
  const signal = counted(thermal, [0.95, 5e4, 0.03], t, 1000, source);
  it("thermal equals exponential, with n0 = amplitude + offset, and gives gamma1 = G1tot (1 - 2 n_eq) with its error", () => {
    const [a, b] = [fitByLaw(signal, "thermal"), fitByLaw(signal, "exponential")];
    const of = (o: typeof a, name: string) => parameterOf(o, name)!;
    expect(Math.abs(of(a, "gamma1_total").value / of(b, "gamma1_total").value - 1)).toBeLessThan(1e-8);
    expect(Math.abs(of(a, "gamma1_total").sigma / of(b, "gamma1_total").sigma - 1)).toBeLessThan(1e-6);
    expect(of(a, "gamma1").value).toBeCloseTo(of(a, "rate").value * (1 - 2 * of(a, "n_eq").value), 6);
    expect(of(a, "gamma1").sigma).toBeGreaterThan(0);
  });
  it("a fixed n_eq stays, has no error and sharpens the rate", () => {
    const fixed = fitByLaw(signal, "thermal", { fixed: { n_eq: 0.03 } });
    expect(parameterOf(fixed, "n_eq")).toMatchObject({ value: 0.03, sigma: 0, fixed: true });
    expect(parameterOf(fixed, "rate")!.sigma).toBeLessThan(parameterOf(fitByLaw(signal, "thermal"), "rate")!.sigma);
  });
  it("refuses what cannot be asked, with what to type", () => {
    const names = thermal.parameters.map((p) => p.name);
    expect(() => fitByLaw(signal, "thermal", { fixed: { n: 0 } })).toThrow(new UserError(noSuchParameter("thermal", "n", names)));
    expect(() => fitByLaw(signal, "thermal", { fixed: { n_eq: 2 } })).toThrow(new UserError(badFixedValue("thermal", "n_eq", 2, 0, 1)));
    const channel = new Uint8Array(51).fill(1);
    expect(() => fitByLaw({ ...signal, channel }, "stretched")).toThrow(new UserError(channelsMismatch("stretched", ["the signal"])));
    const few = { ...signal, t: t.slice(0, 4), y: signal.y.slice(0, 4), noise: { type: "unknown" } as const };
    expect(fitByLaw(few, "stretched")).toMatchObject({ state: "refused", sentence: lawPoints(4, 4, "stretched") });
  });
  it("drift of a voltage has the unit V/s", () => {
    const law = DECAY_LAWS.exponential_drift;
    const p = [2e-6, 5e4, 1e-5, 1e-2];
    const outcome = fitByLaw({ ...clean(law, p, t), unit: "V" }, "exponential_drift");
    expect(parameterOf(outcome, "drift")).toMatchObject({ unit: "V/s" });
    expect(Math.abs(parameterOf(outcome, "drift")!.value / 1e-2 - 1)).toBeLessThan(1e-8);
  });
  it("biexponential puts the slower component first, from any order of its starts", () => {
    const s = counted(biexponential, biexponential.examples[0]!, delays(51, 1.25e-4), 1000, source);
    const exchanged = biexponential.starts(s).map((p) => [p[2]!, p[3]!, p[0]!, p[1]!, p[4]!]);
    const found = fitLawFrom(biexponential, s, exchanged)!.fit;
    expect(found.p[1]).toBeLessThan(found.p[3]!);
    expect(found.covariance[1 * 5 + 1]).toBeLessThan(found.covariance[3 * 5 + 3]!);
  });
});

describe("counts of which some are all or none", () => {
  const perfect: Readonly<Record<string, readonly number[]>> = {
    exponential: [1, 5e4, 0],
    biexponential: [0.6, 4e4, 0.4, 4e5, 0],
    stretched: [1, 5e4, 0.7, 0],
    quasiparticle: [1, 1.2, 2e5, 2e4, 0],
    thermal: [1, 5e4, 0],
    three_level_cascade: [5e4, 0, 8e4, 0, 0, 1],
    coupled_defect: [1, 3e4, 9e4, 6e5, 0.7, 0],
    exponential_drift: [1, 5e4, 0, 0],
  };
  for (const [name, law] of Object.entries(DECAY_LAWS))
    it(`${name}: from exactly 1 to exactly 0, every fit reaches its minimum and has an error`, () => {
      const source = random(8);
      const p = perfect[name]!;
      for (let k = 0; k < 6; k++) {
        const outcome = fitByLaw(counted(law, p, delays(51, windowOf(law, p)), 500, source), name);
        if (outcome.state !== "converged") expect.fail(outcome.sentence);
        const rate = parameterOf(outcome, "gamma1_total")!;
        expect(rate.sigma).toBeGreaterThan(0);
        expect(Math.abs(rate.value - law.rate(p).value)).toBeLessThan(5 * rate.sigma);
      }
    });
});

describe("what the data do not determine is said", () => {
  const t = delays(101, 1e-4);
  const said = (name: keyof typeof DECAY_LAWS, p: readonly number[], signal: Signal) =>
    degenerate(fitLawFrom(DECAY_LAWS[name], signal, [...DECAY_LAWS[name].starts(signal), p])!.fit);
  const single = counted(DECAY_LAWS.exponential, [0.9, 5e4, 0.05], t, 1000, random(14));
  it("laws with more freedom than a single exponential name it", () => {
    expect(said("stretched", [0.9, 5e4, 1, 0.05], single)).toBe(looksLike("stretched", "exponential", oneWithin("beta"), ["beta"]));
    expect(said("exponential_drift", [0.9, 5e4, 0.05, 0], single)).toBe(
      looksLike("exponential_drift", "exponential", zeroWithin("drift"), ["drift"]),
    );
    for (const name of ["biexponential", "quasiparticle", "coupled_defect"] as const) {
      const outcome = fitByLaw(single, name);
      if (outcome.state === "refused") expect(outcome.checks.some((c) => c.code === "law_not_determined" && !c.holds)).toBe(true);
      else expect(outcome.checks.find((c) => c.code === "law_not_determined")).toMatchObject({ holds: false });
    }
  });
  it("two equal rates have no covariance", () => {
    const y = t.map((x) => 0.9 * Math.exp(-5e4 * x) + 0.05);
    const exact: Signal = { t, y, noise: { type: "sigma", sigma: new Float64Array(101).fill(0.01) }, unit: "1" };
    const fit = fitLawFrom(biexponential, exact, [[0.45, 5e4, 0.45, 5e4, 0.05]])!.fit;
    expect(fit.covariance[1 * 5 + 1]).toBeNaN();
    expect(degenerate(fit)).toBe(looksLike("biexponential", "exponential", equalRates(), ["amplitude1", "amplitude2"]));
  });
  it("a direction without effect, a search limit and a vanishing rate have their sentences", () => {
    const p1 = clean(threeLevelCascade, threeLevelCascade.examples[0]!, t);
    const half = {
      t: t,
      y: p1.y.slice(0, 101),
      noise: { type: "sigma", sigma: new Float64Array(101).fill(0.01) } as const,
      unit: "1" as const,
    };
    const open = degenerate(fitLawFrom(threeLevelCascade, half, [threeLevelCascade.examples[0]!])!.fit);
    expect(open).toMatch(/three_level_cascade|do not determine/);
    const step: Signal = { t, y: t.map((x) => (x < 4.05e-5 ? 0.9 : 0.1)), noise: { type: "unknown" }, unit: "1" };
    expect(said("stretched", [0.8, 2.5e4, 3, 0.1], step)).toBe(atBounds(["beta"]));
    const slow = t.map((x) => 0.9 * Math.exp(1.2 * Math.expm1(-2e5 * x)) + 1e4 * x * 0.2);
    const growing: Signal = { t, y: slow, noise: { type: "unknown" }, unit: "1" };
    const fit = fitLawFrom(quasiparticle, growing, [[0.9, 1.2, 2e5, 1e3, 0.02]], [false, false, true, false, true])!.fit;
    expect(fit.p[3]).toBe(0);
    expect(degenerate(fit)).toBe(rateVanishes("quasiparticle"));
    expect(notDetermined(["a", "b"])).toContain("a and b");
  });
});

describe("qutrit counts", () => {
  it("are the multinomial likelihood: the deviance differs from it by a constant", () => {
    const [n1, n2, shots] = [
      [30, 50, 40],
      [60, 20, 0],
      [100, 100, 100],
    ];
    const t = [1e-6, 1e-5, 3e-5];
    const signal = qutritCounts(t, n1, n2, shots);
    const deviance = (p: readonly number[]) =>
      signal.t.reduce((sum, x, i) => {
        const q = threeLevelCascade.evaluate(p, x, signal.channel![i]);
        const [y, n] = [signal.y[i]!, signal.noise.type === "binomial" ? signal.noise.shots[i]! : Number.NaN];
        return sum - n * (y * Math.log(q) + (1 - y) * Math.log(1 - q));
      }, 0);
    const multinomial = (p: readonly number[]) =>
      t.reduce((sum, x, i) => {
        const [a, b] = [threeLevelCascade.evaluate(p, x, 0), threeLevelCascade.evaluate(p, x, 1)];
        return sum - n1[i]! * Math.log(a) - n2[i]! * Math.log(b) - (100 - n1[i]! - n2[i]!) * Math.log(1 - a - b);
      }, 0);
    const [p, q] = threeLevelCascade.examples as [readonly number[], readonly number[]];
    expect(Math.abs(deviance(p) - deviance(q) - (multinomial(p) - multinomial(q)))).toBeLessThan(1e-9);
  });
  it("drop a delay where every shot gave 2 from p1 alone, and refuse impossible counts", () => {
    const signal = qutritCounts([0, 1], [0, 5], [10, 2], [10, 10]);
    expect([...signal.channel!]).toEqual([1, 1, 2]);
    expect(() => qutritCounts([0], [8], [5], [10])).toThrow(RangeError);
  });
});

describe("stretched at its first delay", () => {
  it("is A + C with no derivative by rate and beta at t = 0", () => {
    const out = new Float64Array(4);
    stretched.gradient([0.9, 5e4, 0.7, 0.05], 0, out);
    expect([...out]).toEqual([1, 0, 0, 1]);
  });
});

describe("no decay, no result", () => {
  const t = delays(51, 1e-4);
  const flat: Readonly<Record<string, (k: number) => number>> = { "0.5": () => 0.5, "0": () => 0, "1": () => 1 };
  const noises: readonly Signal["noise"][] = [
    { type: "unknown" },
    { type: "binomial", shots: new Float64Array(51).fill(100) },
    { type: "sigma", sigma: new Float64Array(51).fill(0.01) },
    { type: "relative", relative: 0.1 },
  ];
  it("a constant, and all points at one delay, are refused by every law under every noise", () => {
    for (const name of Object.keys(DECAY_LAWS))
      for (const noise of noises) {
        for (const value of Object.values(flat))
          expect(fitByLaw({ t, y: t.map((_, i) => value(i)), noise, unit: "1" }, name).state).toBe("refused");
        const y = t.map((_, i) => 0.5 + 0.01 * (i % 2));
        expect(fitByLaw({ t: t.map(() => 1e-6), y, noise, unit: "1" }, name).state).toBe("refused");
      }
  });
  it("flat noise is refused by every law (20 of each in laws.full.test.ts)", () => {
    const source = random(12);
    for (const name of Object.keys(DECAY_LAWS)) {
      for (let k = 0; k < 4; k++) expect(fitByLaw(flatCounts(t, 500, source), name).state).toBe("refused");
    }
  });
});
