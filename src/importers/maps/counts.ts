import type { Note } from "../../core/dataset.ts";
import { pictureMessages as say } from "../../core/messages/import-maps.ts";
import type { Picture } from "./picture.ts";
import type { MapStatement } from "./statement.ts";

/** Ends of the scales of 10-, 12- and 14-bit cameras, which store 16 bits. */
const CAMERA_TOPS = [2 ** 10 - 1, 2 ** 12 - 1, 2 ** 14 - 1];
/** So many pixels at exactly the end of a smaller camera's scale are no accident. */
const FEW_AT_TOP = 10;

/** Turns counts into values of the map, and looks at them on the way. */
export interface CountReader {
  readonly hasSigma: boolean;
  /** @param counts of one frame; @param values, sigma one per (binned) point, written here */
  read(counts: Float64Array, values: Float64Array, sigma: Float64Array | undefined): void;
  /** What was seen in all frames that were read. */
  notes(): Note[];
}

/**
 * `value = count (N - dark)`; `sigma = |count| sqrt((N - dark)/gain + readNoise^2)`: photoelectrons are Poisson (variance of N: (N - dark)/gain), the
 * read noise is in counts. Where fewer electrons than one were counted, the variance is that of one. Masked pixels are NaN and enter no mean.
 */
export function countReader(picture: Picture, map: MapStatement): CountReader {
  const { gain, readNoise } = map;
  const { value: worth, sigma: worthSigma } = map.count!;
  const dark = map.dark ?? 0;
  const bin = map.bin ?? 1;
  const across = Math.floor(picture.width / bin);
  const mask = new Set(map.mask);
  const hasSigma = gain !== undefined || readNoise !== undefined;
  // Per count of signal, and at the least; without gain, photons are not counted.
  const [perCount, least, ofReading] = [gain === undefined ? 0 : 1 / gain, gain === undefined ? 0 : 1 / gain ** 2, (readNoise ?? 0) ** 2];
  let masked = 0;
  let top = Number.NEGATIVE_INFINITY;
  let atTop = 0;
  const look = (counts: Float64Array) => {
    for (let k = 0; k < counts.length; k++) {
      const n = counts[k]!;
      if (mask.size > 0 && mask.has(n)) {
        masked++;
        counts[k] = Number.NaN;
      } else if (n > top) {
        top = n;
        atTop = 1;
      } else if (n === top) atTop++;
    }
  };
  return {
    hasSigma,
    read(counts, values, sigma) {
      look(counts);
      for (let p = 0; p < values.length; p++) {
        const corner = Math.floor(p / across) * bin * picture.width + (p % across) * bin;
        let sum = 0;
        let variance = 0;
        let known = 0;
        for (let r = 0; r < bin; r++)
          for (let k = corner + r * picture.width, end = k + bin; k < end; k++) {
            const signal = counts[k]! - dark;
            if (Number.isNaN(signal)) continue;
            sum += signal;
            variance += Math.max(signal * perCount, least) + ofReading;
            known++;
          }
        values[p] = known === 0 ? Number.NaN : (worth * sum) / known;
        if (sigma) sigma[p] = known === 0 ? Number.NaN : (Math.abs(worth) * Math.sqrt(variance)) / known;
      }
    },
    notes() {
      const notes: Note[] = [{ code: "scale", text: say.worth(`${worth} ${map.count!.unit}`, map.dark) }];
      if (!Number.isNaN(worthSigma)) notes.push({ code: "scale", text: say.worthSigma(Math.abs(worthSigma / worth)) });
      if (hasSigma) notes.push({ code: "noise", text: say.noise(gain, readNoise) });
      if (masked > 0) notes.push({ code: "missing_values", text: say.masked(masked) });
      const total = picture.width * picture.height * picture.frames;
      if (isSaturated(top, atTop, picture.fullScale)) notes.push({ code: "saturated", text: say.saturated(atTop, total, top) });
      return notes;
    },
  };
}

function isSaturated(top: number, count: number, fullScale: number | undefined): boolean {
  return fullScale !== undefined && (top === fullScale || (CAMERA_TOPS.includes(top) && count >= FEW_AT_TOP));
}
