/** An array of a file that holds named arrays (NPZ, MAT): numbers, complex numbers, texts, or something that is not read. */
export interface NamedArray {
  /** Inside the file, parts separated by `/`, without one in front. */
  readonly path: string;
  readonly shape: readonly number[];
  /** Row-major; absent for texts and for what is not read. */
  readonly values?: Float64Array;
  /** Imaginary parts of complex numbers. */
  readonly imaginary?: Float64Array;
  readonly texts?: readonly string[];
  /** Names of its dimensions, outermost first, where the file names them; `""` for one without name. */
  readonly dimensions?: readonly string[];
  /** Unit that the file states. */
  readonly unit?: string;
}

/** The numbers of all dimensions but those of length 1. */
export const squeezed = (shape: readonly number[]): readonly number[] => shape.filter((n) => n !== 1);

/** Path of the record, struct or folder that holds the array; empty at the top. */
export function parentOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "" : path.slice(0, slash);
}
