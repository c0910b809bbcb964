/** What an HDF5 file holds, without its numbers. Made in a worker; plain data. */
export interface Outline {
  /** Attributes of the root group. */
  readonly attributes: Attributes;
  /** Groups before their members, as deep and as many as the outline's limits allow (`outline.ts`). */
  readonly nodes: readonly OutlineNode[];
  /** True when a limit cut the outline short: what is not listed may still be there. */
  readonly truncated?: boolean;
  /** What the library refused to read, the first few: such a file is damaged, and what is missing here may have been there. */
  readonly damage?: readonly { readonly path: string; readonly cause: string }[];
}

/** Null: an attribute that has no value, is very large, or whose type has no plain reading (references, compounds). Integers beyond 2^53 are texts. */
export type AttributeValue = string | number | boolean | readonly (string | number)[] | null;
export type Attributes = Readonly<Record<string, AttributeValue>>;

export interface OutlineNode {
  /** Absolute path inside the file, `/Data/Data`. */
  readonly path: string;
  readonly type: "group" | "array";
  readonly shape: readonly number[];
  /** h5py-like type text (`<f8`, `<i4`, `|S12`, `str`, `bool`, `complex`); `compound` for other compounds. */
  readonly dtype: string;
  /** Of a group deep in the tree or with very many attributes they are left out: ask `Hdf5Reader.attributes`. */
  readonly attributes: Attributes;
  /** Path of the dimension scale of each axis, `""` where there is none; absent when the array has no scales (netCDF-4, xarray). */
  readonly scales?: readonly string[];
}

export interface Numbers {
  /** Row-major; the real parts of complex numbers. */
  readonly values: Float64Array;
  /** The imaginary parts; absent where the numbers are real. */
  readonly imaginary?: Float64Array;
  readonly shape: readonly number[];
}

export type RecordRow = string | Readonly<Record<string, string | number>>;

/** Reads named arrays from an opened HDF5 file; every call may fail with an ImportError naming the path. */
export interface Hdf5Reader {
  readonly outline: Outline;
  /** Numbers of an array, row-major, as float64 (integers and float32 widened; booleans and enums as their codes; complex numbers as two arrays). */
  numbers(path: string): Promise<Numbers>;
  /** Strings, or rows of a compound as records of texts and numbers (members of other types are left out). */
  records(path: string): Promise<readonly RecordRow[]>;
  /** All attributes of one group or array. */
  attributes(path: string): Promise<Attributes>;
}
