import { describe, expect, it } from "vitest";
import { failedCodes } from "../../src/core/check.ts";
import { type Estimate, sigmaOf } from "../../src/core/estimate.ts";
import * as say from "../../src/core/messages/power-data.ts";
import { random } from "../../src/core/random.ts";
import { type PowerDataset, powerRoute } from "../../src/routes/power/power.ts";
import { rabiPoints } from "../../src/routes/power/rabi-points.ts";
import { type BlochQubit, drivenPopulation } from "./bloch.ts";
import {
  G2,
  GR,
  HERTZ,
  N_EQ,
  OMEGA,
  populationFile,
  read,
  referenceFile,
  scatteringFiles,
  sourcePower,
  TOTAL,
  undrivenFile,
} from "./closed-form.ts";
import { networkLab, twoPorts } from "./network-lab.ts";
import { dataset, facts, LABELS, LINE, READOUT, stated } from "./power-lab.ts";

const HBAR = 1.054571817e-34;
/** Omega at S: Omega^2 = S G1tot G2. */
const omegaAt = (s: number) => Math.sqrt(s * TOTAL * G2);

interface Trace {
  readonly gamma2?: number;
  readonly delta?: number;
  readonly shots?: number;
  readonly seed?: number;
  readonly entry?: PowerDataset["entry"];
}
const known = new Map<string, readonly number[]>();
/** Seeds differ in their noise alone. */
function exactly(qubit: BlochQubit, t: readonly number[]): readonly number[] {
  const key = JSON.stringify(qubit);
  const found = known.get(key) ?? drivenPopulation(qubit, t);
  known.set(key, found);
  return found;
}
function rabiFile(s: number, { gamma2 = G2, delta = 0, shots = 1e8, seed, entry }: Trace = {}): PowerDataset {
  const omega = omegaAt(s);
  const draw = seed === undefined ? undefined : random(seed);
  const longest = Math.min(20 / omega, 4 / G2);
  const t = Array.from({ length: 81 }, (_, i) => (i * longest) / 80);
  const p = exactly({ total: TOTAL, gamma2, nEq: N_EQ, omega, delta }, t).map((n) => {
    const exact = read(n);
    return draw ? draw.binomial(shots, exact) / shots : exact;
  });
  const made = dataset(
    "rabi",
    [
      ["delay", "s", t],
      ["population", "1", p],
    ],
    { power: sourcePower(s), noise: { type: "binomial", shots }, ...(entry ? { entry } : {}) },
  );
  const conditions = [...made.dataset.conditions, { name: "frequency", value: (OMEGA + delta) / (2 * Math.PI), unit: "Hz" }];
  return { ...made, dataset: { ...made.dataset, conditions } };
}
const tableFile = (powers: readonly number[], hertz: readonly number[], sigma?: number) =>
  dataset("rabi", [
    ["power", "W", powers],
    ["condition", "Hz", hertz],
    ...(sigma === undefined ? [] : [["sigma", "Hz", hertz.map(() => sigma)] as const]),
  ]);

const run = (list: readonly PowerDataset[], parts: Parameters<typeof facts>[0] = {}) =>
  powerRoute({ labels: LABELS, facts: facts(parts), datasets: list }).estimates;
const rateOf = (list: readonly PowerDataset[], parts: Parameters<typeof facts>[0] = {}) =>
  run(list, parts).find((e) => e.quantity === "gamma1_total" && e.estimator === "rabi" && e.condition === "combined")!;

