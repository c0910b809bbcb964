import { describe, expect, it } from "vitest";
import { virtualLab } from "./virtual-lab.ts";

const G1 = 28000;
const SHAPES = ["integrated_line", "saturation_curvature", "saturation_plateau"];

describe("cross-checks of a saturation sweep that need no line shape, over many labs", () => {
  it("hold on Lorentzian lines, stated noise or not, with and without noise of the reference (60 labs)", () => {
    for (let seed = 1; seed <= 60; seed++) {
      const lab = virtualLab({ seed, stateNoise: seed % 2 === 0, referenceNoise: seed % 4 < 2 ? 3e-4 : 3e-3 });
      const { checks } = lab.find("gamma1_total", "saturation_sweep");
      for (const code of SHAPES) expect(checks.find((c) => c.code === code)?.holds, `${code}, seed ${seed}`).toBe(true);
    }
  });

  it.each([0.5, 1, 2])("frequency noise of %d G1 is named within 10 % (10 labs)", (width) => {
    const quiet = {
      gammaR: 2000,
      gammaNr: 26000,
      gammaPhi: 0,
      nBath: 0,
      stateNoise: true,
      sigmaDb: 1e-9,
      noise: 2e-4,
      referenceNoise: 1e-5,
    };
    for (let seed = 1; seed <= 10; seed++) {
      const row = virtualLab({ ...quiet, seed, frequencyNoise: width * G1 }).find("gamma1_total", "saturation_sweep");
      const said = row.checks.find((c) => c.code === "saturation_curvature")!;
      expect(said.holds).toBe(false);
      const named = Number(/frequency noise of (\S+) 1\/s/.exec(said.sentence)![1]);
      expect(Math.abs(named / (width * G1) - 1)).toBeLessThan(0.1);
    }
  });
});
