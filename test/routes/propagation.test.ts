import { describe, expect, it } from "vitest";
import { failedCodes } from "../../src/core/check.ts";
import * as say from "../../src/core/messages/propagation.ts";
import { powerRoute } from "../../src/routes/power/power.ts";
import { partOf } from "../../src/routes/propagation/measured-again.ts";
import { isWorthDrawing, propagate, withPropagation } from "../../src/routes/propagation/propagation.ts";
import { excess, HERTZ, N_EQ, read, SATURATIONS, sourcePower, undrivenFile } from "./closed-form.ts";
import { beside, endOfLine, type NetworkLab, networkLab, threePorts, twoPorts } from "./network-lab.ts";
import { dataset, facts, LABELS, READOUT, stated } from "./power-lab.ts";
import { type VirtualLab, virtualLab } from "./virtual-lab.ts";

/** One frequency, on resonance: no line shape to fit, so that a draw costs a millisecond. */
const quoted = (options: Omit<VirtualLab, "seed">, seed = 3) => {
  const lab = virtualLab({ frequencies: 1, saturations: [0.3, 1, 3], stateNoise: true, ...options, seed });
  return { lab, estimate: lab.find("gamma1_total", "complex_s") };
};

describe("drawing all inputs", () => {
  it("agrees with the first order where errors are small, and leaves the estimate as it is", () => {
    const { lab, estimate } = quoted({ shots: 2000 });
    const drawn = propagate(lab.input, estimate, 120)!;
    expect(drawn.lost).toBe(0);
    expect(Math.abs(drawn.sd / drawn.firstOrder - 1)).toBeLessThan(0.16);
    const checked = withPropagation(estimate, drawn);
    const check = checked.checks.find((c) => c.code === "propagation_nonlinear")!;
    expect(check.holds).toBe(true);
    expect(check.sentence).toBe(say.linear(drawn.firstOrder, drawn.sd, drawn.draws));
    expect({ ...checked, checks: estimate.checks }).toEqual(estimate);
  });

  it("a population hardly above equilibrium: the interval is the draws', unequal, and the estimate is in doubt", () => {
    const { lab, estimate } = quoted({ saturations: [0.02], shots: 1200, sigmaDb: 0.05 }, 4);
    const drawn = propagate(lab.input, estimate, 120)!;
    expect(drawn.sd / drawn.firstOrder).toBeGreaterThan(1.2);
    const checked = withPropagation(estimate, drawn);
    expect(failedCodes(checked.checks)).toContain("propagation_nonlinear");
    expect(checked.status).toBe("doubtful");
    expect(checked.interval).toEqual(drawn.interval68);
    const [low, high] = drawn.interval68;
    expect(high - estimate.value).toBeGreaterThan(1.2 * (estimate.value - low));
    expect(checked.remark).toContain("quote this interval");
    expect(checked.value).toBe(estimate.value);
  });

  it("gives the same numbers again", () => {
    const { lab, estimate } = quoted({});
    expect(propagate(lab.input, estimate, 20)).toEqual(propagate(lab.input, estimate, 20));
    expect(propagate(lab.input, estimate, 20, 2)!.sd).not.toBe(propagate(lab.input, estimate, 20)!.sd);
  });

  it.each(["transmitted", "reflected"] as const)("the powers of a table (%s) are drawn once", (output) => {
    const share = (s: number) => 0.4 / (1 + s);
    const table = dataset(
      "power",
      [
        ["incident", "W", SATURATIONS.map((s) => sourcePower(s))],
        [output, "W", SATURATIONS.map((s) => 0.01 * sourcePower(s) * (1 - share(s)))],
        [`${output}_off`, "W", SATURATIONS.map((s) => 0.01 * sourcePower(s))],
        ["frequency", "Hz", SATURATIONS.map(() => HERTZ)],
        ["population", "1", SATURATIONS.map((s) => read(N_EQ + excess(s)))],
        ["shots", "1", SATURATIONS.map(() => 1e8)],
      ],
      { noise: { type: "relative", relative: 0.01 }, entry: { detector: "vna" } },
    );
    const input = {
      labels: LABELS,
      facts: facts({ readout: { ...READOUT, p1_given_0: stated("readout.p1_given_0", 0.015, "1", 1e-6) } }),
      datasets: [table, undrivenFile()],
    };
    const estimate = powerRoute(input).estimates.find((e) => e.estimator === "scalar_difference" && e.condition === "combined")!;
    const noise = estimate.budget.filter((l) => partOf(l, estimate, input.datasets) === "powers");
    expect(noise.map((l) => l.input)).toEqual(["noise of S"]);
    // By itself, so that nothing hides it.
    const alone = { ...estimate, budget: noise, sigmaStat: Math.abs(noise[0]!.contribution), sigmaCommon: 0 };
    const drawn = propagate(input, alone, 200)!;
    expect(Math.abs(drawn.sd / drawn.firstOrder - 1)).toBeLessThan(0.15);
  });

  it("is not worth it for the attenuation, which is exact in ln G however uncertain", () => {
    const loud = quoted({ sigmaDb: 3, shots: 200_000, noise: 1e-4 });
    expect(loud.estimate.sigmaCommon / loud.estimate.value).toBeGreaterThan(0.5);
    expect(isWorthDrawing(loud.lab.input, loud.estimate)).toBe(false);
    const faint = quoted({ shots: 100 });
    expect(isWorthDrawing(faint.lab.input, faint.estimate)).toBe(true);
  });

  it("says nothing where an error is not known", () => {
    const { lab, estimate } = quoted({});
    expect(propagate(lab.input, { ...estimate, sigmaCommon: Number.NaN })).toBeUndefined();
  });

  it("a circulator's leak has a uniform phase: its deviation is eps/sqrt 2, its ends those of Re[1/(1 + eps e^{i th})]", () => {
    const { lab, estimate } = quoted({ sigmaDb: 1e-3, shots: 1_000_000, noise: 1e-5, sigmaReadout: 1e-5 });
    const line = lab.input.facts.line!;
    const entry = "lines.drive1.isolation";
    const facts = {
      ...lab.input.facts,
      line: { ...line, isolation: { quantity: { value: 20, sigma: Number.NaN, unit: "dB" as const }, entry } },
    };
    const contribution = (0.1 / Math.SQRT2) * estimate.value;
    const wide = {
      ...estimate,
      sigmaCommon: contribution,
      budget: [...estimate.budget, { input: "circulator of drive1", contribution, shared: `${entry} @ chipA/q1` }],
    };
    const drawn = propagate({ ...lab.input, facts }, wide, 150)!;
    expect(drawn.sd).toBeCloseTo(0.1 / Math.SQRT2, 2);
    // An arcsine distribution piles up at its ends: 95 % lies within 1.1 of what a normal one's 68 % would.
    expect(drawn.interval95[1] / estimate.value).toBeLessThan(1.115);
  });
});

