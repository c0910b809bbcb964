/** Sokal's window: the sum of the autocorrelation ends at the first lag beyond this many autocorrelation times. */
const WINDOW = 5;
/** The window must close within this share of the series: a longer autocorrelation time could not be told from a drift. */
const LONGEST_LAG = 0.1;

/**
 * Integrated autocorrelation time 1 + 2 sum rho_k of several walkers' series, in steps: the autocorrelation is averaged over the walkers around their
 * common mean and summed up to the first lag >= 5 tau (Sokal, Monte Carlo Methods in Statistical Mechanics (1989), sec. 3; averaged as by
 * Foreman-Mackey et al., PASP 125, 306 (2013)). Infinite where the window never closes, NaN for a series that does not move.
 * @param value of walker w at step k. @param steps length of each series, >= 2.
 */
export function autocorrelationTime(value: (k: number, walker: number) => number, steps: number, walkers: number): number {
  let mean = 0;
  for (let w = 0; w < walkers; w++) for (let k = 0; k < steps; k++) mean += value(k, w);
  mean /= steps * walkers;
  const series = Array.from({ length: walkers }, (_, w) => Float64Array.from({ length: steps }, (_, k) => value(k, w) - mean));
  const covariance = (lag: number) => {
    let sum = 0;
    for (const x of series) for (let k = lag; k < steps; k++) sum += x[k]! * x[k - lag]!;
    return sum / (steps - lag);
  };
  const variance = covariance(0);
  if (!(variance > 0)) return Number.NaN;
  let tau = 1;
  for (let lag = 1; lag <= Math.max(LONGEST_LAG * steps, 1); lag++) {
    tau += (2 * covariance(lag)) / variance;
    if (lag >= WINDOW * tau) return Math.max(tau, 1);
  }
  return Number.POSITIVE_INFINITY;
}
