import type { SweptSignal } from "../sweep/parameter.ts";

/** What the thread that reads a QCoDeS database hands back: plain data. */
export interface StoredRun {
  readonly id: number;
  readonly name: string;
  readonly experiment: string;
  readonly sample: string;
  /** Seconds since 1970, UTC; NaN when the run does not say. */
  readonly started: number;
  readonly completed: boolean;
  readonly measured: readonly SweptSignal[];
  /** Parameters of text, which are not read. */
  readonly texts: readonly string[];
  readonly snapshot: Snapshot;
}

/** What the instruments' snapshot states clearly. */
export interface Snapshot {
  readonly readable: boolean;
  readonly powers: readonly SnapshotFact[];
}

export interface SnapshotFact {
  /** `station.instruments.vna.parameters.power`, shortened to `vna.power`. */
  readonly path: string;
  readonly value: number;
  readonly unit: string;
}