describe("Rabi frequencies from traces", () => {
  it.each([
    ["oscillating", 1e4, G2, 0],
    ["nearly critically damped", 0.05, G2, 0],
    ["overdamped by dephasing", 2, 10 * G2, 0],
    ["detuned by a tenth of the Rabi frequency", 1e4, G2, 0.1],
  ])("%s: Omega^2 of the Bloch equations", (_what, s, gamma2, detuned) => {
    const { points, checks } = rabiPoints([rabiFile(s, { gamma2, delta: detuned * omegaAt(s) })], gamma2, OMEGA);
    expect(points[0]!.rabi2 / (s * TOTAL * G2)).toBeCloseTo(1, 3);
    expect(failedCodes(checks)).toEqual([]);
  });
  it("its error is right: pulls over 60 seeds, and how damping moves it with gamma2", () => {
    const pulls = Array.from({ length: 60 }, (_, seed) => {
      const [p] = rabiPoints([rabiFile(20, { shots: 2000, seed })], G2, OMEGA).points;
      return (p!.rabi2 - 20 * TOTAL * G2) / p!.sigma;
    });
    const mean = pulls.reduce((a, b) => a + b, 0) / 60;
    const width = Math.sqrt(pulls.reduce((a, b) => a + (b - mean) ** 2, 0) / 59);
    expect(Math.abs(mean)).toBeLessThan(3 / Math.sqrt(60));
    expect(width).toBeGreaterThan(0.72);
    expect(width).toBeLessThan(1.28);
    const at = (gamma2: number) => rabiPoints([rabiFile(0.5)], gamma2, OMEGA).points[0]!;
    const h = 1e-3 * G2;
    expect((at(G2 + h).rabi2 - at(G2 - h).rabi2) / (2 * h) / at(G2).byGamma2).toBeCloseTo(1, 2);
  });
  it("a drive that is too far off, or a trace of noise, is refused with its sentence", () => {
    const delta = 0.5 * omegaAt(100);
    const far = rabiPoints([rabiFile(100, { delta })], G2, OMEGA);
    expect(far.points).toEqual([]);
    expect(far.refused[0]).toContain("detuned by");
    const noise = random(1);
    const t = Array.from({ length: 40 }, (_, i) => i * 1e-7);
    const flat = dataset(
      "rabi",
      [
        ["delay", "s", t],
        ["population", "1", t.map(() => noise.binomial(500, 0.3) / 500)],
      ],
      {
        power: 1e-9,
        noise: { type: "binomial", shots: 500 },
      },
    );
    expect(rabiPoints([flat], G2, OMEGA).points).toEqual([]);
    expect(rabiPoints([{ dataset: { ...rabiFile(10).dataset, conditions: [] } }], G2, OMEGA).refused).toEqual([say.noRabiPower()]);
  });
  it("power and drive frequency may be called as their columns are", () => {
    const made = rabiFile(100, { delta: 0.1 * omegaAt(100) });
    const conditions = made.dataset.conditions.map((c) => ({ ...c, name: c.unit === "W" ? "P_src" : "f_drive" }));
    const [p] = rabiPoints([{ dataset: { ...made.dataset, conditions } }], G2, OMEGA).points;
    expect(p!.pSource).toBe(sourcePower(100));
    expect(p!.rabi2 / omegaAt(100) ** 2).toBeCloseTo(1, 3);
  });
  it("a table: Hz is cyclic, a drive frequency in its place is refused", () => {
    const [p] = rabiPoints([tableFile([1e-9], [2e6], 1e4)], G2, OMEGA).points;
    expect(p!.rabi2 / (2 * Math.PI * 2e6) ** 2).toBeCloseTo(1, 12);
    expect(p!.sigma / p!.rabi2).toBeCloseTo(0.01, 12);
    expect(rabiPoints([tableFile([1e-9], [HERTZ], 1e4)], G2, OMEGA).refused[0]).toContain("condition");
  });
});

