import { exponentialSums, straightSums } from "./general-sums.ts";
import type { Plan } from "./plan.ts";
import { shapeSums, traceSums } from "./uniform-sums.ts";

/** Below this rate * window the basis psi_g is used, and g itself is searched; above, e^{-g x} and the logarithm of g. */
export const NEARLY_STRAIGHT = 0.5;

/** How a climb ended. */
export const AT_MAXIMUM = 0;
const AT_LOW = 1;
export const AT_HIGH = 2;
const LOST = 3;

/** All sums and the gain with its derivatives at `work.g`. */
export function evaluate(plan: Plan): void {
  const { work } = plan;
  const slow = work.g < NEARLY_STRAIGHT;
  work.straight = 0;
  if (slow && plan.freeOffset) {
    work.straight = 1;
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
  const y = work.y;
  const d = work.d;
  if (plan.freeAmplitude) {
    const perY = 1 / y;
    const perD = 1 / d;
    const p = work.yG * perY;
    const r = work.dG * perD;
    work.gain = y * y * perD;
    work.slope = 2 * p - r;
    work.bend = 2 * (work.yGG * perY - p * p) - (work.dGG * perD - r * r);
  } else {
    work.gain = amplitude * (2 * y - amplitude * d);
    work.slope = amplitude * (2 * work.yG - amplitude * work.dG);
    work.bend = amplitude * (2 * work.yGG - amplitude * work.dGG);
  }
}

const LONGEST_STEP = 0.7;
const SMALL = 1e-9;
/** Relative step over which Taylor's series with the derivatives at hand keeps ten digits. */
const NEAR = 3e-6;
/** With the third derivative from the two last points, the next error is about the last step times the square of this one. */
const ERROR = 2e-10;
const PATIENCE = 60;

/**
 * Newton's iteration for the maximum of the gain between `work.low` and `work.high`, from `work.g`, which it leaves at the maximum with all sums there.
 * A step against the slope's sign or past a point known to lie beyond the maximum becomes a bisection.
 */
export function climb(plan: Plan): number {
  const { work } = plan;
  const bottom = work.low;
  const top = work.high;
  const logarithmic = bottom >= NEARLY_STRAIGHT;
  let low = bottom;
  let high = top;
  let g = work.g;
  let came = Number.NaN;
  let last = 1;
  let lastBend = Number.NaN;
  for (let k = 0; k < PATIENCE; k++) {
    work.g = g;
    evaluate(plan);
    work.count = work.count + 1;
    const slope = logarithmic ? work.slope * g : work.slope;
    const bend = logarithmic ? slope + work.bend * g * g : work.bend;
    if (g <= bottom && slope <= 0) return AT_LOW;
    if (g >= top && slope >= 0) return AT_HIGH;
    if (slope > 0) low = g;
    else if (slope < 0) high = g;
    let move = -slope / bend;
    if (!(bend < 0)) move = slope > 0 ? 0.4 : -0.4;
    else if (move > LONGEST_STEP) move = LONGEST_STEP;
    else if (move < -LONGEST_STEP) move = -LONGEST_STEP;
    const size = move < 0 ? -move : move;
    // Third order: how much the second derivative changed over the last step tells the third.
    if (bend < 0 && lastBend < 0 && size < 0.1) move -= ((bend - lastBend) / (2 * bend * came)) * move * move;
    // (1 + m/2)/(1 - m/2) is e^m to third order.
    let next = logarithmic ? (g * (2 + move)) / (2 - move) : g + move;
    if (next > top) next = top;
    if (next < bottom) next = bottom;
    const there = bend < 0 && (size <= SMALL || size * size * last <= ERROR || (k > 20 && size <= 1e-7));
    if (there && next > bottom && next < top) {
      work.next = next;
      arrive(plan);
      return AT_MAXIMUM;
    }
    if (next >= high && high < top) next = (g + high) / 2;
    else if (next <= low && low > bottom) next = (g + low) / 2;
    came = logarithmic ? (2 * (next - g)) / (next + g) : next - g;
    last = came < 0 ? -came : came;
    lastBend = bend;
    g = next;
  }
  return LOST;
}

/**
 * The last step by Taylor's series. In closed form the sums without the trace are cheap; nearly straight lines are computed again unless the step was tiny.
 */
function arrive(plan: Plan): void {
  const { work } = plan;
  const next = work.next;
  const move = next - work.g;
  const size = Math.abs(move) / Math.abs(next);
  const closed = plan.horner && work.straight === 0 && work.g >= NEARLY_STRAIGHT;
  if (!closed && size > (work.straight === 1 ? SMALL : NEAR)) {
    work.g = next;
    evaluate(plan);
    return;
  }
  work.g = next;
  work.move = move;
  work.y = work.y + move * (work.yG + (move / 2) * work.yGG);
  if (closed) shapeSums(plan, false);
  else {
    work.d = work.d + move * (work.dG + (move / 2) * work.dGG);
    work.dG = work.dG + move * work.dGG;
    if (work.straight === 1) work.b = work.b + move * work.bG;
    else {
      work.b = work.b + move * (work.bG + (move / 2) * work.bGG);
      work.bG = work.bG + move * work.bGG;
      work.c11 = work.c11 + move * work.c11G;
    }
  }
  const y = work.y;
  const d = work.d;
  work.gain = plan.freeAmplitude ? (y * y) / d : plan.amplitude * (2 * y - plan.amplitude * d);
}

/** Newton's steps from a maximum until rounding ends them: data with next to no noise show their residuals only there. */
export function polish(plan: Plan): void {
  const { work } = plan;
  for (let k = 0; k < 3; k++) {
    evaluate(plan);
    const g = work.g;
    const next = g - work.slope / work.bend;
    if (!(work.bend < 0) || !(Math.abs(next - g) < 1e-6 * Math.abs(g))) return;
    work.g = next;
  }
  evaluate(plan);
}
