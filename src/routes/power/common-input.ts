/**
 * An input that several operating points share: it is added after combining, because it does not average down.
 * Most have one component; the noise of a reference has two per frequency, the line shape one per fitted parameter.
 */
export interface CommonInput {
  /** What it is, in words. */
  readonly input: string;
  /** Identity: equal where the error is the same error (entry of the lab file, or dataset). */
  readonly shared: string;
  /** Relative change of the rate of point i for one standard deviation of each independent component, signed; NaN = not known. */
  readonly components: readonly ((i: number) => number)[];
}

/** The same relative effect at every point. */
export function constantInput(input: string, shared: string, relative: number): CommonInput {
  return { input, shared, components: [() => relative] };
}

/** One component whose effect differs from point to point. */
export function pointwiseInput(input: string, shared: string, relative: (i: number) => number): CommonInput {
  return { input, shared, components: [relative] };
}

/** Signed size of an input's effect on a weighted mean of points: weights sum to 1. */
export function effectOf(common: CommonInput, weights: readonly number[]): number {
  let square = 0;
  let largest = 0;
  for (const component of common.components) {
    let sum = 0;
    // A point that takes no part must not spread its unknown.
    weights.forEach((w, i) => {
      if (w !== 0) sum += w * component(i);
    });
    square += sum * sum;
    if (Math.abs(sum) > Math.abs(largest)) largest = sum;
  }
  return Math.sign(largest || 1) * Math.sqrt(square);
}
