import type { Note } from "../../core/dataset.ts";
import type { MatrixElement } from "./matrix.ts";
import type { Options } from "./options.ts";

/** A Touchstone file taken apart; numbers as written, except that frequencies are in Hz. */
export interface Records {
  readonly options: Options;
  /** Names of the ports in the order of the matrix: `1`, `2`, ...; mixed modes `D2,3`. */
  readonly ports: readonly string[];
  /** Reference resistance of each port, ohm. */
  readonly references: readonly number[];
  /** Whether Y, Z, G and H are normalised to the resistance (version 1), or in ohm and siemens (version 2). */
  readonly normalised: boolean;
  /** The frequencies, then the first and second number of each pair. */
  readonly columns: readonly Float64Array[];
  /** Which pair of a record each element of the matrix is. */
  readonly elements: readonly MatrixElement[];
  /** Five numbers per line: frequency in Hz, minimum noise figure (dB), optimum reflection (magnitude, degrees), noise resistance over the reference. */
  readonly noise: Float64Array;
  /** HFSS's `! Port Impedance`: 2 numbers (ohm) per port and frequency; undefined where they are not stated for every frequency. */
  readonly impedances: Float64Array | undefined;
  readonly comments: readonly Comment[];
  readonly notes: readonly Note[];
}

export interface Comment {
  readonly text: string;
  readonly line: number;
}

/** The comments of a file with one per frequency (port impedances) need not all be kept. */
export const COMMENTS_KEPT = 500;
