import type { Calibration } from "../core/dataset.ts";
import { formatMessages } from "../core/messages/formats.ts";

const FEWEST = 12;
/** The last point must lie this many noise widths away from the points before it. */
const CLEAR_JUMP = 8;

/**
 * Recognises the layout "last two points are calibration points, 0 then 1" of quantify, where nothing marks them: they stand on ordinary delays.
 * In a decay nothing returns to where it started: a last point at the start of the decay, behind one at its end, is a prepared 1 behind a prepared 0.
 * @param i in-phase voltages; @param q quadrature voltages, or undefined for a real signal
 * @returns undefined when the data do not show the layout clearly
 */
export function trailingCalibration(i: Float64Array, q: Float64Array | undefined): Calibration | undefined {
  const n = i.length;
  if (n < FEWEST) return undefined;
  const at = (k: number) => [i[k]!, q?.[k] ?? 0] as const;
  const head = mean([0, 1, 2].map(at));
  const tail = mean([n - 7, n - 6, n - 5, n - 4, n - 3].map(at));
  const axis = [head[0] - tail[0], head[1] - tail[1]] as const;
  const span = Math.hypot(...axis);
  const noise = typicalStep(i, q, n - 2);
  if (!(span > CLEAR_JUMP * noise)) return undefined;
  // Along the decay, 1 where it starts and 0 where it ends, and across it.
  const place = ([x, y]: readonly [number, number]) => {
    const [dx, dy] = [x - tail[0], y - tail[1]];
    return { along: (dx * axis[0] + dy * axis[1]) / span ** 2, across: Math.abs(dx * axis[1] - dy * axis[0]) / span ** 2 };
  };
  const zero = place(at(n - 2));
  const one = place(at(n - 1));
  const onLine = zero.across < 0.3 && one.across < 0.3;
  const jump = (one.along * span) / Math.max(noise, Number.MIN_VALUE);
  if (!(onLine && zero.along > -3 && zero.along < 0.3 && one.along > 0.7 && one.along < 3 && jump > CLEAR_JUMP)) return undefined;
  return { zero: [n - 2], one: [n - 1], origin: "layout", note: formatMessages.calibrationLayout(n - 2, n - 1, jump) };
}

function mean(points: readonly (readonly [number, number])[]): readonly [number, number] {
  const sum = points.reduce<[number, number]>(([a, b], [x, y]) => [a + x, b + y], [0, 0]);
  return [sum[0] / points.length, sum[1] / points.length];
}

/** Width of the noise from steps between neighbours, robust against the few steps that are signal: the median length of a step is 1.67 sigma in the plane. */
function typicalStep(i: Float64Array, q: Float64Array | undefined, end: number): number {
  const steps: number[] = [];
  for (let k = 1; k < end; k++) steps.push(Math.hypot(i[k]! - i[k - 1]!, q === undefined ? 0 : q[k]! - q[k - 1]!));
  steps.sort((a, b) => a - b);
  const median = steps[steps.length >> 1] ?? Number.NaN;
  return median / (q === undefined ? 0.954 : 1.665);
}
