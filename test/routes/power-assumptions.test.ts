import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type CheckCode, failedCodes } from "../../src/core/check.ts";
import type { Estimate } from "../../src/core/estimate.ts";
import * as say from "../../src/core/messages/validity.ts";
import { frequencyInput, leakageBias } from "../../src/routes/power/model-inputs.ts";
import { powerRoute } from "../../src/routes/power/power.ts";
import { G2, HERTZ, OMEGA, populationFile, referenceFile, SATURATIONS, scatteringFiles, TOTAL, undrivenFile } from "./closed-form.ts";
import { facts, LABELS, LINE, READOUT, stated } from "./power-lab.ts";

type Parts = Parameters<typeof facts>[0];
const files = [...scatteringFiles(), populationFile(), undrivenFile(), referenceFile()];

function analyse(parts: Parts = {}, datasets = files) {
  const result = powerRoute({ labels: LABELS, facts: facts(parts), datasets });
  const combined = (estimator: string) =>
    result.estimates.find((e) => e.quantity === "gamma1_total" && e.estimator === estimator && e.condition === "combined")!;
  return { ...result, complex: combined("complex_s"), scalar: combined("scalar_difference") };
}
const line = (e: Estimate, input: string) => e.budget.find((l) => l.input === input);
const of = (e: Estimate, code: CheckCode) => e.checks.filter((c) => c.code === code);
const RABI = Math.sqrt(SATURATIONS.at(-1)! * TOTAL * G2);
const anharmonic = (ratio: number): Parts => ({ qubit: { anharmonicity: stated("a", -RABI / ratio / 2 / Math.PI, "Hz") } });

const FILE = new URL("../../../shared/reference/multilevel.json", import.meta.url);
const driven: { input: Record<string, number>; Gamma1_est_over_true: { using_p1: number } }[] = existsSync(FILE)
  ? JSON.parse(readFileSync(FILE, "utf8")).driven
  : [];

describe("levels above", () => {
  it.skipIf(driven.length === 0).each(driven)(
    "four levels give the bias of six (multilevel.json, case %#; skipped without ../shared)",
    (d) => {
      const i = d.input;
      const bias = leakageBias({
        levels: 4,
        anharmonicity: i.anharmonicity_rad_s!,
        gamma10: i.Gamma10_1_s!,
        nTh: i.n_th!,
        gammaPhi: 0,
        rabi: i.Omega_rad_s!,
        delta: i.Delta_rad_s!,
      });
      const expected = d.Gamma1_est_over_true.using_p1 / (1 + 2 * i.n_th!) - 1;
      expect(Math.abs(bias - expected)).toBeLessThan(0.02 * Math.abs(expected) + 2e-5);
      // Cold and driven near resonance it is (Omega/alpha)^2, saturated or not.
      const simple = (i.Omega_rad_s! / i.anharmonicity_rad_s!) ** 2;
      if (i.n_th === 0 && simple < 0.01) expect(Math.abs(bias - simple)).toBeLessThan(0.05 * simple + 1e-9);
    },
  );

  it("is (Omega/alpha)^2 also where the drive is too weak for a solution", () => {
    const at = (rabi: number) => leakageBias({ levels: 4, anharmonicity: -1.4e9, gamma10: 1e5, nTh: 0, gammaPhi: 0, rabi, delta: 0 });
    for (const rabi of [0, 1, 10, 100]) expect(at(rabi)).toBeCloseTo((rabi / 1.4e9) ** 2, 12);
  });

  it("is a budget line with its sign, shared by all qubits, and fails its check above 2 %", () => {
    const { complex } = analyse(anharmonic(0.05));
    const share = line(complex, "levels above")!;
    expect(share.shared).toBe("model:levels-above");
    expect(share.contribution / complex.value).toBeGreaterThan(0);
    expect(share.contribution / complex.value).toBeLessThan(0.0025);
    expect(of(complex, "levels_above")[0]!.holds).toBe(true);
    const strong = analyse(anharmonic(0.6)).complex;
    expect(of(strong, "levels_above")[0]!.holds).toBe(false);
    expect(of(strong, "levels_above")[0]!.measured).toBeGreaterThan(0.02);
    expect(of(strong, "two_level")[0]!.holds).toBe(false);
    expect(line(analyse().complex, "levels above")).toBeUndefined();
  });
});

describe("beyond RWA", () => {
  it("is -(Omega^2/4 + G2^2/2)/w_q^2 of the rate at one power on resonance", () => {
    const { estimates, complex } = analyse();
    const strongest = estimates.filter((e) => e.estimator === "complex_s" && e.condition.startsWith("p_in=")).at(-1)!;
    const expected = -(RABI ** 2 / 4 + G2 ** 2 / 2) / OMEGA ** 2;
    expect(line(strongest, "beyond RWA")!.contribution / strongest.value / expected).toBeCloseTo(1, 3);
    expect(line(complex, "beyond RWA")!.shared).toBe("model:beyond-rwa");
  });
});

