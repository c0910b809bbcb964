import { amplitudeWithoutOffset, badFixed, badLength, badNoise } from "../../core/messages/batch.ts";
import { tubeTailKnown, tubeTailScaled } from "../tube.ts";
import { type Axis, axisOf } from "./axis.ts";
import { type Blocks, blocksOf } from "./blocks.ts";
import { RAW } from "./counts-slots.ts";
import { curveOf, rateGridOf, secondOrder } from "./curve.ts";
import { SLOTS } from "./slots.ts";

/** How the scatter of the traces is known: one number for all delays, or one per delay. */
export type BatchNoise =
  | { readonly type: "unknown" }
  /** Standard deviation of a point, in the unit of the traces. */
  | { readonly type: "sigma"; readonly sigma: number | ArrayLike<number> }
  /** Populations of counted shots. */
  | { readonly type: "binomial"; readonly shots: number | ArrayLike<number> };

export interface PlanOptions {
  /** Default: unknown and equal. */
  readonly noise?: BatchNoise;
  /** C is fixed at this value. Default: free. */
  readonly offset?: number;
  /** A (at delay 0) is fixed at this value; needs `offset`. Default: free. */
  readonly amplitude?: number;
  /**
   * Traces that noise alone makes with a larger probability than this end as `no_decay` (tube formula over all rates, free offset only). Default: 0,
   * every minimum is reported.
   */
  readonly significance?: number;
}

/** All that the fits of traces on one delay axis share; made once per axis. Not to be used by two fits at the same time: it holds their working memory. */
export interface Plan {
  readonly axis: Axis;
  readonly options: PlanOptions;
  readonly noise: "unknown" | "sigma" | "binomial";
  /** One standard deviation that the weights are relative to: chi2 and variances are scaled with it. */
  readonly sigma: number;
  /** Squared weights, equal to 1 throughout where `equal`. */
  readonly weight: Float64Array;
  readonly equal: boolean;
  readonly totalWeight: number;
  readonly shots: Float64Array;
  readonly freeOffset: boolean;
  readonly freeAmplitude: boolean;
  readonly offset: number;
  readonly amplitude: number;
  /** Number of free parameters; points minus this; too few delays for it. */
  readonly parameters: number;
  readonly dof: number;
  readonly tooFew: boolean;
  /** Sums over equal delays in closed form. */
  readonly horner: boolean;
  readonly grid: Float64Array;
  /** Of the positive rates of the grid. */
  readonly logarithms: Float64Array;
  /** `secondOrder` of the grid. */
  readonly second: Float64Array;
  /** `rows[k * points + i]`: projections on the unit vectors of the grid, point by point. */
  readonly rows: Float64Array;
  /** sum w b^2 at the grid, for a fixed amplitude. */
  readonly sizes: Float64Array;
  readonly blocks: Blocks;
  /** Gain over noise (known noise), or share of the sum of squares, below which there is no decay. */
  readonly leastGain: number;
  readonly leastShare: number;
  /** Working memory: see slots.ts; the trace without its centre, padded with zeros to a multiple of four. */
  readonly work: Float64Array;
  readonly trace: Float64Array;
  readonly gains: Float64Array;
  readonly sums: Float64Array;
  /** See counts-sums.ts. */
  readonly counts: Float64Array;
}

/**
 * @param delays s, in any order, the same for every trace.
 * @throws RangeError when delays, noise or fixed values cannot be meant.
 */
