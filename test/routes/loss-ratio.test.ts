import { describe, expect, it } from "vitest";
import { failedCodes } from "../../src/core/check.ts";
import { type Estimate, sigmaOf } from "../../src/core/estimate.ts";
import { random } from "../../src/core/random.ts";
import { partitionRoute } from "../../src/routes/partition/partition.ts";
import { type PowerDataset, powerRoute } from "../../src/routes/power/power.ts";
import { excess, G1, GR, HERTZ, N_EQ, read, reflection, SATURATIONS, scatteringFiles, sourcePower, undrivenFile } from "./closed-form.ts";
import { dataset, facts, LABELS, stated } from "./power-lab.ts";

/** What a power meter sees of the qubit of closed-form.ts: `1 - on/off = (Gnr/G1) 2 (1 - Re S11)` for baths of one temperature. */
function meter(options: { noise?: number; seed?: number; state?: boolean; background?: number; population?: boolean } = {}): PowerDataset {
  const { noise = 0, seed = 1, state = true, background = 0, population = true } = options;
  const draw = random(seed);
  const on = SATURATIONS.map((s) => (1 - ((G1 - GR) / G1) * 2 * (1 - reflection(s, 0).re)) * (1 + noise * draw.normal()));
  return dataset(
    "total-power",
    [
      ["incident", "W", SATURATIONS.map((s) => sourcePower(s))],
      ["reflected", "W", on.map((x) => 3e-9 * (x + background))],
      ["reflected_off", "W", on.map(() => 3e-9 * (1 + noise * draw.normal()))],
      ["frequency", "Hz", on.map(() => HERTZ)],
      ...(population ? [["population", "1", SATURATIONS.map((s) => read(N_EQ + excess(s)))] as const] : []),
    ],
    noise > 0 && state ? { noise: { type: "relative", relative: noise } } : {},
  );
}
const route = (...datasets: PowerDataset[]) =>
  powerRoute({ labels: LABELS, facts: facts({ qubit: { frequency: stated("f", HERTZ, "Hz") } }), datasets }).estimates;
const find = (all: readonly Estimate[]) => all.find((e) => e.estimator === "total_power_over_work")!;

describe("total power over the work of the drive", () => {
  it("is Gnr/G1 whatever the attenuation, and says so without T1", () => {
    const f = find(route(...scatteringFiles(), meter(), undrivenFile()));
    expect(Math.abs(f.value - (G1 - GR) / G1)).toBeLessThan(2e-4);
    expect(f.budget.some((l) => l.input.includes("attenuation"))).toBe(false);
    expect(f.route).toBe("partition");
  });

  it("needs no population", () => {
    const f = find(route(...scatteringFiles(), meter({ population: false })));
    expect(Math.abs(f.value - (G1 - GR) / G1)).toBeLessThan(2e-4);
  });

  it("a power that nobody subtracted makes it depend on the drive: said", () => {
    const good = find(route(...scatteringFiles(), meter({ noise: 1e-3 })));
    expect(failedCodes(good.checks)).not.toContain("loss_ratio_varies");
    const bad = find(route(...scatteringFiles(), meter({ noise: 1e-3, background: 0.02 })));
    expect(failedCodes(bad.checks)).toContain("loss_ratio_varies");
  });

  it("brings photons per pi pulse and stands beside the other ways", () => {
    const estimates = route(...scatteringFiles(), meter({ noise: 1e-4 }), undrivenFile());
    const photons = partitionRoute(LABELS, undefined, { estimates }).estimates.find(
      (e) => e.quantity === "photons_per_pi_pulse" && e.estimator === "total_power_over_work",
    )!;
    expect(photons.value).toBeCloseTo(GR / G1, 2);
    expect(photons.interval![0]).toBeLessThan(photons.value);
  });

  it.each([true, false])("has the error that repeating it shows (noise stated: %s)", (state) => {
    const pulls = Array.from({ length: 40 }, (_, seed) => {
      const f = find(route(...scatteringFiles({ saturations: SATURATIONS, detunings: [0] }), meter({ noise: 2e-3, seed, state })));
      return (f.value - (G1 - GR) / G1) / sigmaOf(f);
    });
    const mean = pulls.reduce((a, b) => a + b, 0) / pulls.length;
    const width = Math.sqrt(pulls.reduce((a, b) => a + (b - mean) ** 2, 0) / (pulls.length - 1));
    expect(Math.abs(mean)).toBeLessThan(0.5);
    expect(width).toBeGreaterThan(0.7);
    expect(width).toBeLessThan(state ? 1.35 : 1.6);
  });
});
