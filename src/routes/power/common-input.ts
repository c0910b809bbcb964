/** An input that several operating points share: it is added after combining, because it does not average down. */
export interface CommonInput {
  /** What it is, in words. */
  readonly input: string;
  /** Identity: equal where the error is the same error (entry of the lab file, or dataset). */
  readonly shared: string;
  /** Relative change of the rate of point i for one standard deviation of the input, signed; NaN = the input's error is not known. */
  relative(i: number): number;
}

/** The same relative effect at every point. */
export function constantInput(input: string, shared: string, relative: number): CommonInput {
  return { input, shared, relative: () => relative };
}
