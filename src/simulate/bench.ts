import type { Random } from "../core/random.ts";
import type { Complex } from "./complex-matrix.ts";
import { type Chain, type Digitiser, type ReadoutErrors, readingOne, shareOfOnes } from "./instruments.ts";
import type { DelayGrid } from "./lab-spec.ts";
import type { SimulatedQubit } from "./qubit-experiments.ts";

/** A qubit with the instruments around it, during one cooldown. */
export interface Bench {
  readonly qubit: SimulatedQubit;
  readonly readout: ReadoutErrors;
  /** From drive off to readout, s. */
  readonly gap: number;
  /** True loss from the stated power to that at the qubit while it is driven, dB. */
  readonly attenuation: number;
  readonly leak: Complex;
  /** Relative scatter of the relaxation rate from repeat to repeat. */
  readonly fluctuation: number;
  readonly chain: Chain;
  readonly digitiser: Digitiser;
  /** A stream of random numbers for one purpose. */
  stream(purpose: string): Random;
}

/** Power at the device (W) for a source power in dBm. */
export function atDevice(attenuation: number, dBm: number): number {
  return 1e-3 * 10 ** ((dBm - attenuation) / 10);
}

/** Delays in s, rounded as a lab script would. */
export function grid({ start, stop, points }: DelayGrid): number[] {
  return Array.from({ length: points }, (_, i) => Number((start + ((stop - start) * i) / (points - 1)).toPrecision(12)));
}

/** What is read of populations: shares of ones. */
export function readings(bench: Bench, rng: Random, populations: readonly number[], shots: number): number[] {
  return populations.map((n) => shareOfOnes(rng, readingOne(bench.readout, n), shots));
}
