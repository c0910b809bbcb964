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
      swap(re, i, j);
      swap(im, i, j);
    }
  }
  const { cos, sin } = circle(n);
  for (let half = 1; half < n; half *= 2) {
    const stride = n / (2 * half);
    for (let start = 0; start < n; start += 2 * half)
      for (let k = 0; k < half; k++) {
        const a = start + k;
        const b = a + half;
        const c = cos[k * stride]!;
        const d = sin[k * stride]!;
        const u = re[b]! * c - im[b]! * d;
        const v = re[b]! * d + im[b]! * c;
        re[b] = re[a]! - u;
        im[b] = im[a]! - v;
        re[a] = re[a]! + u;
        im[a] = im[a]! + v;
      }
  }
}

function swap(x: Float64Array, i: number, j: number): void {
  const kept = x[i]!;
  x[i] = x[j]!;
  x[j] = kept;
}

interface Circle {
  readonly cos: Float64Array;
  readonly sin: Float64Array;
}

/** The blocks of one spectrum have one length: the last circle is kept. */
let last: Circle = { cos: new Float64Array(0), sin: new Float64Array(0) };

/** exp(-2 pi i k/n) for k below n/2. */
function circle(n: number): Circle {
  if (last.cos.length === n >> 1) return last;
  const angle = (k: number) => (-2 * Math.PI * k) / n;
  last = {
    cos: Float64Array.from({ length: n >> 1 }, (_, k) => Math.cos(angle(k))),
    sin: Float64Array.from({ length: n >> 1 }, (_, k) => Math.sin(angle(k))),
  };
  return last;
}

/** The smallest power of two that is not below n. */
export const powerOfTwo = (n: number): number => 2 ** Math.ceil(Math.log2(Math.max(1, n)));
