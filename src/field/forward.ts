import { axisOperators } from "./axis-operator.ts";
import type { Boundary, Course, Medium, Solution } from "./equation.ts";
import type { Grid } from "./grid.ts";
import { solveSteady } from "./steady.ts";
import { solveTransient } from "./transient.ts";

/**
 * Solves `du/dt = R_total - gamma0 u + div(gamma2 grad u)` (PHYSICS.md sec. 4) by cell-centred finite volumes with harmonic means of gamma2 at the
 * faces, in time by alternating directions (Crank-Nicolson on a line). Second order in the widths of the cells and in the steps.
 * @param ends ends of the time steps after the start, s, rising: every output time and every edge of a source after the start is one of them
 * (`planSteps`); not used for a steady course
 * @throws RangeError where the medium is not positive, the steps do not fit the course, or a steady state does not exist
 */
export function solve(grid: Grid, boundary: Boundary, medium: Medium, course: Course, ends: Float64Array): Solution {
  const start = course.type === "transient" && course.start !== "steady" ? course.start : undefined;
  const maps = { gamma0: medium.gamma0, gamma2: medium.gamma2, ...(start && { "the start": start }) };
  for (const [name, map] of [...Object.entries(maps), ...course.sources.map(({ density }) => ["a source", density] as const)])
    if (map.length !== grid.cells || !map.every(Number.isFinite)) throw new RangeError(`${name} needs one finite number per cell`);
  if (!medium.gamma0.every((g) => g >= 0)) throw new RangeError("gamma0 must not be negative");
  if (!medium.gamma2.every((g) => g > 0)) throw new RangeError("gamma2 must be positive");
  const operators = axisOperators(grid, boundary, medium);
  return course.type === "steady" ? solveSteady(grid, operators, course.sources) : solveTransient(grid, operators, course, ends);
}
