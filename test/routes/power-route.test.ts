import { describe, expect, it } from "vitest";
import { failedCodes } from "../../src/core/check.ts";
import { covarianceOf, type Estimate, sigmaOf } from "../../src/core/estimate.ts";
import { columnWants, noColumn } from "../../src/core/messages/ports.ts";
import * as say from "../../src/core/messages/power.ts";
import { HBAR } from "../../src/physics/constants.ts";
import { powerRoute } from "../../src/routes/power/power.ts";
import { datasets, find, OMEGA, RATES, RATIO, run, sweep, total } from "./exact-lab.ts";
import { type Col, dataset, facts, LABELS, LINE, READOUT, stated } from "./power-lab.ts";

describe("noise-free data give the rates back", () => {
  it.each([
    ["reflection", "one-port", "11"],
    ["two-sided", "two-sided", "21"],
    ["hanger", "two-sided", "21"],
  ] as const)("%s", (geometry, ports, port) => {
    const { estimates } = run(datasets({ geometry: ports, port }), { qubit: { geometry } });
    expect(total(estimates).value / RATES.total).toBeCloseTo(1, 9);
    expect(find(estimates, "gamma1", "complex_s").value / 28000).toBeCloseTo(1, 8);
    expect(find(estimates, "gamma_down", "complex_s").value / RATES.down).toBeCloseTo(1, 8);
    expect(find(estimates, "gamma_up", "complex_s").value / RATES.up).toBeCloseTo(1, 6);
    expect(find(estimates, "n_eq", "measured").value / RATES.nEq).toBeCloseTo(1, 8);
    expect(find(estimates, "gamma1_total", "saturation_sweep").value / RATES.total).toBeCloseTo(1, 6);
    expect(find(estimates, "gamma1_total", "complex_s", "weak_drive").value / RATES.total).toBeCloseTo(1, 5);
    expect(total(estimates, "scalar_difference").value).toBeLessThan(RATES.total);
  });

  it("a wrong geometry is a factor of 2 and an unstated one is doubtful", () => {
    const list = datasets({ geometry: "two-sided", port: "21" });
    expect(total(run(list, { qubit: { geometry: "reflection" } }).estimates).value / RATES.total).toBeCloseTo(1, 9);
    const unstated = powerRoute({ labels: LABELS, facts: { device: "", qubit: {}, readout: READOUT, line: LINE }, datasets: list });
    expect(failedCodes(total(unstated.estimates).checks)).toContain("no_geometry");
    expect(total(unstated.estimates).remark).toBeDefined();
  });

  it("levels prepared from the thermal state: n_eq is not subtracted again", () => {
    const [zero, one] = [RATES.nEq, 1 - RATES.nEq].map((n) => 0.015 + 0.94 * n) as [number, number];
    const readout = {
      p1_given_0: stated("r.a", zero, "1", 0.001),
      p0_given_1: stated("r.b", 1 - one, "1", 0.001),
      prepared: "thermal" as const,
    };
    const qubit = { geometry: "reflection" as const, equilibrium_population: stated("q.n", RATES.nEq, "1", 0.001) };
    for (const undriven of [true, false]) {
      const { estimates } = run(datasets({ undriven }), { readout, qubit });
      expect(total(estimates).value / RATES.total).toBeCloseTo(1, 9);
      expect(find(estimates, "n_eq", "stated").value).toBe(RATES.nEq);
    }
  });

  it("a gap before readout is corrected with T1, and the two routes then share T1's error", () => {
    const gap = 4e-6;
    const late = (n: number) => 0.015 + 0.94 * (RATES.nEq + (n - RATES.nEq) * Math.exp(-RATES.total * gap));
    const readout = { ...READOUT, drive_to_readout: stated("readout.drive_to_readout", gap, "s") };
    const list = datasets({ population: late });
    // Without a decay estimate the route's own rate serves.
    expect(total(run(list, { readout }).estimates).value / RATES.total).toBeCloseTo(1, 9);
    const decay: Estimate = {
      ...total(run(list).estimates),
      route: "decay",
      estimator: "exponential",
      value: RATES.total,
      sigmaStat: 300,
      sigmaCommon: 0,
      budget: [{ input: "shots", contribution: 300 }],
    };
    const corrected = total(run(list, { readout }, { decay }).estimates);
    expect(corrected.value / RATES.total).toBeCloseTo(1, 9);
    const line = corrected.budget.find((l) => l.input.includes("gap"))!;
    expect(line.contribution / (-gap * RATES.total * 300)).toBeCloseTo(1, 6);
  });

  it.each([0.1, 3, 6])("without T1 the rate corrects its own gap, and its errors shrink by 1/(1 + G t), G t = %d", (gt) => {
    const gap = gt / RATES.total;
    const late = (n: number) => 0.015 + 0.94 * (RATES.nEq + (n - RATES.nEq) * Math.exp(-gt));
    const readout = { ...READOUT, drive_to_readout: stated("readout.drive_to_readout", gap, "s") };
    const { estimates } = run(datasets({ population: late }), { readout });
    const e = total(estimates);
    expect(e.value / RATES.total).toBeCloseTo(1, 9);
    const line = e.budget.find((l) => l.shared === LINE.attenuation!.entry)!;
    expect(line.contribution / e.value).toBeCloseTo((-0.5 * Math.LN10) / 10 / (1 + gt), 9);
    // As by differences: 0.01 dB more.
    const shifted = { ...LINE, attenuation: stated("lines.drive1.attenuation", 80.01, "dB", 0.5) };
    const moved = total(run(datasets({ population: late }), { readout, line: shifted }).estimates).value;
    expect(Math.log(e.value / moved) / 0.01).toBeCloseTo(Math.LN10 / 10 / (1 + gt), 4);
  });

  it("a gap of three T1 leaves a twentieth of n_e: the mean is no better known than its points say", () => {
    const gap = 3 / RATES.total;
    const late = (n: number) => 0.015 + 0.94 * (RATES.nEq + (n - RATES.nEq) * Math.exp(-3));
    const readout = { ...READOUT, drive_to_readout: stated("readout.drive_to_readout", gap, "s") };
    const list = datasets({ population: late }).map((d) =>
      d.dataset.kind === "population" ? { ...d, dataset: { ...d.dataset, noise: { type: "binomial", shots: 20000 } as const } } : d,
    );
    const decay: Estimate = { ...total(run(list).estimates), route: "decay", estimator: "exponential", value: RATES.total, budget: [] };
    const { estimates } = run(list, { readout }, { decay });
    const rows = estimates.filter((e) => e.estimator === "complex_s" && e.condition.startsWith("p_in="));
    const expected = rows.reduce((sum, e) => sum + e.sigmaStat ** -2, 0) ** -0.5;
    expect(expected / RATES.total).toBeGreaterThan(0.03);
    expect(total(estimates).sigmaStat / expected).toBeCloseTo(1, 2);
  });

  it("power that is stated at the device needs no attenuation, but its error is then unknown", () => {
    const list = datasets().map((d) => ({ ...d, entry: { match: "*", place: "", power_at: "device" as const } }));
    const { estimates } = run(list, { line: null });
    const e = total(estimates);
    expect(e.value / (RATES.total * RATIO)).toBeCloseTo(1, 9);
    expect(failedCodes(e.checks)).toContain("attenuation_no_sigma");
    expect(e.sigmaCommon).toBeNaN();
    expect(e.sigmaStat).toBeGreaterThan(0);
  });

  it("populations between the swept powers are read from the saturation law", () => {
    const list = datasets();
    const rows = sweep();
    const few = { rows: [0, 2, 4].map((i) => rows[i]!) };
    const thin = dataset("scattering", [
      ["power", "W", few.rows.map((r) => r.source)],
      ["frequency", "Hz", few.rows.map(() => OMEGA / 2 / Math.PI)],
      ["s_re", "1", few.rows.map((r) => r.s.re), "11"],
      ["s_im", "1", few.rows.map((r) => r.s.im), "11"],
      ["sigma", "1", few.rows.map(() => 1e-4)],
    ]);
    const { estimates } = run([thin, ...list.slice(1)]);
    expect(total(estimates).value / RATES.total).toBeCloseTo(1, 5);
    expect(total(estimates).remark).toContain(say.interpolated(2));
  });
});

