import { carried, factorStore, firstHalf, type StepFactors, secondHalf, stepFactors } from "./adi.ts";
import { type AxisOperator, axisOperators } from "./axis-operator.ts";
import type { Boundary, Course, Medium, Source } from "./equation.ts";
import type { Grid } from "./grid.ts";
import { onBefore, scheduleOf, stepsUntil } from "./schedule.ts";
import { steadySolver } from "./steady-solver.ts";
import type { RateLaw } from "./two-fields-laws.ts";

/**
 * Two fields (Paper III v1; PHYSICS.md sec. 4): `du/dt = R - gamma0(U) u + div(gamma2(U) grad u)`, `dU/dt = D lap U - G_B U + rho gamma0(U) u`.
 * `gamma0` and `gamma2` are the values at U = 0; the laws give their factors.
 */
export interface TwoFieldMedium extends Medium {
  readonly gamma0Law: RateLaw;
  readonly gamma2Law: RateLaw;
  readonly bath: {
    /** D, m^2/s; above 0. */
    readonly diffusion: number;
    /** G_B, 1/s. */
    readonly rate: number;
    /** rho: share of the lost energy that arrives in the second field, per cell or for all. */
    readonly share: number | Float64Array;
    /** Sides of the second field; default those of u. */
    readonly boundary?: Boundary;
    /** U at the start of a transient, J/m^d; default 0, and its steady state where u starts there. */
    readonly start?: Float64Array;
  };
}

/** Both fields at every output time of a course. */
export interface TwoFieldSolution {
  readonly states: readonly Float64Array[];
  readonly bath: readonly Float64Array[];
  /** Least u over largest |u|, and least U over largest |U|, of all output times. */
  readonly least: readonly [u: number, bath: number];
}

/**
 * Solves both fields on the cells of a grid by finite volumes, second order in the widths of the cells and in the steps. Each step is linear: the rates
 * are taken at U extrapolated to its middle, u moves by alternating directions (`adi.ts`), then U with the energy that this step took from u, so that
 * without flux through the sides `int (u + U)` changes by exactly `int R - G_B int U` where rho = 1.
 * @param ends as for one field (`forward.ts`); not used for a steady course
 * @throws RangeError where a rate is not positive, the steps do not fit the course, or no steady state is found
 */
export function solveTwoFields(
  grid: Grid,
  boundary: Boundary,
  medium: TwoFieldMedium,
  course: Course,
  ends: Float64Array,
): TwoFieldSolution {
  const { diffusion, rate } = medium.bath;
  if (!(diffusion > 0 && rate > 0)) throw new RangeError("the second field needs D > 0 and G_B > 0");
  const cells = grid.cells;
  const bathMedium = { gamma0: new Float64Array(cells).fill(rate), gamma2: new Float64Array(cells).fill(diffusion) };
  const bathOperators = axisOperators(grid, medium.bath.boundary ?? boundary, bathMedium);
  const operatorsAt = operatorsOf(grid, boundary, medium);
  if (course.type === "steady") {
    const [u, bath] = steadyPair(grid, medium, operatorsAt, bathOperators, course.sources, () => true);
    return finished([u], [bath]);
  }
  const steps = scheduleOf(course.from, ends, course.sources);
  const outputs = stepsUntil(course.times, course.from, ends);
  const [u, bath] =
    course.start === "steady"
      ? steadyPair(grid, medium, operatorsAt, bathOperators, course.sources, (source) => onBefore(source, course.from))
      : [course.start.slice(), medium.bath.start?.slice() ?? new Float64Array(cells)];

  const bathFactors = factorStore(bathOperators);
  const [absorbed, given, middle, halfway, u1, bath1] = Array.from({ length: 6 }, () => new Float64Array(cells)) as Six;
  const before = bath.slice();
  const states: Float64Array[] = [];
  const baths: Float64Array[] = [];
  for (let n = 0, next = 0; ; n++) {
    for (; outputs[next] === n; next++) {
      states.push(u.slice());
      baths.push(bath.slice());
    }
    if (n === steps.length || next === outputs.length) break;
    const { half, on } = steps[n]!;
    absorbed.fill(0);
    course.sources.forEach(({ density }, s) => {
      if (on[s]) for (let k = 0; k < cells; k++) absorbed[k]! += half * density[k]!;
    });
    // The first step has no past to extrapolate from: it is repeated with the middle of its own ends.
    const ahead = n === 0 ? 0 : half / (2 * steps[n - 1]!.half);
    for (let k = 0; k < cells; k++) middle[k] = bath[k]! + ahead * (bath[k]! - before[k]!);
    for (let pass = n === 0 ? 0 : 2; pass < 3; pass++) {
      const { operators, loss } = operatorsAt(middle);
      step(operators, stepFactors(operators, half), u, absorbed, halfway, u1);
      for (let k = 0; k < cells; k++) {
        // What alternating directions lose on the way: half of gamma0 at u*, half at the mean of both ends.
        const lost = loss[k]! * (halfway[k]! / 2 + (u[k]! + u1[k]!) / 4);
        given[k] = half * shareOf(medium, k) * lost;
      }
      step(bathOperators, bathFactors(half), bath, given, halfway, bath1);
      for (let k = 0; k < cells; k++) middle[k] = (bath[k]! + bath1[k]!) / 2;
    }
    before.set(bath);
    bath.set(bath1);
    u.set(u1);
  }
  return finished(states, baths);
}

