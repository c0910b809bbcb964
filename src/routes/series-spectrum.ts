import { seriesMessages } from "../core/messages/series.ts";
import { chi2Quantile } from "../numerics/chi2-quantile.ts";
import { ONE_SIGMA } from "../numerics/normal.ts";
import { welch } from "../numerics/welch.ts";
import type { NotComputed } from "./series-allan.ts";
import { gridded, type SeriesAxis } from "./series-axis.ts";

export interface SpectrumPoint {
  /** Hz, or per repeat. */
  readonly frequency: number;
  /** One-sided power spectral density of T1, s^2/Hz (or s^2 per 1/repeat); 68 % interval. */
  readonly density: number;
  readonly low: number;
  readonly high: number;
}

export type SpectrumStudy =
  | NotComputed
  | {
      readonly state: "given";
      readonly points: readonly SpectrumPoint[];
      readonly blocks: number;
      readonly blockLength: number;
      /** Level of the fits' errors alone, 2 mean(sigma^2) cadence; NaN where they are not known. */
      readonly fitOnly: number;
    };

export const SPECTRUM_FEWEST = 32;
const SHORTEST_BLOCK = 16;

/**
 * Welch spectrum of T1 within runs between gaps: blocks of a quarter of the series at most, a power of two. Single missing repeats are filled with a
 * straight line, which lowers the density of white noise by about their share.
 * @param fitErrorRms s.
 */
export function seriesSpectrum(t1: readonly number[], axis: SeriesAxis, fitErrorRms: number): SpectrumStudy {
  if (t1.length < SPECTRUM_FEWEST) return { state: "missing", sentence: seriesMessages.tooShort(t1.length, SPECTRUM_FEWEST) };
  if (!axis.even) return { state: "missing", sentence: seriesMessages.unevenSteps() };
  const runs = gridded(t1, axis).map(bridged);
  const longest = runs.reduce((most, r) => Math.max(most, r.length), 0);
  const blockLength = 2 ** Math.floor(Math.log2(Math.min(longest, Math.max(SHORTEST_BLOCK, t1.length / 4))));
  const found = blockLength >= SHORTEST_BLOCK ? welch(runs, blockLength) : undefined;
  if (!found) return { state: "missing", sentence: seriesMessages.runsTooShort(longest) };
  const interval = (edf: number) => [(1 + ONE_SIGMA) / 2, (1 - ONE_SIGMA) / 2].map((p) => edf / chi2Quantile(p, edf)) as [number, number];
  const [inner, end] = [interval(found.edf), interval(found.edf / 2)];
  const points = Array.from(found.frequency, (frequency, k): SpectrumPoint => {
    const density = found.density[k]! * axis.cadence;
    const [low, high] = k === found.frequency.length - 1 ? end : inner;
    return { frequency: frequency / axis.cadence, density, low: density * low, high: density * high };
  });
  return { state: "given", points, blocks: found.blocks, blockLength, fitOnly: 2 * fitErrorRms ** 2 * axis.cadence };
}

/** Straight lines over what is missing; a run begins and ends with a value. */
function bridged(run: Float64Array): Float64Array {
  const filled = run.slice();
  let last = 0;
  for (let i = 1; i < run.length; i++) {
    if (Number.isNaN(run[i]!)) continue;
    for (let k = last + 1; k < i; k++) filled[k] = run[last]! + ((run[i]! - run[last]!) * (k - last)) / (i - last);
    last = i;
  }
  return filled;
}
