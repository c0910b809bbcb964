import { lagProducts } from "./lag-products.ts";
import { mean } from "./quantile.ts";

/**
 * How many independent values a series is worth for its mean: N/(1 + 2 sum_k n_k r_k/N), r_k the autocorrelation of the n_k pairs that lie k slots
 * apart; without holes this is N/(1 + 2 sum rho_k). Lags are taken two by two, as in Geyer's initial sequence (Stat. Sci. 7, 473, 1992), and the sum
 * ends before the first two that together lie below two standard deviations of white noise, 2 sqrt(n_k + n_{k+1})/N, so that the noise of the
 * autocorrelation itself does not change the size. Lags without pairs count for nothing. Between 1 and N.
 * @param values in the order in which they were measured.
 * @param slots place of every value on an even grid, rising whole numbers from 0; default: one after the other.
 */
export function effectiveSize(values: ArrayLike<number>, slots?: ArrayLike<number>): number {
  const n = values.length;
  const centre = mean(values);
  const centred = Float64Array.from(values, (v) => v - centre);
  const at = slots ?? Uint32Array.from(centred, (_, i) => i);
  const { products, pairs } = lagProducts(centred, at);
  const variance = products[0] ?? 0;
  // A constant series, up to the rounding of its mean.
  if (!(variance > n * (1e-14 * centre) ** 2)) return n;
  let sum = 0;
  let [term, count, lags] = [0, 0, 0];
  for (let lag = 1; lag < products.length / 2; lag++) {
    if (pairs[lag] === 0) continue;
    term += products[lag]! / variance;
    count += pairs[lag]!;
    lags++;
    if (lags % 2 === 1) continue;
    if (!(term > (2 * Math.sqrt(count)) / n)) break;
    sum += term;
    [term, count] = [0, 0];
  }
  return Math.max(1, n / (1 + 2 * sum));
}