type Six = [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];

/** One step of `adi.ts` with operators that hold for this step alone; `added` is half the step times the source. */
function step(
  operators: readonly AxisOperator[],
  factors: StepFactors,
  from: Float64Array,
  added: Float64Array,
  middle: Float64Array,
  end: Float64Array,
) {
  const w = carried(operators, factors.half, from);
  for (let k = 0; k < w.length; k++) w[k]! += added[k]!;
  firstHalf(operators, factors, w, middle);
  for (let k = 0; k < w.length; k++) w[k]! += added[k]!;
  secondHalf(operators, factors, 1, w, end);
}

const shareOf = ({ bath }: TwoFieldMedium, cell: number) => (typeof bath.share === "number" ? bath.share : bath.share[cell]!);

function finished(states: Float64Array[], bath: Float64Array[]): TwoFieldSolution {
  return { states, bath, least: [leastOf(states), leastOf(bath)] };
}

function leastOf(states: readonly Float64Array[]): number {
  let [least, largest] = [0, 0];
  for (const state of states)
    for (const v of state) {
      least = Math.min(least, v);
      largest = Math.max(largest, Math.abs(v));
    }
  return largest > 0 ? least / largest : 0;
}

/** The operators of u, and gamma0, at a given U. */
type OperatorsAt = (bath: Float64Array) => { readonly operators: readonly AxisOperator[]; readonly loss: Float64Array };

function operatorsOf(grid: Grid, boundary: Boundary, medium: TwoFieldMedium): OperatorsAt {
  const { gamma0, gamma2, gamma0Law, gamma2Law } = medium;
  const fixed = gamma2Law.name === "constant" ? axisOperators(grid, boundary, medium) : undefined;
  return (bath) => {
    const loss = gamma0.map((g, k) => g * gamma0Law.at(bath[k]!));
    if (!loss.every((g) => g >= 0)) throw new RangeError(`gamma0(U) leaves the range of the law (${gamma0Law.name})`);
    if (fixed) return { operators: fixed.map((of) => ({ ...of, loss: loss.map((g) => of.share * g) })), loss };
    const moved = gamma2.map((g, k) => g * gamma2Law.at(bath[k]!));
    if (!moved.every((g) => g > 0)) throw new RangeError(`gamma2(U) leaves the range of the law (${gamma2Law.name})`);
    return { operators: axisOperators(grid, boundary, { gamma0: loss, gamma2: moved }), loss };
  };
}

/** Rounds of the search for a steady state, and the relative change at which it ends. */
const [ROUNDS, SAME] = [500, 1e-13];

/** Steady pair by turns: u at given rates, U from what u loses; half steps where that swings. */
function steadyPair(
  grid: Grid,
  medium: TwoFieldMedium,
  operatorsAt: OperatorsAt,
  bathOperators: readonly AxisOperator[],
  sources: readonly Source[],
  isOn: (source: Source) => boolean,
): [Float64Array, Float64Array] {
  const solveBath = steadySolver(bathOperators);
  const bath = new Float64Array(grid.cells);
  let [weight, previous] = [1, Number.POSITIVE_INFINITY];
  for (let round = 0; round < ROUNDS; round++) {
    const { operators, loss } = operatorsAt(bath);
    const u = new Float64Array(grid.cells);
    for (const source of sources) if (isOn(source)) for (let k = 0; k < u.length; k++) u[k]! += grid.volumes[k]! * source.density[k]!;
    if (u.every((r) => r === 0)) return [u, bath];
    steadySolver(operators)(u);
    const next = u.map((v, k) => grid.volumes[k]! * shareOf(medium, k) * loss[k]! * v);
    solveBath(next);
    let [change, size] = [0, 0];
    for (let k = 0; k < bath.length; k++) {
      change = Math.max(change, Math.abs(next[k]! - bath[k]!));
      size = Math.max(size, Math.abs(next[k]!));
      bath[k]! += weight * (next[k]! - bath[k]!);
    }
    if (change <= SAME * size) return [u, bath];
    if (change >= previous) weight = Math.max(weight / 2, 1 / 64);
    previous = change;
  }
  throw new RangeError("the steady state of the two fields was not found");
}