describe("common inputs", () => {
  it("0.5 dB is 11.5 %, shared by every qubit and cooldown that uses the same entry", () => {
    const e = total(run(datasets()).estimates);
    const line = e.budget.find((l) => l.shared === "lines.drive1.attenuation")!;
    expect(Math.abs(line.contribution) / e.value).toBeCloseTo(0.1151, 4);
    const readout = { ...READOUT, p1_given_0: stated("other", 0.015, "1", 0.003), p0_given_1: stated("other2", 0.045, "1", 0) };
    const other = total(
      run(datasets({ undriven: false }), {
        readout,
        qubit: { geometry: "reflection", equilibrium_population: stated("n", RATES.nEq, "1", 0.001) },
      }).estimates,
    );
    expect(covarianceOf(e, other) / (line.contribution * (0.1151 * other.value))).toBeCloseTo(-1, 3);
  });

  it("20 dB of circulator isolation with unknown phase is 7.1 %", () => {
    const e = total(run(datasets(), { line: { ...LINE, isolation: stated("lines.drive1.isolation", 20, "dB") } }).estimates);
    expect(e.budget.find((l) => l.shared === "lines.drive1.isolation @ chipA/q1")!.contribution / e.value).toBeCloseTo(0.0707, 4);
    // The phase is another at every qubit of the line, and the same in the next cooldown.
    const of = (labels: Partial<typeof LABELS>) => {
      const line = { ...LINE, isolation: stated("lines.drive1.isolation", 20, "dB") };
      const other = total(powerRoute({ labels: { ...LABELS, ...labels }, facts: facts({ line }), datasets: datasets() }).estimates);
      return other.budget.find((l) => l.input === "circulator of drive1")!.shared;
    };
    expect(of({ qubit: "q2" })).not.toBe(of({}));
    expect(of({ cooldown: "cd08" })).toBe(of({}));
  });

  it("an attenuation without uncertainty: doubtful, the common error unknown, never 0", () => {
    const e = total(run(datasets(), { line: { ...LINE, attenuation: stated("lines.drive1.attenuation", 80, "dB") } }).estimates);
    expect(e.status).toBe("doubtful");
    expect(e.sigmaCommon).toBeNaN();
    expect(sigmaOf(e)).toBeNaN();
    expect(e.checks.find((c) => c.code === "attenuation_no_sigma")!.sentence).toBe(say.attenuationNoSigma("lines.drive1.attenuation"));
  });

  it("an attenuation from the same relaxation is circular, one of unknown origin is not independent", () => {
    const origin = (attenuation_from: "tuned-to-agree" | "unknown") =>
      failedCodes(total(run(datasets(), { line: { ...LINE, attenuation_from } }).estimates).checks);
    expect(origin("tuned-to-agree")).toContain("circular");
    expect(origin("unknown")).toContain("attenuation_unknown_origin");
  });

  it("errors above 0.3 dB are told in ln G", () => {
    const e = total(run(datasets()).estimates);
    expect(e.remark).toContain(say.lnQuoted(e.value, sigmaOf(e)));
  });
});

