import { carried, firstHalf, secondHalf } from "./adi.ts";
import { transientBalance } from "./energy-balance.ts";
import type { Course, Solution } from "./equation.ts";
import type { FieldSystem } from "./field-system.ts";
import type { March } from "./march.ts";
import { absorber, onBefore, scheduleOf, stepsUntil } from "./schedule.ts";
import { steadyState } from "./steady-state.ts";
import { trajectoryOf } from "./trajectory.ts";
import { transientAdjoint } from "./transient-adjoint.ts";
import { transientTangents } from "./transient-tangents.ts";

/**
 * u(t) by alternating directions (adi.ts) with the steps that end at `ends`, and its exact discrete derivatives.
 * @param memory bytes for the states of all steps; default of trajectory.ts
 */
export function solveTransient(
  system: FieldSystem,
  course: Extract<Course, { type: "transient" }>,
  ends: Float64Array,
  memory?: number,
): Solution {
  const { operators, factors } = system;
  const { cells } = system.grid;
  const densities = course.sources.map(({ density }) => density);
  const steps = scheduleOf(course.from, ends, course.sources);
  const outputs = stepsUntil(course.times, course.from, ends);
  const ratio = (n: number) => (n + 1 < steps.length ? steps[n + 1]!.half / steps[n]!.half : 1);
  const before = course.sources.map((source) => onBefore(source, course.from));
  const steady = course.start === "steady" ? steadyState(system, densities, before) : undefined;
  const start = steady?.u ?? (course.start as Float64Array).slice();

  const absorbed = absorber(densities, cells);
  const middle = new Float64Array(cells);
  const w = new Float64Array(cells);
  let after = -1;
  const advance = (n: number, u: Float64Array, out: Float64Array) => {
    const step = steps[n]!;
    if (after !== n) w.set(carried(operators, step.half, u));
    const power = absorbed(step);
    if (power) add(power, w);
    firstHalf(operators, factors(step.half), w, middle);
    if (power) add(power, w);
    secondHalf(operators, factors(step.half), ratio(n), w, out);
    after = n + 1;
  };
  const states: Float64Array[] = [];
  const keep = (n: number, u: Float64Array) => {
    while (outputs[states.length] === n) states.push(u.slice());
  };
  const trajectory = trajectoryOf(start, steps.length, advance, keep, memory);
  const march: March = { system, densities, steps, outputs, ratio, trajectory, steady };
  let balance: ReturnType<typeof transientBalance> | undefined;
  const balanced = () => {
    balance ??= transientBalance(march);
    return balance;
  };
  return {
    states,
    get least() {
      return balanced().least;
    },
    get imbalance() {
      return balanced().imbalance;
    },
    tangent(direction) {
      const found: Float64Array[] = [];
      transientTangents(march, [direction], (_direction, _time, state) => found.push(state.slice()));
      return found;
    },
    tangents: (directions, each) => transientTangents(march, directions, each),
    adjoint: (weights) => transientAdjoint(march, weights),
  };
}

function add(a: Float64Array, onto: Float64Array): void {
  for (let k = 0; k < a.length; k++) onto[k]! += a[k]!;
}
