/** Power laws S_y(f) ~ f^0, f^-1, f^-2 of the series itself. */
export type NoiseType = "white" | "flicker" | "random-walk";

export interface AllanVariance {
  readonly variance: number;
  /** Overlapping differences that were averaged. */
  readonly pairs: number;
}

/** Share of its values that a mean must have. */
const PRESENT = 0.75;

/**
 * Overlapping Allan variance of an evenly spaced series at the averaging length of m points (NIST SP 1065, eq 11):
 * AVAR = 1/(2 M) sum_j (mean_{i<m} y_{j+m+i} - mean_{i<m} y_{j+i})^2. Runs are parts between gaps: no difference spans two of them. A single missing
 * value is NaN: means are those of the values that are there, and differences count where both means have three quarters of theirs. (In white noise
 * a share q of missing values then raises the variance at large m by q.)
 * @returns pairs 0 and variance NaN where no run holds 2m points.
 */
export function overlappingAllan(runs: readonly ArrayLike<number>[], m: number): AllanVariance {
  let [sum, pairs] = [0, 0];
  for (const run of runs) {
    const n = run.length;
    if (n < 2 * m) continue;
    // Prefix sums of the deviations from the run's mean, which drops out: rounding stays that of the deviations.
    const centre = meanOfPresent(run);
    const x = new Float64Array(n + 1);
    const count = new Uint32Array(n + 1);
    for (let i = 0; i < n; i++) {
      const there = !Number.isNaN(run[i]!);
      x[i + 1] = x[i]! + (there ? run[i]! - centre : 0);
      count[i + 1] = count[i]! + (there ? 1 : 0);
    }
    for (let j = 0; j + 2 * m <= n; j++) {
      const before = count[j + m]! - count[j]!;
      const after = count[j + 2 * m]! - count[j + m]!;
      if (before < PRESENT * m || after < PRESENT * m) continue;
      sum += ((x[j + 2 * m]! - x[j + m]!) / after - (x[j + m]! - x[j]!) / before) ** 2;
      pairs++;
    }
  }
  return { variance: pairs > 0 ? sum / (2 * pairs) : Number.NaN, pairs };
}

/**
 * Equivalent degrees of freedom of the overlapping Allan variance, 2 E^2/Var for Gaussian noise of the given type:
 * edf = M^2 R_0^2 / sum_k (M - |k|) R_k^2, R the autocovariance of the second differences of the summed series, from its generalised autocovariance
 * s(t) ~ -|t|, t^2 ln|t|, |t|^3 (Greenhall and Riley, PTTI 2003, with the sum not truncated). Runs are taken as independent.
 */
export function allanEdf(noise: NoiseType, lengths: readonly number[], m: number): number {
  const r = (k: number) => {
    const s = (t: number) => generalised(noise, Math.abs(t) / m);
    const q = m;
    return -(s(k - 2 * q) - 4 * s(k - q) + 6 * s(k) - 4 * s(k + q) + s(k + 2 * q));
  };
  const counts = lengths.map((n) => n - 2 * m + 1).filter((count) => count > 0);
  const longest = counts.reduce((most, count) => Math.max(most, count), 0);
  if (longest === 0) return 0;
  const r0 = r(0);
  const total = counts.reduce((a, b) => a + b, 0);
  // sum_k (M - |k|) R_k^2 for every run from two running sums.
  const [plain, moment] = [new Float64Array(longest), new Float64Array(longest)];
  let [a, b] = [0, 0];
  for (let k = 1; k < longest; k++) {
    const square = (r(k) / r0) ** 2;
    a += square;
    b += k * square;
    plain[k] = a;
    moment[k] = b;
  }
  const sum = counts.reduce((s, count) => s + count + 2 * (count * plain[count - 1]! - moment[count - 1]!), 0);
  return total ** 2 / sum;
}

function generalised(noise: NoiseType, t: number): number {
  switch (noise) {
    case "white":
      return t;
    case "flicker":
      return t === 0 ? 0 : -t * t * Math.log(t);
    case "random-walk":
      return -t * t * t;
  }
}

/** Fewer averages than this say nothing about their noise type. */
const BLOCKS = 30;

/**
 * Noise type from the lag-1 autocorrelation of averages over m points (Riley and Greenhall, EFTF 2004): delta = r1/(1 + r1), the power is -2 delta,
 * after one differencing where delta >= 0.25. Pairs do not span runs.
 * @returns undefined for fewer than 30 averages.
 */
export function noiseType(runs: readonly ArrayLike<number>[], m: number): NoiseType | undefined {
  const blocks = runs.map((run) => blockMeans(run, m)).filter((b) => b.length > 1);
  const count = blocks.reduce((s, b) => s + b.filter((v) => !Number.isNaN(v)).length, 0);
  if (count < BLOCKS) return undefined;
  const plain = delta(blocks);
  if (plain < 0.25) return -2 * plain > -0.5 ? "white" : "flicker";
  const differenced = blocks.map((b) => b.slice(1).map((v, i) => v - b[i]!)).filter((b) => b.length > 1);
  const power = -2 * (1 + delta(differenced));
  return power > -1.5 ? "flicker" : "random-walk";
}

function meanOfPresent(run: ArrayLike<number>): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < run.length; i++)
    if (!Number.isNaN(run[i]!)) {
      sum += run[i]!;
      count++;
    }
  return sum / count;
}

/** NaN where too much is missing. */
function blockMeans(run: ArrayLike<number>, m: number): number[] {
  const out: number[] = [];
  for (let start = 0; start + m <= run.length; start += m) {
    let sum = 0;
    let count = 0;
    for (let i = start; i < start + m; i++)
      if (!Number.isNaN(run[i]!)) {
        sum += run[i]!;
        count++;
      }
    out.push(count >= PRESENT * m ? sum / count : Number.NaN);
  }
  return out;
}

function delta(blocks: readonly (readonly number[])[]): number {
  const centre = meanOfPresent(blocks.flat());
  let square = 0;
  let product = 0;
  for (const b of blocks)
    for (let i = 0; i < b.length; i++) {
      const v = b[i]! - centre;
      const previous = i > 0 ? b[i - 1]! - centre : Number.NaN;
      if (!Number.isNaN(v)) square += v * v;
      if (!Number.isNaN(v * previous)) product += v * previous;
    }
  const r1 = square > 0 ? product / square : 0;
  return r1 / (1 + r1);
}
