import { describe, expect, it } from "vitest";
import { failedCodes } from "../../src/core/check.ts";
import { propagate, withPropagation } from "../../src/routes/propagation/propagation.ts";
import { type VirtualLab, virtualLab } from "./virtual-lab.ts";

const small: Omit<VirtualLab, "seed"> = { frequencies: 41, saturations: [0.1, 0.5, 2, 8] };
const quoted = (options: Omit<VirtualLab, "seed">, seed = 3) => {
  const lab = virtualLab({ ...small, ...options, seed });
  return { lab, estimate: lab.find("gamma1_total", "complex_s") };
};

describe("drawing all inputs against the first order", () => {
  it.each<[string, Omit<VirtualLab, "seed">]>([
    ["end of a line, attenuation dominant", {}],
    ["beside a line", { geometry: "two-sided" }],
    ["noise of the population dominant", { sigmaDb: 0.02, shots: 2000 }],
    ["noise of S dominant, stated", { sigmaDb: 0.02, sigmaReadout: 1e-4, shots: 1_000_000, noise: 0.02, stateNoise: true }],
    ["noise of S so large that each draw fits the scattering again", { sigmaDb: 0.02, sigmaReadout: 1e-4, noise: 0.12, stateNoise: true }],
    ["readout dominant", { sigmaDb: 0.02, sigmaReadout: 0.006, shots: 1_000_000 }],
    ["cold, a gap before readout", { nBath: 0.0005, gap: 2e-6, sigmaDb: 0.1 }],
  ])("%s: one standard deviation", (_, options) => {
    const { lab, estimate } = quoted(options);
    const drawn = propagate(lab.input, estimate, 250)!;
    expect(drawn.lost).toBe(0);
    // 3 standard errors of a standard deviation from so many draws, and a little for what the first order leaves out.
    expect(Math.abs(drawn.sd / drawn.firstOrder - 1)).toBeLessThan(0.03 + 3 / Math.sqrt(2 * drawn.draws));
    expect(Math.abs(drawn.mean - Math.log(estimate.value))).toBeLessThan(0.35 * drawn.sd);
    expect(drawn.interval68[0]).toBeLessThan(estimate.value);
    expect(drawn.interval95[1]).toBeGreaterThan(drawn.interval68[1]);
    expect(failedCodes(withPropagation(estimate, drawn).checks)).not.toContain("propagation_nonlinear");
  });
});
