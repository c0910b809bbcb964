import type { GroupLabels } from "../core/estimate.ts";

/** What a qubit's data may hold, in the words of the report. */
export const HELD = {
  scattering: "S(\u0394, P)",
  population: "n_e(P)",
  undriven: "undriven population",
  equilibrium: "n_eq",
  decay: "T1",
  attenuation: "attenuation",
  rabi: "\u03a9 (rabi)",
  loss: "total output power",
} as const;
export type Held = keyof typeof HELD;

/** What the data of one qubit in one cooldown determine. */
export interface JointStudy {
  readonly labels: GroupLabels;
  readonly held: readonly Held[];
  /** Numbers that describe the qubit and its line, and how many of their combinations the data determine. */
  readonly parameters: readonly string[];
  readonly rank: number;
  /** What is open: one sentence per direction, or per number that is known in name only. */
  readonly open: readonly string[];
  /** Single additions that would close all of it; empty where nothing is open, or no single one does. */
  readonly closedBy: readonly Held[];
  readonly chi2: number;
  readonly dof: number;
  /** The attenuation that the fit found over the stated one, dB, and its error; NaN where open or not stated. */
  readonly attenuationDb: number;
  readonly sigmaDb: number;
  /** Quasi-static frequency noise, 1/s: the value where the data demand one, else its 95 % limit; `gain`: by how much it lowers chi2. */
  readonly frequencyNoise: { readonly found: boolean; readonly sigma: number; readonly error: number; readonly gain: number } | undefined;
  readonly sentence: string;
}
