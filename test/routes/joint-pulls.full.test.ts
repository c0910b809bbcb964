import { describe, expect, it } from "vitest";
import { sigmaOf } from "../../src/core/estimate.ts";
import { type Holds, jointLab } from "./joint-lab.ts";
import { bandsOf, outside, pullOfRate, seedsOr } from "./pull-statistics.ts";
import type { VirtualLab } from "./virtual-lab.ts";

const SEEDS = seedsOr(200);
const { mean, width } = bandsOf(SEEDS);
const ROWS = ["gamma1_total", "gamma1", "gamma2", "gamma_phi", "n_eq", "gamma_r", "gamma_nr", "f_nonradiative"] as const;

/** Few points, so that many labs fit into a minute. */
const SMALL = { stateNoise: true, frequencies: 21, saturations: [0.1, 0.5, 2, 10] } as const;

const CASES: readonly [string, Holds, Omit<VirtualLab, "seed">][] = [
  ["T1 given", { t1: true }, SMALL],
  ["attenuation given", { attenuation: true }, { ...SMALL, sigmaDb: 0.2 }],
  ["both given", { t1: true, attenuation: true }, { ...SMALL, sigmaDb: 0.05 }],
  ["both given, hanger, noise from the traces", { t1: true, attenuation: true }, { geometry: "two-sided", sigmaDb: 0.05 }],
  [
    "noise of the reference leads",
    { t1: true, attenuation: true },
    { ...SMALL, sigmaDb: 0.01, referenceNoise: 0.004, noise: 0.001, sigmaReadout: 1e-6 },
  ],
  ["few shots", { t1: true, attenuation: true }, { ...SMALL, sigmaDb: 0.05, shots: 500 }],
  ["no reference: background fitted, engineering sign", { t1: true }, { reference: false, engineering: true }],
  [
    "frequency noise of a G2, in the fit as a width",
    { t1: true, attenuation: true },
    { ...SMALL, sigmaDb: 0.05, frequencies: 31, frequencyNoise: 25000 },
  ],
  ["gap between drive and readout", { t1: true, attenuation: true }, { ...SMALL, gap: 5e-6, sigmaDb: 0.05 }],
];

describe(`pulls of the joint fit, ${SEEDS} seeds, all inputs drawn anew (mean 0 +- ${mean.toFixed(2)}, width 1 +- ${width.toFixed(2)}: 4 s.d.)`, () => {
  it.each(CASES)("%s", (_name, holds, options) => {
    const all = ROWS.map(() => [] as number[]);
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { lab, find } = jointLab({ ...options, seed }, holds);
      ROWS.forEach((quantity, r) => {
        const e = find(quantity);
        const truth = lab.truth[quantity]!;
        const rate = e.value > 0 && quantity !== "n_eq" && !quantity.startsWith("f_");
        all[r]!.push(rate ? pullOfRate(e.value, sigmaOf(e), truth) : (e.value - truth) / sigmaOf(e));
      });
    }
    expect(all.flatMap((pulls, r) => outside(ROWS[r]!, pulls))).toEqual([]);
  });
});
