import type { Course, Medium } from "./equation.ts";
import type { Grid } from "./grid.ts";
import { sameTime } from "./schedule.ts";

/** Growth of the steps after an event: a step is at most this part of the time since the event. */
const GROWTH = 0.5;
/** Longest step as part of the course's length. */
const LONGEST = 1 / 16;
/** Longest step as multiple of the one before: the state that is carried between them (adi.ts) loses that many digits. */
const JUMP = 100;

/**
 * Ends of the time steps (s) of a course: every output time and every edge of a source is one. After the start and after every edge the steps begin
 * with the time in which the least cell gives its energy away, and grow with the time since: steps in geometric progression damp every mode of
 * alternating directions (Wachspress 1966, Iterative Solution of Elliptic Systems, ch. 6), where equal long ones would leave the rough ones ringing.
 * @param level every step of level 0 in 2^level equal parts
 */
export function planSteps(grid: Grid, medium: Medium, course: Course, level = 0): Float64Array {
  if (course.type === "steady" || course.times.length === 0) return new Float64Array();
  const { from, times, sources } = course;
  const last = times.at(-1)!;
  const rounding = sameTime(from, last);
  const edges = sources.flatMap(({ on }) => on.flat()).filter((t) => t < last - rounding);
  const knots = [...edges, ...times].sort((a, b) => a - b);
  const longest = LONGEST * (last - from);
  const first = Math.min(longest, 1 / fastestRate(grid, medium));
  const ends: number[] = [];
  let [now, event, previous] = [from, from, first];
  for (const knot of knots) {
    while (knot - now > rounding) {
      const left = knot - now;
      const allowed = Math.min(longest, Math.max(first, GROWTH * (now - event)), JUMP * previous);
      const parts = Math.ceil(left / allowed - 1e-9);
      const step = parts <= 2 || allowed === longest ? left / parts : allowed;
      const end = parts <= 1 ? knot : now + step;
      for (let i = 1; i < 2 ** level; i++) ends.push(now + (step * i) / 2 ** level);
      ends.push(end);
      [now, previous] = [end, step];
    }
    if (edges.includes(knot)) event = now;
  }
  return Float64Array.from(ends);
}

/** Largest rate (1/s) at which one cell can lose its energy. */
function fastestRate(grid: Grid, medium: Medium): number {
  const nx = grid.x.widths.length;
  let fastest = 0;
  for (let k = 0; k < grid.cells; k++) {
    const across = grid.y ? 1 / grid.y.widths[Math.floor(k / nx)]! ** 2 : 0;
    fastest = Math.max(fastest, medium.gamma0[k]! + 2 * medium.gamma2[k]! * (1 / grid.x.widths[k % nx]! ** 2 + across));
  }
  return fastest;
}

/** The same steps, each in two. */
export function halvedSteps(from: number, ends: Float64Array): Float64Array {
  return Float64Array.from({ length: 2 * ends.length }, (_, i) => {
    const n = i >> 1;
    return i % 2 === 1 ? ends[n]! : ((n === 0 ? from : ends[n - 1]!) + ends[n]!) / 2;
  });
}
