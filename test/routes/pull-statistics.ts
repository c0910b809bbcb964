/** Simulated labs per case: GAMMAWATT_SEEDS, else as many as a usual run has time for. */
export function seedsOr(usual: number): number {
  return Number(process.env.GAMMAWATT_SEEDS ?? usual);
}

const ONE_SIGMA = 0.6827;

/**
 * How far statistics of n standard normal pulls stray: 4 s.d. of their mean and their width, 3.84 of their share within one s.d. For 500 these are
 * the bands of issue 5 (0.18, 0.13, 8 %).
 */
export function bandsOf(n: number): { readonly mean: number; readonly width: number; readonly coverage: number } {
  return { mean: 4 / Math.sqrt(n), width: 4 / Math.sqrt(2 * n), coverage: 3.84 * Math.sqrt((ONE_SIGMA * (1 - ONE_SIGMA)) / n) };
}

export interface PullStatistics {
  readonly mean: number;
  readonly width: number;
  /** Share within one standard deviation. */
  readonly coverage: number;
}

export function statisticsOf(pulls: readonly number[]): PullStatistics {
  const mean = pulls.reduce((a, b) => a + b, 0) / pulls.length;
  const width = Math.sqrt(pulls.reduce((a, b) => a + (b - mean) ** 2, 0) / (pulls.length - 1));
  return { mean, width, coverage: pulls.filter((p) => Math.abs(p) < 1).length / pulls.length };
}

/** In s.d., of the logarithm for rates whose error is above 0.3 dB (PHYSICS.md sec. 1). */
export function pullOfRate(value: number, sigma: number, truth: number): number {
  const relative = sigma / value;
  return relative > 0.0691 ? Math.log(value / truth) / relative : (value - truth) / sigma;
}

/** What of these pulls lies outside the bands of their number, in words. */
export function outside(name: string, pulls: readonly number[]): string[] {
  const [found, band] = [statisticsOf(pulls), bandsOf(pulls.length)];
  return [
    ...(Math.abs(found.mean) < band.mean ? [] : [`${name}: mean ${found.mean}`]),
    ...(Math.abs(found.width - 1) < band.width ? [] : [`${name}: width ${found.width}`]),
  ];
}
