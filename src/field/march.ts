import type { FieldSystem } from "./field-system.ts";
import type { Step } from "./schedule.ts";
import type { SteadyState } from "./steady-state.ts";
import type { Trajectory } from "./trajectory.ts";

/** A transient course as it was solved (transient.ts). */
export interface March {
  readonly system: FieldSystem;
  readonly densities: readonly Float64Array[];
  readonly steps: readonly Step[];
  /** Number of steps after which each output time is reached. */
  readonly outputs: readonly number[];
  /** Length of the step after the n-th over that of the n-th; 1 after the last. */
  readonly ratio: (n: number) => number;
  readonly trajectory: Trajectory;
  /** Where the start is a steady state. */
  readonly steady: SteadyState | undefined;
}
