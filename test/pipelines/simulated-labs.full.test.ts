import { beforeAll, describe, expect, it } from "vitest";
import { LABS } from "../../src/simulate/labs.ts";
import { labWith, sweptPowers } from "../../src/simulate/swept-lab.ts";
import { type LabRun, pull, type Row, runLab } from "./simulated-lab.ts";

const PRECISE = { noise: 0.005, shots: 100_000 };

describe("an attenuation that is off", () => {
  const stating = (dB: string, origin: string) => (yaml: string) =>
    yaml.replace("attenuation: 80 ± 0.05 dB, attenuation_from: cold-through", `attenuation: ${dB} dB, attenuation_from: ${origin}`);
  const spec = labWith({ line: { attenuation: { value: 80, sigma: 1e-9 } }, sweep: PRECISE });
  const precise = (edit: (yaml: string) => string) => (yaml: string) =>
    edit(yaml.replace(/attenuation: 80 ± \S+ dB/, "attenuation: 80 ± 0.05 dB"));

  it.each([
    ["79.6 ± 0.05", 0.4, "more"],
    ["80.4 ± 0.05", -0.4, "less"],
  ] as const)("stated as %s dB instead of 80: the verdict says by how much and in which direction", async (stated, db, direction) => {
    const { row, verdicts, truth } = await runLab(spec, 1, precise(stating(stated, "cold-through")));
    const ratio = row("ratio_power_over_decay", "complex_s");
    expect(Math.abs(pull(ratio, 10 ** (db / 10)))).toBeLessThan(3);
    expect(Number(ratio.sigma)).toBeLessThan(0.025);
    expect(ratio.checks).toContain("routes_disagree");
    expect(verdicts.join()).toMatch(new RegExp(`Power reads 0\\.[345]\\d ± 0\\.\\d\\d dB ${direction} than decay`));
    expect(verdicts.join()).toContain("the routes disagree");
    expect(verdicts.join()).toMatch(new RegExp(`losing 0\\.[345]\\d dB ${direction} than stated`));
    // Nothing but the power is wrong.
    expect(Math.abs(pull(row("gamma1_total", "exponential"), truth.cooldowns.cd07!.q1!.gamma1_total))).toBeLessThan(3.5);
  });

  it("stated as made from T1: agreement is called empty", async () => {
    const { row, verdicts, report } = await runLab(spec, 1, precise(stating("80 ± 0.05", "saturation+T1")));
    const ratio = row("ratio_power_over_decay", "complex_s");
    expect(Math.abs(pull(ratio, 1))).toBeLessThan(3);
    expect(ratio.status).toBe("doubtful");
    expect(ratio.checks?.split(";")).toContain("circular");
    expect(verdicts.join()).toContain("agreement says nothing");
    expect(report).toContain("agreement says nothing");
  });
});

describe("a weakly driven over-coupled qubit", () => {
  it("incident minus reflected is far below, with its bias beside it; the complex amplitude is right", async () => {
    const saturations = [0.02, 0.04, 0.07, 0.1];
    const qubits = { q1: { gammaR: 40e3, gammaNr: 1e3, gammaPhi: 500 } };
    const { row, truth, verdicts } = await runLab(labWith({ qubits, saturations, sweep: { ...PRECISE, shots: 400_000 } }), 2);
    const { gamma1_total, points } = truth.cooldowns.cd07!.q1!;
    const work = row("gamma1_total", "complex_s");
    expect(Math.abs(pull(work, gamma1_total))).toBeLessThan(3);
    expect(Number(work.sigma) / gamma1_total).toBeLessThan(0.05);
    const scalar = row("gamma1_total", "scalar_difference");
    const biased = points.map((p) => p.gamma1_scalar_difference);
    expect(Math.max(...biased) / gamma1_total).toBeLessThan(0.25);
    expect(Number(scalar.value)).toBeGreaterThan(0.9 * Math.min(...biased));
    expect(Number(scalar.value)).toBeLessThan(1.1 * Math.max(...biased));
    expect(scalar.status).toBe("doubtful");
    expect(scalar.checks?.split(";")).toContain("scalar_bias");
    expect(verdicts.join()).toContain("the routes agree");
  });
});

describe("four qubits on one line", () => {
  const names = ["q1", "q2", "q3", "q4"];
  const qubits = Object.fromEntries(names.map((name, i) => [name, { frequency: 4.9e9 + 0.1e9 * i, gammaNr: 14e3 + 4e3 * i }]));
  it("each right within its error, the common part as large as that of the attenuation, and called one independent test", async () => {
    const { row, truth, report } = await runLab(labWith({ qubits, line: { attenuation: { value: 80, sigma: 0.3 } } }), 3);
    for (const name of names) {
      const power = row("gamma1_total", "complex_s", name);
      expect(Math.abs(pull(power, truth.cooldowns.cd07![name]!.gamma1_total)), name).toBeLessThan(3);
      const relative = Number(power.sigma_common) / Number(power.value);
      // 0.3 dB is 6.9 %.
      expect(relative).toBeGreaterThan(0.069);
      expect(relative).toBeLessThan(0.085);
    }
    expect(report).toContain("one independent test");
  });
});

