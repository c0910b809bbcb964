import { describe, expect, it } from "vitest";
import { failedCodes } from "../../src/core/check.ts";
import type { Estimate } from "../../src/core/estimate.ts";
import * as say from "../../src/core/messages/ports.ts";
import { powerRoute } from "../../src/routes/power/power.ts";
import { columnsOf, makeDataset } from "../../src/tables/dataset.ts";
import { beside, endOfLine, type NetworkLab, networkLab, threePorts, twoPorts } from "./network-lab.ts";
import { stated } from "./power-lab.ts";

const GR = 8000;
const REFLECTION: NetworkLab = { network: endOfLine(GR), geometry: "reflection", ports: ["11"], gr: GR };
const HANGER: NetworkLab = { network: beside(GR, 0.4), geometry: "hanger", ports: ["21"], gr: GR };
const SEPARATE: NetworkLab = { network: twoPorts(2000, 6000), geometry: "separate-ports", ports: ["21"], gr: GR, reference: "none" };
const COLUMN: NetworkLab = { network: threePorts(GR, 4), geometry: "multiport", ports: ["11", "21", "31"], gr: GR };

function refused(options: NetworkLab, estimator: string, code: string, sentence: string) {
  const e = networkLab(options).find("gamma1_total", estimator);
  expect(e.value).toBeNaN();
  expect(e.status).toBe("refused");
  expect(failedCodes(e.checks)).toContain(code);
  expect(e.remark).toBe(sentence);
}
const sentenceOf = (e: Estimate, code: string) => e.checks.find((c) => c.code === code)?.sentence;
const line = (e: Estimate, input: string) => e.budget.find((l) => l.input === input);

describe("what a geometry lacks is a refusal that says what to write", () => {
  it("separate ports without gain or couplings", () => {
    refused(SEPARATE, "separate_ports", "no_chain_gain", say.noChainGain());
    refused({ ...SEPARATE, gainDb: 60, withoutCouplings: true }, "separate_ports", "no_couplings", say.noCouplings());
  });
  it("multiport without a column, without its reference, or as magnitudes", () => {
    refused({ ...COLUMN, ports: ["11"] }, "complex_s", "unsupported_geometry", say.noColumn("multiport", ["11"], say.columnWants(1)));
    refused({ ...COLUMN, reference: "none" }, "complex_s", "no_reference", say.noColumnReference());
    refused({ ...COLUMN, magnitude: true }, "complex_s", "unsupported_geometry", say.complexOnly("multiport"));
  });
  it("a two-sided line of which only S11 was measured", () =>
    refused({ ...HANGER, geometry: "two-sided", ports: ["11"] }, "complex_s", "no_reference", say.noReflectionPhase()));
  it("one power without a reference, narrow", () => {
    const narrow = { ...REFLECTION, chain: [{ re: 0.02, im: 0.01 }], reference: "none", saturations: [1] } as const;
    const e = networkLab({ ...narrow, detunings: Array.from({ length: 61 }, (_, i) => (i - 30) / 15) }).find("gamma1_total", "complex_s");
    expect(e.status).toBe("refused");
    expect(e.remark).toMatch(/^There is no reference, and the one power/);
  });
});

describe("one power without a reference, wide enough to carry the line", () => {
  it("is fitted together with it, and says so", () => {
    const wide = { ...REFLECTION, chain: [{ re: 0.02, im: 0.01 }], reference: "none", saturations: [1] } as const;
    const lab = networkLab({ ...wide, detunings: Array.from({ length: 121 }, (_, i) => (i - 60) / 6) });
    const e = lab.find("gamma1_total", "complex_s");
    expect(e.value / lab.truth.gamma1_total).toBeCloseTo(1, 5);
    expect(failedCodes(e.checks)).toEqual(["normalisation_assumed"]);
    expect(line(e, "reference (gain of the fitted line)")!.contribution).not.toBe(0);
  });
});

