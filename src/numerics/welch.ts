import { fourier } from "./fourier.ts";

export interface WelchSpectrum {
  /** Frequencies in units of 1/spacing of the samples: k/length, k = 1 .. length/2. */
  readonly frequency: Float64Array;
  /** One-sided power spectral density, unit of the values squared times the spacing: its sum over all frequencies times their step is the variance. */
  readonly density: Float64Array;
  /** Blocks that were averaged. */
  readonly blocks: number;
  /** Degrees of freedom of every density (the last one, at half the sampling frequency, has half of them). */
  readonly edf: number;
}

/** Squared correlation of the spectra of neighbouring blocks that overlap by half, Hann window: (1/6)^2. */
const NEIGHBOUR = 1 / 36;

/**
 * Welch's averaged periodogram (Welch, IEEE Trans. Audio Electroacoust. 15, 70, 1967): blocks of `length` points overlapping by half, mean taken off
 * each, periodic Hann window, one-sided. Blocks lie within runs, so none spans a gap. The first frequency is the lowest that a block resolves and is
 * biased low by the removed mean (white noise: by 1/6).
 * @param length a power of two, at least 4. @returns undefined where no run is that long.
 */
export function welch(runs: readonly ArrayLike<number>[], length: number): WelchSpectrum | undefined {
  const window = Float64Array.from({ length }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / length));
  const power = window.reduce((s, w) => s + w * w, 0);
  const half = length / 2;
  const density = new Float64Array(half);
  let [blocks, neighbours] = [0, 0];
  for (const run of runs)
    for (let start = 0; start + length <= run.length; start += half) {
      const re = new Float64Array(length);
      const im = new Float64Array(length);
      let sum = 0;
      for (let i = 0; i < length; i++) sum += run[start + i]!;
      for (let i = 0; i < length; i++) re[i] = (run[start + i]! - sum / length) * window[i]!;
      fourier(re, im);
      for (let k = 1; k <= half; k++) density[k - 1]! += ((k === half ? 1 : 2) * (re[k]! ** 2 + im[k]! ** 2)) / power;
      blocks++;
      if (start > 0) neighbours++;
    }
  if (blocks === 0) return undefined;
  return {
    frequency: Float64Array.from({ length: half }, (_, k) => (k + 1) / length),
    density: density.map((d) => d / blocks),
    blocks,
    edf: (2 * blocks) / (1 + (2 * NEIGHBOUR * neighbours) / blocks),
  };
}
