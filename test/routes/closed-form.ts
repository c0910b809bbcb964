import type { PowerDataset } from "../../src/routes/power/power.ts";
import { dataset } from "./power-lab.ts";

/**
 * A driven qubit at the end of a line from the formulas of PHYSICS.md sec. 0, written out here and not taken from src/physics, so that the route is
 * held against numbers that it did not make. One bath: Gr 8000, Gnr 20000, n 0.02, Gphi 10000 (1/s); 5 GHz; 80 dB.
 */
const HBAR = 1.054571817e-34;
export const GR = 8000;
export const G1 = 28000;
const N = 0.02;
/** (Gr + Gnr)(1 + 2n). */
export const TOTAL = G1 * (1 + 2 * N);
export const G2 = TOTAL / 2 + 10000;
/** n/(1 + 2n). */
export const N_EQ = N / (1 + 2 * N);
const Z = 1 - 2 * N_EQ;
export const HERTZ = 5e9;
export const OMEGA = 2 * Math.PI * HERTZ;
export const SATURATIONS = [0.05, 0.1, 0.3, 1, 3, 10, 15];

/** Omega^2 = S G1tot G2; P_in = hbar w_d Omega^2/(4 Gr), 10^8 of it at the source. */
export const sourcePower = (s: number, delta = 0) => (1e8 * HBAR * (OMEGA + delta) * s * TOTAL * G2) / (4 * GR);
/** S11 = 1 - Gr |z| (G2 + i D)/(G2^2 + D^2), |z| = |z_eq|/(1 + S/(1 + (D/G2)^2)). */
export function reflection(s: number, delta: number) {
  const z = Z / (1 + s / (1 + (delta / G2) ** 2));
  const d = G2 * G2 + delta * delta;
  return { re: 1 - (GR * z * G2) / d, im: (-GR * z * delta) / d };
}
/** (1 - 2 n_eq) S/(2(1+S)) on resonance. */
export const excess = (s: number) => (Z * s) / (2 * (1 + s));
/** eps_ge + Fid n. */
export const read = (n: number, zero = 0.015, one = 0.955) => zero + (one - zero) * n;

/** 61 detunings over 20 G2 and the resonance in the middle. */
export const DETUNINGS = Array.from({ length: 61 }, (_, i) => ((i - 30) / 30) * 10 * G2);

interface Sweep {
  readonly saturations?: readonly number[];
  readonly detunings?: readonly number[];
  /** What the instrument makes of S. */
  readonly distort?: (s: { re: number; im: number }, delta: number) => { re: number; im: number };
  readonly sigma?: number;
  readonly magnitude?: boolean;
}

/** One scattering file per power. */
export function scatteringFiles(options: Sweep = {}): PowerDataset[] {
  const { saturations = SATURATIONS, detunings = DETUNINGS, distort = (s) => s, sigma = 1e-4, magnitude = false } = options;
  return saturations.map((s) => {
    const values = detunings.map((d) => distort(reflection(s, d), d));
    const columns = magnitude
      ? [["s_mag", "1", values.map((v) => Math.hypot(v.re, v.im)), "11"] as const]
      : [["s_re", "1", values.map((v) => v.re), "11"] as const, ["s_im", "1", values.map((v) => v.im), "11"] as const];
    return dataset(
      "scattering",
      [["frequency", "Hz", detunings.map((d) => (OMEGA + d) / 2 / Math.PI)], ...columns, ["sigma", "1", detunings.map(() => sigma)]],
      { power: sourcePower(s) },
    );
  });
}

export function populationFile(saturations: readonly number[] = SATURATIONS, of: (n: number) => number = read): PowerDataset {
  return dataset(
    "population",
    [
      ["power", "W", saturations.map((s) => sourcePower(s))],
      ["frequency", "Hz", saturations.map(() => HERTZ)],
      ["population", "1", saturations.map((s) => of(N_EQ + excess(s)))],
    ],
    { noise: { type: "binomial", shots: 1e8 } },
  );
}

export function undrivenFile(value = read(N_EQ), shots = 1e8): PowerDataset {
  return dataset("equilibrium", [["population", "1", [value]]], { noise: { type: "binomial", shots } });
}

export function referenceFile(
  off: (delta: number) => { re: number; im: number } = () => ({ re: 1, im: 0 }),
  entry: NonNullable<PowerDataset["entry"]>["off"] = "detuned",
  power?: number,
  detunings: readonly number[] = DETUNINGS,
): PowerDataset {
  const values = detunings.map(off);
  return dataset(
    "reference",
    [
      ["frequency", "Hz", detunings.map((d) => (OMEGA + d) / 2 / Math.PI)],
      ["s_re", "1", values.map((v) => v.re), "11"],
      ["s_im", "1", values.map((v) => v.im), "11"],
      ["sigma", "1", values.map(() => 1e-5)],
    ],
    { ...(power === undefined ? {} : { power }), ...(entry ? { entry: { off: entry } } : {}) },
  );
}
