import type { Bounds, Ending, Options } from "./least-squares-problem.ts";
import type { Linearised } from "./linearised.ts";

/** Where the loop stopped, and why. */
export interface Stop {
  readonly ending: Ending;
  readonly p: Float64Array;
  readonly objective: number;
  readonly distance: number;
  readonly iterations: number;
  readonly evaluations: number;
  readonly atBound: readonly number[];
}

/**
 * Trust-region Levenberg-Marquardt in scaled variables with gain ratio and rejected steps (More 1978), simple bounds by an active set and projection.
 * Every tolerance is relative: neither the units of the parameters nor those of the residuals matter.
 * 1 start, 2 step inside the trust region, 3 gain ratio, 4 accept or reject, 5 convergence, 6 distance to the minimum.
 */
export function trustRegion(model: Linearised, start: ArrayLike<number>, bounds: Bounds, options: Options): Stop {
  const { ftol = 1e-14, xtol = 1e-12, gtol = 1e-14, factor = 1, maxEvaluations = 400 } = options;
  const n = model.parameters;
  const lower = (j: number) => bounds.lower?.[j] ?? Number.NEGATIVE_INFINITY;
  const upper = (j: number) => bounds.upper?.[j] ?? Number.POSITIVE_INFINITY;
  const fixed = [...Array(n).keys()].filter((j) => options.fixed?.[j]);
  // 1
  let p = Float64Array.from({ length: n }, (_, j) => (options.fixed?.[j] ? start[j]! : Math.min(Math.max(start[j]!, lower(j)), upper(j))));
  let objective = model.evaluate(p);
  let evaluations = 1;
  let iterations = 0;
  let held: readonly number[] = fixed;
  // 6
  const finish = (ending: Ending): Stop => {
    const distance = NOWHERE.has(ending) ? Number.NaN : model.distance(held);
    const atBound = fixed.length === 0 ? held : held.filter((j) => !options.fixed?.[j]);
    return { ending, p, objective, distance, iterations, evaluations, atBound };
  };
  const differentiable = Number.isFinite(objective) && model.differentiate();
  model.accept();
  if (model.points < n - fixed.length) return finish("too_few_points");
  if (!Number.isFinite(objective)) return finish("bad_start");
  if (!differentiable) return finish("not_finite");

  const scale = new Float64Array(n);
  const divisor = new Float64Array(n);
  const step = new Float64Array(n);
  let trial = new Float64Array(n);
  let radius = 0;
  let damping = 0;
  for (;;) {
    iterations++;
    for (let j = 0; j < n; j++) {
      scale[j] = Math.max(scale[j]!, model.columnNorm(j));
      // A parameter without any effect so far has no size; it does not move, and only must not be divided by.
      divisor[j] = scale[j]! || 1;
    }
    // A start at zero has no size of its own: the residual has the unit of the scaled parameters.
    if (iterations === 1) radius = factor * (stepLength(p, scale) || model.residualNorm() || 1);
    held = heldNow(model, p, lower, upper, options.fixed, fixed);
    if (gradientCosine(model, held) <= gtol) return finish(model.residualNorm() === 0 ? "exact" : "gradient");
    model.factorise(held);
    for (;;) {
      // 2
      const trust = model.step(divisor, radius, damping, step);
      damping = trust.damping;
      let projected = false;
      for (let j = 0; j < n; j++) {
        if (options.fixed?.[j]) {
          trial[j] = p[j]!;
          continue;
        }
        const wanted = p[j]! + step[j]!;
        trial[j] = Math.min(Math.max(wanted, lower(j)), upper(j));
        if (trial[j] !== wanted) projected = true;
      }
      for (let j = 0; j < n; j++) step[j] = trial[j]! - p[j]!;
      const length = stepLength(step, scale);
      if (iterations === 1) radius = Math.min(radius, trust.length);
      const trialObjective = model.evaluate(trial);
      evaluations++;
      // 3
      const size = Math.abs(objective) || Number.MIN_VALUE;
      const actual = Number.isFinite(trialObjective) ? (objective - trialObjective) / size : -1;
      const { value, slope } = model.predicted(step);
      const expected = value / size;
      const gain = expected > 0 ? actual / expected : 0;
      if (gain <= 0.25) {
        const shrink =
          actual >= 0 ? 0.5 : Math.max(0.1, Math.min(0.5, (0.5 * slope) / (slope + 0.5 * (objective - trialObjective)) || 0.1));
        radius = shrink * Math.min(radius, 10 * length);
        damping /= shrink;
      } else if (damping === 0 || gain >= 0.75) {
        radius = projected ? Math.max(radius, 2 * length) : 2 * length;
        damping *= 0.5;
      }
      // 4
      const accepted = gain >= 1e-4 && model.differentiate();
      if (accepted) {
        [p, trial] = [trial, p];
        objective = trialObjective;
        model.accept();
      }
      // 5
      const sizeOfP = stepLength(p, scale);
      if (accepted || actual >= 0) {
        if (model.residualNorm() === 0) return finish("exact");
        if (Math.abs(actual) <= ftol && expected <= ftol && gain <= 2) return finish("reduction");
      }
      if (radius <= xtol * sizeOfP || (accepted && length <= xtol * sizeOfP && damping === 0)) return finish("step");
      if (Math.abs(actual) <= Number.EPSILON && expected <= Number.EPSILON && gain <= 2) return finish("rounding");
      if (radius <= Number.EPSILON * sizeOfP || length === 0) return finish("rounding");
      if (evaluations >= maxEvaluations) return finish("too_many_evaluations");
      if (accepted) break;
    }
  }
}

/** Endings at which there is no linear model to measure a distance with. */
const NOWHERE: ReadonlySet<Ending> = new Set<Ending>(["bad_start", "not_finite", "too_few_points"]);

function stepLength(x: Float64Array, scale: Float64Array): number {
  let s = 0;
  for (let j = 0; j < x.length; j++) s += (x[j]! * scale[j]!) ** 2;
  return Math.sqrt(s);
}

/** Largest |cos| of the angle between the residual and a free column of J. */
function gradientCosine(model: Linearised, held: readonly number[]): number {
  const size = model.residualNorm();
  if (size === 0) return 0;
  let largest = 0;
  for (let j = 0; j < model.parameters; j++) {
    if (held.includes(j)) continue;
    const column = model.columnNorm(j);
    if (column === 0) continue;
    largest = Math.max(largest, Math.abs(model.gradient(j)) / column / size);
  }
  return largest;
}

/** Fixed parameters, and those on a bound with the gradient pushing outwards. */
function heldNow(
  model: Linearised,
  p: Float64Array,
  lower: (j: number) => number,
  upper: (j: number) => number,
  isFixed: Options["fixed"],
  fixed: readonly number[],
): readonly number[] {
  const held = [...fixed];
  for (let j = 0; j < p.length; j++) {
    if (isFixed?.[j] || (p[j]! > lower(j) && p[j]! < upper(j))) continue;
    const gradient = model.gradient(j);
    if ((p[j]! <= lower(j) && gradient >= 0) || (p[j]! >= upper(j) && gradient <= 0)) held.push(j);
  }
  return held.length === fixed.length ? fixed : held.sort((a, b) => a - b);
}
