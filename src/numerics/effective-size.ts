import { mean } from "./quantile.ts";

/**
 * How many independent values a series is worth: N/(1 + 2 sum rho_k), the sum ending before the first lag whose autocorrelation is below 2/sqrt(N),
 * so that the noise of the autocorrelation itself does not change the size. Between 1 and N.
 * @param values in the order in which they were measured.
 */
export function effectiveSize(values: ArrayLike<number>): number {
  const n = values.length;
  const centre = mean(values);
  let variance = 0;
  for (let i = 0; i < n; i++) variance += (values[i]! - centre) ** 2;
  if (!(variance > 0)) return n;
  let sum = 0;
  for (let lag = 1; lag < n / 2; lag++) {
    let product = 0;
    for (let i = lag; i < n; i++) product += (values[i]! - centre) * (values[i - lag]! - centre);
    const rho = product / variance;
    if (!(rho > 2 / Math.sqrt(n))) break;
    sum += rho;
  }
  return Math.max(1, n / (1 + 2 * sum));
}