describe("separate ports", () => {
  const e = networkLab({ ...SEPARATE, gainDb: 60 }).find("gamma1_total", "separate_ports");
  it("the attenuation acts by half: it makes the power, and what S is divided by", () => {
    expect(line(e, "attenuation of drive1")!.contribution / e.value).toBeCloseTo((-0.4 * Math.LN10) / 20, 8);
    expect(line(e, "gain of drive1")!.contribution / e.value).toBeCloseTo((-0.3 * Math.LN10) / 20, 8);
    expect(line(e, "coupling of the drive")!.contribution / e.value).toBeCloseTo(0.01, 8);
    expect(line(e, "coupling of the detection")!.contribution / e.value).toBeCloseTo(-0.01, 8);
  });
  it("magnitudes on resonance give the same", () => {
    const lab = networkLab({ ...SEPARATE, gainDb: 60, magnitude: true, detunings: [0] });
    const m = lab.find("gamma1_total", "separate_ports");
    expect(m.value / lab.truth.gamma1_total).toBeCloseTo(1, 6);
  });
  it("a coupling with an uncertainty of 0 has one that nobody measured", () => {
    const e = networkLab({ ...SEPARATE, gainDb: 60, sigmaCouplings: 0 }).find("gamma1_total", "separate_ports");
    expect(e.sigmaCommon).toBeNaN();
    expect(failedCodes(e.checks)).toEqual(["chain_no_sigma"]);
  });
  it("a gain without uncertainty leaves the common error unknown", () => {
    const e = networkLab({ ...SEPARATE, gainDb: 60, line: { gain: stated("lines.drive1.gain", 60, "dB") } }).find(
      "gamma1_total",
      "separate_ports",
    );
    expect(e.sigmaCommon).toBeNaN();
    expect(sentenceOf(e, "chain_no_sigma")).toBe(say.chainNoSigma("lines.drive1.gain"));
  });
});

describe("multiport weights", () => {
  it("one column with gain in the chains: equal chains are assumed, the common error is unknown", () => {
    const half = { re: 0.5, im: 0 };
    const lab = networkLab({ ...COLUMN, chain: [half, half, half] });
    const e = lab.find("gamma1_total", "complex_s");
    expect(e.value / lab.truth.gamma1_total).toBeCloseTo(1, 6);
    expect(e.status).toBe("doubtful");
    expect(e.sigmaCommon).toBeNaN();
    expect(sentenceOf(e, "port_loss")).toBe(say.portLoss(0.25));
  });
  it("the whole matrix: gains are found for any, and a port that is missing shows in columns that are not orthogonal", () => {
    const chain = [0.9, 0.5, 1.3].map((re, i) => ({ re, im: 0.2 * i }));
    const all = ["11", "21", "31", "12", "22", "32", "13", "23", "33"];
    const whole = { ...COLUMN, saturations: [1], chain, referencePorts: all, seed: 7, noise: 0.01, referenceNoise: 0.02 };
    expect(
      networkLab(whole)
        .find("gamma1_total", "complex_s")
        .checks.find((c) => c.code === "port_loss"),
    ).toMatchObject({ holds: true });
    const lab = networkLab({ ...COLUMN, saturations: [1], chain, ports: ["11", "21"], referencePorts: ["11", "21", "12", "22"] });
    const e = lab.find("gamma1_total", "complex_s");
    expect(Math.abs(e.value / lab.truth.gamma1_total - 1)).toBeGreaterThan(0.05);
    expect(e.checks.find((c) => c.code === "port_loss")).toMatchObject({ holds: false });
    expect(e.sigmaCommon).toBeNaN();
  });
  it("the driven port is stated, else the first", () => {
    const lab = networkLab({ ...COLUMN, ports: ["11", "21", "31", "12", "22", "32"], qubit: { driven_port: 1 } });
    expect(lab.find("gamma1_total", "complex_s").value / lab.truth.gamma1_total).toBeCloseTo(1, 6);
  });
  it("gamma_r is not claimed: the depth is that of the driven port's share", () => {
    const { result } = networkLab(COLUMN);
    expect(result.estimates.some((e) => e.quantity === "gamma_r")).toBe(false);
  });
  it("incident minus all coherent output is the scalar difference, with Gr over the driven share going out", () => {
    const lab = networkLab({ ...COLUMN, saturations: [0.05] });
    const e = lab.find("gamma1_total", "scalar_difference");
    // P (1 - sum |S_j1|^2) = W - hbar w Gr |s|^2, |s|^2 = z_eq^2 (S/(1+S)^2) G1tot/(4 G2) on resonance.
    const { gamma1_total: total, gamma2, n_eq } = lab.truth;
    const z = 1 - 2 * n_eq;
    const ratio = 1 - (GR * z) / (2 * gamma2) / 1.05;
    expect(e.value / total).toBeCloseTo(ratio, 6);
  });
});

