import { describe, expect, it } from "vitest";
import { failedCodes } from "../../src/core/check.ts";
import { type Estimate, sigmaOf } from "../../src/core/estimate.ts";
import * as sayCompare from "../../src/core/messages/compare.ts";
import * as say from "../../src/core/messages/power.ts";
import { oneDirection } from "../../src/core/messages/power-data.ts";
import { compareRoutes } from "../../src/routes/compare.ts";
import { type PowerDataset, powerRoute } from "../../src/routes/power/power.ts";
import {
  DETUNINGS,
  excess,
  G1,
  G2,
  GR,
  HERTZ,
  N_EQ,
  populationFile,
  read,
  referenceFile,
  reflection,
  SATURATIONS,
  scatteringFiles,
  sourcePower,
  TOTAL,
  undrivenFile,
} from "./closed-form.ts";
import { dataset, facts, LABELS, LINE, READOUT, stated } from "./power-lab.ts";

const usual = () => [...scatteringFiles(), populationFile(), undrivenFile(), referenceFile()];
const run = (list: readonly PowerDataset[], parts: Parameters<typeof facts>[0] = {}, labels = LABELS) =>
  powerRoute({ labels, facts: facts(parts), datasets: list }).estimates;
function find(list: readonly Estimate[], quantity = "gamma1_total", estimator = "complex_s", condition = "combined"): Estimate {
  const found = list.find((e) => e.quantity === quantity && e.estimator === estimator && e.condition === condition);
  if (!found) throw new Error(`no ${quantity} ${estimator} ${condition}`);
  return found;
}
const relative = (e: Estimate, shared: string) => (e.budget.find((l) => l.shared === shared)?.contribution ?? Number.NaN) / e.value;

describe("readout levels", () => {
  // The undriven state reads as 0 and the pi pulse on it as 1: p0 and p_pi hold n_eq and 1 - n_eq already.
  const levels = {
    p1_given_0: stated("r.a", read(N_EQ), "1", 0.001),
    p0_given_1: stated("r.b", 1 - read(1 - N_EQ), "1", 0.001),
    prepared: "thermal" as const,
  };
  it("thermal, n_eq known: G1tot exact and Gd - Gu independent of the error of n_eq", () => {
    const qubit = { geometry: "reflection" as const, equilibrium_population: stated("q.n", N_EQ, "1", 0.005) };
    const list = run(usual(), { readout: levels, qubit });
    expect(find(list).value / TOTAL).toBeCloseTo(1, 6);
    expect(find(list, "gamma1").value / G1).toBeCloseTo(1, 6);
    // d ln G1tot/d n_eq = 2/(1 - 2 n_eq); gamma1 = G1tot (1 - 2 n_eq) loses it.
    expect(relative(find(list), "q.n") / ((2 * 0.005) / (1 - 2 * N_EQ))).toBeCloseTo(1, 6);
    expect(Math.abs(relative(find(list, "gamma1"), "q.n"))).toBeLessThan(1e-9);
  });
  it("thermal, n_eq not known: gamma1 = Gd - Gu is exact and not in doubt, gamma1_total is in doubt", () => {
    const list = run(usual(), { readout: levels });
    expect(find(list, "gamma1").value / G1).toBeCloseTo(1, 6);
    expect(find(list, "gamma1").status).toBe("usable");
    expect(failedCodes(find(list).checks)).toEqual(["no_equilibrium"]);
    const { sentence, measured } = find(list).checks.find((c) => c.code === "no_equilibrium")!;
    expect(sentence).toContain(say.noEquilibriumThermal());
    expect(sentence).toContain("n_eq = 1 % would move gamma1_total (complex_s) by +2.0 %");
    expect(measured).toBeCloseTo(1 / 0.98 - 1, 9);
    expect(find(list).sigmaCommon).toBeNaN();
    expect(find(list, "gamma1").sigmaCommon).toBeGreaterThan(0);
  });
  it("reset levels are treated as known states, n_eq is subtracted", () => {
    expect(find(run(usual(), { readout: { ...READOUT, prepared: "reset" } })).value / TOTAL).toBeCloseTo(1, 6);
  });
  it("n_eq from elsewhere: the readout errors act point by point (PHYSICS.md sec. 1)", () => {
    const s = 1;
    const list = run([...scatteringFiles(), populationFile([s]), referenceFile()], {
      qubit: { geometry: "reflection", equilibrium_population: stated("q.n", N_EQ, "1", 0.002) },
    });
    const n = N_EQ + excess(s);
    const e = find(list);
    expect(e.value / TOTAL).toBeCloseTo(1, 5);
    expect(relative(e, "readout.p1_given_0")).toBeCloseTo(((1 - n) * 0.003) / (0.94 * excess(s)), 4);
    expect(relative(e, "q.n")).toBeCloseTo(0.002 / excess(s), 4);
  });
});