describe("missing facts are refused rows with a sentence", () => {
  const refused = (estimates: readonly Estimate[], code: string, sentence: string) => {
    const e = total(estimates);
    expect(e.status).toBe("refused");
    expect(e.value).toBeNaN();
    expect(failedCodes(e.checks)).toContain(code);
    expect(e.remark).toBe(sentence);
  };
  it("attenuation", () => refused(run(datasets(), { line: null }).estimates, "no_attenuation", say.noAttenuation()));
  it("readout errors", () => refused(run(datasets(), { readout: {} }).estimates, "no_readout", say.noReadoutErrors()));
  it("population", () =>
    refused(run(datasets().filter((d) => d.dataset.kind !== "population")).estimates, "no_population", say.noPopulationData()));
  it("scattering", () =>
    refused(run(datasets().filter((d) => d.dataset.kind !== "scattering")).estimates, "no_scattering", say.noScatteringData()));
  it("a geometry that needs more columns", () =>
    refused(
      run(datasets(), { qubit: { geometry: "multiport" } }).estimates,
      "unsupported_geometry",
      noColumn("multiport", ["11"], columnWants(1)),
    ));
  it("source power", () => {
    const list = datasets();
    const [first] = list;
    const rows = sweep();
    const bare = dataset("scattering", [
      ["frequency", "Hz", rows.map((_, i) => 5e9 + i)],
      ["s_re", "1", rows.map((r) => r.s.re)],
      ["s_im", "1", rows.map((r) => r.s.im)],
    ]);
    expect(first).toBeDefined();
    refused(run([bare, ...list.slice(1)]).estimates, "no_source_power", say.noSourcePower());
  });
  it("a qubit-off value, where S is not at 1 already", () => {
    const rows = sweep();
    const raw = dataset("scattering", [
      ["power", "W", rows.map((r) => r.source)],
      ["frequency", "Hz", rows.map(() => OMEGA / 2 / Math.PI)],
      ["s_re", "1", rows.map((r) => 0.03 * r.s.re), "11"],
      ["s_im", "1", rows.map((r) => 0.03 * r.s.im), "11"],
    ]);
    refused(run([raw, ...datasets({ reference: false }).slice(1)]).estimates, "no_reference", say.noReference());
  });
  it("S that is at 1 already is taken as normalised, doubtful", () => {
    const e = total(run(datasets({ reference: false })).estimates);
    expect(e.value / RATES.total).toBeCloseTo(1, 9);
    expect(failedCodes(e.checks)).toContain("normalisation_assumed");
  });
  it("equilibrium: a number, doubtful, too low by 1 - n_eq/n_e", () => {
    const e = total(run(datasets({ undriven: false })).estimates);
    expect(e.value).toBeLessThan(RATES.total);
    expect(failedCodes(e.checks)).toContain("no_equilibrium");
    expect(e.sigmaCommon).toBeNaN();
    // Every point alike: G(1 %)/G(0) = n_e/(n_e - 1 %) where there is one point.
    expect(e.checks.find((c) => c.code === "no_equilibrium")!.measured).toBeGreaterThan(0.01 / 0.5);
  });
  it("nothing at all gives nothing", () => expect(run([]).estimates).toEqual([]));
  it("noise only: no rate", () => {
    const rows = sweep();
    const flat = dataset(
      "population",
      [
        ["power", "W", rows.map((r) => r.source)],
        ["frequency", "Hz", rows.map(() => OMEGA / 2 / Math.PI)],
        ["population", "1", [0.035, 0.034, 0.0361, 0.0352, 0.0349]],
      ],
      { noise: { type: "binomial", shots: 1000 } },
    );
    const list = datasets().filter((d) => d.dataset.kind !== "population");
    const e = total(run([...list, flat]).estimates);
    expect(e.status).toBe("refused");
    expect(failedCodes(e.checks)).toContain("no_absorption");
  });
});

