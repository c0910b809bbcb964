import type { Calibration } from "../../core/dataset.ts";
import { formatMessages } from "../../core/messages/formats.ts";
import type { ColumnData } from "../../tables/dataset.ts";

const FEWEST = 12;
/** The last points must lie this many noise widths away from the points before it. */
const CLEAR_JUMP = 8;

/**
 * Recognises the layout "the last points are calibration points, 0 then 1", where nothing marks them: they stand on ordinary delays.
 * In a decay nothing returns to where it started: last points at the start of the decay, behind as many at its end, are a prepared 1 behind a prepared 0.
 * @param i in-phase voltages; @param q quadrature voltages, or undefined for a real signal
 * @param each points per level: 1 in quantify, 2 in PycQED
 * @returns how many noise widths the jump between the levels has, or undefined when the data do not show the layout clearly
 */
export function trailingCalibration(i: Float64Array, q: Float64Array | undefined, each = 1): { readonly jump: number } | undefined {
  const n = i.length;
  if (n < FEWEST) return undefined;
  const at = (k: number) => [i[k]!, q?.[k] ?? 0] as const;
  const decay = n - 2 * each;
  const head = mean([0, 1, 2].map(at));
  const tail = mean([5, 4, 3, 2, 1].map((back) => at(decay - back)));
  const axis = [head[0] - tail[0], head[1] - tail[1]] as const;
  const span = Math.hypot(...axis);
  const noise = typicalStep(i, q, decay);
  if (!(span > CLEAR_JUMP * noise)) return undefined;
  // Along the decay, 1 where it starts and 0 where it ends, and across it.
  const place = ([x, y]: readonly [number, number]) => {
    const [dx, dy] = [x - tail[0], y - tail[1]];
    return { along: (dx * axis[0] + dy * axis[1]) / span ** 2, across: Math.abs(dx * axis[1] - dy * axis[0]) / span ** 2 };
  };
  const level = (first: number) => Array.from({ length: each }, (_, k) => place(at(first + k)));
  const [zeros, ones] = [level(decay), level(n - each)];
  const jump = (Math.min(...ones.map((p) => p.along)) * span) / Math.max(noise, Number.MIN_VALUE);
  const onLine = [...zeros, ...ones].every((p) => p.across < 0.3);
  const low = zeros.every((p) => p.along > -3 && p.along < 0.3);
  const high = ones.every((p) => p.along > 0.7 && p.along < 3);
  return onLine && low && high && jump > CLEAR_JUMP ? { jump } : undefined;
}

/** The last two points of a trace where they are clearly a prepared 0 and a prepared 1, as quantify measures them. */
export function lastTwoPoints(signal: readonly ColumnData[]): Calibration | undefined {
  const i = signal.find((c) => c.role === "i" || c.role === "voltage");
  const found = i === undefined ? undefined : trailingCalibration(i.values, signal.find((c) => c.role === "q")?.values);
  if (i === undefined || found === undefined) return undefined;
  const [zero, one] = [i.values.length - 2, i.values.length - 1];
  return { zero: [zero], one: [one], origin: "layout", note: formatMessages.calibrationLayout(zero, one, found.jump) };
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
