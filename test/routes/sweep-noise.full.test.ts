import { describe, expect, it } from "vitest";
import { sigmaOf } from "../../src/core/estimate.ts";
import { jointRoute } from "../../src/routes/joint/joint.ts";
import { decayOf } from "./joint-lab.ts";
import { bandsOf, statisticsOf } from "./pull-statistics.ts";
import { virtualLab } from "./virtual-lab.ts";

const SEEDS = 30;
/** From as noisy as the reference to seven times quieter. */
const CLEAN = { saturations: Array.from({ length: 7 }, (_, i) => 0.1 * 10 ** (0.3 * i)), noise: 3e-4, referenceNoise: 3e-4, sigmaDb: 0.1 };

describe("noise of S and of the reference that no file states", () => {
  it.each([41, 151])("joint fit of clean data, %i points: chi2 near 1, no check on it, the pull of gamma2 of width 1", (frequencies) => {
    const reduced: number[] = [];
    const pulls: number[] = [];
    for (let seed = 1; seed <= SEEDS; seed++) {
      const lab = virtualLab({ ...CLEAN, frequencies, seed });
      const total = lab.truth.gamma1_total!;
      const { studies, estimates } = jointRoute({ ...lab.input, decay: decayOf(total, 0.01 * total) });
      const gamma2 = estimates.find((e) => e.quantity === "gamma2")!;
      expect(gamma2.checks.find((c) => c.code === "joint_chi2")?.holds).toBe(true);
      reduced.push(studies[0]!.chi2 / studies[0]!.dof);
      pulls.push((gamma2.value - lab.truth.gamma2!) / sigmaOf(gamma2));
    }
    expect(Math.max(...reduced)).toBeLessThan(1.25);
    expect(Math.min(...reduced)).toBeGreaterThan(0.85);
    const band = bandsOf(SEEDS);
    expect(Math.abs(statisticsOf(pulls).mean)).toBeLessThan(band.mean);
    expect(Math.abs(statisticsOf(pulls).width - 1)).toBeLessThan(band.width);
  });
});
