/** Householder QR with column pivoting of a column-major m x n matrix (Golub and Van Loan, sec. 5.4): A P = Q R. */
export interface PivotedQr {
  readonly rows: number;
  readonly columns: number;
  /** R above the diagonal, Householder vectors on and below it; column-major, overwrites the input. */
  readonly packed: Float64Array;
  /** Diagonal of R, largest magnitude first. */
  readonly diagonal: Float64Array;
  /** `pivot[k]` = original index of the k-th column of R. */
  readonly pivot: Int32Array;
}

/**
 * Factorises in place. Columns must hold finite numbers; fewer rows than columns are allowed (R is then trapezoidal).
 * @param a column-major, `a[j * m + i]`; overwritten.
 */
export function pivotedQr(a: Float64Array, m: number, n: number): PivotedQr {
  const diagonal = new Float64Array(n);
  const pivot = new Int32Array(n);
  const norm = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    pivot[j] = j;
    norm[j] = columnNorm(a, j * m, (j + 1) * m);
  }
  const steps = Math.min(m, n);
  for (let k = 0; k < steps; k++) {
    let best = k;
    for (let j = k + 1; j < n; j++) if (norm[j]! > norm[best]!) best = j;
    if (best !== k) swapColumns(a, m, norm, pivot, k, best);
    const head = k * m + k;
    const end = (k + 1) * m;
    let size = columnNorm(a, head, end);
    if (size === 0) continue;
    if (a[head]! < 0) size = -size;
    for (let i = head; i < end; i++) a[i]! /= size;
    a[head]! += 1;
    for (let j = k + 1; j < n; j++) {
      const shift = (j - k) * m;
      let sum = 0;
      for (let i = head; i < end; i++) sum += a[i]! * a[i + shift]!;
      const factor = sum / a[head]!;
      for (let i = head; i < end; i++) a[i + shift]! -= factor * a[i]!;
      norm[j] = columnNorm(a, j * m + k + 1, (j + 1) * m);
    }
    diagonal[k] = -size;
  }
  return { rows: m, columns: n, packed: a, diagonal, pivot };
}

function columnNorm(a: Float64Array, from: number, to: number): number {
  let largest = 0;
  for (let i = from; i < to; i++) {
    const x = Math.abs(a[i]!);
    if (x > largest) largest = x;
  }
  if (largest === 0) return 0;
  let sum = 0;
  if (largest > 1e-140 && largest < 1e140) {
    for (let i = from; i < to; i++) sum += a[i]! * a[i]!;
    return Math.sqrt(sum);
  }
  for (let i = from; i < to; i++) sum += (a[i]! / largest) ** 2;
  return largest * Math.sqrt(sum);
}

function swapColumns(a: Float64Array, m: number, norm: Float64Array, pivot: Int32Array, k: number, l: number): void {
  for (let i = 0; i < m; i++) {
    const x = a[k * m + i]!;
    a[k * m + i] = a[l * m + i]!;
    a[l * m + i] = x;
  }
  norm[l] = norm[k]!;
  const p = pivot[k]!;
  pivot[k] = pivot[l]!;
  pivot[l] = p;
}

/** Overwrites b (length m) with Q^T b. */
export function applyQTransposed(qr: PivotedQr, b: Float64Array): void {
  const { rows: m, columns: n, packed } = qr;
  for (let k = 0; k < Math.min(m, n); k++) {
    const head = k * m + k;
    const h = packed[head]!;
    if (h === 0) continue;
    let sum = 0;
    for (let i = k; i < m; i++) sum += packed[k * m + i]! * b[i]!;
    const factor = sum / h;
    for (let i = k; i < m; i++) b[i]! -= factor * packed[k * m + i]!;
  }
}

/** R[i][j] for i <= j, in pivoted order. */
export function rEntry(qr: PivotedQr, i: number, j: number): number {
  return i === j ? qr.diagonal[i]! : qr.packed[j * qr.rows + i]!;
}

/** Number of diagonal entries of R above `tolerance` times the largest. */
export function rankOf(qr: PivotedQr, tolerance: number): number {
  const n = Math.min(qr.rows, qr.columns);
  const limit = tolerance * Math.abs(qr.diagonal[0] ?? 0);
  let rank = 0;
  while (rank < n && Math.abs(qr.diagonal[rank]!) > limit) rank++;
  return rank;
}

/** x of R x = b for the leading `rank` columns, in pivoted order. */
export function backSubstitute(qr: PivotedQr, b: Float64Array, rank: number): Float64Array {
  const x = new Float64Array(rank);
  for (let i = rank - 1; i >= 0; i--) {
    let s = b[i]!;
    for (let k = i + 1; k < rank; k++) s -= rEntry(qr, i, k) * x[k]!;
    x[i] = s / rEntry(qr, i, i);
  }
  return x;
}
