/** An input that several operating points share: it is added after combining, because it does not average down. */
export interface CommonInput {
  /** What it is, in words. */
  readonly input: string;
  /** Identity: equal where the error is the same error (entry of the lab file, or dataset). */
  readonly shared: string;
  /** As of a budget's line: noise of one measurement, named because several rows see it. */
  readonly noise?: true;
  /**
   * Relative change of a weighted mean of the points' rates for one standard deviation, signed where the input is one number;
   * weights sum to 1, a point of weight 0 takes no part. NaN = the input's error is not known.
   */
  effect(weights: readonly number[]): number;
  /** The same squared, for inputs that are more than one number; it may be negative where a correlation takes error away. Absent: effect^2. */
  variance?(weights: readonly number[]): number;
}

/** `w^T V w`, V the covariance of the points' relative errors; a point that takes no part must not spread its unknown. */
export function weightedVariance(weights: readonly number[], covariance: readonly (readonly number[])[]): number {
  const used = weights.flatMap((w, i) => (w === 0 ? [] : [i]));
  return used.reduce((sum, i) => used.reduce((s, j) => s + weights[i]! * weights[j]! * covariance[i]![j]!, sum), 0);
}

/** Covariance of the points' relative errors by this input: `(V(i+j) - V(i) - V(j))/2`, V the variance of a weighted sum. */
export function pointCovariance(input: CommonInput, n: number): Float64Array {
  const square = (w: readonly number[]) => input.variance?.(w) ?? input.effect(w) ** 2;
  const at = (...places: number[]) => square(Array.from({ length: n }, (_, k) => (places.includes(k) ? 1 : 0)));
  const single = Array.from({ length: n }, (_, i) => at(i));
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      const c = i === j ? single[i]! : (at(i, j) - single[i]! - single[j]!) / 2;
      out[i * n + j] = c;
      out[j * n + i] = c;
    }
  return out;
}

/** The same relative effect at every point. */
export function constantInput(input: string, shared: string, relative: number): CommonInput {
  return { input, shared, effect: (weights) => relative * weights.reduce((a, b) => a + b, 0) };
}

/** One number whose effect differs from point to point. @param relative relative change of point i for one s.d. */
export function pointwiseInput(input: string, shared: string, relative: (i: number) => number): CommonInput {
  // A point that takes no part must not spread its unknown.
  return { input, shared, effect: (weights) => weights.reduce((sum, w, i) => (w === 0 ? sum : sum + w * relative(i)), 0) };
}
