import { carried, firstHalf, middleState, secondHalf } from "./adi.ts";
import type { Perturbation } from "./equation.ts";
import { type ForcedStep, forcingsOf } from "./forcing.ts";
import type { March } from "./march.ts";

type EachTangent = (direction: number, time: number, state: Float64Array) => void;

/**
 * Derivatives of a transient course in many directions: every step again with the same factors, driven by what the direction changes in it
 * (forcing.ts). Holds one state per direction.
 * @param each is given every direction's state at rising output times; it is overwritten afterwards
 */
export function transientTangents(march: March, directions: readonly Perturbation[], each: EachTangent): void {
  const { system, steps, outputs, ratio, steady } = march;
  const { grid, operators, factors } = system;
  const timesAt = (n: number) => outputs.flatMap((output, time) => (output === n ? [time] : []));
  const [middle, end] = [new Float64Array(grid.cells), new Float64Array(grid.cells)];
  const moving = directions.map((direction, d) => {
    const start = steady ? steady.tangent(direction) : direction.start;
    for (const time of timesAt(0)) each(d, time, start?.slice() ?? new Float64Array(grid.cells));
    const w = start && steps.length > 0 ? carried(operators, steps[0]!.half, start) : new Float64Array(grid.cells);
    return { w, forcings: forcingsOf(operators, direction) };
  });
  const forced = forcedSteps(march);
  for (let n = 0; n < Math.max(0, ...outputs); n++) {
    const step = forced(n);
    const stepWith = factors(step.half);
    const times = timesAt(n + 1);
    for (const [d, { w, forcings }] of moving.entries()) {
      for (const force of forcings) force(step, "first", w);
      firstHalf(operators, stepWith, w, middle);
      for (const force of forcings) force(step, "second", w);
      secondHalf(operators, stepWith, ratio(n), w, end);
      for (const time of times) each(d, time, end);
    }
  }
}

/** The steps of a course one after the other, in the same arrays. */
function forcedSteps({ system: { grid, operators }, steps, trajectory }: March): (n: number) => ForcedStep {
  const [u, middle, lossFirst, lossSecond] = [0, 0, 0, 0].map(() => new Float64Array(grid.cells)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const lines = operators.length;
  return (n) => {
    const { half, on } = steps[n]!;
    // Copied: the trajectory may make its states again in one place.
    u.set(trajectory.at(n));
    const u1 = trajectory.at(n + 1);
    middleState(operators, half, u, u1, middle);
    // Each direction of space carries an equal share of gamma0.
    for (let k = 0; k < u.length; k++) {
      const first = (half / lines) * middle[k]!;
      lossFirst[k] = lines === 2 ? first + (half / 2) * u[k]! : first;
      lossSecond[k] = lines === 2 ? first + (half / 2) * u1[k]! : first;
    }
    return { half, on, u, middle, u1, lossFirst, lossSecond };
  };
}
