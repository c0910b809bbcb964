/** What an HDF5 file holds, without its numbers. Made in a worker; plain data. */
export interface Outline {
  /** Attributes of the root group. */
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly nodes: readonly OutlineNode[];
}

export type AttributeValue = string | number | boolean | readonly (string | number)[] | null;

export interface OutlineNode {
  /** Absolute path inside the file, `/Data/Data`. */
  readonly path: string;
  readonly type: "group" | "array";
  readonly shape: readonly number[];
  /** h5py-like type text; `compound` for compounds. */
  readonly dtype: string;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

/** Reads named arrays from an opened HDF5 file; every call may fail with an ImportError naming the path. */
export interface Hdf5Reader {
  readonly outline: Outline;
  /** Numbers of an array, row-major, as float64 (integers and float32 widened). */
  numbers(path: string): Promise<{ readonly values: Float64Array; readonly shape: readonly number[] }>;
  /** Strings, or rows of a compound as records of texts and numbers. */
  records(path: string): Promise<readonly (string | Readonly<Record<string, string | number>>)[]>;
}
