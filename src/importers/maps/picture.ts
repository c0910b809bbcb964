/** Frames of gray pixels, as a file holds them. */
export interface Picture {
  readonly format: string;
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  /** Of the stored numbers, for messages: `16-bit unsigned`. */
  readonly numbers: string;
  /** The largest count that can be stored; absent for floating-point numbers. */
  readonly fullScale?: number;
  /** Counts of a frame, row by row from the top. */
  counts(frame: number): Float64Array;
  /** Scale that the file itself states, and the program that wrote it. */
  readonly stated?: { readonly program: string; readonly pixel?: readonly [x: number, y: number]; readonly frame?: number };
  /** Size of a pixel by the file's resolution tags, m, and the tags in words: as often meant for a printer as for the chip. */
  readonly resolution?: Resolution;
  readonly notes: readonly string[];
}

export interface Resolution {
  readonly pixel: readonly [x: number, y: number];
  readonly written: string;
}

/** Of one frame: 5792 x 5792, beyond any camera that sees a chip, and 268 MB as numbers. */
export const MOST_FRAME_PIXELS = 2 ** 25;
