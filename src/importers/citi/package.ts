/** One package of a CITIfile: everything from `CITIFILE` to the next one. */
export interface Package {
  readonly name: string;
  /** The first is the outermost loop. */
  readonly variables: readonly Variable[];
  readonly data: readonly Data[];
  readonly constants: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly notes: readonly { readonly code: string; readonly text: string }[];
}

export interface Variable {
  readonly name: string;
  readonly count: number;
  /** Undefined where the file lists none. */
  readonly values: Float64Array | undefined;
}

export const FORMATS = ["RI", "MAGANGLE", "DBANGLE", "MAG", "DB", "ANGLE", "RE", "IM"] as const;
export type Format = (typeof FORMATS)[number];

/** One array of the package, as written: one or two numbers per point. */
export interface Data {
  readonly name: string;
  readonly format: Format;
  readonly numbers: Float64Array;
}

/** How many numbers a point has. */
export const widthOf = (format: Format): 1 | 2 => (format === "RI" || format === "MAGANGLE" || format === "DBANGLE" ? 2 : 1);
