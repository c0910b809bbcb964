import { factorStore, middleState, stepBackward, stepForward } from "./adi.ts";
import {
  type AxisOperator,
  addBilinear,
  addOperator,
  coefficientsAdjoint,
  coefficientsTangent,
  emptyCoefficients,
} from "./axis-operator.ts";
import type { Course, Gradient, Perturbation, Solution } from "./equation.ts";
import type { Grid } from "./grid.ts";
import { onBefore, type Step, scheduleOf, stepsUntil } from "./schedule.ts";
import { steadyAdjoint, steadySolver, steadyState, steadyTangent } from "./steady.ts";
import { trajectoryOf } from "./trajectory.ts";

type Transient = Extract<Course, { type: "transient" }>;

/** Called for every direction at every output time. The state is overwritten after the call. */
export type EachTangent = (direction: number, time: number, state: Float64Array) => void;

/** u(t) by alternating directions (adi.ts) with the steps that end at `ends`, and its exact discrete derivatives. */
export function solveTransient(grid: Grid, operators: readonly AxisOperator[], course: Transient, ends: Float64Array): Solution {
  const cells = grid.cells;
  const [x, y] = operators as readonly [AxisOperator, AxisOperator?];
  const steps = scheduleOf(course.from, ends, course.sources);
  const outputs = stepsUntil(course.times, course.from, ends);
  const factors = factorStore(operators);
  const room = { first: new Float64Array(cells), middle: new Float64Array(cells) };
  const before = course.sources.map((source) => onBefore(source, course.from));
  const solver = course.start === "steady" ? steadySolver(operators) : undefined;
  const start =
    course.start === "steady"
      ? steadyState(
          solver!,
          grid,
          course.sources.map((s) => s.density),
          before,
        )
      : course.start;
  const absorbed = absorber(
    course.sources.map((s) => s.density),
    cells,
  );
  const trajectory = trajectoryOf(start, steps.length, (n, u, out) => {
    const f = absorbed(steps[n]!);
    stepForward(operators, factors(steps[n]!.half), u, f, f, room, out);
  });
  const states = outputs.map((n) => trajectory.at(n).slice());

  const tangents = (directions: readonly Perturbation[], each: EachTangent): void => {
    const changes = directions.map((d) => ({
      x: coefficientsTangent(x, d.gamma0, d.gamma2),
      y: y && coefficientsTangent(y, d.gamma0, d.gamma2),
      moved: d.gamma0 !== undefined || d.gamma2 !== undefined,
      absorbed: d.densities?.some((r) => r) ? absorber(d.densities, cells) : undefined,
      state:
        course.start === "steady"
          ? steadyTangent(solver!, grid, operators, d, start, before)
          : (d.start?.slice() ?? new Float64Array(cells)),
    }));
    const [middle, scratch, f, g] = [0, 0, 0, 0].map(() => new Float64Array(cells)) as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    let next = 0;
    for (let n = 0; n <= steps.length; n++) {
      for (; outputs[next] === n; next++) for (let d = 0; d < changes.length; d++) each(d, next, changes[d]!.state);
      if (n === steps.length || next === outputs.length) break;
      const step = steps[n]!;
      const stepWith = factors(step.half);
      const u = trajectory.at(n);
      const u1 = n + 1 <= steps.length ? trajectory.at(n + 1) : u;
      middleState(y, step.half, u, u1, scratch, middle);
      for (const change of changes) {
        const r = change.absorbed?.(step);
        if (r) f.set(r);
        else f.fill(0);
        if (change.moved) addOperator(x, change.x, -step.half, middle, f);
        g.set(f);
        if (change.moved && y) {
          addOperator(y, change.y!, -step.half, u, f);
          addOperator(y, change.y!, -step.half, u1, g);
        }
        stepForward(operators, stepWith, change.state, f, g, room, change.state);
      }
    }
  };

  const adjoint = (weights: readonly Float64Array[]): Gradient => {
    const [gamma0, gamma2] = [new Float64Array(cells), new Float64Array(cells)];
    const densities = course.sources.map(() => new Float64Array(cells));
    const by = operators.map(emptyCoefficients);
    const [lambda, mu, nu, middle, both] = [0, 0, 0, 0, 0].map(() => new Float64Array(cells)) as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    const weigh = (n: number) => {
      for (let i = outputs.length - 1; i >= 0; i--)
        if (outputs[i] === n) for (let k = 0; k < cells; k++) lambda[k]! += weights[i]![k]! / grid.volumes[k]!;
    };
    weigh(steps.length);
    const later = trajectory.at(steps.length).slice();
    for (let n = steps.length - 1; n >= 0; n--) {
      const { half, on } = steps[n]!;
      const u = trajectory.at(n);
      stepBackward(operators, factors(half), lambda, mu, nu, lambda);
      for (let k = 0; k < cells; k++) both[k] = mu[k]! + nu[k]!;
      middleState(y, half, u, later, room.first, middle);
      if (y) {
        addBilinear(y, by[1]!, -half, mu, later);
        addBilinear(y, by[1]!, -half, nu, u);
      }
      addBilinear(x, by[0]!, -half, both, middle);
      for (const [s, density] of densities.entries())
        if (on[s]) for (let k = 0; k < cells; k++) density[k]! += half * grid.volumes[k]! * both[k]!;
      weigh(n);
      later.set(u);
    }
    const first = lambda.map((l, k) => l * grid.volumes[k]!);
    for (const [i, of] of operators.entries()) coefficientsAdjoint(of, by[i]!, gamma0, gamma2);
    if (course.start !== "steady") return { gamma0, gamma2, densities, start: first };
    steadyAdjoint(solver!, grid, operators, first, start, before, { gamma0, gamma2, densities });
    return { gamma0, gamma2, densities, start: new Float64Array(cells) };
  };

  return {
    states,
    least: Math.min(...states.map((u) => u.reduce((a, b) => Math.min(a, b), 0))),
    imbalance: Number.NaN,
    tangents,
    tangent(direction) {
      const found: Float64Array[] = [];
      tangents([direction], (_, __, state) => found.push(state.slice()));
      return found;
    },
    adjoint,
  };
}

/** Half a step times the sum of the densities that are on, made anew only where that changes; undefined where none is on. */
function absorber(densities: readonly (Float64Array | undefined)[], cells: number): (step: Step) => Float64Array | undefined {
  const sum = new Float64Array(cells);
  let known: Step | undefined;
  return (step) => {
    const active = densities.filter((r, s) => r && step.on[s]) as Float64Array[];
    if (active.length === 0) return undefined;
    if (known && known.half === step.half && known.on.every((on, s) => on === step.on[s])) return sum;
    sum.fill(0);
    for (const density of active) for (let k = 0; k < cells; k++) sum[k]! += step.half * density[k]!;
    known = step;
    return sum;
  };
}