describe("n_eq from measured before stated before temperature", () => {
  it("a disagreement over 3 sigma is a check", () => {
    const qubit = {
      geometry: "reflection" as const,
      frequency: stated("f", OMEGA / 2 / Math.PI, "Hz"),
      temperature: stated("t", 0.12, "K", 0.001),
    };
    const e = find(run(datasets(), { qubit }).estimates, "n_eq", "measured");
    const c = e.checks.find((x) => x.code === "equilibrium_disagrees")!;
    expect(c.holds).toBe(false);
    expect(c.measured).toBeGreaterThan(3);
  });
  it("from the fridge: doubtful", () => {
    const qubit = {
      geometry: "reflection" as const,
      frequency: stated("f", OMEGA / 2 / Math.PI, "Hz"),
      temperature: stated("t", 0.06, "K", 0.001),
      temperature_from: "fridge" as const,
    };
    const { estimates } = run(datasets({ undriven: false }), { qubit });
    expect(failedCodes(total(estimates).checks)).toContain("temperature_from_fridge");
    // hbar w/(kB T) = 4.0092 at 5.0123 GHz and 60 mK: 1/(e^x + 1).
    expect(find(estimates, "n_eq", "temperature").value).toBeCloseTo(0.01783, 4);
  });
});

describe("tables of incident and reflected power", () => {
  const table = (detector: "vna" | "power-meter" | undefined, off = true) => {
    const rows = sweep();
    const power = (r: (typeof rows)[number]) => {
      const lost = detector === "power-meter" ? nonRadiative(r) : 0;
      const share = detector === "power-meter" ? 1 - lost : r.s.re ** 2 + r.s.im ** 2;
      return 1e-3 * r.source * share;
    };
    const cols: Col[] = [
      ["incident", "W", rows.map((r) => r.source)],
      ["reflected", "W", rows.map(power)],
      ["population", "1", rows.map((r) => 0.015 + 0.94 * r.state.population)],
      ["frequency", "Hz", rows.map(() => OMEGA / 2 / Math.PI)],
      ["shots", "1", rows.map(() => 1e6)],
    ];
    if (off) cols.push(["reflected_off", "W", rows.map((r) => 1e-3 * r.source)]);
    return dataset("power", cols, { noise: { type: "relative", relative: 1e-6 }, entry: detector ? { detector } : {} });
  };
  /** Equal bath temperatures: P_in - P_out = hbar w Gnr (1 + 2n)(n_e - n_eq), here with the mean n of RATES. */
  const nonRadiative = (r: ReturnType<typeof sweep>[number]) =>
    (HBAR * OMEGA * 20000 * r.state.excess) / (1 - 2 * RATES.nEq) / (r.source / RATIO);
  const rest = () => datasets().filter((d) => d.dataset.kind === "equilibrium");

  it("a VNA gives the scalar difference, doubtful with its bias", () => {
    const { estimates } = run([table("vna"), ...rest()]);
    const e = total(estimates, "scalar_difference");
    expect(failedCodes(e.checks)).toContain("scalar_bias");
    const point = estimates.find((x) => x.condition.startsWith("p_in="))!;
    const s = sweep()[0]!.s.re;
    expect(point.value / (RATES.total * ((1 + s) / 2))).toBeCloseTo(1, 8);
    expect(e.remark).toContain(say.scalarBiasUnknown());
  });
  it("a power meter gives the non-radiative rate", () => {
    const e = find(run([table("power-meter"), ...rest()]).estimates, "gamma_nr", "total_power");
    expect(e.value / 20000).toBeCloseTo(1, 4);
    expect(e.remark).toContain(say.nonRadiativeOnly());
  });
  it("without detector or off value: refused", () => {
    expect(total(run([table(undefined), ...rest()]).estimates, "scalar_difference").remark).toBe(say.noDetector());
    const e = total(run([table("vna", false), ...rest()]).estimates, "scalar_difference");
    expect(e.remark).toBe(say.noReference());
    expect(failedCodes(e.checks)).toContain("no_reference");
  });
});
