/** What a settled chain must show of one quantity before its quantiles mean anything. */
export interface Settled {
  /** The two halves of the chain differ in middle or width: the ensemble is on its way somewhere. */
  readonly drifts: boolean;
  /** Share of the samples within a tenth of the way from a bound of the prior to their median. */
  readonly nearLower: number;
  readonly nearUpper: number;
}

/** @param samples in the order in which they were drawn; bounds may be infinite. */
export function settledOf(samples: Float64Array, lower = Number.NEGATIVE_INFINITY, upper = Number.POSITIVE_INFINITY): Settled {
  const middle = samples.length >> 1;
  const [first, second] = [quartiles(samples.subarray(0, middle)), quartiles(samples.subarray(middle))];
  const width = Math.min(first.width, second.width);
  const still = Math.abs(first.median - second.median) <= 0.5 * width && Math.max(first.width, second.width) <= 1.5 * width;
  const median = (first.median + second.median) / 2;
  const near = (bound: number) => {
    if (!Number.isFinite(bound)) return 0;
    const reach = 0.1 * Math.abs(median - bound);
    let count = 0;
    for (const v of samples) if (Math.abs(v - bound) <= reach) count++;
    return count / samples.length;
  };
  return { drifts: !still, nearLower: near(lower), nearUpper: near(upper) };
}

function quartiles(half: Float64Array): { readonly median: number; readonly width: number } {
  const sorted = half.slice().sort();
  const at = (p: number) => sorted[Math.floor(p * (sorted.length - 1))] ?? Number.NaN;
  return { median: at(0.5), width: at(0.75) - at(0.25) };
}
