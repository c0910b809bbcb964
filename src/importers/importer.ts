import type { ColumnHint, Kind } from "../core/dataset.ts";
import type { Quantity } from "../core/quantity.ts";
import type { Dataset } from "../tables/dataset.ts";
import type { Hdf5Reader, Outline } from "./hdf5/reader.ts";
import type { MapStatement } from "./maps/statement.ts";
import type { EncodedText } from "./text/text.ts";

/** What is known about a file before it is read: enough to say which importer it belongs to. */
export interface Probe {
  /** Relative to the scanned folder, with `/`. */
  readonly path: string;
  /** Last part of the path. */
  readonly name: string;
  readonly bytes: number;
  /** The first 64 KiB (fewer for a smaller file). */
  readonly head: Uint8Array;
  /** The head as text with its encoding undone; undefined for binary files. */
  readonly text?: string;
  /** Groups, arrays and attributes of an HDF5 file; undefined for anything else. */
  readonly outline?: Outline;
}

/** What the lab file states about a file: it is authoritative over what the importer would infer. */
export interface Hints {
  readonly kind?: Kind;
  /** Role -> header (`"delay [us]"`), `"#2 [us]"` for a headerless column, or a path inside the file. */
  readonly columns?: Readonly<Partial<Record<ColumnHint, string>>>;
  /** Header of the column of texts that names the qubit of each row, in a table; not stated: one that is called so. */
  readonly qubitColumn?: string;
  /** A constant number of shots, or the header of a column. */
  readonly shots?: number | string;
  /** Source power of the whole file, W. */
  readonly power?: Quantity<"W">;
  /** Scale and layout of a map. */
  readonly map?: MapStatement;
  /** Place of the entry in the lab file, for messages: `gammawatt.yaml:18`. */
  readonly place?: string;
}
export const NO_HINTS: Hints = {};

/** An opened file. Each accessor reads once. */
export interface FileContent {
  readonly probe: Probe;
  /** Where it is on disk, for readers that open it themselves, in a thread. */
  readonly location: string;
  bytes(): Promise<Uint8Array>;
  /** The whole text in its bytes, for numbers by the million. */
  encoded(): Promise<EncodedText>;
  /** The same as a string (BOM, UTF-16 and Latin-1 undone). */
  text(): Promise<string>;
  /** HDF5 access in a worker with a time limit. */
  hdf5(): Promise<Hdf5Reader>;
  /** Names of the files in the same folder, itself among them: tags, snapshots and logs that belong to a measurement. */
  siblings(): Promise<readonly string[]>;
  /** Headers for the columns of a table without any, where a sidecar lists them (`["delay [us]", "p1"]`), with the sidecar's name. */
  columnsBeside(): Promise<readonly { readonly file: string; readonly headers: readonly string[] }[]>;
  /** The bytes of another file in the same folder; undefined when there is none of that name. */
  sibling(name: string): Promise<Uint8Array | undefined>;
}

export interface Importer {
  /** Registry name: `labber`, `touchstone`, ... */
  readonly name: string;
  /** Raised whenever the same file would give other datasets: part of every key. */
  readonly version: number;
  /** Where the format is described. */
  readonly reference: string;
  /** How surely this file is of this format: 0 no, 1 certain. Must not throw. */
  recognise(probe: Probe): number;
  /**
   * Names of files in the same folder that may change what is read from a file of this name; undefined when there are none.
   * Their content is part of the file's identity; `sibling` and `siblings` know no others.
   */
  companions?(name: string): RegExp | undefined;
  /**
   * Decodes the file. Labels hold what the file itself says (qubit, trace); cooldown, device and path labels are added in `lab/`.
   * `sources` are filled in by the caller.
   * @throws ImportError naming the place (line, dataset path) where the content contradicts the format.
   */
  read(file: FileContent, hints: Hints): Promise<readonly Dataset[]>;
}
