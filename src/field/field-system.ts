import type { StepFactors } from "./adi.ts";
import type { AxisOperator } from "./axis-operator.ts";
import type { Grid } from "./grid.ts";
import type { SteadySolver } from "./steady-solver.ts";

/** The equations of one medium on one grid, and what is factored of them once, where it is asked for. */
export interface FieldSystem {
  readonly grid: Grid;
  /** One per direction of space. */
  readonly operators: readonly AxisOperator[];
  /** Factors of a step from half its length. */
  readonly factors: (half: number) => StepFactors;
  readonly steady: SteadySolver;
}
