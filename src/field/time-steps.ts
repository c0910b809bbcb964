import type { Boundary, Course, Medium } from "./equation.ts";
import { solve } from "./forward.ts";
import type { Grid } from "./grid.ts";

type Transient = Extract<Course, { type: "transient" }>;

/** Growth of the steps after an event: a step is at most this part of the time since the event. */
const GROWTH = 0.5;
/** Longest step as part of the course's length. */
const LONGEST = 1 / 16;

/**
 * Ends of the time steps (s) of a course: every output time and every edge of a source is one. After the start and after every edge the steps begin
 * with the time in which the least cell gives its energy away, and grow with the time since: steps in geometric progression damp every mode of
 * alternating directions (Wachspress 1966, Iterative Solution of Elliptic Systems, ch. 6), where equal long ones would leave the rough ones ringing.
 * @param level every step of level 0 in 2^level equal parts
 */
export function planSteps(grid: Grid, medium: Medium, course: Course, level = 0): Float64Array {
  if (course.type === "steady") return new Float64Array();
  const last = course.times.at(-1)!;
  const edges = course.sources.flatMap(({ on }) => on.flat()).filter((t) => t > course.from && t < last);
  const knots = [...new Set([...edges, ...course.times])].filter((t) => t > course.from).sort((a, b) => a - b);
  const longest = LONGEST * (last - course.from);
  const first = Math.min(longest, 1 / fastestRate(grid, medium));
  const ends: number[] = [];
  let now = course.from;
  let event = course.from;
  for (const knot of knots) {
    if (knot - now <= 1e-9 * (knot - course.from)) continue;
    while (now < knot) {
      const left = knot - now;
      const allowed = Math.min(longest, Math.max(first, GROWTH * (now - event)));
      const parts = Math.ceil(left / allowed - 1e-9);
      const step = parts <= 2 || allowed === longest ? left / parts : allowed;
      const end = parts <= 1 ? knot : now + step;
      const begin = now;
      for (let i = 1; i <= 2 ** level; i++) ends.push(i === 2 ** level ? end : begin + ((end - begin) * i) / 2 ** level);
      now = end;
    }
    if (edges.includes(knot)) event = knot;
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

/** Steps that are fine enough, and what halving them changes. */
export interface ChosenSteps {
  readonly ends: Float64Array;
  readonly level: number;
  /** Largest change of u at the output times by halved steps, in units of the largest |u| (or of the given sigma). The error is 4/3 of it. */
  readonly change: number;
}

/** More halvings than this are not tried. */
const HIGHEST_LEVEL = 8;

/**
 * The coarsest level of `planSteps` whose states at the output times change by no more than `tolerance` where every step is halved.
 * @param tolerance in units of the largest |u| at these times, or of `sigma` (J/m^d)
 */
export function chooseSteps(
  grid: Grid,
  boundary: Boundary,
  medium: Medium,
  course: Transient,
  { tolerance, sigma }: { readonly tolerance: number; readonly sigma?: number },
): ChosenSteps {
  let ends = planSteps(grid, medium, course);
  let states = solve(grid, boundary, medium, course, ends).states;
  for (let level = 0; ; level++) {
    const finer = halvedSteps(course.from, ends);
    const next = solve(grid, boundary, medium, course, finer).states;
    const unit = sigma ?? largest(next);
    const change = difference(states, next) / (unit > 0 ? unit : 1);
    if (change <= tolerance || level === HIGHEST_LEVEL) return { ends, level, change };
    [ends, states] = [finer, next];
  }
}

function largest(states: readonly Float64Array[]): number {
  return states.reduce((top, u) => u.reduce((a, b) => Math.max(a, Math.abs(b)), top), 0);
}

function difference(a: readonly Float64Array[], b: readonly Float64Array[]): number {
  return a.reduce((top, u, i) => u.reduce((m, v, k) => Math.max(m, Math.abs(v - b[i]![k]!)), top), 0);
}
