import { exponentialSums, straightSums } from "./general-sums.ts";
import type { Plan } from "./plan.ts";
import {
  B,
  B_G,
  B_GG,
  BEND,
  C11,
  C11_G,
  COUNT,
  D,
  D_G,
  D_GG,
  G,
  GAIN,
  HIGH,
  LOW,
  MOVE,
  NEXT,
  SECOND,
  SLOPE,
  STRAIGHT,
  Y,
  Y_G,
  Y_GG,
} from "./slots.ts";
import { shapeSums, traceSums } from "./uniform-sums.ts";

/** Below this rate * window the basis psi_g is used, and g itself is searched; above, e^{-g x} and the logarithm of g. */
export const NEARLY_STRAIGHT = 0.5;

/** How a climb ended. */
export const AT_MAXIMUM = 0;
export const AT_LOW = 1;
export const AT_HIGH = 2;
export const LOST = 3;

/** All sums and the gain with its derivatives at `work[G]`. */
export function evaluate(plan: Plan): void {
  const { work } = plan;
  const slow = work[G]! < NEARLY_STRAIGHT;
  work[STRAIGHT] = 0;
  if (slow && plan.freeOffset) {
    work[STRAIGHT] = 1;
    straightSums(plan);
  } else if (plan.horner && !slow) {
    traceSums(plan);
    shapeSums(plan, true);
  } else exponentialSums(plan);
  derive(plan);
}

/**
 * With amplitude (and offset) solved for, the sum of squares falls by Y^2/D (variable projection, Golub and Pereyra 1973); with the amplitude
 * fixed by 2 A Y - A^2 D. Its logarithm, in the second case itself, is searched for its maximum.
 */
function derive(plan: Plan): void {
  const { work, amplitude } = plan;
  const y = work[Y]!;
  const d = work[D]!;
  if (plan.freeAmplitude) {
    const p = work[Y_G]! / y;
    const r = work[D_G]! / d;
    work[GAIN] = (y * y) / d;
    work[SLOPE] = 2 * p - r;
    work[BEND] = 2 * (work[Y_GG]! / y - p * p) - (work[D_GG]! / d - r * r);
  } else {
    work[GAIN] = amplitude * (2 * y - amplitude * d);
    work[SLOPE] = amplitude * (2 * work[Y_G]! - amplitude * work[D_G]!);
    work[BEND] = amplitude * (2 * work[Y_GG]! - amplitude * work[D_GG]!);
  }
}

const LONGEST_STEP = 0.7;
const SMALL = 1e-9;
/** Relative step over which Taylor's series with the derivatives at hand keeps ten digits. */
const NEAR = 3e-6;
/** Newton's next error is about the cube of this step over the square of the last one. */
const ERROR = 2e-12;
const PATIENCE = 60;

/**
 * Newton's iteration for the maximum of the gain between `work[LOW]` and `work[HIGH]`, from `work[G]`, which it leaves at the maximum with all sums there.
 * A step against the slope's sign or past a point known to lie beyond the maximum becomes a bisection.
 */
export function climb(plan: Plan): number {
  const { work } = plan;
  const bottom = work[LOW]!;
  const top = work[HIGH]!;
  const logarithmic = bottom >= NEARLY_STRAIGHT;
  let low = bottom;
  let high = top;
  let g = work[G]!;
  let last = 0.1;
  const second = work[SECOND]!;
  for (let k = 0; k < PATIENCE; k++) {
    work[G] = g;
    evaluate(plan);
    work[COUNT] = work[COUNT]! + 1;
    const slope = logarithmic ? work[SLOPE]! * g : work[SLOPE]!;
    const bend = logarithmic ? slope + work[BEND]! * g * g : work[BEND]!;
    if (g <= bottom && slope <= 0) return AT_LOW;
    if (g >= top && slope >= 0) return AT_HIGH;
    if (slope > 0) low = g;
    else if (slope < 0) high = g;
    let move = -slope / bend;
    if (!(bend < 0)) move = slope > 0 ? 0.4 : -0.4;
    else if (move > LONGEST_STEP) move = LONGEST_STEP;
    else if (move < -LONGEST_STEP) move = -LONGEST_STEP;
    const size = move < 0 ? -move : move;
    // Third order where the shape of the gain is known.
    if (logarithmic && size < 0.1) move += second * move * move;
    // (1 + m/2)/(1 - m/2) is e^m to third order.
    let next = logarithmic ? (g * (2 + move)) / (2 - move) : g + move;
    if (next > top) next = top;
    if (next < bottom) next = bottom;
    const there = bend < 0 && (size <= SMALL || size * size * size <= ERROR * last * last || (k > 20 && size <= 1e-7));
    if (there && next > bottom && next < top) {
      work[NEXT] = next;
      arrive(plan);
      return AT_MAXIMUM;
    }
    if (next >= high && high < top) next = (g + high) / 2;
    else if (next <= low && low > bottom) next = (g + low) / 2;
    last = size;
    g = next;
  }
  return LOST;
}

/**
 * The last step by Taylor's series. In closed form the sums without the trace are cheap; nearly straight lines are computed again unless the step was tiny.
 */
function arrive(plan: Plan): void {
  const { work } = plan;
  const next = work[NEXT]!;
  const move = next - work[G]!;
  const size = Math.abs(move) / Math.abs(next);
  const closed = plan.horner && work[STRAIGHT] === 0 && work[G]! >= NEARLY_STRAIGHT;
  if (!closed && size > (work[STRAIGHT] === 1 ? SMALL : NEAR)) {
    work[G] = next;
    evaluate(plan);
    return;
  }
  work[G] = next;
  work[MOVE] = move;
  work[Y] = work[Y]! + move * (work[Y_G]! + (move / 2) * work[Y_GG]!);
  if (closed) shapeSums(plan, false);
  else {
    work[D] = work[D]! + move * (work[D_G]! + (move / 2) * work[D_GG]!);
    work[D_G] = work[D_G]! + move * work[D_GG]!;
    if (work[STRAIGHT] === 1) work[B] = work[B]! + move * work[B_G]!;
    else {
      work[B] = work[B]! + move * (work[B_G]! + (move / 2) * work[B_GG]!);
      work[B_G] = work[B_G]! + move * work[B_GG]!;
      work[C11] = work[C11]! + move * work[C11_G]!;
    }
  }
  const y = work[Y]!;
  const d = work[D]!;
  work[GAIN] = plan.freeAmplitude ? (y * y) / d : plan.amplitude * (2 * y - plan.amplitude * d);
}

/** Newton's steps from a maximum until rounding ends them: data with next to no noise show their residuals only there. */
export function polish(plan: Plan): void {
  const { work } = plan;
  for (let k = 0; k < 3; k++) {
    evaluate(plan);
    const g = work[G]!;
    const next = g - work[SLOPE]! / work[BEND]!;
    if (!(work[BEND]! < 0) || !(Math.abs(next - g) < 1e-6 * Math.abs(g))) return;
    work[G] = next;
  }
  evaluate(plan);
}