describe("power at the device", () => {
  it("a duty cycle of a quarter makes the peak power four times the average", () => {
    const quarter = (list: readonly PowerDataset[]) => find(run(list, { readout: { ...READOUT, duty_cycle: 0.25 } }));
    expect(quarter(usual()).value / TOTAL).toBeCloseTo(4, 5);
    expect(quarter(usual()).remark).toContain(say.dutyCycle(0.25));
  });
  it("every line of the budget by hand, and what shares it", () => {
    const line = {
      ...LINE,
      source_accuracy: stated("l.s", 0.3, "dB"),
      repeatability: stated("l.r", 0.1, "dB"),
      isolation: stated("l.i", 20, "dB"),
      leakage: stated("l.l", 40, "dB"),
      attenuation_at: stated("l.at", 5.2e9, "Hz"),
      ripple: stated("l.ripple", 0.6, "dB"),
    };
    const qubit = { geometry: "reflection" as const, frequency: stated("f", HERTZ, "Hz") };
    const e = find(run(usual(), { line, qubit }));
    const dB = Math.LN10 / 10;
    expect(relative(e, "lines.drive1.attenuation")).toBeCloseTo(-0.5 * dB, 9);
    expect(relative(e, "source_accuracy")).toBeCloseTo(0.3 * dB, 9);
    expect(relative(e, "l.r @ cd07")).toBeCloseTo(0.1 * dB, 9);
    // 20 dB: 7.1 %; 40 dB: 0.71 % (PHYSICS.md sec. 1).
    expect(relative(e, "l.i @ chipA/q1")).toBeCloseTo(0.0707, 4);
    expect(relative(e, "l.l @ chipA/q1")).toBeCloseTo(0.00707, 5);
    expect(relative(e, "l.ripple @ chipA/q1")).toBeCloseTo(0.6 * dB, 9);
    const common = Math.hypot(...e.budget.filter((l) => l.shared !== undefined).map((l) => l.contribution));
    expect(e.sigmaCommon / common).toBeCloseTo(1, 12);
    const there = find(run(usual(), { line: { ...line, attenuation_at: stated("l.at", HERTZ, "Hz") }, qubit }));
    expect(relative(there, "l.ripple @ chipA/q1")).toBeNaN();
  });
  it("an attenuation of ± 0 dB is one without uncertainty", () => {
    const e = find(run(usual(), { line: { ...LINE, attenuation: stated("a", 80, "dB", 0) } }));
    expect(e.sigmaCommon).toBeNaN();
    expect(failedCodes(e.checks)).toEqual(["attenuation_no_sigma"]);
  });
  it("a rate has the inputs of its own powers: a Rabi file stated elsewhere changes nothing", () => {
    const line = { ...LINE, power_at: "device" as const };
    const rabi = dataset(
      "rabi",
      [
        ["power", "W", [1e-9, 2e-9, 3e-9]],
        ["condition", "Hz", [1e6, 1.41e6, 1.73e6]],
      ],
      { entry: { power_at: "source" } },
    );
    const alone = find(run(usual(), { line }));
    const beside = find(run([...usual(), rabi], { line }));
    expect(alone.budget.map((l) => l.shared)).toContain("power_at: device");
    expect(beside.budget).toEqual(alone.budget);
    expect(beside.checks).toEqual(alone.checks);
    expect(beside.sigmaCommon).toBeNaN();
  });
  it.each(["saturation+T1", "no-internal-loss", "tuned-to-agree", "unknown"] as const)(
    "attenuation from %s: agreement is empty",
    (origin) => {
      const e = find(run(usual(), { line: { ...LINE, attenuation_from: origin } }));
      expect(e.status).toBe("doubtful");
      const decay: Estimate = {
        ...e,
        route: "decay",
        estimator: "exponential",
        checks: [],
        budget: [{ input: "shots", contribution: 100 }],
      };
      const { comparison } = compareRoutes(LABELS, { ...decay, sigmaStat: 100, sigmaCommon: 0 }, [e]);
      expect(comparison.verdict).toBe("empty");
      expect(comparison.sentence).toContain(sayCompare.emptyBecause[origin === "unknown" ? "unknown" : "circular"]);
      const apart = compareRoutes(LABELS, { ...decay, value: e.value * 2, sigmaStat: 100, sigmaCommon: 0 }, [e]).comparison;
      expect(apart.verdict).toBe(origin === "unknown" ? "disagree" : "empty");
    },
  );
});

