import { applyQTransposed, backSubstitute, type PivotedQr, pivotedQr, rEntry } from "./qr.ts";

/** A step of the trust-region problem min |r + J s| with |D s| <= radius. */
export interface TrustStep {
  readonly step: Float64Array;
  /** The Levenberg-Marquardt parameter that made it. */
  readonly damping: number;
  /** |D s|. */
  readonly length: number;
}

/**
 * More's algorithm (Numerical Analysis, Lecture Notes in Mathematics 630, 1978, sec. 5): the damping is found by a safeguarded Newton iteration
 * on |D s(damping)| = radius, within 10 %. The damped system is solved by QR of the stacked matrix, never through J^T J.
 * @param qr factorisation of J; @param qtr the first n entries of Q^T r; @param scale diagonal of D.
 */
export function trustStep(qr: PivotedQr, qtr: Float64Array, scale: Float64Array, radius: number, start: number): TrustStep {
  const n = qr.columns;
  const gauss = gaussNewton(qr, qtr);
  const gaussLength = scaledNorm(gauss, scale);
  if (gaussLength <= 1.1 * radius) return { step: gauss, damping: 0, length: gaussLength };

  // Gradient of the pivoted, scaled problem gives the upper limit of the damping.
  let gradient = 0;
  for (let j = 0; j < n; j++) {
    let s = 0;
    for (let i = 0; i <= Math.min(j, qr.rows - 1); i++) s += rEntry(qr, i, j) * qtr[i]!;
    gradient += (s / scale[qr.pivot[j]!]!) ** 2;
  }
  gradient = Math.sqrt(gradient);
  let upper = gradient / radius;
  if (upper === 0) upper = Number.MIN_VALUE / Math.min(radius, 0.1);
  let lower = 0;
  let damping = Math.min(Math.max(start, lower), upper);
  if (damping === 0) damping = gradient / gaussLength;
  let best: TrustStep = { step: gauss, damping, length: gaussLength };
  for (let k = 0; k < 12; k++) {
    if (damping === 0) damping = Math.max(Number.MIN_VALUE, 0.001 * upper);
    const { step, slope } = dampedStep(qr, qtr, scale, damping);
    const length = scaledNorm(step, scale);
    best = { step, damping, length };
    const miss = length - radius;
    if (Math.abs(miss) <= 0.1 * radius) break;
    if (miss > 0) lower = Math.max(lower, damping);
    else upper = Math.min(upper, damping);
    damping = Math.max(lower, damping + ((miss / radius) * (length * length)) / slope);
    if (damping > upper) damping = (lower + upper) / 2;
  }
  return best;
}

export function scaledNorm(x: Float64Array, scale: Float64Array): number {
  let s = 0;
  for (let j = 0; j < x.length; j++) s += (x[j]! * scale[j]!) ** 2;
  return Math.sqrt(s);
}

/** Least-squares step -J^+ r with dependent columns left at zero. */
function gaussNewton(qr: PivotedQr, qtr: Float64Array): Float64Array {
  const rank = independent(qr);
  const step = new Float64Array(qr.columns);
  const x = backSubstitute(qr, qtr, rank);
  for (let k = 0; k < rank; k++) step[qr.pivot[k]!] = -x[k]!;
  return step;
}

/** Leading columns that hold more than rounding beside the others; each against its own length, so that units do not matter. */
function independent(qr: PivotedQr): number {
  const most = Math.min(qr.rows, qr.columns);
  for (let k = 0; k < most; k++) {
    let size = 0;
    for (let i = 0; i <= k; i++) size += rEntry(qr, i, k) ** 2;
    if (!(Math.abs(rEntry(qr, k, k)) > qr.columns * Number.EPSILON * Math.sqrt(size))) return k;
  }
  return most;
}

/** Solves [R; sqrt(damping) D] s = [-Q^T r; 0]; slope = |R_d^-T D^2 s|^2, the derivative needed by Newton's iteration. */
function dampedStep(qr: PivotedQr, qtr: Float64Array, scale: Float64Array, damping: number) {
  const n = qr.columns;
  const top = Math.min(n, qr.rows);
  const m = top + n;
  const stacked = new Float64Array(m * n);
  const root = Math.sqrt(damping);
  for (let j = 0; j < n; j++) {
    for (let i = 0; i <= Math.min(j, top - 1); i++) stacked[j * m + i] = rEntry(qr, i, j);
    stacked[j * m + top + j] = root * scale[qr.pivot[j]!]!;
  }
  const damped = pivotedQr(stacked, m, n);
  const b = new Float64Array(m);
  for (let i = 0; i < top; i++) b[i] = qtr[i]!;
  applyQTransposed(damped, b);
  const x = backSubstitute(damped, b, n);
  const step = new Float64Array(n);
  for (let k = 0; k < n; k++) step[qr.pivot[damped.pivot[k]!]!] = -x[k]!;
  // v = R_d^-T (D^2 s) in the order of the second pivoting.
  let slope = 0;
  const v = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const original = qr.pivot[damped.pivot[i]!]!;
    let s = scale[original]! ** 2 * step[original]!;
    for (let k = 0; k < i; k++) s -= rEntry(damped, k, i) * v[k]!;
    v[i] = s / rEntry(damped, i, i);
    slope += v[i]! ** 2;
  }
  return { step, slope };
}
