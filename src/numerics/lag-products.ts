import { fourier, powerOfTwo } from "./fourier.ts";

export interface LagProducts {
  /** sum of v_i v_j over the pairs that lie `lag` slots apart; lag 0 first. */
  readonly products: Float64Array;
  /** How many such pairs there are. */
  readonly pairs: Float64Array;
}

/**
 * Products and numbers of pairs at every lag of a series with holes, by Fourier transform in O(n log n) (Wiener-Khinchin, padded so that nothing
 * wraps around).
 * @param values usually with their mean taken off; @param slots place of every value on an even grid, rising whole numbers from 0.
 */
export function lagProducts(values: ArrayLike<number>, slots: ArrayLike<number>): LagProducts {
  const span = values.length === 0 ? 0 : slots[values.length - 1]! + 1;
  const size = powerOfTwo(2 * span);
  // One transform for both: the values in the real part, 1 where there is one in the imaginary part.
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  for (let i = 0; i < values.length; i++) {
    re[slots[i]!] = values[i]!;
    im[slots[i]!] = 1;
  }
  fourier(re, im);
  const a = new Float64Array(size);
  const b = new Float64Array(size);
  for (let k = 0; k < size; k++) {
    const other = (size - k) % size;
    const [evenRe, oddRe] = [(re[k]! + re[other]!) / 2, (re[k]! - re[other]!) / 2];
    const [evenIm, oddIm] = [(im[k]! + im[other]!) / 2, (im[k]! - im[other]!) / 2];
    a[k] = evenRe ** 2 + oddIm ** 2;
    b[k] = evenIm ** 2 + oddRe ** 2;
  }
  fourier(a, b);
  const products = new Float64Array(span);
  const pairs = new Float64Array(span);
  for (let lag = 0; lag < span; lag++) {
    products[lag] = a[lag]! / size;
    pairs[lag] = Math.round(b[lag]! / size);
  }
  return { products, pairs };
}