describe("references", () => {
  const cable = (s: { re: number; im: number }, delta: number) => {
    const phase = 0.4 - delta / (40 * G2);
    return { re: 0.05 * (s.re * Math.cos(phase) - s.im * Math.sin(phase)), im: 0.05 * (s.re * Math.sin(phase) + s.im * Math.cos(phase)) };
  };
  const files = () => [...scatteringFiles({ distort: cable, sigma: 5e-6 }), populationFile(), undrivenFile()];
  it("detuned: exact", () => {
    expect(find(run([...files(), referenceFile((d) => cable({ re: 1, im: 0 }, d))])).value / TOTAL).toBeCloseTo(1, 5);
  });
  it("high-power at S = 100: the rest of the line is taken out with the sweep's own law", () => {
    const high = (off: "high-power" | "detuned") =>
      find(run([...files(), referenceFile((d) => cable(reflection(100, d), d), off, sourcePower(100))]));
    expect(high("high-power").value / TOTAL).toBeCloseTo(1, 4);
    expect(high("high-power").status).toBe("usable");
    expect(Math.abs(high("detuned").value / TOTAL - 1)).toBeGreaterThan(0.01);
  });
  it("high-power without its power: doubtful", () => {
    const e = find(run([...files(), referenceFile((d) => cable(reflection(1e6, d), d), "high-power")]));
    expect(failedCodes(e.checks)).toContain("normalisation_assumed");
  });
  it("far-points of the qubit's own trace: interpolated over the line whose tail is taken out, doubtful", () => {
    const e = find(run([...files(), referenceFile((d) => cable(reflection(0.05, d), d), "far-points", sourcePower(0.05))]));
    expect(failedCodes(e.checks)).toContain("normalisation_assumed");
    expect(Math.abs(e.value / TOTAL - 1)).toBeLessThan(0.003);
  });
});

describe("magnitudes only", () => {
  it("give the scalar difference at resonance, (1 + S11)/2 of the work, and no work", () => {
    const list = run([...scatteringFiles({ magnitude: true }), populationFile(), undrivenFile(), referenceFile()]);
    expect(list.some((e) => e.estimator === "complex_s")).toBe(false);
    const points = list.filter((e) => e.condition.startsWith("p_in=") && e.estimator === "scalar_difference");
    expect(points).toHaveLength(SATURATIONS.length);
    points.forEach((p, i) => {
      expect(p.value / ((TOTAL * (1 + reflection(SATURATIONS[i]!, 0).re)) / 2)).toBeCloseTo(1, 6);
    });
    const all = find(list, "gamma1_total", "scalar_difference");
    expect(all.status).toBe("doubtful");
    expect(all.remark).toContain(say.scalarBiasUnknown());
  });
});

