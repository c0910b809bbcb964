import { factorStore } from "./adi.ts";
import { axisOperators } from "./axis-operator.ts";
import type { Boundary, Course, Medium, Solution } from "./equation.ts";
import type { FieldSystem } from "./field-system.ts";
import type { Grid } from "./grid.ts";
import { solveSteady } from "./steady.ts";
import { type SteadySolver, steadySolver } from "./steady-solver.ts";
import { solveTransient } from "./transient.ts";

/** Solves a course in one medium; @param ends as in `solve` */
export type CourseSolver = (course: Course, ends: Float64Array) => Solution;

/** A solver for several courses in one medium, which share what is made of it once: the factors of the steps and of the steady state. */
export function solverFor(grid: Grid, boundary: Boundary, { gamma0, gamma2 }: Medium): CourseSolver {
  checkMaps(grid, { gamma0, gamma2 });
  if (!gamma0.every((g) => g >= 0)) throw new RangeError("gamma0 must not be negative");
  if (!gamma2.every((g) => g > 0)) throw new RangeError("gamma2 must be positive");
  const operators = axisOperators(grid, boundary, { gamma0, gamma2 });
  const factors = factorStore(operators);
  let steady: SteadySolver | undefined;
  const system: FieldSystem = {
    grid,
    operators,
    factors,
    get steady() {
      steady ??= steadySolver(operators);
      return steady;
    },
  };
  return (course, ends) => {
    for (const { density } of course.sources) checkMaps(grid, { "a source": density });
    if (course.type === "steady") return solveSteady(system, course.sources);
    if (course.start !== "steady") checkMaps(grid, { "the start": course.start });
    return solveTransient(system, course, ends);
  };
}

function checkMaps(grid: Grid, maps: Readonly<Record<string, Float64Array>>): void {
  for (const [name, map] of Object.entries(maps))
    if (map.length !== grid.cells || !map.every(Number.isFinite)) throw new RangeError(`${name} needs one finite number per cell`);
}

/**
 * Solves `du/dt = R_total - gamma0 u + div(gamma2 grad u)` (PHYSICS.md sec. 4) by cell-centred finite volumes with harmonic means of gamma2 at the
 * faces, in time by alternating directions (Crank-Nicolson on a line). Second order in the widths of the cells and in the steps.
 * @param ends ends of the time steps after the start, s, rising: every output time and every edge of a source after the start is one of them
 * (`planSteps`); not used for a steady course
 * @throws RangeError where the medium is not positive, the steps do not fit the course, or a steady state does not exist
 */
export function solve(grid: Grid, boundary: Boundary, medium: Medium, course: Course, ends: Float64Array): Solution {
  return solverFor(grid, boundary, medium)(course, ends);
}