describe("what a line of the budget is the noise of", () => {
  const GR = 8000;
  const noisy = {
    gr: GR,
    noise: 0.01,
    referenceNoise: 0.002,
    saturations: [0.1, 1, 8],
    seed: 1,
    detunings: Array.from({ length: 31 }, (_, i) => (i - 15) / 2.5),
  };
  it.each<[string, string, NetworkLab, readonly string[]]>([
    ["reference", "complex_s", { network: endOfLine(GR), geometry: "reflection", ports: ["11"], ...noisy }, ["dataset"]],
    [
      "fitted line",
      "complex_s",
      { network: endOfLine(GR), geometry: "reflection", ports: ["11"], reference: "none", ...noisy },
      ["gain", "phase", "delay"],
    ],
    ["mismatch", "complex_s", { network: beside(GR, 0.4), geometry: "hanger", ports: ["21"], ...noisy }, ["mismatch"]],
    ["ports", "complex_s", { network: threePorts(GR, 5), geometry: "multiport", ports: ["11", "21", "31"], ...noisy }, []],
    [
      "phase of the chain",
      "separate_ports",
      { network: twoPorts(2000, 6000), geometry: "separate-ports", ports: ["21"], gainDb: 60, reference: "none", ...noisy },
      ["turn", "lag"],
    ],
    [
      "through",
      "separate_ports",
      { network: twoPorts(2000, 6000), geometry: "separate-ports", ports: ["21"], reference: "through", ...noisy },
      ["turn", "dataset"],
    ],
  ])("%s: whatever names datasets is moved by measuring them again; facts and losses are not", (_, estimator, options, expected) => {
    const lab = networkLab(options);
    const e = lab.find("gamma1_total", estimator);
    const of = (part: string) => e.budget.filter((l) => partOf(l, e, lab.input.datasets) === part);
    const names = of("scattering").map((l) => l.shared?.split(":")[0] ?? l.input);
    expect(names).toEqual(expect.arrayContaining(["noise of S", "sweep", ...expected]));
    expect(of("populations").map((l) => l.input)).toEqual(["noise of the population", "undriven population"]);
    const rest = e.budget.filter((l) => partOf(l, e, lab.input.datasets) === undefined).map((l) => l.shared ?? l.input);
    expect(rest.filter((name) => !/^(lines|qubits|readout|ports|model)[.:]/.test(name))).toEqual([]);
  });
});
