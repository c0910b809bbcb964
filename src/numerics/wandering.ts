import { simplexMinimum } from "./simplex-minimum.ts";

/** Values with their place on an even grid, about a mean that was taken off, and the part of their variances that is known. */
export interface NoisySeries {
  readonly values: Float64Array;
  /** Variance of every value that is known; it may be 0. */
  readonly known: Float64Array;
  /** Rising whole numbers. */
  readonly slots: ArrayLike<number>;
}

/** Noise of first order beside white noise: variance and autocorrelation per slot of the one, variance of the other beyond what is known. */
export interface Wandering {
  readonly variance: number;
  readonly persistence: number;
  readonly extra: number;
}

/**
 * -2 ln of the likelihood of values that are first-order autoregressive noise plus independent noise, by a Kalman filter in O(n) (Harvey, Forecasting,
 * Structural Time Series Models and the Kalman Filter, 1989, sec. 3.4). A random walk is the limit of persistence 1. ln 2 pi is left out.
 */
export function wanderingDeviance({ values, known, slots }: NoisySeries, { variance, persistence, extra }: Wandering): number {
  let [state, spread, deviance, product] = [0, variance, 0, 1];
  for (let i = 0; i < values.length; i++) {
    if (i > 0) {
      const step = slots[i]! - slots[i - 1]!;
      const factor = step === 1 ? persistence : persistence ** step;
      state *= factor;
      spread = variance + factor * factor * (spread - variance);
    }
    const noise = known[i]! + extra;
    const total = spread + noise;
    const miss = values[i]! - state;
    deviance += (miss * miss) / total;
    // One logarithm for many factors: it is the slowest step.
    product *= total;
    if (product < 1e-200 || product > 1e200) {
      deviance += Math.log(product);
      product = 1;
    }
    const gain = spread / total;
    state += gain * miss;
    spread *= noise / total;
  }
  return deviance + Math.log(product);
}

/** -2 ln likelihood of independent values of variance known + extra at its best extra, ln 2 pi left out. */
export function whiteDeviance({ values, known }: Pick<NoisySeries, "values" | "known">): {
  readonly deviance: number;
  readonly extra: number;
} {
  const at = (extra: number) => {
    let [sum, product] = [0, 1];
    for (let i = 0; i < values.length; i++) {
      const v = known[i]! + extra;
      sum += (values[i]! * values[i]!) / v;
      product *= v;
      if (product < 1e-200 || product > 1e200) {
        sum += Math.log(product);
        product = 1;
      }
    }
    return sum + Math.log(product);
  };
  const square = meanSquare(values);
  const typical = known.reduce((a, b) => a + b, 0) / known.length;
  if (known.every((v) => v === known[0])) {
    const extra = Math.max(0, square - typical);
    return { deviance: at(extra), extra };
  }
  const unit = Math.max(square, typical);
  const best = simplexMinimum(([u]) => at(unit * Math.exp(u!)), [Math.log(Math.max(1e-3, (square - typical) / unit))], 1, 30);
  const [none, some] = [at(0), best.value];
  return none <= some ? { deviance: none, extra: 0 } : { deviance: some, extra: unit * Math.exp(best.at[0]!) };
}

const meanSquare = (values: Float64Array) => values.reduce((s, v) => s + v * v, 0) / values.length;

/** Longest part of a series on which the search begins; the whole is used to end it. */
const PART = 4096;
/** Nearest to 1, and least and largest shares of a variance. */
const [STAY, LEAST, LARGEST] = [1e-5, -12, 8];

/** The most likely wandering, and its -2 ln likelihood. */
export function fitWandering(series: NoisySeries): Wandering & { readonly deviance: number } {
  const unit = meanSquare(series.values);
  const from = ([stay, slow, fast]: readonly number[]): Wandering => ({
    persistence: 1 - Math.max(STAY, Math.min(1, Math.exp(stay!))),
    variance: unit * Math.exp(Math.max(LEAST, Math.min(LARGEST, slow!))),
    extra: unit * Math.exp(Math.max(LEAST, Math.min(LARGEST, fast!))),
  });
  const part = { values: series.values.subarray(0, PART), known: series.known.subarray(0, PART), slots: series.slots };
  let best = { at: [0, 0, 0] as readonly number[], value: Number.POSITIVE_INFINITY };
  for (const stay of [0.5, 0.15, 0.03])
    for (const share of [0.3, 0.95]) {
      const at = [Math.log(stay), Math.log(share), Math.log(1.02 - share)];
      const value = wanderingDeviance(part, from(at));
      if (value < best.value) best = { at, value };
    }
  best = simplexMinimum((at) => wanderingDeviance(part, from(at)), best.at, 0.7, 120);
  if (series.values.length > PART) best = simplexMinimum((at) => wanderingDeviance(series, from(at)), best.at, 0.3, 40);
  return { ...from(best.at), deviance: best.value };
}
