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

/** Equidistant values from `start` to `stop`, both included. */
export interface Segment {
  readonly start: number;
  readonly stop: number;
  readonly count: number;
}

/** Complex numbers, and how a point's two numbers make one. */
export const COMPLEX_FORMATS = { RI: "RI", MAGANGLE: "MA", DBANGLE: "DB" } as const;
/** One number per point. */
const REAL_FORMATS = ["MAG", "DB", "ANGLE", "RE", "IM"] as const;
export type Format = keyof typeof COMPLEX_FORMATS | (typeof REAL_FORMATS)[number];
export const FORMATS: readonly Format[] = ["RI", "MAGANGLE", "DBANGLE", ...REAL_FORMATS];

/** One array of the package, as written: one or two numbers per point. */
export interface Data {
  readonly name: string;
  readonly format: Format;
  readonly numbers: Float64Array;
}

export const isComplex = (format: Format): format is keyof typeof COMPLEX_FORMATS => Object.hasOwn(COMPLEX_FORMATS, format);
/** How many numbers a point has. */
export const widthOf = (format: Format): 1 | 2 => (isComplex(format) ? 2 : 1);