describe("rate from Rabi frequencies and the sweep", () => {
  const sweep = () => [...scatteringFiles(), referenceFile()];
  const rabis = () => [20, 50, 200].map((s) => rabiFile(s));
  it("is exact, and free of the attenuation: without one, and with a wrong one", () => {
    for (const parts of [{ line: null }, {}, { line: { ...LINE, attenuation: stated("a", 83, "dB", 0.5) } }]) {
      const e = rateOf([...sweep(), ...rabis()], parts);
      expect(e.value / TOTAL).toBeCloseTo(1, 3);
      expect(sigmaOf(e)).toBeGreaterThan(0);
      expect(sigmaOf(e) / e.value).toBeLessThan(0.01);
      expect(e.status).toBe("usable");
    }
  });
  it("the attenuation as a by-product, and the stated one held against it", () => {
    const list = [...sweep(), ...rabis(), populationFile(), undrivenFile()];
    const right = run(list, { line: { ...LINE, attenuation: stated("a", 80, "dB", 0.1) } });
    const found = right.find((e) => e.quantity === "attenuation")!;
    expect(found.value / 1e-8).toBeCloseTo(1, 2);
    expect(failedCodes(found.checks)).toEqual([]);
    const wrong = run(list, { line: { ...LINE, attenuation: stated("a", 80.6, "dB", 0.1) } });
    const complex = wrong.find((e) => e.estimator === "complex_s" && e.condition === "combined" && e.quantity === "gamma1_total")!;
    const doubt = complex.checks.find((c) => c.code === "attenuation_disagrees")!;
    expect(complex.status).toBe("doubtful");
    expect(doubt.measured).toBeLessThan(-5);
    expect(failedCodes(rateOf(list, { line: { ...LINE, attenuation: stated("a", 80.6, "dB", 0.1) } }).checks)).toEqual([]);
  });
  it("ripple, source and repeatability stand between the stated attenuation and that of this qubit", () => {
    const list = [...sweep(), ...rabis(), undrivenFile()];
    const line = {
      ...LINE,
      attenuation: stated("a", 80.6, "dB", 0.1),
      attenuation_at: stated("l.at", 5.2e9, "Hz"),
      ripple: stated("l.ripple", 0.5, "dB"),
      source_accuracy: stated("l.s", 0.3, "dB"),
      repeatability: stated("l.r", 0.1, "dB"),
    };
    const doubt = (l: typeof line) =>
      run(list, { line: l })
        .find((e) => e.quantity === "attenuation")!
        .checks.find((c) => c.code === "attenuation_disagrees")!;
    // 6 sigma of the statement alone, one of all that stands between.
    expect(doubt(line)).toMatchObject({ holds: true });
    const far = doubt({ ...line, attenuation: stated("a", 82.4, "dB", 0.1) });
    expect(far.measured).toBeCloseTo(-2.4 / Math.hypot(0.1, 0.5, 0.3, 0.1), 1);
    expect(far.holds).toBe(false);
  });
  it("a leak past the qubit makes the line's depth, and so the attenuation, uncertain", () => {
    const list = [...sweep(), ...rabis(), undrivenFile()];
    const line = { ...LINE, isolation: stated("lines.drive1.isolation", 20, "dB") };
    const found = run(list, { line }).find((e) => e.quantity === "attenuation")!;
    expect(found.budget.find((l) => l.shared === `${line.isolation.entry} @ chipA/q1`)!.contribution / found.value).toBeCloseTo(
      -0.1 / Math.SQRT2,
      6,
    );
    // 7 % are 0.3 dB; 0.7 dB apart were 5 sigma without.
    const doubt = (dB: number) =>
      run(list, { line: { ...line, attenuation: stated("a", dB, "dB", 0.1) } }).find((e) => e.quantity === "attenuation")!;
    expect(failedCodes(doubt(80.7).checks)).toEqual([]);
    expect(failedCodes(doubt(81.2).checks)).toEqual(["attenuation_disagrees"]);
    const leaking = [...scatteringFiles({ distort: (s) => ({ re: (s.re + 0.1) / 1.1, im: s.im / 1.1 }) }), referenceFile()];
    const moved = run([...leaking, ...rabis(), undrivenFile()]).find((e) => e.quantity === "attenuation")!;
    expect(moved.value / found.value).toBeCloseTo(1.1, 3);
  });
  it("power is peak = average/duty: the attenuation takes it out again", () => {
    const list = [...sweep(), ...rabis(), undrivenFile()];
    const found = run(list, { readout: { ...READOUT, duty_cycle: 0.1 } }).find((e) => e.quantity === "attenuation")!;
    expect(found.value / 1e-9).toBeCloseTo(1, 2);
  });
  describe("behind separate ports", () => {
    const lab = (reference: "through" | "none", factor = 1) => {
      const { input } = networkLab({
        network: twoPorts(2000, 6000),
        geometry: "separate-ports",
        ports: ["21"],
        gr: 8000,
        gainDb: 60,
        reference,
      });
      const { qubit } = input.facts;
      const { drive, detect } = qubit.couplings!;
      const couplings = { drive: { ...drive, quantity: { ...drive.quantity, value: factor * drive.quantity.value } }, detect };
      const powers = [1e-9, 2e-9, 4e-9];
      const omega = 2 * Math.PI * qubit.frequency!.quantity.value;
      const hertz = powers.map((p) => Math.sqrt((4 * 2000 * 1e-8 * p) / (HBAR * omega)) / (2 * Math.PI));
      const list = [...input.datasets, tableFile(powers, hertz, 1)];
      return powerRoute({ ...input, facts: { ...input.facts, qubit: { ...qubit, couplings } }, datasets: list }).estimates.find(
        (e) => e.quantity === "attenuation",
      )!;
    };
    it("the couplings bring their errors, with their signs", () => {
      const e = lab("through");
      expect(e.value / 1e-8).toBeCloseTo(1, 3);
      const line = e.budget.find((l) => l.shared?.endsWith("couplings.drive"))!;
      expect((lab("through", 1.002).value - lab("through", 0.998).value) / 0.2 / line.contribution).toBeCloseTo(1, 2);
    });
    it("a chain that was stated holds the attenuation already: none is given", () => {
      const e = lab("none");
      expect(e.value).toBeNaN();
      expect(failedCodes(e.checks)).toEqual(["circular"]);
      expect(e.remark).toBe(say.attenuationInSweep());
    });
  });
  it("powers at different places bring the attenuation in, with its sign", () => {
    const device = [20, 50].map((s) => {
      const made = rabiFile(s, { entry: { match: "*", place: "", power_at: "device" } });
      const conditions = made.dataset.conditions.map((c) => (c.name === "power" ? { ...c, value: sourcePower(s) / 1e8 } : c));
      return { ...made, dataset: { ...made.dataset, conditions } };
    });
    const e = rateOf([...sweep(), ...device]);
    expect(e.value / TOTAL).toBeCloseTo(1, 3);
    const line = e.budget.find((l) => l.shared === LINE.attenuation!.entry)!;
    expect(line.contribution / e.value).toBeCloseTo((-Math.LN10 / 10) * 0.5, 6);
    expect(rateOf([...sweep(), ...device], { line: null }).remark).toBe(say.rabiPlaces());
  });
  describe("without a sweep, from populations and an echo", () => {
    const echo: Estimate = {
      ...{ route: "decay", quantity: "gamma2", estimator: "echo", condition: "combined", labels: LABELS, unit: "1/s", value: G2 },
      ...{ sigmaStat: 200, sigmaCommon: 0, status: "usable", checks: [], datasets: ["e"], remark: "" },
      budget: [{ input: "noise of the trace", contribution: 200 }],
    };
    const list = () => [rabiFile(50), rabiFile(200), populationFile(), undrivenFile()];
    const rabiRows = (coherence?: Estimate, n = 1) =>
      powerRoute({
        labels: LABELS,
        facts: facts({ line: null }),
        datasets: list(),
        ...(coherence ? { coherence: { ...coherence, value: n * coherence.value } } : {}),
      }).estimates.filter((e) => e.estimator === "rabi" && e.quantity === "gamma1_total");
    const combined = (rows: readonly Estimate[]) => rows.find((e) => e.condition === "combined")!;
    it("the rate is exact at every power, and needs no attenuation", () => {
      const rows = rabiRows(echo);
      expect(rows).toHaveLength(8);
      for (const e of rows) expect(e.value / TOTAL).toBeCloseTo(1, 3);
      expect(combined(rows).remark).toContain(say.rabiFromPopulation("the echo data"));
      expect(combined(rows).status).toBe("usable");
    });
    it("an error of gamma2 moves it as its budget says", () => {
      const rows = rabiRows(echo);
      const moved = combined(rabiRows(echo, 1 + 200 / G2)).value - combined(rows).value;
      const line = combined(rows).budget.find((l) => l.input.startsWith("gamma2"))!;
      expect(moved / line.contribution).toBeCloseTo(1, 1);
    });
    it("readout errors act on |z| and on n_e - n_eq: as by differences", () => {
      const at = (zero: number) => {
        const readout = { ...READOUT, p1_given_0: stated("readout.p1_given_0", zero, "1", 0.003) };
        return powerRoute({ labels: LABELS, facts: facts({ line: null, readout }), datasets: list(), coherence: echo }).estimates.find(
          (e) => e.estimator === "rabi" && e.condition === "combined",
        )!;
      };
      const line = at(0.015).budget.find((l) => l.shared === "readout.p1_given_0")!;
      expect((at(0.0153).value - at(0.0147).value) / 0.2 / line.contribution).toBeCloseTo(1, 1);
    });
    describe("read after a gap", () => {
      const GAP = 2e-6;
      const after = (n: number) => read(N_EQ + (n - N_EQ) * Math.exp(-TOTAL * GAP));
      const readout = (gap = GAP, sigma = Number.NaN) => ({
        ...READOUT,
        drive_to_readout: stated("readout.drive_to_readout", gap, "s", sigma),
      });
      const at = (gap: ReturnType<typeof readout>, decay?: Estimate) =>
        powerRoute({
          labels: LABELS,
          facts: facts({ line: null, readout: gap }),
          datasets: [rabiFile(50), rabiFile(200), populationFile(undefined, after), undrivenFile()],
          coherence: echo,
          ...(decay ? { decay } : {}),
        }).estimates.filter((e) => e.estimator === "rabi" && e.quantity === "gamma1_total");
      const decay: Estimate = { ...echo, quantity: "gamma1_total", estimator: "exponential", value: TOTAL };
      it.each([
        ["with", decay],
        ["without", undefined],
      ])("the polarisation is that of the drive's end, %s T1", (_with, known) => {
        for (const e of at(readout(), known)) expect(e.value / TOTAL).toBeCloseTo(1, 3);
      });
      it("an error of the gap, and of T1, acts on |z| and on n_e - n_eq: as by differences", () => {
        const byTime = combined(at(readout(GAP, 1e-7), decay)).budget.find((l) => l.shared === "readout.drive_to_readout")!;
        const moved = combined(at(readout(GAP + 1e-8), decay)).value - combined(at(readout(GAP - 1e-8), decay)).value;
        expect(moved / 0.2 / byTime.contribution).toBeCloseTo(1, 2);
        const byDecay = combined(at(readout(), decay)).budget.find((l) => l.shared?.startsWith("decay noise"))!;
        const faster =
          combined(at(readout(), { ...decay, value: TOTAL + 20 })).value - combined(at(readout(), { ...decay, value: TOTAL - 20 })).value;
        expect(faster / 0.2 / byDecay.contribution).toBeCloseTo(1, 2);
      });
    });
    it("noise of the Rabi traces and of gamma2 is that of their data, and statistical", () => {
      const of = (seed: number, lines: Estimate["budget"]) =>
        combined(
          powerRoute({
            labels: LABELS,
            facts: facts({ line: null }),
            datasets: [rabiFile(50, { seed, shots: 1e3 }), rabiFile(200, { seed, shots: 1e3 }), populationFile(), undrivenFile()],
            coherence: { ...echo, datasets: [`e${seed}`], budget: lines },
          }).estimates.filter((e) => e.estimator === "rabi"),
        );
      const lines = [
        { input: "noise of the trace", contribution: 300 },
        { input: "detuning", contribution: 400 },
      ];
      const [one, other] = [of(1, lines), of(2, lines)];
      const noise = (e: Estimate) => e.budget.filter((l) => l.input === "Rabi oscillations" || l.input.startsWith("gamma2"));
      expect(noise(one)).toHaveLength(3);
      expect(noise(one).every((l) => l.noise)).toBe(true);
      const names = new Set(noise(one).map((l) => l.shared));
      expect(noise(other).filter((l) => names.has(l.shared))).toEqual([]);
      // 300 and 400 are 500, not 700.
      const byGamma2 = (e: Estimate) =>
        Math.hypot(
          ...noise(e)
            .filter((l) => l.input.startsWith("gamma2"))
            .map((l) => l.contribution),
        );
      expect(byGamma2(one) / byGamma2(of(1, [{ input: "noise of the trace", contribution: 500 }]))).toBeCloseTo(1, 9);
      expect(one.sigmaStat).toBeGreaterThan(Math.hypot(...noise(one).map((l) => l.contribution)));
      expect(one.datasets).toContain(rabiFile(50, { seed: 1, shots: 1e3 }).dataset.id);
    });
    it("without gamma2 there is none", () => expect(combined(rabiRows()).remark).toBe(say.noRabiRate()));
  });
  it("alone they give no rate", () => {
    const e = rateOf(rabis());
    expect(e.status).toBe("refused");
    expect(e.remark).toBe(say.noRabiRate());
  });
  it("the formula: G1tot = Omega^2/(G2 S0)", () => {
    expect((4 * GR * (sourcePower(2) / 1e8)) / (HBAR * OMEGA) / (G2 * 2) / TOTAL).toBeCloseTo(1, 9);
  });
});
