import { describe, expect, it } from "vitest";
import { type CheckCode, failedCodes } from "../../src/core/check.ts";
import type { Estimate } from "../../src/core/estimate.ts";
import { levelsAbove } from "../../src/core/messages/validity.ts";
import { drivePower } from "../../src/routes/power/drive-power.ts";
import type { PowerDataset } from "../../src/routes/power/power.ts";
import { powerRoute } from "../../src/routes/power/power.ts";
import { sweepOf } from "../../src/routes/power/sweep.ts";
import { validityChecks } from "../../src/routes/power/validity.ts";
import { G2, HERTZ, populationFile, referenceFile, reflection, SATURATIONS, scatteringFiles, TOTAL, undrivenFile } from "./closed-form.ts";
import { facts, LABELS, READOUT, stated } from "./power-lab.ts";

const usual = (scattering: readonly PowerDataset[] = scatteringFiles(), reference = referenceFile()) => [
  ...scattering,
  populationFile(),
  undrivenFile(),
  reference,
];
function total(list: readonly PowerDataset[], parts: Parameters<typeof facts>[0] = {}): Estimate {
  const { estimates } = powerRoute({ labels: LABELS, facts: facts(parts), datasets: list });
  return estimates.find((e) => e.quantity === "gamma1_total" && e.estimator === "complex_s" && e.condition === "combined")!;
}
const of = (e: Estimate, code: CheckCode) => e.checks.filter((c) => c.code === code);
const qubit = (more: object) => ({ qubit: { geometry: "reflection" as const, ...more } });
const readout = (more: object) => ({ readout: { ...READOUT, ...more } });

describe("validity of the power route: every check holds when it should and fails when it should", () => {
  it("a good measurement is usable and exact, with each check measured", () => {
    const e = total(usual(), {
      ...qubit({ frequency: stated("f", HERTZ, "Hz"), anharmonicity: stated("a", -220e6, "Hz") }),
      ...readout({ drive_duration: stated("d", 6 / TOTAL, "s"), if_bandwidth: stated("b", 100, "Hz") }),
    });
    expect(e.value / TOTAL).toBeCloseTo(1, 6);
    expect(e.status).toBe("usable");
    expect(failedCodes(e.checks)).toEqual([]);
    for (const code of [
      "two_level",
      "rwa",
      "markov",
      "steady_state",
      "passivity",
      "phase_reference",
      "line_shape",
      "drive_dependent",
    ] as const)
      expect(of(e, code).length, code).toBeGreaterThan(0);
  });

  it("two_level: the largest Rabi rate over the anharmonicity, limit 0.1", () => {
    const rabi = Math.sqrt(SATURATIONS.at(-1)! * TOTAL * G2);
    for (const [ratio, holds] of [
      [0.09, true],
      [0.11, false],
    ] as const) {
      const e = total(usual(), qubit({ anharmonicity: stated("a", -rabi / ratio / 2 / Math.PI, "Hz") }));
      const [c] = of(e, "two_level");
      expect(c!.measured).toBeCloseTo(ratio, 4);
      expect(c!.holds).toBe(holds);
    }
    expect(of(total(usual()), "two_level")).toEqual([]);
  });

  it("rwa: Rabi rate over the qubit frequency", () => {
    const [c] = of(total(usual()), "rwa");
    expect(c!.measured / (Math.sqrt(15 * TOTAL * G2) / (2 * Math.PI * HERTZ))).toBeCloseTo(1, 3);
    expect(c!.holds).toBe(true);
  });

  it("markov: w/G1", () => {
    const [c] = of(total(usual()), "markov");
    expect(c!.measured / ((2 * Math.PI * HERTZ) / TOTAL)).toBeCloseTo(1, 4);
    expect(c!.holds).toBe(true);
    const low = validityChecks(facts(), undefined, [{ omega: 90 * TOTAL, saturation: Number.NaN }], TOTAL);
    expect(failedCodes(low)).toEqual(["markov"]);
  });

  it("rwa fails for a detuning of a tenth", () => {
    const sweep = sweepOf(usual(), facts(), drivePower(facts(), LABELS, false));
    if (!sweep || "refused" in sweep) throw new Error("no sweep");
    const far = validityChecks(facts(), sweep, [{ omega: 1.1 * 2 * Math.PI * HERTZ, saturation: 1e-9 }], TOTAL);
    expect(failedCodes(far)).toContain("rwa");
  });

  it("steady_state: 5 T1 of drive, IF bandwidth below G2/2pi", () => {
    const lasted = (t1s: number) => of(total(usual(), readout({ drive_duration: stated("d", t1s / TOTAL, "s") })), "steady_state")[0]!;
    expect(lasted(5.1).holds).toBe(true);
    expect(lasted(4.9).holds).toBe(false);
    expect(lasted(4.9).measured).toBeCloseTo(4.9, 3);
    const narrow = (x: number) =>
      of(total(usual(), readout({ if_bandwidth: stated("b", (x * G2) / 2 / Math.PI, "Hz") })), "steady_state")[0]!;
    expect(narrow(0.9).holds).toBe(true);
    expect(narrow(1.1).holds).toBe(false);
  });

  it("passivity: a reference 1 % too small lifts |S| above 1", () => {
    const [c] = of(
      total(
        usual(
          scatteringFiles(),
          referenceFile(() => ({ re: 0.99, im: 0 })),
        ),
      ),
      "passivity",
    );
    expect(c!.holds).toBe(false);
  });

  it("phase_reference: a phase of 0.02 rad between sweep and reference", () => {
    const turned = referenceFile(() => ({ re: Math.cos(0.02), im: Math.sin(0.02) }));
    const [c] = of(total(usual(scatteringFiles(), turned)), "phase_reference");
    expect(c!.holds).toBe(false);
    expect(c!.measured).toBeGreaterThan(0.005);
    expect(of(total(usual()), "phase_reference")[0]!.holds).toBe(true);
  });

  it("line_shape: a resonance that wanders by half of G1 during each point is no saturating Lorentzian", () => {
    // Gaussian average over 41 frequencies of the qubit: quasi-static noise (PHYSICS.md sec. 1, "Line shape").
    const averaged = SATURATIONS.flatMap((s) =>
      scatteringFiles({
        saturations: [s],
        distort: (_, delta) => {
          let [re, im, weight] = [0, 0, 0];
          for (let k = -20; k <= 20; k++) {
            const w = Math.exp(-((k / 5) ** 2) / 2);
            const r = reflection(s, delta + ((k / 5) * TOTAL) / 2);
            [re, im, weight] = [re + w * r.re, im + w * r.im, weight + w];
          }
          return { re: re / weight, im: im / weight };
        },
      }),
    );
    const e = total(usual(averaged));
    expect(of(e, "line_shape")[0]!.holds).toBe(false);
    expect(e.status).toBe("doubtful");
  });
});

it("levels above make the rate read high or low, by the sign of their bias", () => {
  expect(levelsAbove(0.021)).toContain("read 2.1 % high");
  expect(levelsAbove(-0.021)).toContain("read 2.1 % low");
});
