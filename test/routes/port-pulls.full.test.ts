import { describe, expect, it } from "vitest";
import { sigmaOf } from "../../src/core/estimate.ts";
import { beside, endOfLine, type NetworkLab, networkLab, threePorts, twoPorts } from "./network-lab.ts";
import { bandsOf, outside, pullOfRate, seedsOr } from "./pull-statistics.ts";

const GR = 8000;
const NINE = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15];
const noisy = {
  noise: 0.004,
  referenceNoise: 3e-4,
  saturations: NINE,
  detunings: Array.from({ length: 41 }, (_, i) => ((i - 20) / 20) * 6),
};
/** Errors of the inputs so small that the statistical part leads. */
const bare = { ...noisy, sigmaDb: 0.01, shots: 1_000_000 };
const WORK = ["gamma1_total", "complex_s"] as const;
const SWEEP = ["gamma1_total", "saturation_sweep"] as const;
const WIDTH = ["gamma2", "saturation_sweep"] as const;
const RADIATIVE = ["gamma_r", "saturation_sweep"] as const;
const whole = ["11", "12", "13", "21", "22", "23", "31", "32", "33"];

type Row = readonly [quantity: "gamma1_total" | "gamma2" | "gamma_r", estimator: string];
const CASES: readonly (readonly [string, Omit<NetworkLab, "seed">, readonly Row[]])[] = [
  [
    "hanger, mismatch 0.4",
    { network: beside(GR, 0.4), geometry: "hanger", ports: ["21"], gr: GR, ...noisy },
    [WORK, SWEEP, WIDTH, RADIATIVE],
  ],
  [
    "hanger, mismatch 0.4, detuned drives, little but noise of S",
    { network: beside(GR, 0.4), geometry: "hanger", ports: ["21"], gr: GR, ...bare, drivenAt: [-0.8, 0, 0.8], noise: 0.02 },
    [WORK, SWEEP, WIDTH, RADIATIVE],
  ],
  [
    "hanger, mismatch -0.3, S11 too, engineering sign",
    { network: beside(GR, -0.3), geometry: "hanger", ports: ["11", "21"], gr: GR, ...bare, engineering: true },
    [WORK, SWEEP, WIDTH, RADIATIVE],
  ],
  [
    "reference on 5 frequencies, little but its noise",
    {
      network: endOfLine(GR),
      geometry: "reflection",
      ports: ["11"],
      gr: GR,
      ...bare,
      stateNoise: true,
      noise: 0.002,
      referenceNoise: 0.002,
      referencedAt: [-6, -3, 0, 3, 6],
    },
    [WORK, SWEEP, WIDTH, RADIATIVE],
  ],
  [
    "two-sided, S21 and S11",
    { network: beside(GR), geometry: "two-sided", ports: ["11", "21"], gr: GR, ...bare, noise: 0.02 },
    [WORK, SWEEP, WIDTH, RADIATIVE],
  ],
  [
    "multiport, whole matrix",
    { network: threePorts(GR, 4), geometry: "multiport", ports: ["11", "21", "31"], referencePorts: whole, gr: GR, ...bare, noise: 0.02 },
    [WORK, SWEEP, WIDTH],
  ],
  [
    "multiport, calibrated column",
    { network: threePorts(GR, 7), geometry: "multiport", ports: ["11", "21", "31"], gr: GR, ...noisy },
    [WORK, SWEEP, WIDTH],
  ],
  [
    "separate ports, stated gain",
    { network: twoPorts(2000, 6000), geometry: "separate-ports", ports: ["21"], gr: GR, ...noisy, reference: "none", gainDb: 60 },
    [["gamma1_total", "separate_ports"], SWEEP, WIDTH],
  ],
  [
    "separate ports, through, little but noise of S",
    {
      network: twoPorts(2000, 6000),
      geometry: "separate-ports",
      ports: ["21"],
      gr: GR,
      ...bare,
      reference: "through",
      sigmaCouplings: 1e-4,
      noise: 0.02,
    },
    [["gamma1_total", "separate_ports"], SWEEP, WIDTH],
  ],
  [
    "magnitudes on resonance, under-coupled",
    { network: endOfLine(GR), geometry: "reflection", ports: ["11"], gr: GR, ...bare, magnitude: true, stateNoise: true, detunings: [0] },
    [["gamma1_total", "scalar_on_resonance"]],
  ],
  [
    "magnitudes on resonance, over-coupled",
    {
      network: endOfLine(24000),
      geometry: "reflection",
      ports: ["11"],
      gr: 24000,
      gnr: 4000,
      gphi: 0,
      ...bare,
      magnitude: true,
      stateNoise: true,
      detunings: [0],
    },
    [["gamma1_total", "scalar_on_resonance"]],
  ],
  [
    "one power, no reference: line and resonance together",
    {
      network: endOfLine(24000),
      geometry: "reflection",
      ports: ["11"],
      gr: 24000,
      ...bare,
      saturations: [0.7],
      reference: "none",
      chain: [{ re: 0.02, im: 0.01 }],
      detunings: Array.from({ length: 161 }, (_, i) => ((i - 80) / 80) * 12),
    },
    [WORK],
  ],
  [
    "hanger, mismatch 0.3, no reference",
    {
      network: beside(GR, 0.3),
      geometry: "hanger",
      ports: ["21"],
      gr: GR,
      ...bare,
      reference: "none",
      chain: [
        { re: 1, im: 0 },
        { re: 0.02, im: 0.01 },
      ],
      detunings: Array.from({ length: 81 }, (_, i) => ((i - 40) / 40) * 10),
    },
    [WORK, SWEEP, WIDTH, RADIATIVE],
  ],
];

const SEEDS = seedsOr(200);
const { mean, width } = bandsOf(SEEDS);

describe(`pulls of the port geometries, ${SEEDS} seeds, common inputs drawn anew (4 s.d. bands: mean 0 +- ${mean.toFixed(2)}, width 1 +- ${width.toFixed(2)})`, () => {
  it.each(CASES)("%s", (_name, options, rows) => {
    const all = rows.map(() => [] as number[]);
    for (let seed = 1; seed <= SEEDS; seed++) {
      const lab = networkLab({ ...options, seed });
      rows.forEach(([quantity, estimator], r) => {
        const e = lab.find(quantity, estimator);
        all[r]!.push(pullOfRate(e.value, sigmaOf(e), lab.truth[quantity]));
      });
    }
    expect(all.flatMap((pulls, r) => outside(rows[r]!.join(" "), pulls))).toEqual([]);
  });
});
