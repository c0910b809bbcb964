/**
 * A natural cubic spline on equal nodes, `f(x) = sum_k c_k B((x - x_k)/h)` with cardinal B-splines: one coefficient per node, the two beyond the ends
 * continue the coefficients in a straight line (zero second derivative at the ends, tilts exactly), or around the circle where `periodic`
 * (de Boor, A Practical Guide to Splines, 1978; Eilers and Marx, Statistical Science 11, 89 (1996)).
 */
export interface Spline {
  readonly low: number;
  /** Distance of the nodes, m. */
  readonly spacing: number;
  /** Coefficients: one for each node. One coefficient is a constant. */
  readonly count: number;
  readonly periodic: boolean;
}

/** `count` coefficients between `low` and `high` (m). */
export function splineOn(low: number, high: number, count: number, periodic: boolean): Spline {
  const intervals = periodic ? count : count - 1;
  return { low, spacing: (high - low) / Math.max(1, intervals), count, periodic };
}

/** Value (J/m^d of coefficient one) of each coefficient's share at each x: row-major, `x.length` rows. */
export function splineMatrix(spline: Spline, x: ArrayLike<number>): Float64Array {
  const n = spline.count;
  const rows = new Float64Array(x.length * n);
  for (let i = 0; i < x.length; i++) addShares(spline, x[i]!, rows.subarray(i * n, (i + 1) * n));
  return rows;
}

function addShares(spline: Spline, x: number, row: Float64Array): void {
  const n = spline.count;
  if (n === 1) {
    row[0] = 1;
    return;
  }
  const t = (x - spline.low) / spline.spacing;
  const k = Math.min(Math.max(Math.floor(t), 0), spline.periodic ? n - 1 : n - 2);
  const s = t - k;
  const r = 1 - s;
  const shares = [r ** 3 / 6, (4 - 6 * s * s + 3 * s ** 3) / 6, (4 - 6 * r * r + 3 * r ** 3) / 6, s ** 3 / 6];
  shares.forEach((share, d) => {
    const node = k - 1 + d;
    if (spline.periodic) row[((node % n) + n) % n]! += share;
    else if (node < 0) {
      row[0]! += 2 * share;
      row[1]! -= share;
    } else if (node >= n) {
      row[n - 1]! += 2 * share;
      row[n - 2]! -= share;
    } else row[node]! += share;
  });
}

/** Differences of neighbouring coefficients of the given order over the spacing's power, row-major: `rows x count`. */
export function differences(spline: Spline, order: 0 | 1 | 2): { readonly rows: number; readonly values: Float64Array } {
  const { count: n, spacing: h } = spline;
  const stencil = [[1], [-1, 1], [1, -2, 1]][order]!;
  const rows = spline.periodic ? n : Math.max(0, n - order);
  const values = new Float64Array(rows * n);
  for (let i = 0; i < rows; i++)
    stencil.forEach((value, d) => {
      values[i * n + ((i + d) % n)]! += value / h ** order;
    });
  return { rows, values };
}
