import { basisAt, centred, inner } from "./curve.ts";

/** Neighbouring delays taken together, so that a first look at a trace is short: exponentials change little within a block. */
export interface Blocks {
  /** `ends[b]` = first point after block b. */
  readonly ends: Int32Array;
  readonly count: number;
  /** Sum of weights of each block. */
  readonly weight: Float64Array;
  /** `shapes[k * blocks + b]`: projection of block sums (of w y) on the unit vector at the k-th rate of the grid is their scalar product. */
  readonly shapes: Float64Array;
  /**
   * `certain[k]`: where the residual is smaller than this share of the fitted exponential, a maximum of the gain near the k-th rate is the only one
   * (`certainty`).
   */
  readonly certain: Float64Array;
}

/** A block is this much longer than its distance from the first delay. */
const GROWTH = 0.3;

export function blocksOf(grid: Float64Array, x: Float64Array, w: Float64Array, free: boolean): Blocks {
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
  const means = (v: Float64Array) => {
    const out = new Float64Array(ends.length);
    for (let b = 0, i = 0; b < ends.length; b++) {
      for (; i < ends[b]!; i++) out[b] = out[b]! + w[i]! * v[i]!;
      out[b] = out[b]! / weight[b]!;
    }
    return free ? centred(out, weight) : out;
  };
  const curve = Array.from(grid, (g) =>
    arc(means(basisAt(g, x, free, 0)), means(basisAt(g, x, free, 1)), means(basisAt(g, x, free, 2)), weight),
  );
  const shapes = new Float64Array(grid.length * ends.length);
  curve.forEach((c, k) => {
    shapes.set(c.unit, k * ends.length);
  });
  return { ends: Int32Array.from(ends), count: ends.length, weight, shapes, certain: certainty(curve, weight) };
}

/** A point of the curve: unit vector u, and u + d^2u/ds^2 with the arc length s, which is orthogonal to u and du/ds. */
interface ArcPoint {
  readonly unit: Float64Array;
  readonly bend: Float64Array;
}

function arc(v: Float64Array, dv: Float64Array, ddv: Float64Array, w: Float64Array): ArcPoint {
  const size = Math.sqrt(inner(v, v, w));
  const unit = v.map((u) => u / size);
  const along = inner(dv, unit, w);
  const tangent = dv.map((u, i) => (u - along * unit[i]!) / size);
  const speed = Math.sqrt(inner(tangent, tangent, w));
  const direction = tangent.map((u) => u / speed);
  const [a, b] = [inner(ddv, unit, w), inner(ddv, direction, w)];
  return { unit, bend: ddv.map((u, i) => (u - a * unit[i]! - b * direction[i]!) / (size * speed * speed)) };
}

/** Kept back for what lies between the points of the grid and for points of a block being not quite equal. */
const MARGIN = 0.7;

/**
 * Let a trace be y = u0 + r, u0 a unit vector of the curve, r orthogonal to it with |r| = p. Its projection h(s) = u(s) y is at most cos(a) + p sin(a)
 * at a point with angle a to u0, which is below h(0) = 1 where p < tan(a/2). Nearer points have h'' = -u y + (bend) y
 * <= -cos(a) + bend u0 + p |(bend - u) orthogonal to u0|: where that is negative there is no second maximum. The largest p for which one or the other holds
 * at every point of the curve makes a found maximum the global one, whatever the noise looks like.
 */
function certainty(curve: readonly ArcPoint[], w: Float64Array): Float64Array {
  return Float64Array.from(curve, (zero) => {
    let certain = Number.POSITIVE_INFINITY;
    for (const c of curve) {
      const cos = Math.min(1, Math.max(-1, inner(c.unit, zero.unit, w)));
      const far = Math.sqrt((1 - cos) / (1 + cos));
      const along = cos - inner(c.bend, zero.unit, w);
      const difference = c.bend.map((v, i) => v - c.unit[i]!);
      const across = Math.sqrt(Math.max(0, inner(difference, difference, w) - along * along));
      certain = Math.min(certain, Math.max(far, along / across));
    }
    return MARGIN * Math.max(0, certain);
  });
}