describe("pairing", () => {
  it("a population at a power or frequency that was not swept is told, not used", () => {
    const list = [...scatteringFiles(), populationFile([...SATURATIONS, 60]), undrivenFile(), referenceFile()];
    expect(find(run(list)).remark).toContain(say.unpaired(1));
    const single = scatteringFiles({ detunings: [0] });
    const elsewhere = dataset(
      "population",
      [
        ["power", "W", [sourcePower(1)]],
        ["frequency", "Hz", [HERTZ + 5e6]],
        ["population", "1", [0.2]],
      ],
      { noise: { type: "binomial", shots: 1e6 } },
    );
    const e = find(run([...single, elsewhere, undrivenFile(), referenceFile(undefined, "detuned", undefined, [0])]));
    expect(e.status).toBe("refused");
    expect(e.remark).toBe(say.noMatchingPower());
  });
  it("populations below equilibrium: refused points, told in the combined row; all of them: refused with its sentence", () => {
    const sunk = (from: number) => populationFile(SATURATIONS, (n) => (n > N_EQ + excess(from) ? read(n) : read(N_EQ) - 0.001));
    const some = run([...scatteringFiles(), sunk(0.2), undrivenFile(), referenceFile()]);
    const refused = some.filter((e) => e.estimator === "complex_s" && e.status === "refused" && e.condition !== "weak_drive");
    expect(refused).toHaveLength(2);
    for (const e of refused) expect(failedCodes(e.checks)).toContain("population_below_equilibrium");
    expect(find(some).value / TOTAL).toBeCloseTo(1, 6);
    expect(find(some).remark).toContain(say.leftOut(2));
    const none = find(run([...scatteringFiles(), sunk(1e9), undrivenFile(), referenceFile()]));
    expect(none.status).toBe("refused");
    expect(none.remark).toBe(say.nothingAbove(SATURATIONS.length));
  });
  it("weak drive is refused where S does not span 0.1 to 10", () => {
    for (const [list, spans] of [
      [[0.11, 0.3, 1, 3, 12], false],
      [[0.05, 0.3, 1, 3, 9], false],
      [[0.09, 0.3, 1, 3, 11], true],
    ] as const) {
      const e = find(
        run([...scatteringFiles({ saturations: list }), populationFile(list), undrivenFile(), referenceFile()]),
        "gamma1_total",
        "complex_s",
        "weak_drive",
      );
      expect(e.status !== "refused").toBe(spans);
      if (spans) expect(e.value / TOTAL).toBeCloseTo(1, 4);
      else expect(failedCodes(e.checks)).toContain("low_power_only");
    }
  });
});

