import type { Trace } from "../model.ts";

/** A combination of shapes tried on the data: the law's nonlinear parameters and the linear ones that go best with them. */
export interface Candidate {
  /** Nonlinear parameters, in units of the window. */
  readonly theta: readonly number[];
  readonly linear: readonly number[];
  /** Sum of squared residuals. */
  readonly sum: number;
}

/** Delays in units of the window (longest minus shortest), and how fast a decay they resolve. */
export interface ScaledDelays {
  readonly window: number;
  readonly x: Float64Array;
  /** Rates times window, a geometric grid from a fifth of the window to a decay within the shortest spacing. */
  readonly rates: readonly number[];
}

const GRID_RATIO = 1.7;

export function scaleDelays({ t }: Trace): ScaledDelays {
  const sorted = Float64Array.from(t).sort();
  const window = sorted[sorted.length - 1]! - sorted[0]! || Math.abs(sorted[0]!) || 1;
  const x = t.map((v) => v / window);
  let spacing = 1;
  for (let i = 1; i < sorted.length; i++) {
    const step = (sorted[i]! - sorted[i - 1]!) / window;
    if (step > 1e-6 && step < spacing) spacing = step;
  }
  const fastest = Math.min(2 / spacing, 1e4);
  const rates: number[] = [];
  for (let g = 0.2; g <= fastest; g *= GRID_RATIO) rates.push(g);
  return { window, x, rates };
}

/**
 * Least squares of y on a few columns by Gram-Schmidt; a column that the others contain gets 0.
 * @returns coefficients and the sum of squared residuals.
 */
export function onColumns(columns: readonly Float64Array[], y: Float64Array): { readonly linear: number[]; readonly sum: number } {
  const n = columns.length;
  const q: Float64Array[] = [];
  const r: number[][] = [];
  const b: number[] = [];
  const rest = y.slice();
  for (const [j, column] of columns.entries()) {
    const v = column.slice();
    const before = dot(v, v);
    r[j] = [];
    for (let k = 0; k < j; k++) {
      const s = dot(q[k]!, v);
      r[j]![k] = s;
      subtract(v, q[k]!, s);
    }
    const length = Math.sqrt(dot(v, v));
    const kept = length > 1e-7 * Math.sqrt(before);
    for (let i = 0; i < v.length; i++) v[i] = kept ? v[i]! / length : 0;
    r[j]![j] = kept ? length : Number.POSITIVE_INFINITY;
    q[j] = v;
    b[j] = dot(v, rest);
    subtract(rest, v, b[j]!);
  }
  const linear = new Array<number>(n).fill(0);
  for (let j = n - 1; j >= 0; j--) {
    let s = b[j]!;
    for (let k = j + 1; k < n; k++) s -= r[k]![j]! * linear[k]!;
    linear[j] = s / r[j]![j]!;
  }
  return { linear, sum: dot(rest, rest) };
}

/**
 * The best candidates that differ from each other by more than a grid step in some nonlinear parameter, lowest sum first.
 * @param apart two candidates are one start where every parameter agrees within this factor.
 */
export function bestApart(candidates: readonly Candidate[], count: number, apart = 2.5): readonly Candidate[] {
  const chosen: Candidate[] = [];
  for (const c of [...candidates].sort((a, b) => a.sum - b.sum)) {
    if (chosen.length === count) break;
    const near = (d: Candidate) => c.theta.every((v, j) => Math.abs(Math.log(v / d.theta[j]!)) < Math.log(apart));
    if (!chosen.some(near)) chosen.push(c);
  }
  return chosen;
}

/** exp(-g x) for every x. */
export const decayColumn = (g: number, x: Float64Array): Float64Array => x.map((v) => Math.exp(-g * v));
export const constantColumn = (x: Float64Array): Float64Array => new Float64Array(x.length).fill(1);

function dot(a: Float64Array, b: Float64Array): number {
  let s = 0;
  for (let i = 0; i < a.length; i++) s += a[i]! * b[i]!;
  return s;
}

function subtract(v: Float64Array, q: Float64Array, s: number): void {
  for (let i = 0; i < v.length; i++) v[i]! -= s * q[i]!;
}
