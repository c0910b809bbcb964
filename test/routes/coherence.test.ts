import { describe, expect, it } from "vitest";
import { failedCodes } from "../../src/core/check.ts";
import { type Estimate, sigmaOf } from "../../src/core/estimate.ts";
import * as say from "../../src/core/messages/power-data.ts";
import { random } from "../../src/core/random.ts";
import { coherenceRoute } from "../../src/routes/coherence/coherence.ts";
import { coherenceTrace } from "../../src/routes/coherence/trace.ts";
import { dataset, LABELS } from "./power-lab.ts";

const GAMMA2 = 3e4;
interface Spec {
  readonly name?: string;
  readonly rate?: number;
  readonly hertz?: number;
  /** s of a quasi-static Gaussian: exp(-(s t)^2/2). */
  readonly slow?: number;
  readonly shots?: number;
  readonly seed?: number;
}
function trace({ name = "q1_echo_0.csv", rate = GAMMA2, hertz = 0, slow = 0, shots = 4000, seed = 1 }: Spec = {}) {
  const draw = random(seed);
  const t = Array.from({ length: 81 }, (_, i) => (i / 80) * (4 / rate));
  const p = t.map(
    (x) => 0.5 + 0.45 * Math.exp(-rate * x - (slow * x) ** 2 / 2) * Math.cos(2 * Math.PI * hertz * x + 0.3 * Math.sign(hertz)),
  );
  const made = dataset(
    "coherence",
    [
      ["delay", "s", t],
      ["population", "1", p.map((x) => draw.binomial(shots, x) / shots)],
    ],
    { noise: { type: "binomial", shots } },
  );
  return { ...made.dataset, sources: [{ path: `cd07/${name}`, bytes: 1, sha256: "", importer: "csv", importerVersion: 1 }] };
}
const T1: Estimate = {
  ...{ route: "decay", quantity: "gamma1_total", estimator: "exponential", condition: "combined", labels: LABELS, unit: "1/s" },
  ...{ value: 2e4, sigmaStat: 200, sigmaCommon: 0, status: "usable", checks: [], datasets: ["t1"], remark: "" },
  budget: [{ input: "shots", contribution: 200 }],
};
const sweep = (value: number, sigma: number): Estimate => ({
  ...T1,
  ...{ route: "power", quantity: "gamma2", estimator: "saturation_sweep", value, sigmaStat: sigma, datasets: ["s"] },
  budget: [{ input: "fit of the sweep", contribution: sigma }],
});
const rows = (specs: readonly Spec[], known: readonly Estimate[] = [T1]) =>
  coherenceRoute(
    specs.map((s) => ({ labels: LABELS, trace: coherenceTrace(trace(s)) })),
    known,
  );
const find = (list: readonly Estimate[], quantity: string, estimator: string) =>
  list.find((e) => e.quantity === quantity && e.estimator === estimator)!;

