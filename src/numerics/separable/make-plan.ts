import { amplitudeWithoutOffset, badFixed, badLength, badNoise } from "../../core/messages/batch.ts";
import { chi2Tail } from "../gamma-function.ts";
import { tubeTailKnown, tubeTailScaled } from "../tube.ts";
import { type Axis, axisOf } from "./axis.ts";
import { blocksOf } from "./blocks.ts";
import { RAW } from "./counts-slots.ts";
import { basisAt, curveOf, rateGridOf } from "./curve.ts";
import { ladderOf } from "./ladder.ts";
import type { Plan, PlanOptions } from "./plan.ts";
import { Work } from "./work.ts";

/**
 * @param delays s, in any order, the same for every trace.
 * @throws RangeError when delays, noise or fixed values cannot be meant.
 */
export function separablePlan(delays: ArrayLike<number>, options: PlanOptions = {}): Plan {
  const { offset = Number.NaN, amplitude = Number.NaN, significance = 0, contradiction = 0 } = options;
  const freeOffset = options.offset === undefined;
  const freeAmplitude = options.amplitude === undefined;
  if (freeOffset && !freeAmplitude) throw new RangeError(amplitudeWithoutOffset());
  if (!freeOffset && !Number.isFinite(offset)) throw new RangeError(badFixed("offset", offset));
  if (!freeAmplitude && !(Number.isFinite(amplitude) && amplitude !== 0)) throw new RangeError(badFixed("amplitude", amplitude));
  const axis = axisOf(delays, !freeAmplitude);
  const { points } = axis;
  const noise = options.noise ?? { type: "unknown" };
  const shots = noise.type === "binomial" ? perPoint("shots", noise.shots, axis) : new Float64Array(0);
  const sigmas = noise.type === "sigma" ? perPoint("sigma", noise.sigma, axis) : undefined;
  const sigma = sigmas?.[0] ?? 1;
  const most = shots[0] ?? 1;
  const weight = Float64Array.from({ length: points }, (_, i) => (sigmas ? (sigma / sigmas[i]!) ** 2 : (shots[i] ?? 1) / most));
  const even = weight.every((w) => w === 1);
  const parameters = 1 + Number(freeOffset) + Number(freeAmplitude);
  const tooFew = axis.distinct < parameters || points - parameters < (noise.type === "unknown" ? 1 : 0);
  const usable = axis.window > 0;
  const grid = usable ? rateGridOf(axis.x) : new Float64Array(0);
  const bases = Array.from(grid, (g) => basisAt(g, axis.x, freeOffset));
  const blocks = blocksOf(bases, axis.x, weight, freeOffset);
  const curve = curveOf(grid, axis.x, weight, freeOffset, bases);
  const rows = new Float64Array(grid.length * points);
  curve.forEach((c, k) => {
    rows.set(c.row, k * points);
  });
  const sizes = Float64Array.from(freeAmplitude ? [] : grid, (g) => axis.x.reduce((s, x, i) => s + weight[i]! * Math.exp(-2 * g * x), 0));
  const limits = freeOffset && significance > 0 ? leastSignal(curve, weight, significance, points) : { gain: 0, share: 0 };
  // One literal, fields always in this order: code that has seen one plan is compiled for all of them.
  return {
    axis,
    options,
    noise: noise.type,
    sigma,
    weight,
    equal: even,
    totalWeight: weight.reduce((s, w) => s + w, 0),
    shots,
    freeOffset,
    freeAmplitude,
    offset,
    amplitude,
    parameters,
    dof: points - parameters,
    tooFew: tooFew || !usable,
    horner: axis.uniform && even && (freeAmplitude || axis.x[0] === 0),
    grid,
    ladder: ladderOf(blocks, grid.length),
    rows,
    sizes,
    blocks,
    leastGain: limits.gain,
    leastShare: limits.share,
    mostChi2:
      contradiction > 0 && points > parameters
        ? limitOf((c) => chi2Tail(c, points - parameters), contradiction, 10 * points + 1000)
        : Number.POSITIVE_INFINITY,
    work: new Work(),
    trace: new Float64Array(4 * Math.ceil(points / 4)),
    gains: new Float64Array(grid.length),
    sums: new Float64Array(Math.max(3, points)),
    counts: new Float64Array(RAW + points),
  };
}

/** One number per delay, in the order of rising delays. */
function perPoint(name: "sigma" | "shots", stated: number | ArrayLike<number>, { points, order }: Axis): Float64Array {
  if (typeof stated !== "number" && stated.length !== points) throw new RangeError(badLength(name, stated.length, points));
  const out = Float64Array.from({ length: points }, (_, k) => (typeof stated === "number" ? stated : stated[order?.[k] ?? k]!));
  const least = name === "shots" ? 1 : Number.MIN_VALUE;
  for (const v of out) if (!(v >= least && v < Number.POSITIVE_INFINITY)) throw new RangeError(badNoise(name, v));
  return out;
}

/** Gain and share at which the tail probability of pure noise falls to `significance`. */
function leastSignal(curve: readonly { row: Float64Array }[], w: Float64Array, significance: number, points: number) {
  let length = 0;
  for (let k = 1; k < curve.length; k++) {
    let cos = 0;
    for (let i = 0; i < points; i++) cos += (curve[k]!.row[i]! * curve[k - 1]!.row[i]!) / w[i]!;
    length += Math.acos(Math.min(1, Math.max(-1, cos)));
  }
  return {
    gain: limitOf((c) => tubeTailKnown(c, length), significance, 200),
    share: points > 3 ? limitOf((s) => tubeTailScaled(s, length, points - 1), significance, 1) : 0,
  };
}

/** Where a falling tail probability reaches `value`, between 0 and `top`. */
function limitOf(tail: (v: number) => number, value: number, top: number): number {
  let [low, high] = [0, top];
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2;
    if (tail(middle) > value) low = middle;
    else high = middle;
  }
  return high;
}
