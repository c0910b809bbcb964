import { feasibleStart } from "../feasible-start.ts";
import type { LawFit } from "../law-fit.ts";
import { likelihoodOf } from "../likelihood.ts";
import type { Signal } from "../signal-type.ts";
import { type ConstrainedFit, eliminationOf } from "./elimination.ts";
import type { Target } from "./target.ts";

/**
 * Minimises the fit's own objective with `target(p) = value`. The constraint is solved for one parameter (elimination), exactly at every step, so that
 * the search in the others is unconstrained: d m/d q_j = m_j - m_k h_j/h_k. A target that is a parameter is simply held.
 * @param starts all parameters each; the lowest that is possible is taken.
 */
export function constrainedFit(
  fit: LawFit,
  signal: Signal,
  target: Target,
  value: number,
  starts: readonly (readonly number[])[],
): ConstrainedFit {
  let best: ConstrainedFit = { p: fit.p, objective: Number.POSITIVE_INFINITY, ending: "infeasible" };
  for (const k of eliminated(fit, target)) {
    const next = eliminate(fit, signal, target, value, k, starts);
    if (next.ending === "minimum" ? best.ending !== "minimum" || next.objective < best.objective : best.ending === "infeasible")
      best = next;
    if (best.ending === "minimum") break;
  }
  return best;
}

/** The parameters that the constraint may be solved for, the one that moves the target most first. */
function eliminated(fit: LawFit, target: Target): readonly number[] {
  if (target.index !== undefined) return [target.index];
  const n = fit.p.length;
  const gradient = target.gradient(fit.p);
  const reach = (j: number) => Math.abs(gradient[j]!) * (fit.scale * Math.sqrt(fit.covariance[j * n + j]!) || Math.abs(fit.p[j]!) || 1);
  return [...fit.p.keys()].filter((j) => !fit.fixed[j] && gradient[j] !== 0).sort((i, j) => reach(j) - reach(i));
}

/** Imaginary counts of each outcome at every delay, fewer and fewer: minima inside the edge of 0 and 1 that lead to the one on it. */
const IMAGINARY = [1e-1, 1e-2, 1e-3, 1e-4] as const;

function eliminate(
  fit: LawFit,
  signal: Signal,
  target: Target,
  value: number,
  k: number,
  starts: readonly (readonly number[])[],
): ConstrainedFit {
  const search = eliminationOf(fit, signal, target, value, k, fit.likelihood);
  const possibleOf = (some: readonly (readonly number[])[]) =>
    some
      .map((p) => ({ p, objective: search.objective(p) }))
      .filter((s) => Number.isFinite(s.objective))
      .sort((a, b) => a.objective - b.objective);
  let possible = possibleOf(starts);
  // A neighbour's solution on the edge of 0 or 1 is outside as soon as the target moves: it is drawn inside with the target held.
  if (possible.length === 0) possible = possibleOf(starts.map((p) => drawnInside(fit, signal, search.solved(p), k)));
  let best: ConstrainedFit = { p: fit.p, objective: Number.POSITIVE_INFINITY, ending: "infeasible" };
  for (const { p } of possible) {
    const found = search.minimise(p);
    if (found.objective < best.objective) best = found;
    if (best.ending === "minimum") break;
  }
  return best.ending === "lost" ? (alongEdge(fit, signal, target, value, k, best) ?? best) : best;
}

/**
 * Counts can drive a population to 0 or 1, where every step that is not along that edge is impossible and the search stops. With a few imaginary counts of
 * both outcomes the minimum lies inside (the logarithmic barrier of interior-point methods); with 1e-4 of them it is within 1e-4 per population on
 * the edge of the objective's minimum.
 */
function alongEdge(
  fit: LawFit,
  signal: Signal,
  target: Target,
  value: number,
  k: number,
  lost: ConstrainedFit,
): ConstrainedFit | undefined {
  const { noise, y } = signal;
  if (noise.type !== "binomial") return undefined;
  let p: readonly number[] = drawnInside(fit, signal, lost.p, k);
  for (const few of IMAGINARY) {
    const shots = noise.shots.map((n) => n + 2 * few);
    const softened = { ...signal, y: y.map((v, i) => (v * noise.shots[i]! + few) / shots[i]!), noise: { type: noise.type, shots } };
    const found = eliminationOf(fit, softened, target, value, k, likelihoodOf(softened)).minimise(p);
    if (found.ending !== "minimum") return undefined;
    p = found.p;
  }
  const objective = Math.min(eliminationOf(fit, signal, target, value, k, fit.likelihood).objective(p), lost.objective);
  return Number.isFinite(objective) ? { p, objective, ending: "minimum" } : undefined;
}

function drawnInside(fit: LawFit, signal: Signal, p: readonly number[], k: number): readonly number[] {
  return feasibleStart(
    fit.model,
    signal,
    p,
    fit.fixed.map((f, j) => f || j === k),
  );
}
