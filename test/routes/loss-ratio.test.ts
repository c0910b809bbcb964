import { describe, expect, it } from "vitest";
import { failedCodes } from "../../src/core/check.ts";
import { type Estimate, sigmaOf } from "../../src/core/estimate.ts";
import { oneDirection } from "../../src/core/messages/power-data.ts";
import { random } from "../../src/core/random.ts";
import { partitionRoute } from "../../src/routes/partition/partition.ts";
import { type PowerDataset, powerRoute } from "../../src/routes/power/power.ts";
import {
  DETUNINGS,
  excess,
  G1,
  GR,
  HERTZ,
  N_EQ,
  populationFile,
  read,
  reflection,
  SATURATIONS,
  scatteringFiles,
  sourcePower,
  undrivenFile,
} from "./closed-form.ts";
import { dataset, facts, LABELS, LINE, stated } from "./power-lab.ts";

/** What a power meter sees of the qubit of closed-form.ts: `1 - on/off = (Gnr/G1) 2 (1 - Re S11)` for baths of one temperature. */
function meter(
  options: {
    share?: number;
    leak?: number;
    noise?: number;
    seed?: number;
    state?: boolean;
    background?: number;
    population?: boolean;
  } = {},
): PowerDataset {
  const { share = (G1 - GR) / G1, leak = 0, noise = 0, seed = 1, state = true, background = 0, population = true } = options;
  const draw = random(seed);
  // Coherent power |S + leak|^2, over that of the leaking line without qubit.
  const lost = (s: number) => (2 * (1 - reflection(s, 0).re) * (share + leak)) / (1 + leak) ** 2;
  const on = SATURATIONS.map((s) => (1 - lost(s)) * (1 + noise * draw.normal()));
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
const of = (parts: Parameters<typeof facts>[0], ...datasets: PowerDataset[]) =>
  powerRoute({ labels: LABELS, facts: facts({ ...parts, qubit: { frequency: stated("f", HERTZ, "Hz"), ...parts?.qubit } }), datasets })
    .estimates;
const route = (...datasets: PowerDataset[]) => of({}, ...datasets);
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

  it("a meter on one output of several gives none, and the table says why", () => {
    // Two ports: S_j1 = C_j1 + e_j (e C_1)(r - 1), r what one port alone would reflect.
    const [c, e] = [
      [0.6, 0.8],
      [0.8, 0.6],
    ] as const;
    const both = (kind: "scattering" | "reference", power: number | undefined, r: (delta: number) => { re: number; im: number }) =>
      dataset(
        kind,
        [
          ["frequency", "Hz", DETUNINGS.map((d) => HERTZ + d / 2 / Math.PI)],
          ...[0, 1].flatMap((j) => [
            ["s_re", "1", DETUNINGS.map((d) => c[j]! + 0.96 * e[j]! * (r(d).re - 1)), `${j + 1}1`] as const,
            ["s_im", "1", DETUNINGS.map((d) => 0.96 * e[j]! * r(d).im), `${j + 1}1`] as const,
          ]),
          ["sigma", "1", DETUNINGS.map(() => 1e-4)],
        ],
        power === undefined ? { entry: { off: "detuned" } } : { power },
      );
    const all = of(
      { qubit: { geometry: "multiport", driven_port: 1 } },
      ...SATURATIONS.map((s) => both("scattering", sourcePower(s), (d) => reflection(s, d))),
      both("reference", undefined, () => ({ re: 1, im: 0 })),
      ...[meter(), populationFile(), undrivenFile()],
    );
    expect(all.find((x) => x.estimator === "complex_s" && x.condition === "combined")!.value).toBeGreaterThan(0);
    expect(all.filter((x) => x.estimator === "total_power_over_work")).toEqual([]);
    expect(all.find((x) => x.estimator === "total_power")!.remark).toBe(oneDirection("multiport"));
  });

  it("a leak past the qubit acts on both powers, and is in the error with its sign", () => {
    const leaking = (leak: number, ...more: PowerDataset[]) =>
      find(
        route(
          ...scatteringFiles({ distort: (s) => ({ re: (s.re + leak) / (1 + leak), im: s.im / (1 + leak) }) }),
          meter({ leak }),
          ...more,
        ),
      );
    const isolation = stated("lines.drive1.isolation", 20, "dB");
    const f = find(of({ line: { ...LINE, isolation } }, ...scatteringFiles(), meter()));
    const line = f.budget.find((l) => l.shared === `${isolation.entry} @ chipA/q1`)!;
    expect(leaking(0.1).value).toBeCloseTo((f.value + 0.1) / 1.1, 3);
    // 20 dB: W changes by 0.1/sqrt 2.
    expect((leaking(-1e-3).value - leaking(1e-3).value) / 2e-3 / (line.contribution / (0.1 / Math.SQRT2))).toBeCloseTo(1, 3);
    // The depth of the line carries the same: no contradiction between the two ways to a share.
    const together = of({ line: { ...LINE, isolation } }, ...scatteringFiles(), meter({ noise: 1e-5 }), undrivenFile());
    const radiative = together.find((e) => e.quantity === "gamma_r")!.budget.find((l) => l.shared === `${isolation.entry} @ chipA/q1`)!;
    expect(radiative.contribution / G1 / -line.contribution).toBeCloseTo(1, 2);
  });

  it.each([
    [1.4, 1],
    [-0.5, 0],
  ])("a share of %f is no share: told, and kept beside its bound", (share, bound) => {
    const f = find(route(...scatteringFiles(), meter({ share, noise: 1e-3 })));
    expect(f.value).toBe(bound);
    expect(f.unbounded).toBeCloseTo(share, 1);
    expect(failedCodes(f.checks)).toContain("partition_outside");
    expect(f.status).not.toBe("usable");
    const photons = partitionRoute(LABELS, undefined, { estimates: [f] }).estimates.find((e) => e.quantity === "photons_per_pi_pulse")!;
    expect(photons.value).toBe(1 - bound);
    expect(photons.unbounded).toBeUndefined();
    expect(failedCodes(find(route(...scatteringFiles(), meter({ noise: 1e-3 }))).checks)).not.toContain("partition_outside");
  });

  it("is held against the other ways without its bound", () => {
    const all = route(...scatteringFiles(), meter({ share: 1.4, noise: 1e-3 }), undrivenFile());
    const none = all.map((e) => (e.quantity === "gamma_r" ? { ...e, value: 20, budget: [{ input: "noise", contribution: 10 }] } : e));
    const shares = partitionRoute(LABELS, undefined, { estimates: none }).estimates.filter((e) => e.quantity === "f_nonradiative");
    const byDepth = shares.find((e) => e.estimator === "saturation_sweep")!;
    expect(byDepth.value).toBeGreaterThan(0.99);
    expect(byDepth.checks.find((c) => c.code === "partition_disagrees")!.holds).toBe(false);
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
