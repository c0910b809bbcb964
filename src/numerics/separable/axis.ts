import { badDelays } from "../../core/messages/batch.ts";

/** Delays that many traces share, scaled. */
export interface Axis {
  readonly points: number;
  /** Delay that x = 0 stands for, and last minus first delay, s. */
  readonly origin: number;
  readonly window: number;
  /** (t - origin)/window, rising. */
  readonly x: Float64Array;
  /** `order[k]` = place of the k-th delay in a trace; undefined where the delays already rise. */
  readonly order: Int32Array | undefined;
  /** The delays are `x[0] + i step` within rounding. */
  readonly uniform: boolean;
  readonly step: number;
  /** Different delays. */
  readonly distinct: number;
}

/** Departure from equal spacing, in windows, that moves no rate by more than 1e-11 of itself. */
const EVEN = 1e-12;

/**
 * @param delays s, in any order, repeats allowed.
 * @param atZero x counts from delay 0 instead of the first delay (needed where the amplitude at delay 0 is fixed).
 * @throws RangeError when a delay is not finite.
 */
export function axisOf(delays: ArrayLike<number>, atZero = false): Axis {
  const points = delays.length;
  for (let i = 0; i < points; i++) if (!Number.isFinite(delays[i]!)) throw new RangeError(badDelays(i, delays[i]!));
  let rising = true;
  for (let i = 1; i < points; i++) if (delays[i]! < delays[i - 1]!) rising = false;
  const order = Int32Array.from({ length: points }, (_, i) => i);
  if (!rising) order.sort((i, j) => delays[i]! - delays[j]! || i - j);
  const t = Float64Array.from(order, (i) => delays[i]!);
  const first = t[0] ?? 0;
  const window = (t[points - 1] ?? 0) - first;
  const origin = atZero ? 0 : first;
  const x = t.map((v) => (v - origin) / window);
  let distinct = points > 0 ? 1 : 0;
  for (let i = 1; i < points; i++) if (t[i] !== t[i - 1]) distinct++;
  const step = 1 / (points - 1);
  let uniform = points > 1 && window > 0;
  for (let i = 0; i < points && uniform; i++) uniform = Math.abs(x[i]! - x[0]! - i * step) <= EVEN;
  return { points, origin, window, x, order: rising ? undefined : order, uniform, step, distinct };
}
