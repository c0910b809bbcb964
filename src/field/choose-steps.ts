import type { Boundary, Course, Medium } from "./equation.ts";
import { solve } from "./forward.ts";
import type { Grid } from "./grid.ts";
import { halvedSteps, planSteps } from "./time-steps.ts";

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
  course: Extract<Course, { type: "transient" }>,
  { tolerance, sigma }: { readonly tolerance: number; readonly sigma?: number },
): ChosenSteps {
  let ends = planSteps(grid, medium, course);
  let { states } = solve(grid, boundary, medium, course, ends);
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
