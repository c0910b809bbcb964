import { leastSquares, type Problem } from "../../numerics/least-squares.ts";
import type { LawFit } from "../law-fit.ts";
import type { Likelihood } from "../likelihood.ts";
import type { Signal } from "../signal-type.ts";
import type { Target } from "./target.ts";

/** The other parameters refitted with the target held. */
export interface ConstrainedFit {
  /** All parameters; the target of them is the held value to rounding. */
  readonly p: readonly number[];
  /** Half the deviance, as `LawFit.minimum.objective`. */
  readonly objective: number;
  /** `infeasible`: the law cannot have made the data there from any start tried; `lost`: no minimum was reached. */
  readonly ending: "minimum" | "infeasible" | "lost";
}

/** Standard deviations from the constrained minimum within which the objective is right to 1e-4 of the deviance's unit. */
const NEAR = 1e-2;
/** Valleys of badly determined laws are long. */
const EVALUATIONS = 1500;

/** A search in which one parameter follows from the others by the constraint. */
export interface Elimination {
  /** Half the deviance at p with the constraint solved for the eliminated parameter; infinite where that is impossible. */
  readonly objective: (p: readonly number[]) => number;
  /** p with the constraint solved for the eliminated parameter, as far as that is possible. */
  readonly solved: (p: readonly number[]) => readonly number[];
  readonly minimise: (start: readonly number[]) => ConstrainedFit;
}

/** The search for the minimum of a likelihood with `target(p) = value`, solved for parameter k at every step. */
export function eliminationOf(fit: LawFit, signal: Signal, target: Target, value: number, k: number, likelihood: Likelihood): Elimination {
  const { model } = fit;
  const { t, channel } = signal;
  const m = t.length;
  const free = [...fit.p.keys()].filter((j) => !fit.fixed[j] && j !== k);
  const [values, weight, residual] = [new Float64Array(m), new Float64Array(m), new Float64Array(m)];
  const gradient = new Float64Array(fit.p.length);
  const objectiveAt = (all: number[], into: Float64Array, jacobian?: Float64Array): number => {
    if (!solveFor(all, k, target, value)) return Number.POSITIVE_INFINITY;
    if (!(all[k]! >= model.parameters[k]!.lower && all[k]! <= model.parameters[k]!.upper)) return Number.POSITIVE_INFINITY;
    for (let i = 0; i < m; i++) values[i] = model.evaluate(all, t[i]!, channel?.[i]);
    const objective = likelihood.whiten(values, into, weight);
    if (jacobian && Number.isFinite(objective)) {
      const h = target.gradient(all);
      for (let i = 0; i < m; i++) {
        model.gradient(all, t[i]!, gradient, channel?.[i]);
        free.forEach((j, c) => {
          jacobian[c * m + i] = weight[i]! * (gradient[j]! - (h[j]! === 0 ? 0 : (gradient[k]! * h[j]!) / h[k]!));
        });
      }
    }
    return objective;
  };
  const minimise = (start: readonly number[]): ConstrainedFit => {
    const all = [...start];
    const set = (q: ArrayLike<number>) => {
      // The eliminated parameter is always solved from the start's, so that the objective is a function of q alone.
      all[k] = start[k]!;
      free.forEach((j, c) => {
        all[j] = q[c]!;
      });
    };
    const problem: Problem = {
      points: m,
      parameters: free.length,
      evaluate(q, into, jacobian) {
        set(q);
        return objectiveAt(all, into, jacobian);
      },
      lower: free.map((j) => model.parameters[j]!.lower),
      upper: free.map((j) => model.parameters[j]!.upper),
    };
    const found = search(
      problem,
      free.map((j) => start[j]!),
      fit.scale,
    );
    set(found.q);
    const objective = objectiveAt(all, residual);
    return { p: [...all], objective, ending: found.reached && Number.isFinite(objective) ? "minimum" : "lost" };
  };
  const solved = (p: readonly number[]) => {
    const all = [...p];
    return solveFor(all, k, target, value) ? all : p;
  };
  return { objective: (p) => objectiveAt([...p], residual), solved, minimise };
}

/** The optimiser, which has nothing to do where every other parameter is fixed. */
function search(problem: Problem, start: readonly number[], scale: number): { readonly q: ArrayLike<number>; readonly reached: boolean } {
  if (problem.parameters === 0) return { q: [], reached: true };
  const minimum = leastSquares(problem, start, { maxEvaluations: EVALUATIONS });
  // Without a finite sigma the distance means nothing; these endings mean that the objective no longer changes.
  const settled = minimum.ending === "gradient" || minimum.ending === "reduction" || minimum.ending === "exact";
  return { q: minimum.p, reached: settled || minimum.distance <= NEAR * (scale || 1) };
}

/** Solves target(all) = value for `all[k]` by Newton's method; false where there is no solution to rounding. */
function solveFor(all: number[], k: number, target: Target, value: number): boolean {
  if (target.index === k) {
    all[k] = value;
    return true;
  }
  const size = Math.max(Math.abs(value), Math.abs(target.value(all)));
  for (let i = 0; i < 60; i++) {
    const miss = target.value(all) - value;
    if (Math.abs(miss) <= 1e-13 * size) return true;
    const step = miss / target.gradient(all)[k]!;
    if (!Number.isFinite(step)) return false;
    const before = all[k]!;
    all[k] = before - step;
    if (all[k] === before) return Math.abs(miss) <= 1e-10 * size;
  }
  return Math.abs(target.value(all) - value) <= 1e-10 * size;
}
