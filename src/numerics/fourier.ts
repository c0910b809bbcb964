/**
 * Discrete Fourier transform in place, X_k = sum_j x_j exp(-2 pi i j k / n): iterative radix 2 (Cooley and Tukey 1965).
 * @throws RangeError unless both parts have the same length, a power of two.
 */
export function fourier(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  if (n !== im.length || n === 0 || (n & (n - 1)) !== 0) throw new RangeError(`a Fourier transform of ${n} and ${im.length} points`);
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [re[i], re[j]] = [re[j]!, re[i]!];
      [im[i], im[j]] = [im[j]!, im[i]!];
    }
  }
  const cos = new Float64Array(n >> 1);
  const sin = new Float64Array(n >> 1);
  for (let k = 0; k < n >> 1; k++) {
    cos[k] = Math.cos((-2 * Math.PI * k) / n);
    sin[k] = Math.sin((-2 * Math.PI * k) / n);
  }
  for (let half = 1; half < n; half *= 2) {
    const stride = n / (2 * half);
    for (let start = 0; start < n; start += 2 * half)
      for (let k = 0; k < half; k++) {
        const [a, b] = [start + k, start + k + half];
        const [c, s] = [cos[k * stride]!, sin[k * stride]!];
        const u = re[b]! * c - im[b]! * s;
        const v = re[b]! * s + im[b]! * c;
        re[b] = re[a]! - u;
        im[b] = im[a]! - v;
        re[a] = re[a]! + u;
        im[a] = im[a]! + v;
      }
  }
}

/** The smallest power of two that is not below n. */
export const powerOfTwo = (n: number): number => 2 ** Math.ceil(Math.log2(Math.max(1, n)));