describe("a mismatched hanger", () => {
  it("tells its angle, and what the naive estimator would do", () => {
    const lab = networkLab(HANGER);
    const e = lab.find("gamma1_total", "complex_s");
    const c = e.checks.find((x) => x.code === "mismatch_fitted")!;
    expect(c.measured).toBeCloseTo(0.4, 5);
    expect(c.sentence).toContain(`${Number((100 * Math.tan(0.4)).toPrecision(2))} %`);
    expect(e.status).toBe("usable");
    expect(
      networkLab({ ...HANGER, engineering: true })
        .find("gamma1_total", "complex_s")
        .checks.find((x) => x.code === "mismatch_fitted")!.measured,
    ).toBeCloseTo(0.4, 5);
  });
  it("the angle has its line in the budget of a detuned drive", () => {
    const e = networkLab({ ...HANGER, seed: 3, noise: 0.02, drivenAt: [0.8] }).find("gamma1_total", "complex_s");
    expect(Math.abs(line(e, "phase of the mismatch")!.contribution)).toBeGreaterThan(0);
  });
  it("a matched one gives what estimator 4 gives", () => {
    const matched = { ...HANGER, network: beside(GR), seed: 5, noise: 0.004, referenceNoise: 3e-4 };
    const six = networkLab(matched).find("gamma1_total", "complex_s");
    const four = networkLab({ ...matched, geometry: "two-sided" }).find("gamma1_total", "complex_s");
    expect(Math.abs(six.value - four.value)).toBeLessThan(six.sigmaStat);
    expect(six.checks.find((c) => c.code === "mismatch_fitted")!.holds).toBe(true);
  });
});

describe("a geometry that the data contradict", () => {
  it("a line deeper than a two-sided one can be", () => {
    const e = networkLab({
      ...REFLECTION,
      network: endOfLine(40000),
      gr: 40000,
      gnr: 2000,
      gphi: 0,
      geometry: "two-sided",
      called: "21",
    }).find("gamma1_total", "complex_s");
    expect(failedCodes(e.checks)).toContain("geometry_contradicted");
  });
  it("a reflection with the same wave in transmission", () => {
    const e = networkLab({ ...HANGER, network: beside(GR), geometry: "reflection", ports: ["11", "21"] }).find("gamma1_total", "complex_s");
    expect(sentenceOf(e, "geometry_contradicted") ?? e.remark).toBe(say.looksTwoSided(1));
  });
  it("a two-sided line whose return chain differs: S21 alone", () => {
    const lab = networkLab({
      ...HANGER,
      network: beside(GR),
      geometry: "two-sided",
      ports: ["11", "21"],
      chain: [
        { re: 0.7, im: 0 },
        { re: 1, im: 0 },
      ],
    });
    const e = lab.find("gamma1_total", "complex_s");
    expect(failedCodes(e.checks)).toEqual(["reflection_disagrees"]);
    expect(e.value / lab.truth.gamma1_total).toBeCloseTo(1, 6);
    expect(e.remark).toContain(say.FORMULAS.transmission);
  });
});

