import type { Random } from "../core/random.ts";
import type { Complex } from "./complex-matrix.ts";

/** Errors of a single-shot readout: probabilities to read 1 for a qubit in 0, and 0 for one in 1. */
export interface ReadoutErrors {
  readonly p1Given0: number;
  readonly p0Given1: number;
}

/** Probability to read 1: `p1_given_0 + (1 - p1_given_0 - p0_given_1) n_e`. */
export function readingOne(readout: ReadoutErrors, excited: number): number {
  return readout.p1Given0 * (1 - excited) + (1 - readout.p0Given1) * excited;
}

/** Share of ones among `shots` readings: binomial. */
export function shareOfOnes(rng: Random, p: number, shots: number): number {
  return rng.binomial(shots, Math.min(1, Math.max(0, p))) / shots;
}

/** What stands between a network analyser and the qubit, both ways together. */
export interface Chain {
  /** Loss and gain, dB (20 log10 of the amplitude). */
  readonly gain: number;
  /** rad, at zero frequency. */
  readonly phase: number;
  /** Cable delay, s. */
  readonly delay: number;
  /** Standard deviation of each quadrature of one point, relative to a full reflection. */
  readonly noise: number;
}

/**
 * What a network analyser writes: engineering sign exp(+jwt), so the conjugate of S, times the chain, plus noise in both quadratures.
 * @param frequency Hz; @param s scattering amplitudes in the physics sign, one per frequency
 */
export function analyse(rng: Random, chain: Chain, frequency: readonly number[], s: readonly Complex[]): Complex[] {
  const amplitude = 10 ** (chain.gain / 20);
  return s.map((true_, i) => {
    const angle = chain.phase - 2 * Math.PI * frequency[i]! * chain.delay;
    const [c, d] = [amplitude * Math.cos(angle), amplitude * Math.sin(angle)];
    const re = true_.re + chain.noise * rng.normal();
    const im = -true_.im + chain.noise * rng.normal();
    return { re: re * c - im * d, im: re * d + im * c };
  });
}

/** Power (W) that comes back, read by the same analyser after complex averaging: only the coherent part, through the chain. */
export function coherentPower(rng: Random, chain: Chain, incident: number, s: Complex): number {
  const re = s.re + chain.noise * rng.normal();
  const im = s.im + chain.noise * rng.normal();
  return incident * 10 ** (chain.gain / 10) * (re * re + im * im);
}

/** Where the averaged readout voltage lies for a qubit in 0 and in 1, and the noise of one averaged point, V. */
export interface Digitiser {
  readonly zero: Complex;
  readonly one: Complex;
  readonly noise: number;
}

/** One averaged readout voltage, V. */
export function voltage(rng: Random, digitiser: Digitiser, excited: number): Complex {
  const { zero, one, noise } = digitiser;
  return {
    re: zero.re + excited * (one.re - zero.re) + noise * rng.normal(),
    im: zero.im + excited * (one.im - zero.im) + noise * rng.normal(),
  };
}
