import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { jointRoute } from "../../src/routes/joint/joint.ts";
import { noiseComponents, type Residual } from "../../src/routes/power/noise-components.ts";
import { columnsOf, makeDataset } from "../../src/tables/dataset.ts";
import { decayOf } from "./joint-lab.ts";
import { virtualLab } from "./virtual-lab.ts";

/** Residuals of traces with these own noises, all with one reference whose noise is taken as `assumed` where it is 1. */
function residuals(own: readonly number[], assumed: number, points: number): Residual[][] {
  const draw = random(7);
  const reference = Array.from({ length: points }, () => [draw.normal(), draw.normal()] as const);
  return own.map((sigma, t) =>
    reference.map(([a, b], i) => {
      const s = { re: 1 - 0.6 / (1 + t), im: 0.2 };
      const [re, im] = [s.re * a - s.im * b + sigma * draw.normal(), s.re * b + s.im * a + sigma * draw.normal()];
      return { frequency: 5e9 + i, re, im, s, sigma: 1, eta: assumed };
    }),
  );
}

describe("noise from the residuals of a fit", () => {
  it.each([0.7, 1, 1.4])("own noise does not hang on what the reference's was taken for: %f of it", (assumed) => {
    const truth = [2, 1, 1, 0.7, 0.5];
    const { own, reference } = noiseComponents(residuals(truth, assumed, 400), 0, false);
    own.forEach((found, t) => {
      expect(found / truth[t]!).toBeGreaterThan(0.9);
      expect(found / truth[t]!).toBeLessThan(1.1);
    });
    expect(reference * assumed).toBeGreaterThan(0.9);
    expect(reference * assumed).toBeLessThan(1.1);
  });

  it("a stated noise of the reference stays, and without one all is the traces' own", () => {
    expect(noiseComponents(residuals([1, 1, 1], 1.4, 100), 0, true).reference).toBe(1);
    const { own, reference } = noiseComponents(residuals([1], 0, 400), 0, false);
    expect(reference).toBe(1);
    expect(own[0]! ** 2).toBeGreaterThan(1.2);
  });

  it("joint fit of clean data: chi2 near 1, where a tenth of the noise used to be left", () => {
    const lab = virtualLab({ saturations: [0.1, 0.3, 1, 3], noise: 3e-4, referenceNoise: 3e-4, seed: 1 });
    const total = lab.truth.gamma1_total!;
    const { studies, estimates } = jointRoute({ ...lab.input, decay: decayOf(total, 0.01 * total) });
    const reduced = studies[0]!.chi2 / studies[0]!.dof;
    expect(Math.abs(reduced - 1)).toBeLessThan(0.15);
    expect(estimates[0]!.checks.find((c) => c.code === "joint_chi2")).toMatchObject({ holds: true, measured: reduced });
  });

  it("joint fit of stated noise that is half of the true: the check says so and the rows are in doubt", () => {
    const lab = virtualLab({ stateNoise: true, frequencies: 21, saturations: [0.1, 0.5, 2, 10], seed: 3 });
    const datasets = lab.input.datasets.map((d) => {
      const columns = columnsOf(d.dataset);
      if (!columns.some((c) => c.role === "sigma")) return d;
      const halved = columns.map((c) => (c.role === "sigma" ? { ...c, values: c.values.map((v) => v / 2) } : c));
      return { ...d, dataset: makeDataset({ ...d.dataset, columns: halved }) };
    });
    const total = lab.truth.gamma1_total!;
    const { estimates } = jointRoute({ ...lab.input, datasets, decay: decayOf(total, 0.01 * total) });
    const gamma2 = estimates.find((e) => e.quantity === "gamma2")!;
    expect(gamma2.checks.find((c) => c.code === "joint_chi2")?.holds).toBe(false);
    expect(gamma2.status).toBe("doubtful");
  });
});