describe("power meter", () => {
  // Total output: P_in - hbar w Gnr (1 + 2n)(n_e - n_eq), n = 0.02 in both baths (PHYSICS.md sec. 1, estimator 3).
  const share = (s: number) => (1.054571817e-34 * 2 * Math.PI * HERTZ * 20000 * 1.04 * excess(s)) / (sourcePower(s) / 1e8);
  const table = (more: Partial<{ off: boolean; detector: "power-meter" | "vna" }> = {}) =>
    dataset(
      "power",
      [
        ["incident", "W", SATURATIONS.map((s) => sourcePower(s))],
        ["reflected", "W", SATURATIONS.map((s) => 0.01 * sourcePower(s) * (1 - share(s)))],
        ...(more.off === false ? [] : [["reflected_off", "W", SATURATIONS.map((s) => 0.01 * sourcePower(s))] as const]),
        ["population", "1", SATURATIONS.map((s) => read(N_EQ + excess(s)))],
        ["shots", "1", SATURATIONS.map(() => 1e8)],
        ["frequency", "Hz", SATURATIONS.map(() => HERTZ)],
      ],
      { noise: { type: "relative", relative: 1e-6 }, entry: more.detector ? { detector: more.detector } : {} },
    );
  it("gives Gnr only, n_eq entering once more through 1 - 2 n_eq", () => {
    const list = run([table({ detector: "power-meter" }), undrivenFile(read(N_EQ), 1e4)]);
    const e = find(list, "gamma_nr", "total_power");
    expect(e.value / 20000).toBeCloseTo(1, 5);
    expect(list.some((x) => x.quantity === "gamma1_total")).toBe(false);
    const weak = list.find((x) => x.condition.startsWith("p_in="))!;
    const undriven = weak.budget.find((l) => l.input === "undriven population")!;
    const sigma = Math.sqrt((read(N_EQ) * (1 - read(N_EQ))) / 1e4) / 0.94;
    // + s/(n_e - n_eq) from the subtraction, - 2 s/(1 - 2 n_eq) from the factor.
    expect(undriven.contribution / weak.value / (sigma / excess(0.05) - (2 * sigma) / (1 - 2 * N_EQ))).toBeCloseTo(1, 4);
  });
  it("without off value, without detector, on a line that goes on: refused, each with its sentence", () => {
    const refused = (list: readonly PowerDataset[], parts: Parameters<typeof facts>[0] = {}) => {
      const [e] = run([...list, undrivenFile()], parts);
      expect(e!.status).toBe("refused");
      expect(e!.value).toBeNaN();
      return e!.remark;
    };
    expect(refused([table({ detector: "power-meter", off: false })])).toBe(say.noReference());
    expect(refused([table()])).toBe(say.noDetector());
    expect(refused([table({ detector: "power-meter" })], { qubit: { geometry: "hanger" } })).toBe(oneDirection("hanger"));
    expect(refused([table({ detector: "power-meter" })], { line: null })).toBe(say.noAttenuation());
    expect(refused([table({ detector: "power-meter" })], { readout: {} })).toBe(say.noReadoutErrors());
  });
});

describe("sources of n_eq", () => {
  it("without errors they neither agree nor disagree", () => {
    const e = find(run(usual(), { qubit: { geometry: "reflection", equilibrium_population: stated("n", 0.03, "1") } }), "n_eq", "measured");
    expect(e.checks.filter((c) => c.code === "equilibrium_disagrees")).toEqual([]);
  });
  it("3 sigma between measured and stated", () => {
    const apart = (d: number) => {
      const qubit = { geometry: "reflection" as const, equilibrium_population: stated("n", N_EQ + d, "1", 0.001) };
      const e = find(run(usual(), { qubit }), "n_eq", "measured");
      return e.checks.find((c) => c.code === "equilibrium_disagrees")!;
    };
    // s(measured) = (1 - n_eq) 0.003/0.94 by p1_given_0.
    const sigma = Math.hypot(0.001, ((1 - N_EQ) * 0.003) / 0.94);
    expect(apart(2.9 * sigma).holds).toBe(true);
    expect(apart(3.1 * sigma).holds).toBe(false);
    expect(apart(3.1 * sigma).measured).toBeCloseTo(3.1, 2);
  });
});

describe("radiative rate and totals by the sweep", () => {
  it("gamma_r and gamma2 from the closed form", () => {
    const list = run(usual());
    expect(find(list, "gamma_r", "saturation_sweep").value / GR).toBeCloseTo(1, 5);
    expect(find(list, "gamma2", "saturation_sweep").value / G2).toBeCloseTo(1, 5);
    expect(sigmaOf(find(list, "gamma2", "saturation_sweep"))).toBeGreaterThan(0);
    expect(DETUNINGS).toContain(0);
  });
});
