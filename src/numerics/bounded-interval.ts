/** A maximum of the likelihood inside a range that the number cannot leave, and its 68 % interval. */
export interface Bounded {
  readonly value: number;
  /** Where -2 ln L is 1 above its minimum in the range, or the range's end. NaN = an error is not known. */
  readonly low: number;
  readonly high: number;
  /** -2 ln L at `value`, 0 where the range plays no part: its root is by how many sigma the data lie outside. */
  readonly chi2: number;
}

/**
 * Ratio x/y within [0, 1] of two measured numbers. The profile over y is Fieller's (J. R. Stat. Soc. B 16, 175, 1954, sec. 2):
 * `chi2(r) = (x - r y)^2/(V_xx - 2 r V_xy + r^2 V_yy)`; the interval is `chi2 <= chi2_min + 1`, so that it keeps its asymmetry where y is known
 * to 25 % only, and ends at 0 and 1 instead of passing them. At an edge it covers 84 % of the cases, inside 68 %.
 * @param covariance V_xx, V_xy, V_yy.
 */
export function ratioOfPart(x: number, y: number, covariance: readonly [number, number, number]): Bounded {
  const [xx, xy, yy] = covariance;
  const value = Math.min(1, Math.max(0, x / y));
  const chi2 = x / y === value ? 0 : (x - value * y) ** 2 / (xx - 2 * value * xy + value * value * yy);
  const c = chi2 + 1;
  // (x - r y)^2 = c V(r) as a r^2 - 2 b r + d = 0.
  const [a, b, d] = [y * y - c * yy, x * y - c * xy, x * x - c * xx];
  if (Number.isNaN(a + b + d)) return { value, low: Number.NaN, high: Number.NaN, chi2: Number.NaN };
  // A denominator that may be zero leaves the whole range.
  if (!(a > 0)) return { value, low: 0, high: 1, chi2 };
  const root = Math.sqrt(Math.max(0, b * b - a * d));
  return { value, low: Math.max(0, (b - root) / a), high: Math.min(1, (b + root) / a), chi2 };
}

/** A normally distributed number that cannot be below zero. @param sigma one s.d. without that bound. */
export function notNegative(x: number, sigma: number): Bounded {
  const value = Math.max(0, x);
  const chi2 = x < 0 ? (x / sigma) ** 2 : 0;
  const half = sigma * Math.sqrt(chi2 + 1);
  return { value, low: Math.max(0, x - half), high: x + half, chi2: Number.isNaN(sigma) ? Number.NaN : chi2 };
}