export function separablePlan(delays: ArrayLike<number>, options: PlanOptions = {}): Plan {
  const { offset = Number.NaN, amplitude = Number.NaN, significance = 0 } = options;
  const freeOffset = options.offset === undefined;
  const freeAmplitude = options.amplitude === undefined;
  if (freeOffset && !freeAmplitude) throw new RangeError(amplitudeWithoutOffset());
  if (!freeOffset && !Number.isFinite(offset)) throw new RangeError(badFixed("offset", offset));
  if (!freeAmplitude && !(Number.isFinite(amplitude) && amplitude !== 0)) throw new RangeError(badFixed("amplitude", amplitude));
  const axis = axisOf(delays, !freeAmplitude);
  const { points } = axis;
  const noise = options.noise ?? { type: "unknown" };
  const perPoint = (name: "sigma" | "shots", v: number | ArrayLike<number>) => {
    if (typeof v !== "number" && v.length !== points) throw new RangeError(badLength(name, v.length, points));
    const out = Float64Array.from({ length: points }, (_, k) => (typeof v === "number" ? v : v[axis.order?.[k] ?? k]!));
    for (const s of out)
      if (!(s >= (name === "shots" ? 1 : Number.MIN_VALUE) && s < Number.POSITIVE_INFINITY)) throw new RangeError(badNoise(name, s));
    return out;
  };
  const shots = noise.type === "binomial" ? perPoint("shots", noise.shots) : new Float64Array(0);
  const sigmas = noise.type === "sigma" ? perPoint("sigma", noise.sigma) : undefined;
  const sigma = sigmas?.[0] ?? 1;
  const most = shots[0] ?? 1;
  const weight = Float64Array.from({ length: points }, (_, i) => (sigmas ? (sigma / sigmas[i]!) ** 2 : (shots[i] ?? 1) / most));
  const equal = weight.every((w) => w === 1);
  const parameters = 1 + Number(freeOffset) + Number(freeAmplitude);
  const tooFew = axis.distinct < parameters || points - parameters < (noise.type === "unknown" ? 1 : 0);
  const usable = axis.window > 0;
  const grid = usable ? rateGridOf(axis.x) : new Float64Array(0);
  const curve = curveOf(grid, axis.x, weight, freeOffset);
  const rows = new Float64Array(grid.length * points);
  curve.forEach((c, k) => {
    rows.set(c.row, k * points);
  });
  const sizes = Float64Array.from(grid, (g) => axis.x.reduce((s, x, i) => s + weight[i]! * Math.exp(-2 * g * x), 0));
  const limits = freeOffset && significance > 0 ? leastSignal(curve, weight, significance, points) : { gain: 0, share: 0 };
  return {
    ...{ axis, options, noise: noise.type, sigma, weight, equal, shots, freeOffset, freeAmplitude, offset, amplitude, parameters },
    ...{ totalWeight: weight.reduce((s, w) => s + w, 0), dof: points - parameters, tooFew: tooFew || !usable },
    ...{
      horner: axis.uniform && equal && (freeAmplitude || axis.x[0] === 0),
      grid,
      logarithms: grid.map(Math.log),
      second: secondOrder(grid, axis.x, weight, freeOffset),
      rows,
      sizes,
    },
    ...{ blocks: blocksOf(grid, axis.x, weight, freeOffset), leastGain: limits.gain, leastShare: limits.share },
    ...{ work: new Float64Array(SLOTS), trace: new Float64Array(4 * Math.ceil(points / 4)), gains: new Float64Array(grid.length) },
    ...{ sums: new Float64Array(Math.max(3, points)), counts: new Float64Array(RAW + points) },
  };
}

/** Gain and share at which the tail probability of pure noise falls to `significance`. */
function leastSignal(curve: readonly { row: Float64Array }[], w: Float64Array, significance: number, points: number) {
  let length = 0;
  for (let k = 1; k < curve.length; k++) {
    let cos = 0;
    for (let i = 0; i < points; i++) cos += (curve[k]!.row[i]! * curve[k - 1]!.row[i]!) / w[i]!;
    length += Math.acos(Math.min(1, Math.max(-1, cos)));
  }
  const solve = (tail: (v: number) => number, top: number) => {
    let [low, high] = [0, top];
    for (let k = 0; k < 60; k++) {
      const middle = (low + high) / 2;
      if (tail(middle) > significance) low = middle;
      else high = middle;
    }
    return high;
  };
  return {
    gain: solve((c) => tubeTailKnown(c, length), 200),
    share: points > 3 ? solve((s) => tubeTailScaled(s, length, points - 1), 1) : 0,
  };
}