describe("a lab that states nothing of its line", () => {
  it("the power route is refused with what to write; what needs no power is there and right", async () => {
    const { row, truth, verdicts, report } = await runLab(labWith({}), 4, (yaml) => yaml.replace(/^lines:\n.*\n/m, ""));
    const { gamma2, gamma_r, f_nonradiative } = truth.cooldowns.cd07!.q1!;
    const refused = row("gamma1_total", "complex_s");
    expect([refused.value, refused.sigma, refused.status, refused.checks]).toEqual(["", "", "refused", "no_attenuation"]);
    expect(verdicts.join()).toContain("attenuation: 72.3 ± 0.5 dB");
    expect(report).toContain("The power at the device is not known");
    expect(Math.abs(pull(row("gamma2", "saturation_sweep"), gamma2))).toBeLessThan(3);
    expect(Math.abs(pull(row("gamma_r", "saturation_sweep"), gamma_r))).toBeLessThan(3);
    expect(Math.abs(pull(row("f_nonradiative", "saturation_sweep+t1"), f_nonradiative))).toBeLessThan(3);
  });
});

describe("every way in which a qubit can sit on its lines (gammawatt simulate --lab ports)", () => {
  let lab: LabRun;
  beforeAll(async () => {
    lab = await runLab(LABS.ports, 5);
  });
  it.each([
    ["q1", "complex_s"],
    ["q2", "complex_s"],
    ["q3", "complex_s"],
    ["q4", "complex_s"],
    ["q5", "separate_ports"],
  ])("%s by %s: from files to the right rate, within its error", (qubit, estimator) => {
    const { gamma1_total, gamma2 } = lab.truth.cooldowns.cd07![qubit]!;
    const power = lab.row("gamma1_total", estimator, qubit);
    expect(power.status).toBe("usable");
    expect(Number(power.sigma) / gamma1_total).toBeLessThan(0.04);
    expect(Math.abs(pull(power, gamma1_total))).toBeLessThan(3);
    expect(Math.abs(pull(lab.row("gamma2", "saturation_sweep", qubit), gamma2))).toBeLessThan(3);
    expect(Math.abs(pull(lab.row("ratio_power_over_decay", estimator, qubit), 1))).toBeLessThan(3);
  });
  it("the mismatch that nobody stated is told where it was fitted", () => {
    expect(lab.row("gamma1_total", "complex_s", "q3").checks?.split(";")).toContain("mismatch_fitted");
  });
});

describe("facts that are stated wrongly", () => {
  const codes = (row: Row) => row.checks!.split(";");

  it("a qubit beside a line called the end of one: refused, and S contradicts it", async () => {
    const lab = labWith({ qubits: { q1: { geometry: "hanger" } } });
    const { row } = await runLab(lab, 6, (yaml) => yaml.replace("geometry: hanger", "geometry: reflection"));
    const power = row("gamma1_total", "complex_s");
    expect(power.status).toBe("refused");
    expect(codes(power)).toContain("geometry_contradicted");
  });

  it("the end of a line called a qubit beside one: refused, with what would be needed", async () => {
    const { row, verdicts } = await runLab(labWith({}), 6, (yaml) => yaml.replace("geometry: reflection", "geometry: hanger"));
    expect(row("gamma1_total", "complex_s").status).toBe("refused");
    expect(verdicts.join()).toContain("only S11 was measured");
  });

  it("n_eq forgotten: doubtful, too low by about what PHYSICS.md says, and the line of W against n_e misses the origin by n_eq", async () => {
    const whole = labWith({ sweep: PRECISE });
    const cooldowns = whole.cooldowns.map((c) => ({ ...c, experiments: c.experiments.filter((e) => e.what !== "equilibrium") }));
    const { row, truth } = await runLab({ ...whole, cooldowns }, 6);
    const { gamma1_total, n_eq, points } = truth.cooldowns.cd07!.q1!;
    const power = row("gamma1_total", "complex_s");
    expect(power.status).toBe("doubtful");
    expect(codes(power)).toEqual(expect.arrayContaining(["drive_dependent", "no_equilibrium", "not_through_origin"]));
    const ratios = points.map((p) => 1 - n_eq / p.n_e);
    expect(Number(power.value) / gamma1_total).toBeGreaterThan(Math.min(...ratios) - 0.03);
    expect(Number(power.value) / gamma1_total).toBeLessThan(Math.max(...ratios) + 0.03);
  });

  it("another frequency: told", async () => {
    const { row, truth } = await runLab(labWith({}), 6, (yaml) => yaml.replace("frequency: 5.0123 GHz", "frequency: 5.1123 GHz"));
    const power = row("gamma1_total", "complex_s");
    expect(codes(power)).toContain("frequency_disagrees");
    // The drive's own frequency stands in the files.
    expect(Math.abs(pull(power, truth.cooldowns.cd07!.q1!.gamma1_total))).toBeLessThan(3);
  });

  it("a network analyser called a power meter: told from the shape of the power", async () => {
    const whole = labWith({ qubits: { q1: { gammaR: 20e3, gammaNr: 8e3 } } });
    const powers = sweptPowers(whole);
    const kept = whole.cooldowns[0]!.experiments.filter((e) => e.what === "t1-csv" || e.what === "equilibrium");
    const table = { what: "power-table", qubit: "q1", powers, shots: 100_000 } as const;
    const lab = { ...whole, cooldowns: [{ ...whole.cooldowns[0]!, experiments: [...kept, table] }] };
    const { row } = await runLab(lab, 6, (yaml) => yaml.replace("detector: vna", "detector: power-meter"));
    const metered = row("gamma_nr", "total_power");
    expect(metered.status).toBe("doubtful");
    expect(codes(metered)).toContain("drive_dependent");
  });
});

