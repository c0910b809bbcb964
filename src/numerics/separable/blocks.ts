import { type Basis, centred, inner } from "./curve.ts";

/** Neighbouring delays taken together, so that a first look at a trace is short: exponentials change little within a block. */
export interface Blocks {
  /** `ends[b]` = first point after block b. */
  readonly ends: Int32Array;
  readonly count: number;
  /** Sum of weights of each block, and weighted mean of its delays. */
  readonly weight: Float64Array;
  readonly x: Float64Array;
  /** `shapes[k * count + b]`: weighted means over the blocks of the unit vector u at the k-th rate of the grid; times block sums (of w y) it projects y on u. */
  readonly shapes: Float64Array;
  /** The same of its second derivative by arc length plus itself. */
  readonly bends: Float64Array;
  /** Lengths of what the means leave of those vectors; length of the second derivative. */
  readonly shapeLoss: Float64Array;
  readonly bendLoss: Float64Array;
  readonly curvature: Float64Array;
  /** Arc length from the k-th rate to the next. */
  readonly gap: Float64Array;
  /**
   * `certain[k]`: where the residual is smaller than this share of the fitted exponential, a maximum of the gain near the k-th rate is the only one
   * (`certainty`).
   */
  readonly certain: Float64Array;
}

/** A block is this much longer than its distance from the first delay. */
const GROWTH = 0.3;

/** @param bases at the rates of the grid. */
export function blocksOf(bases: readonly Basis[], x: Float64Array, w: Float64Array, free: boolean): Blocks {
  const ends: number[] = [];
  for (let i = 0; i < x.length; ) {
    const start = x[i]! - x[0]!;
    let end = i + 1;
    while (end < x.length && x[end]! - x[0]! - start <= GROWTH * start) end++;
    ends.push(end);
    i = end;
  }
  const weight = new Float64Array(ends.length);
  for (let b = 0, i = 0; b < ends.length; b++) for (; i < ends[b]!; i++) weight[b] = weight[b]! + w[i]!;
  const count = ends.length;
  const means = (v: Float64Array) => {
    const out = new Float64Array(count);
    for (let b = 0, i = 0; b < count; b++) {
      for (; i < ends[b]!; i++) out[b] = out[b]! + w[i]! * v[i]!;
      out[b] = out[b]! / weight[b]!;
    }
    return out;
  };
  const curve = bases.map((basis) => {
    const [v, dv, ddv] = [basis.value, basis.slope, basis.bend].map((b) => (free ? centred(b, w) : b)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    const { unit, bend } = arc(v, dv, ddv, w);
    const short = { unit: means(unit), bend: means(bend) };
    const size = inner(bend, bend, w);
    return {
      ...short,
      unitLoss: Math.sqrt(Math.max(0, 1 - inner(short.unit, short.unit, weight))),
      bendLoss: Math.sqrt(Math.max(0, size - inner(short.bend, short.bend, weight))),
      curvature: Math.sqrt(1 + size),
      full: unit,
    };
  });
  const rows = (pick: (c: (typeof curve)[number]) => Float64Array) => {
    const out = new Float64Array(bases.length * count);
    curve.forEach((c, k) => {
      out.set(pick(c), k * count);
    });
    return out;
  };
  return {
    ...{ ends: Int32Array.from(ends), count, weight, x: means(x), shapes: rows((c) => c.unit), bends: rows((c) => c.bend) },
    shapeLoss: Float64Array.from(curve, (c) => c.unitLoss),
    bendLoss: Float64Array.from(curve, (c) => c.bendLoss),
    curvature: Float64Array.from(curve, (c) => c.curvature),
    gap: Float64Array.from(curve, (c, k) => Math.acos(Math.min(1, inner(c.full, curve[k + 1]?.full ?? c.full, w)))),
    certain: certainty(curve, weight),
  };
}

/** A point of the curve: unit vector u, and u + d^2u/ds^2 with the arc length s, which is orthogonal to u and du/ds. */
interface ArcPoint {
  readonly unit: Float64Array;
  readonly bend: Float64Array;
}

function arc(v: Float64Array, dv: Float64Array, ddv: Float64Array, w: Float64Array): ArcPoint {
  const n = v.length;
  const size = Math.sqrt(inner(v, v, w));
  const along = inner(dv, v, w) / size;
  const unit = new Float64Array(n);
  const tangent = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    unit[i] = v[i]! / size;
    tangent[i] = (dv[i]! - along * unit[i]!) / size;
  }
  const square = inner(tangent, tangent, w);
  const a = inner(ddv, unit, w);
  const b = inner(ddv, tangent, w) / square;
  const bend = new Float64Array(n);
  for (let i = 0; i < n; i++) bend[i] = (ddv[i]! - a * unit[i]! - b * tangent[i]!) / (size * square);
  return { unit, bend };
}

/** Kept back for what lies between the points of the grid and within the blocks. */
const MARGIN = 0.7;

/**
 * Let a trace be y = u0 + r, u0 a unit vector of the curve, r orthogonal to it with |r| = p. Its projection h(s) = u(s) y is at most cos(a) + p sin(a)
 * at a point with angle a to u0, which is below h(0) = 1 where p < tan(a/2). Nearer points have h'' = -u y + (bend) y
 * <= -cos(a) + bend u0 + p |(bend - u) orthogonal to u0|: where that is negative there is no second maximum. The largest p for which one or the other holds
 * at every point of the curve makes a found maximum the global one, whatever the noise looks like.
 */
function certainty(curve: readonly ArcPoint[], w: Float64Array): Float64Array {
  const difference = curve.map(({ unit, bend }) => inner(bend, bend, w) - 2 * inner(bend, unit, w) + inner(unit, unit, w));
  return Float64Array.from(curve, (zero) => {
    let certain = Number.POSITIVE_INFINITY;
    for (const [k, c] of curve.entries()) {
      const cos = Math.min(1, Math.max(-1, inner(c.unit, zero.unit, w)));
      const far = Math.sqrt((1 - cos) / (1 + cos));
      const along = cos - inner(c.bend, zero.unit, w);
      const across = Math.sqrt(Math.max(0, difference[k]! - along * along));
      certain = Math.min(certain, Math.max(far, along / across));
    }
    return MARGIN * Math.max(0, certain);
  });
}
