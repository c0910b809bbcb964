import { type Check, check } from "../core/check.ts";
import * as say from "../core/messages/field-checks.ts";
import { unanswerable } from "./answerable.ts";
import { discreteModel } from "./discrete-model.ts";
import type { Evaluator } from "./evaluator.ts";
import { type FirstGuess, thetaOf } from "./first-guess.ts";
import { freeProblem } from "./free-problem.ts";
import { cellAt } from "./grid.ts";
import { type Determination, determination, LARGEST_SIGMA } from "./identifiability.ts";
import type { NullDirection } from "./outcome.ts";
import { parametrise } from "./parametrisation.ts";
import type { Experiment, FieldProblem, Points } from "./problem.ts";
import { withExactSources } from "./source-law.ts";
import { steadyBound } from "./steady-bound.ts";

/** What can be fitted, before anything is. */
export interface WhatDataDetermine {
  readonly checks: readonly Check[];
  readonly nullDirections: readonly NullDirection[];
  /** Why there will be no number of gamma2; absent where there will be one. */
  readonly refused?: {
    readonly sentence: string;
    /** Upper bound on gamma2, m^2/s; NaN = none. */
    readonly bound: number;
    /** Only a factor common to sources, gamma0 and gamma2 is open: with any scale the fit gives the diffusion length and f. */
    readonly ratiosOnly: boolean;
  };
}

/**
 * PHYSICS.md sec. 4, table: what the data alone determine, by the rank of their derivatives with gamma0 free at every position, without any prior on it.
 * @param guess orders of magnitude: the rank hardly depends on gamma0 and gamma2, the errors on the sizes of relative sources
 * @param at where the null directions are drawn
 */
export function whatDataDetermine(given: FieldProblem, guess: FirstGuess, at: Points): WhatDataDetermine {
  const problem = withExactSources(given);
  const nothing = unanswerable(problem.experiments);
  if (nothing)
    return { checks: [nothing], nullDirections: [], refused: { sentence: nothing.sentence, bound: Number.NaN, ratiosOnly: false } };
  const free = determinationOf(problem, guess);
  const open = openCase(problem.experiments);
  const nullDirections = nullDirectionsOf(free, at);
  const { found } = free;
  if (found.gamma2 && found.gamma0) {
    const law = problem.gamma0.type;
    const sentence =
      law === "field" ? say.gamma2Determined(found.sigmaLogGamma2, free.positions) : say.gamma2WithLaw(law, found.sigmaLogGamma2);
    const checks = [check("field_gamma2_open", true, sentence, found.sigmaLogGamma2, LARGEST_SIGMA)];
    if (law === "field") return { checks, nullDirections };
    const unassuming = determinationOf({ ...problem, gamma0: { type: "field" } }, guess).found;
    const holds = unassuming.gamma2 && unassuming.gamma0;
    const byLaw = holds ? say.gamma2Determined(unassuming.sigmaLogGamma2, free.positions) : say.gamma2ByLaw(law, open);
    return { checks: [...checks, check("field_gamma2_by_law", holds, byLaw, unassuming.nullDimension, 0)], nullDirections };
  }
  const sources = relativeSources(problem.experiments);
  if (sources.length > 0) {
    const known = determination(free.evaluator, free.theta, ["scale"]);
    if (known.gamma2 && known.gamma0) {
      const sentence = say.scaleOpen(sources);
      const checks = [check("field_scale_open", false, sentence, found.nullDimension, 0)];
      return { checks, nullDirections, refused: { sentence, bound: Number.NaN, ratiosOnly: true } };
    }
  }
  const vague = found.directions.length === 0;
  const bound = sources.length > 0 ? undefined : steadyBound(problem);
  const sentence = [
    vague ? say.gamma2Vague(found.sigmaLogGamma2, open) : say.gamma2Open(open, bound?.bound ?? Number.NaN),
    ...(bound && Number.isFinite(bound.bound) ? [say.boundAt(bound.at, bound.smoothing, bound.error)] : []),
  ].join(" ");
  const measured = vague ? found.sigmaLogGamma2 : found.nullDimension;
  const checks = [check("field_gamma2_open", false, sentence, measured, vague ? LARGEST_SIGMA : 0)];
  return { checks, nullDirections, refused: { sentence, bound: bound?.bound ?? Number.NaN, ratiosOnly: false } };
}

interface Free {
  readonly found: Determination;
  readonly positions: number;
  readonly evaluator: Evaluator;
  readonly theta: Float64Array;
}

function determinationOf(problem: FieldProblem, guess: FirstGuess): Free {
  const free = freeProblem(problem);
  const parametrisation = parametrise(free.problem, guess.references);
  const theta = thetaOf(free.problem, parametrisation, guess);
  const evaluator = discreteModel(free.problem, parametrisation, { grid: free.grid, refinement: 1 }, theta);
  return { found: determination(evaluator, theta), positions: Math.max(...free.position) + 1, evaluator, theta };
}

function openCase(experiments: readonly Experiment[]): say.OpenCase {
  const times = experiments.map((e) => e.times?.length ?? 0);
  if (times.every((n) => n === 0)) return times.length === 1 ? "one-steady" : "several-steady";
  if (times.length > 1) return "other";
  return times[0] === 1 ? "one-snapshot" : times[0] === 2 ? "few-snapshots" : "other";
}

function relativeSources(experiments: readonly Experiment[]): string[] {
  return [...new Set(experiments.flatMap((e) => e.sources.filter((s) => s.scale === "relative").map((s) => s.name)))];
}

/** The same with every scale held at one. */
export function withKnownScales(problem: FieldProblem): FieldProblem {
  const experiments = problem.experiments.map((e) => ({
    ...e,
    sources: e.sources.map((s) => ({ ...s, scale: "known" as const, sigma: 0 })),
  }));
  return { ...problem, experiments };
}

/** The directions as changes of log gamma0 at places, by a small step along each. */
function nullDirectionsOf({ found, evaluator, theta }: Free, places: Points): NullDirection[] {
  const { parameters, resolution } = evaluator;
  const cells = Array.from(places.x, (x, i) => cellAt(resolution.grid, x, places.y?.[i]));
  const here = evaluator.at(theta).medium.gamma0;
  const step = 1e-6;
  return found.directions.map((direction) => {
    const moved = evaluator.at(theta.map((t, j) => t + step * direction[j]!)).medium.gamma0;
    const gamma0 = Float64Array.from(cells, (c) => Math.log(moved[c]! / here[c]!) / step);
    const others = parameters.flatMap(({ kind, name }, j) =>
      kind === "gamma2" || kind === "scale" ? [{ name, change: direction[j]! }] : [],
    );
    const scales = others.filter((o) => o.name.startsWith("scale ") && Math.abs(o.change) > 1e-6).map((o) => o.name.slice(6));
    return { sentence: scales.length > 0 ? say.nullScale(scales) : say.nullGamma2(), gamma0, others };
  });
}