describe("what else a lab measures", () => {
  const powers = sweptPowers(labWith({}));
  const strongest = Math.max(...powers);

  it("power meter, Rabi, Ramsey, emission after a pulse (gammawatt simulate --lab meters): every rate right within its error", async () => {
    const { row, truth } = await runLab(LABS.meters, 11);
    const { gamma1_total, gamma2, gamma_phi, gamma_nr, f_nonradiative } = truth.cooldowns.cd07!.q1!;
    const expected: readonly [string, string, number][] = [
      ["gamma1_total", "complex_s", gamma1_total],
      ["gamma1_total", "rabi", gamma1_total],
      ["gamma1_total", "emission", gamma1_total],
      ["gamma1_total", "joint", gamma1_total],
      ["gamma2", "ramsey", gamma2],
      ["gamma_phi", "ramsey", gamma_phi],
      ["gamma_nr", "total_power", gamma_nr],
      ["f_nonradiative", "total_power_over_work", f_nonradiative],
      ["f_nonradiative", "joint", f_nonradiative],
    ];
    for (const [quantity, estimator, value] of expected) {
      const found = row(quantity, estimator);
      expect(found.status, `${quantity} ${estimator}`).not.toBe("refused");
      expect(Math.abs(pull(found, value)), `${quantity} ${estimator}`).toBeLessThan(3.5);
    }
    // A real power meter shows one gamma_nr at every power.
    expect(row("gamma_nr", "total_power").checks).not.toContain("drive_dependent");
  });

  it("a drive that heats: n_eq under far-detuned drive is taken at its power, and told", async () => {
    // 0.05 quanta at the strongest drive.
    const heating = 0.05 / (1e-3 * 10 ** ((strongest - 80) / 10));
    const measured = [{ what: "heating", qubit: "q1", powers, detuning: 5e7, shots: 100_000 }] as const;
    const { row, truth } = await runLab(labWith({ qubits: { q1: { heating } }, sweep: PRECISE, more: measured }), 12);
    const power = row("gamma1_total", "complex_s");
    expect(power.checks?.split(";")).toContain("heating");
    expect(Math.abs(pull(power, truth.cooldowns.cd07!.q1!.gamma1_total))).toBeLessThan(3);
    // Without that measurement the rate falls with the drive.
    const blind = await runLab(labWith({ qubits: { q1: { heating } }, sweep: PRECISE }), 12);
    expect(blind.row("gamma1_total", "complex_s").checks?.split(";")).toContain("drive_dependent");
  });

  it("levels that were prepared from rest: n_eq is not taken off twice", async () => {
    const lab = labWith({ qubits: { q1: { equilibrium: { from: "stated", population: { value: 0.03, sigma: 0.003 } } } } });
    const readout = {
      ...lab.readout,
      prepared: "thermal" as const,
      p1Given0: { value: 0.04, sigma: 0.001 },
      p0Given1: { value: 0.075, sigma: 0.002 },
    };
    const { row, truth } = await runLab({ ...lab, readout }, 13);
    const power = row("gamma1_total", "complex_s");
    expect(power.status).toBe("usable");
    expect(Math.abs(pull(power, truth.cooldowns.cd07!.q1!.gamma1_total))).toBeLessThan(3);
  });

  it("slow frequency noise: the line is told to be none of a Lorentzian, the fit with its width is right", async () => {
    const { row, truth } = await runLab(labWith({ qubits: { q1: { wander: 14e3, gammaPhi: 1e3 } }, sweep: PRECISE }), 14);
    const { gamma1_total, gamma2, gamma_r } = truth.cooldowns.cd07!.q1!;
    expect(row("gamma1_total", "saturation_sweep").status).toBe("doubtful");
    expect(row("gamma1_total", "saturation_sweep").checks?.split(";")).toContain("line_shape");
    expect(Math.abs(pull(row("gamma1_total", "joint"), gamma1_total))).toBeLessThan(3);
    expect(Math.abs(pull(row("gamma2", "joint"), gamma2))).toBeLessThan(3);
    expect(Math.abs(pull(row("gamma_r", "joint"), gamma_r))).toBeLessThan(3);
    // S and n_e see the same noise: their ratio needs no line shape.
    expect(Math.abs(pull(row("gamma1_total", "complex_s"), gamma1_total))).toBeLessThan(3);
  });
});
