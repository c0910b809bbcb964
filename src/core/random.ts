/** A seeded random source: the same seed gives the same numbers on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Number of successes in n trials of probability p. */
  binomial(n: number, p: number): number;
}

/** xoshiro128** (Blackman and Vigna, 2018) seeded by splitmix32; 53-bit uniforms from two draws. */
export function random(seed: number): Random {
  let h = seed >>> 0;
  const split = () => {
    h = (h + 0x9e3779b9) >>> 0;
    let z = h;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  let [a, b, c, d] = [split(), split(), split(), split()];
  const rotl = (x: number, k: number) => ((x << k) | (x >>> (32 - k))) >>> 0;
  const next = () => {
    const result = Math.imul(rotl(Math.imul(b, 5), 7), 9) >>> 0;
    const t = (b << 9) >>> 0;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotl(d, 11);
    return result;
  };
  const uniform = () => (next() * 2 ** 21 + (next() >>> 11)) / 2 ** 53;
  let spare = Number.NaN;
  const normal = () => {
    if (!Number.isNaN(spare)) {
      const s = spare;
      spare = Number.NaN;
      return s;
    }
    const r = Math.sqrt(-2 * Math.log(1 - uniform()));
    const phi = 2 * Math.PI * uniform();
    spare = r * Math.sin(phi);
    return r * Math.cos(phi);
  };
  const binomial = (n: number, p: number) => binomialDraw(n, p, uniform);
  return { uniform, normal, binomial };
}

/** Direct counting for few trials, inversion from the mode for many. */
function binomialDraw(n: number, p: number, uniform: () => number): number {
  if (!(n >= 0) || !(p >= 0 && p <= 1)) throw new RangeError(`binomial(${n}, ${p}): n >= 0 and 0 <= p <= 1 are needed`);
  if (p > 0.5) return n - binomialDraw(n, 1 - p, uniform);
  if (p === 0) return 0;
  if (n > 64) return binomialByInversion(n, p, uniform);
  let k = 0;
  for (let i = 0; i < n; i++) if (uniform() < p) k++;
  return k;
}

/** Inversion outwards from the mode: exact up to rounding, about sqrt(n p) steps. */
function binomialByInversion(n: number, p: number, uniform: () => number): number {
  const mode = Math.floor((n + 1) * p);
  const odds = p / (1 - p);
  const atMode = Math.exp(logChoose(n, mode) + mode * Math.log(p) + (n - mode) * Math.log1p(-p));
  let u = uniform();
  u -= atMode;
  if (u < 0) return mode;
  let [low, high, pLow, pHigh] = [mode, mode, atMode, atMode];
  while (low > 0 || high < n) {
    if (high < n) {
      pHigh *= (odds * (n - high)) / (high + 1);
      high++;
      u -= pHigh;
      if (u < 0) return high;
    }
    if (low > 0) {
      pLow *= low / (odds * (n - low + 1));
      low--;
      u -= pLow;
      if (u < 0) return low;
    }
    if (pLow + pHigh < 1e-300) break;
  }
  return mode;
}

function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}

/** Stirling series with shift; absolute error below 1e-13 for x >= 1. */
function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  while (z < 10) {
    shift -= Math.log(z);
    z += 1;
  }
  const r = 1 / (z * z);
  return shift + (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r / 1680))) / z;
}
