import { describe, expect, it } from "vitest";
import { pulls } from "./pulls.ts";
import type { VirtualLab } from "./virtual-lab.ts";

const ROWS = [
  ["gamma1_total", "complex_s"],
  ["gamma1_total", "complex_s", "weak_drive"],
  ["gamma1_total", "saturation_sweep"],
  ["gamma1", "complex_s"],
  ["gamma_up", "complex_s"],
  ["gamma1", "saturation_sweep"],
  ["gamma2", "saturation_sweep"],
  ["gamma_phi", "saturation_sweep"],
  ["gamma_r", "saturation_sweep"],
  ["n_eq", "measured"],
] as const;

const CASES: readonly [string, Omit<VirtualLab, "seed">][] = [
  ["reflection, noise stated", { stateNoise: true }],
  ["reflection, noise from the traces", {}],
  ["hanger, weakly coupled", { geometry: "two-sided", gammaR: 4000 }],
  ["statistical errors alone", { sigmaDb: 1e-9, sigmaReadout: 1e-9, stateNoise: true }],
  [
    "noise of the reference leads",
    { sigmaDb: 1e-9, sigmaReadout: 1e-9, referenceNoise: 0.004, noise: 0.001, shots: 200_000, stateNoise: true },
  ],
  ["noisy scattering", { sigmaDb: 1e-9, sigmaReadout: 1e-9, noise: 0.05, stateNoise: true }],
  ["no reference: background fitted, engineering sign", { reference: false, engineering: true, sigmaDb: 0.02, sigmaReadout: 1e-4 }],
  ["gap between drive and readout", { gap: 5e-6, sigmaDb: 0.05, stateNoise: true }],
];

describe("pulls of a virtual lab, 200 seeds, common inputs drawn anew (4 s.d. bands: mean 0 +- 0.27, width 1 +- 0.2)", () => {
  it.each(CASES)("%s", (_name, options) => {
    pulls(options, ROWS, 200).forEach(({ mean, width }, r) => {
      const where = ROWS[r]!.join(" ");
      expect(Math.abs(mean), `${where}: mean ${mean}`).toBeLessThan(0.27);
      expect(Math.abs(width - 1), `${where}: width ${width}`).toBeLessThan(0.2);
    });
  });
});