describe("magnitudes on resonance", () => {
  const under: NetworkLab = { ...REFLECTION, magnitude: true, detunings: [0], saturations: [0.05, 0.2, 0.5, 1, 4, 15] };
  const over: NetworkLab = { ...under, network: endOfLine(24000), gr: 24000, gnr: 2000, gphi: 0 };
  it.each([
    ["under-coupled", under, 0],
    ["over-coupled", over, 3],
  ] as const)("%s: the sign is told and the rate is right", (_name, options, flips) => {
    const lab = networkLab(options);
    const e = lab.find("gamma1_total", "scalar_on_resonance");
    expect(e.value / lab.truth.gamma1_total).toBeCloseTo(1, 6);
    expect(e.remark).toContain(say.signTold(flips));
    expect(e.remark).toContain(say.FORMULAS.scalar);
    // Beside it the scalar difference, which is low.
    expect(lab.find("gamma1_total", "scalar_difference").value).toBeLessThan(e.value);
  });
  it("a two-sided line has no sign to lose", () => {
    const lab = networkLab({ ...under, network: beside(GR), geometry: "two-sided", ports: ["21"] });
    expect(lab.find("gamma1_total", "scalar_on_resonance").value / lab.truth.gamma1_total).toBeCloseTo(1, 6);
  });
  it("two powers do not tell the sign", () =>
    refused({ ...over, saturations: [0.1, 0.2] }, "scalar_on_resonance", "sign_undecided", say.fewPowers()));
  it("weak drive alone does not tell it either, with noise", () =>
    refused(
      { ...over, seed: 2, noise: 0.02, stateNoise: true, saturations: [0.01, 0.02, 0.03, 0.04] },
      "scalar_on_resonance",
      "sign_undecided",
      say.signUndecided(),
    ));
  it("off resonance it is refused", () => {
    const e = networkLab({ ...under, detunings: Array.from({ length: 12 }, (_, i) => i - 5.5) }).find(
      "gamma1_total",
      "scalar_on_resonance",
    );
    expect(failedCodes(e.checks)).toContain("off_resonance");
  });
});

describe("a reference whose ports are named otherwise than the sweep's", () => {
  const REFERENCED = { ...REFLECTION, chain: [{ re: 0.02, im: 0.01 }] } as const;
  /** Complex gamma1_total with the ports of the references, or of the sweep, renamed. */
  const renamed = (kind: "reference" | "scattering", port: string | undefined, lab: NetworkLab = REFERENCED) => {
    const { input } = networkLab(lab);
    const datasets = input.datasets.map((d) => {
      if (d.dataset.kind !== kind) return d;
      const columns = columnsOf(d.dataset).map(({ port: was, ...c }) => (was === undefined || port === undefined ? c : { ...c, port }));
      return { ...d, dataset: makeDataset({ ...d.dataset, columns }) };
    });
    return powerRoute({ ...input, datasets }).estimates.find((e) => e.quantity === "gamma1_total" && e.estimator === "complex_s")!;
  };
  it("S and S11 at the end of a line, S and S21 beside one: the same wave", () => {
    for (const lab of [REFERENCED, { ...HANGER, chain: [REFERENCED.chain[0], REFERENCED.chain[0]] }])
      for (const kind of ["reference", "scattering"] as const) {
        const found = renamed(kind, undefined, lab);
        expect(found.value / networkLab(lab).find("gamma1_total", "complex_s").value).toBeCloseTo(1, 9);
        expect(failedCodes(found.checks)).not.toContain("normalisation_assumed");
        expect(failedCodes(found.checks)).not.toContain("reference_unused");
      }
  });
  it("another port: not used, and named", () => {
    const e = renamed("reference", "33");
    const found = e.checks.find((c) => c.code === "reference_unused");
    expect(found?.sentence).toMatch(/^Reference .* was not used: it holds S33, the sweep is S11\./);
    expect(failedCodes(e.checks)).toContain("normalisation_assumed");
  });
});