describe("coherence traces", () => {
  it.each([
    ["echo", { name: "q1_echo_0.csv" }],
    ["ramsey", { name: "q1_ramsey.csv", hertz: 1.5e5 }],
    ["ramsey", { name: "T2star.csv", hertz: 2e4 }],
    ["echo", { name: "hahn.csv", hertz: 1e5 }],
    ["coherence", { name: "q1_t2.csv" }],
  ] as const)("%s of %o: the rate within its error over 8 seeds", (sequence, spec) => {
    const pulls = Array.from({ length: 8 }, (_, seed) => {
      const t = coherenceTrace(trace({ ...spec, seed: seed + 1 }));
      expect(t.sequence).toBe(sequence);
      expect(t.sigma / t.gamma2).toBeLessThan(0.05);
      return (t.gamma2 - GAMMA2) / t.sigma;
    });
    expect(Math.abs(pulls.reduce((a, b) => a + b, 0) / 8)).toBeLessThan(3 / Math.sqrt(8));
    expect(Math.hypot(...pulls) / Math.sqrt(8)).toBeGreaterThan(0.4);
    expect(Math.hypot(...pulls) / Math.sqrt(8)).toBeLessThan(1.7);
  });
  it("slow noise is a doubt about the shape, with the 1/e time", () => {
    const t = coherenceTrace(trace({ name: "ramsey.csv", hertz: 1.5e5, slow: 1.2 * GAMMA2 }));
    // rate t + (s t)^2/2 = 1.
    const root = (-1 + Math.sqrt(1 + 2 * 1.2 ** 2)) / (1.2 ** 2 * GAMMA2);
    expect(t.oneOverE / root).toBeCloseTo(1, 1);
    const [e] = rows([{ name: "ramsey.csv", hertz: 1.5e5, slow: 1.2 * GAMMA2 }]);
    expect(failedCodes(e!.checks)).toEqual(["coherence_shape"]);
    expect(e!.status).toBe("doubtful");
  });
  it("a flat trace is refused, never a rate", () => {
    const draw = random(5);
    const flat = {
      ...trace(),
      ...dataset(
        "coherence",
        [
          ["delay", "s", Array.from({ length: 40 }, (_, i) => i * 1e-6)],
          ["population", "1", Array.from({ length: 40 }, () => draw.binomial(500, 0.5) / 500)],
        ],
        { noise: { type: "binomial", shots: 500 } },
      ).dataset,
    };
    const t = coherenceTrace(flat);
    expect(t.refused).not.toBe("");
    const [e] = coherenceRoute([{ labels: LABELS, trace: t }], [T1]);
    expect(e!.status).toBe("refused");
    expect(e!.value).toBeNaN();
  });
});

describe("gamma2 and gamma_phi", () => {
  it("gamma_phi = gamma2 - gamma1_total/2, with the convention printed and T1's error", () => {
    const list = rows([{}]);
    const [g, phi] = [find(list, "gamma2", "echo"), find(list, "gamma_phi", "echo")];
    expect(phi.value).toBeCloseTo(g.value - 1e4, 6);
    expect(sigmaOf(phi)).toBeCloseTo(Math.hypot(sigmaOf(g), 100), 6);
    expect(phi.remark).toContain(say.dephasingConvention());
    expect(phi.status).toBe("usable");
  });
  it("three traces and more: the mean, with the error of their scatter", () => {
    const rates = [2.8e4, 3e4, 3.4e4, 3.0e4];
    const e = find(rows(rates.map((rate, seed) => ({ rate, seed, shots: 1e8 }))), "gamma2", "echo");
    expect(e.value / 3.05e4).toBeCloseTo(1, 3);
    const sd = Math.sqrt(rates.reduce((a, r) => a + (r - 3.05e4) ** 2, 0) / 3);
    expect(e.sigmaStat / (sd / 2)).toBeCloseTo(1, 2);
  });
  it("a sweep that is much broader than the echo is told as slow frequency noise, and is no doubt", () => {
    const list = rows([{}], [T1, sweep(6e4, 500)]);
    const phi = find(list, "gamma_phi", "saturation_sweep+t1");
    expect(phi.value).toBeCloseTo(5e4, 6);
    expect(failedCodes(phi.checks)).toEqual(["dephasing_differs"]);
    expect(phi.status).toBe("usable");
    expect(phi.remark).toContain("slower");
    const near = rows([{}], [T1, sweep(3.0e4, 500)]);
    expect(failedCodes(find(near, "gamma_phi", "saturation_sweep+t1").checks)).toEqual([]);
  });
  it("a coherence beyond 2 T1 is a doubt; without T1 there is no gamma_phi", () => {
    expect(failedCodes(find(rows([{ rate: 5e3 }]), "gamma_phi", "echo").checks)).toEqual(["beyond_2t1"]);
    expect(rows([{}], []).map((e) => e.quantity)).toEqual(["gamma2"]);
  });
});