describe("frequency", () => {
  const qubit = { frequency: stated("qubits.q1.frequency", HERTZ, "Hz", 5e6) };
  it("enters as -sigma/w where the drive's frequency is the lab file's, and not where the data state it", () => {
    const [input] = frequencyInput(facts({ qubit }), [{ omega: OMEGA }]);
    expect(input!.effect([1])).toBeCloseTo(-1e-3, 12);
    expect(input!.shared).toBe("qubits.q1.frequency");
    expect(frequencyInput(facts({ qubit }), [{ omega: OMEGA * (1 + 1e-6) }])).toEqual([]);
    expect(frequencyInput(facts(), [{ omega: OMEGA }])).toEqual([]);
  });
});

describe("the stated frequency against the resonance", () => {
  it.each([
    [1e6, true],
    [100e6, false],
  ] as const)("%d Hz apart: holds %s", (apart, holds) => {
    const { complex } = analyse({ qubit: { frequency: stated("f", HERTZ + apart, "Hz") } });
    const [c] = of(complex, "frequency_disagrees");
    expect(c!.measured / apart).toBeCloseTo(1, 3);
    expect(c!.holds).toBe(holds);
    expect(complex.status).toBe(holds ? "usable" : "doubtful");
  });
});

describe("channels in parallel", () => {
  it("hold at the true power; with a line that loses 8 dB less than stated more would be radiated than is lost", () => {
    const right = of(analyse().complex, "channels")[0]!;
    expect(right.holds).toBe(true);
    expect(right.measured).toBeCloseTo(8000 / 28000, 3);
    const wrong = analyse({ line: { ...LINE, attenuation: stated("lines.drive1.attenuation", 88, "dB", 0.3) } }).complex;
    expect(of(wrong, "channels")[0]!.holds).toBe(false);
    expect(wrong.status).toBe("doubtful");
  });
  it("are not held against the scalar difference, which is too low by itself, nor without an error bar", () => {
    expect(of(analyse().scalar, "channels")).toEqual([]);
    expect(of(analyse({ line: { ...LINE, attenuation: stated("lines.drive1.attenuation", 80, "dB") } }).complex, "channels")).toEqual([]);
  });
});

describe("leakage past the qubit", () => {
  it.each([
    [20, true],
    [14, false],
  ] as const)("%d dB of isolation: holds %s", (isolation, holds) => {
    const [c] = of(analyse({ line: { ...LINE, isolation: stated("lines.drive1.isolation", isolation, "dB") } }).complex, "leakage");
    expect(c!.holds).toBe(holds);
    expect(c!.measured).toBeCloseTo(10 ** (-isolation / 20) / Math.SQRT2, 12);
  });
});

describe("what could not be tested", () => {
  const untested = (parts?: Parts) => analyse(parts).studies.find((s) => s.estimator === "complex_s")!.untested;
  it("is named with the fact to give, and is no failing check", () => {
    const items = untested();
    expect(items).toContain(say.noAnharmonicity());
    expect(items).toContain(say.noDuration());
    expect(items).toContain(say.noBandwidth());
    expect(items).toContain(say.noIsolation());
    expect(items).toContain(say.noSecondTemperature());
    expect(items).not.toContain(say.noRabi());
    expect(failedCodes(analyse().complex.checks)).toEqual([]);
  });
  it("is nothing where every fact is given, and every check holds", () => {
    const parts: Parts = {
      qubit: { anharmonicity: stated("a", -220e6, "Hz"), temperature: stated("t", 0.061, "K", 0.002), frequency: stated("f", HERTZ, "Hz") },
      readout: { ...READOUT, drive_duration: stated("d", 1e-3, "s"), if_bandwidth: stated("b", 100, "Hz"), duty_cycle: 1 },
      line: { ...LINE, isolation: stated("i", 30, "dB") },
    };
    expect(untested(parts)).toEqual([]);
    expect(failedCodes(analyse(parts).complex.checks)).toEqual([]);
  });
  it("names the white bath where the trend over powers was not tested, however many powers there are", () => {
    const whole = [...scatteringFiles({ sigma: Number.NaN }), populationFile(), undrivenFile(), referenceFile()];
    const quiet = whole.map((d) =>
      d.dataset.kind === "population" ? { ...d, dataset: { ...d.dataset, noise: { type: "unknown" } as const } } : d,
    );
    const study = analyse({}, quiet).studies.find((s) => s.estimator === "complex_s")!;
    expect(study.untested).toContain(say.noTrend());
    expect(untested()).not.toContain(say.noTrend());
  });
  it("names the Rabi rate for a sweep at one frequency", () => {
    const single = [
      ...scatteringFiles({ detunings: [0] }),
      populationFile(),
      undrivenFile(),
      referenceFile(undefined, "detuned", undefined, [0]),
    ];
    const study = analyse({}, single).studies.find((s) => s.estimator === "complex_s")!;
    expect(study.untested).toContain(say.noRabi());
    expect(study.untested).toContain(say.noChannels());
  });
});
