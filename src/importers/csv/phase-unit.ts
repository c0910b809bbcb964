/** The unit of a phase and what tells it, in words. */
export interface PhaseUnit {
  readonly unit: "deg" | "rad";
  readonly why: string;
}

const TURN = { rad: 2 * Math.PI, deg: 360 } as const;

/**
 * Degrees or radians, by the size of the numbers: a wrapped phase jumps by a whole turn, and a phase between pi and 180 is not in radians unless it
 * was unwrapped. Undefined where the numbers leave it open: small phases without a jump, and unwrapped ones.
 */
export function phaseUnitOf(values: Float64Array): PhaseUnit | undefined {
  let [min, max] = [Infinity, -Infinity];
  for (const x of values) {
    if (x < min) min = x;
    if (x > max) max = x;
  }
  const size = Math.max(-min, max);
  if (fitsTurn(min, max, TURN.rad))
    return jumps(values, TURN.rad) ? { unit: "rad", why: "it stays within 2 pi and jumps by 2 pi" } : undefined;
  if (jumps(values, TURN.deg)) return { unit: "deg", why: "it jumps by 360" };
  if (size > TURN.rad && fitsTurn(min, max, TURN.deg))
    return { unit: "deg", why: `it reaches ${Number(size.toPrecision(3))} and stays within 360` };
  return undefined;
}

/** Within -pi..pi or 0..2 pi, with a little room for rounding. */
const fitsTurn = (min: number, max: number, turn: number) =>
  (Math.max(-min, max) <= 0.5 * turn * 1.001 || (min >= -0.001 * turn && max <= turn * 1.001)) && min <= max;

/** Whether neighbours lie a turn apart, while most lie close together. */
function jumps(values: Float64Array, turn: number): boolean {
  let [far, small] = [0, 0];
  for (let i = 1; i < values.length; i++) {
    const step = Math.abs(values[i]! - values[i - 1]!);
    if (step > 0.85 * turn && step < 1.15 * turn) far++;
    else if (step < 0.25 * turn) small++;
  }
  return far > 0 && small >= 4 * far;
}
