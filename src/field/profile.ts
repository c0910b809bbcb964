import { studentHalfWidth } from "../numerics/beta-function.ts";
import { choleskySolve } from "../numerics/cholesky.ts";
import { ONE_SIGMA } from "../numerics/normal.ts";
import type { FieldMinimum } from "./evaluator.ts";
import { type Descent, descend, settle } from "./gauss-newton.ts";
import type { ProfilePoint } from "./outcome.ts";
import { numberOf } from "./parameters.ts";

/** chi2 against gamma2, and the interval that it gives. */
export interface Gamma2Profile {
  /** In the order of gamma2, the minimum among them. */
  readonly points: readonly ProfilePoint[];
  /** 68.3 % interval; 0 or infinite where chi2 does not rise enough on that side. */
  readonly low: number;
  readonly high: number;
}

/** Steps of log gamma2 on each side, in sigma of the Hessian; beyond, each is twice as long as the one before. */
const STEPS = [0.5, 1, 1.5, 2, 2.5];
/** Longest first step, where the Hessian sees hardly anything: a factor e^2 per half sigma. */
const LONGEST = 4;
/** Rise of chi2 up to which the profile is followed. */
const HIGHEST = 6;
/** Rise below which the next point must not be beyond HIGHEST. */
const HALF = 0.5;
/** Largest change of log gamma2: fifteen decades, for a minimum that ran away to where gamma2 has no effect. */
const FURTHEST = 15 * Math.LN10;
/** Most points on one side, and most that halve a step over which chi2 rose too fast. */
const [MOST, HALVED] = [11, 7];
/** Distance (in sigma) to the conditional minimum that is left to the last, quadratic correction. */
const LEFT = 0.3;

/**
 * Profile likelihood of a scalar gamma2: `chi2 + theta^T P theta` minimised over everything else (Venzon and Moolgavkar 1988). Each point starts on the
 * tangent of the ridge with the chord Hessian; what is left of the way down is `g^T H^-1 g`. Undefined where gamma2 is not one number.
 * @param dof of noise that was estimated from the residuals; infinite where it was stated
 */
export function profileGamma2(minimum: FieldMinimum, dof: number): Gamma2Profile | undefined {
  const { evaluator, at, information, prior, weight, factor } = minimum;
  const { parameters } = evaluator;
  const gamma2 = parameters.findIndex((p) => p.kind === "gamma2");
  if (parameters.filter((p) => p.kind === "gamma2").length !== 1) return undefined;
  const n = parameters.length;
  const unit = new Float64Array(n);
  unit[gamma2] = 1;
  const column = choleskySolve(factor, unit, n);
  const sigma = Math.min(LONGEST, Math.sqrt(column[gamma2]!));
  /** d theta / d log gamma2 along the ridge. */
  const ridge = column.map((v) => v / column[gamma2]!);
  const heightOf = ({ objective, distance }: Pick<Descent, "objective" | "distance">) => 2 * objective - distance ** 2;
  const conditional = (start: Float64Array) =>
    settle(
      descend({ evaluator, weight, prior }, start, { information, refresh: "never", held: new Set([gamma2]), tolerance: LEFT, most: 6 }),
    );
  const base = heightOf(conditional(at.theta));

  /** The rise at `delta`, from the point nearest to it so far. */
  const reached = (delta: number, from: Reached): Reached | undefined => {
    try {
      const descent = conditional(from.theta.map((v, j) => v + (delta - from.delta) * ridge[j]!));
      return descent.ending === "bad_start" ? undefined : { delta, rise: heightOf(descent) - base, theta: descent.at.theta };
    } catch (error) {
      // Outside the law's domain: the profile ends before.
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  };
  const side = (sign: number) => {
    const found: Reached[] = [{ delta: 0, rise: 0, theta: at.theta }];
    const last = () => found[found.length - 1]!;
    while (found.length <= MOST && last().rise <= HIGHEST) {
      const k = found.length - 1;
      const delta = k < STEPS.length ? sign * STEPS[k]! * sigma : 2 * last().delta;
      const next = Math.abs(delta) <= FURTHEST ? reached(delta, last()) : undefined;
      if (!next) break;
      found.push(next);
    }
    // From nothing to far too much in one step: halve it until the interval's end is bracketed.
    for (let k = 0; k < HALVED && found.length > 1 && last().rise > HIGHEST && found[found.length - 2]!.rise < HALF; k++) {
      const from = found[found.length - 2]!;
      const next = reached((from.delta + last().delta) / 2, from);
      if (!next) break;
      if (next.rise > HIGHEST) found[found.length - 1] = next;
      else found.splice(-1, 0, next);
    }
    return found.slice(1);
  };
  const [below, above] = [side(-1), side(1)];
  const valueAt = (delta: number) => numberOf(parameters[gamma2]!, at.theta[gamma2]! + delta);
  const limit = studentHalfWidth(ONE_SIGMA, dof);
  const [low, high] = [crossing(below, limit), crossing(above, limit)];
  const points = [...below.reverse(), { delta: 0, rise: 0 }, ...above];
  return {
    points: points.map(({ delta, rise }) => ({ gamma2: valueAt(delta), deltaChi2: Math.max(0, rise) })),
    low: low === undefined ? 0 : valueAt(low),
    high: high === undefined ? Number.POSITIVE_INFINITY : valueAt(high),
  };
}

interface Reached {
  readonly delta: number;
  readonly rise: number;
  readonly theta: Float64Array;
}

/** Where the root of the rise, nearly linear in log gamma2, crosses the limit; undefined where it does not. */
function crossing(side: readonly { readonly delta: number; readonly rise: number }[], limit: number): number | undefined {
  let before = { delta: 0, root: 0 };
  for (const { delta, rise } of side) {
    const root = Math.sqrt(Math.max(0, rise));
    if (root >= limit) return before.delta + ((delta - before.delta) * (limit - before.root)) / (root - before.root);
    before = { delta, root };
  }
  return undefined;
}
