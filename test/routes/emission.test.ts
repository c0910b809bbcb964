import { describe, expect, it } from "vitest";
import { failedCodes } from "../../src/core/check.ts";
import * as say from "../../src/core/messages/power-data.ts";
import { random } from "../../src/core/random.ts";
import type { Geometry } from "../../src/lab/lab.ts";
import { type PowerDataset, powerRoute } from "../../src/routes/power/power.ts";
import { GR, HERTZ, N_EQ, OMEGA, read, TOTAL, undrivenFile } from "./closed-form.ts";
import { type Col, dataset, facts, LABELS, stated } from "./power-lab.ts";

const HBAR = 1.054571817e-34;
/** P_em = hbar w Gr (1 + 2 n_r)(n - n_eq), n_r = 0.02 (Paper I eq. 12), from a pi pulse on the equilibrium state. */
const AT_DEVICE = { match: "*", place: "", power_at: "device" } as const;

interface Spec {
  readonly seed?: number;
  /** Relative noise of the first point's power. */
  readonly noise?: number;
  readonly background?: number;
  readonly population?: boolean;
  readonly entry?: PowerDataset["entry"];
}
function file({ seed = 1, noise = 1e-5, background = 0, population = true, entry = AT_DEVICE }: Spec = {}): PowerDataset {
  const draw = random(seed);
  const t = Array.from({ length: 61 }, (_, i) => (i / 60) * (5 / TOTAL));
  const excess = t.map((x) => (1 - 2 * N_EQ) * Math.exp(-TOTAL * x));
  const first = HBAR * OMEGA * GR * 1.04 * excess[0]!;
  const shots = 1e6;
  const columns: Col[] = [
    ["delay", "s", t],
    ["power", "W", excess.map((e) => HBAR * OMEGA * GR * 1.04 * e + background * first + noise * first * draw.normal())],
    ["sigma", "W", t.map(() => noise * first)],
    ...(population
      ? [
          ["population", "1", excess.map((e) => draw.binomial(shots, read(N_EQ + e)) / shots)] as const,
          ["shots", "1", t.map(() => shots)] as const,
        ]
      : []),
  ];
  return dataset("emission", columns, {
    noise: population ? { type: "binomial", shots: "column" } : { type: "sigma" },
    ...(entry ? { entry } : {}),
  });
}
const qubit = { geometry: "reflection" as const, frequency: stated("f", HERTZ, "Hz") };
const run = (list: readonly PowerDataset[], parts: Parameters<typeof facts>[0] = {}) =>
  powerRoute({ labels: LABELS, facts: facts({ qubit, line: null, ...parts }), datasets: [...list, undrivenFile()] }).estimates;
const find = (list: ReturnType<typeof run>, quantity: string) => list.find((e) => e.quantity === quantity && e.estimator === "emission")!;

describe("emission after a pulse", () => {
  it("its decay is G1tot, whatever the background and the gain", () => {
    const pulls = Array.from({ length: 40 }, (_, seed) => {
      const e = find(
        run([file({ seed, noise: 0.01, background: 0.3, population: false, entry: { match: "*", place: "" } })]),
        "gamma1_total",
      );
      expect(e.route).toBe("power");
      return (e.value - TOTAL) / e.sigmaStat;
    });
    const mean = pulls.reduce((a, b) => a + b, 0) / 40;
    expect(Math.abs(mean)).toBeLessThan(3 / Math.sqrt(40));
    expect(Math.hypot(...pulls.map((p) => p - mean)) / Math.sqrt(39)).toBeGreaterThan(0.7);
    expect(Math.hypot(...pulls.map((p) => p - mean)) / Math.sqrt(39)).toBeLessThan(1.35);
  });
  it("over the population it is Gr (1 + 2 n_r), constant in time: gamma_r at zero temperature", () => {
    const e = find(run([file()]), "gamma_r");
    expect(e.value / GR).toBeCloseTo(1, 3);
    expect(e.checks.find((c) => c.code === "emission_not_constant")!.holds).toBe(true);
    expect(e.sigmaCommon).toBeNaN();
    expect(failedCodes(e.checks)).toEqual(["attenuation_no_sigma"]);
    expect(e.status).toBe("doubtful");
  });
  describe("the port geometry says how much of the light one output carries", () => {
    const at = (geometry: Geometry | undefined) => {
      const known = facts({ qubit, line: null });
      const { geometry: _, ...rest } = known.qubit;
      return powerRoute({
        labels: LABELS,
        facts: { ...known, qubit: geometry ? { ...rest, geometry } : rest },
        datasets: [file(), undrivenFile()],
      }).estimates;
    };
    it.each(["two-sided", "hanger"] as const)("%s: half of it", (geometry) => {
      const e = find(at(geometry), "gamma_r");
      expect(e.value / (2 * GR)).toBeCloseTo(1, 3);
      expect(e.remark).toContain(say.emissionOneDirection());
      const one = find(at("reflection"), "gamma_r");
      expect(e.sigmaStat / (2 * one.sigmaStat)).toBeCloseTo(1, 9);
      expect(one.remark).not.toContain(say.emissionOneDirection());
    });
    it.each(["multiport", "separate-ports"] as const)("%s: a share that is not known, no gamma_r", (geometry) => {
      const e = find(at(geometry), "gamma_r");
      expect(e.value).toBeNaN();
      expect(failedCodes(e.checks)).toEqual(["unsupported_geometry"]);
      expect(find(at(geometry), "gamma1_total").value / TOTAL).toBeCloseTo(1, 3);
    });
    it("not stated: a doubt", () => {
      const e = find(at(undefined), "gamma_r");
      expect(e.value / GR).toBeCloseTo(1, 3);
      expect(failedCodes(e.checks)).toContain("no_geometry");
    });
  });
  it("its statistical error is right over 40 seeds, with noise in both", () => {
    const pulls = Array.from({ length: 40 }, (_, seed) => {
      const e = find(run([file({ seed: seed + 100, noise: 0.02 })]), "gamma_r");
      return (e.value - GR) / e.sigmaStat;
    });
    const mean = pulls.reduce((a, b) => a + b, 0) / 40;
    expect(Math.abs(mean)).toBeLessThan(3 / Math.sqrt(40));
    expect(Math.hypot(...pulls.map((p) => p - mean)) / Math.sqrt(39)).toBeGreaterThan(0.7);
    expect(Math.hypot(...pulls.map((p) => p - mean)) / Math.sqrt(39)).toBeLessThan(1.35);
  });
  it("a background that was not subtracted makes the ratio change in time, which is told", () => {
    const e = find(run([file({ noise: 0.002, background: 0.05 })]), "gamma_r");
    expect(failedCodes(e.checks)).toContain("emission_not_constant");
  });
  it("power behind a line of unknown gain gives the decay alone", () => {
    const list = run([file({ entry: { match: "*", place: "" } })]);
    expect(find(list, "gamma1_total").value / TOTAL).toBeCloseTo(1, 3);
    expect(find(list, "gamma_r").remark).toBe(say.emissionRelative());
    expect(find(list, "gamma_r").value).toBeNaN();
  });
  it("noise alone is refused", () => {
    expect(find(run([file({ noise: 30, population: false })]), "gamma1_total").status).toBe("refused");
  });
});
