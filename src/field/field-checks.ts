import { type Check, check } from "../core/check.ts";
import * as say from "../core/messages/field-checks.ts";
import { chi2Tail } from "../numerics/gamma-function.ts";
import { LARGEST_SHIFT } from "./discretisation.ts";
import type { FieldMinimum } from "./evaluator.ts";
import type { FieldMap } from "./outcome.ts";
import type { Experiment, FieldProblem } from "./problem.ts";
import type { Gamma2Profile } from "./profile.ts";
import { structureInSpace, structureInTime } from "./residual-structure.ts";
import { scoreTest } from "./score-test.ts";
import { resolved, sizes, starts } from "./statement-checks.ts";

/** Probability below which chance is no explanation. */
const RISK = 1e-3;
/** Significance of an offset of u, or of the size of one map among several. */
const OFFSET = 4;
/** Part of the largest u below zero, and relative defect of the energy's balance, that the solver may have. */
const [NEGATIVE, IMBALANCE] = [1e-3, 1e-6];
/** Above this posterior over prior spread the map shows the prior (PHYSICS.md sec. 4); and the part of the map that may. */
export const PRIOR = 0.7;
const PRIOR_PART = 0.5;
/** Part of the variance of the mean of gamma0 that may come from there. */
const MEAN_PART = 0.3;

/** A fitted field model, as far as it is judged here. */
export interface Judged {
  readonly problem: FieldProblem;
  readonly minimum: FieldMinimum;
  readonly map?: Pick<FieldMap, "priorShare">;
  /** `priorPartOfMean` at the limit `PRIOR`. */
  readonly priorOfMean?: number;
  readonly profile?: Gamma2Profile;
  readonly grid: { readonly cells: readonly number[]; readonly steps: number; readonly error: number };
}

/** Everything that a fit of the field model is asked, apart from the boundary (`boundaryCheck`) and what the data determine (`whatDataDetermine`). */
export function fieldChecks(judged: Judged): Check[] {
  const { problem, minimum, grid, map, priorOfMean, profile } = judged;
  const { experiments } = problem;
  return [
    ...residualChecks(problem, minimum),
    ...agreement(minimum, experiments),
    check(
      "field_discretisation",
      grid.error <= LARGEST_SHIFT,
      Number.isNaN(grid.error) ? say.unchecked(grid.cells, grid.steps) : say.gridChosen(grid.cells, grid.steps, grid.error, LARGEST_SHIFT),
      grid.error,
      LARGEST_SHIFT,
    ),
    ...solver(minimum, problem),
    ...sizes(problem, minimum),
    ...starts(minimum, experiments),
    ...resolved(minimum, experiments),
    ...(map ? priorPart(map) : []),
    ...(priorOfMean === undefined ? [] : [meanSeen(priorOfMean)]),
    ...(profile ? [closed(profile)] : []),
  ];
}

/** What the residuals say of a model and of the noise. */
export function residualChecks({ background, experiments }: FieldProblem, minimum: FieldMinimum): Check[] {
  return [...misfit(minimum, experiments), ...structure(minimum, experiments), ...(background ? [] : [offset(minimum)])];
}

function misfit({ at, evaluator, weight, noise, effective }: FieldMinimum, experiments: readonly Experiment[]): Check[] {
  const { data } = evaluator;
  const [chi2, count] = [experiments.map(() => 0), experiments.map(() => 0)];
  for (let i = 0; i < data.values.length; i++) {
    // Against the stated noise: where the misfit is large, the weights are those of the residuals.
    const e = data.experiment[i]!;
    chi2[e]! += noise[e]! ** 2 * weight[i]! * (at.model[i]! - data.values[i]!) ** 2;
    count[data.experiment[i]!]!++;
  }
  // Degrees of freedom that the fit took, shared out in proportion to the data.
  const left = Math.max(0, 1 - effective / data.values.length);
  const known = experiments.flatMap(({ name }, e) =>
    data.absolute[e] && count[e]! > 0 ? [{ name, chi2: chi2[e]!, dof: count[e]! * left }] : [],
  );
  const judgeable = known.filter(({ dof }) => dof > 0);
  if (judgeable.length === 0) return [];
  const [total, dof] = [judgeable.reduce((s, e) => s + e.chi2, 0), judgeable.reduce((s, e) => s + e.dof, 0)];
  const p = chi2Tail(total, dof);
  const sentence = p > 1 - RISK / 10 ? say.chi2Small(total / dof, dof) : say.chi2Of(total / dof, dof, p, p >= RISK);
  return [check("field_chi2", p >= RISK, sentence, total / dof, 1)];
}

/** Whether one of several maps would be larger or smaller as a whole than the medium of all makes it; one with a start of its own can have any size. */
function agreement(minimum: FieldMinimum, experiments: readonly Experiment[]): Check[] {
  if (experiments.length < 2) return [];
  const { at, evaluator } = minimum;
  const sizes = experiments
    .flatMap(({ name, start }, e) => (start === "unknown" ? [] : [{ name, e }]))
    .map(({ name, e }) => ({
      name,
      ...scoreTest(
        minimum,
        at.model.map((m, i) => (evaluator.data.experiment[i] === e ? m : 0)),
      ),
    }))
    .filter(({ z }) => Number.isFinite(z))
    .sort((a, b) => Math.abs(b.z) - Math.abs(a.z));
  const [worst] = sizes;
  if (!worst) return [];
  const holds = Math.abs(worst.z) <= OFFSET;
  return [check("field_maps_disagree", holds, say.mapsAgree(worst.name, worst.amplitude, worst.z, holds), Math.abs(worst.z), OFFSET)];
}

function structure(minimum: FieldMinimum, experiments: readonly Experiment[]): Check[] {
  const space = structureInSpace(minimum, experiments);
  const time = structureInTime(minimum, experiments);
  const inSpace = say.residualsInSpace(space.correlation, space.p, space.p >= RISK);
  return [
    check("field_residuals_space", space.p >= RISK, inSpace, space.p, RISK),
    ...(time
      ? [check("field_residuals_time", time.p >= RISK, say.residualsInTime(time.correlation, time.p, time.p >= RISK), time.p, RISK)]
      : []),
  ];
}

function solver({ at }: FieldMinimum, { experiments }: FieldProblem): Check[] {
  // A fitted start follows the noise, below zero too.
  const given = at.solutions.filter((_, e) => experiments[e]!.start !== "unknown");
  const least = Math.min(0, ...given.map((s) => s.least));
  const imbalance = Math.max(0, ...at.solutions.map((s) => s.imbalance).filter((v) => !Number.isNaN(v)));
  const [positive, balanced] = [least >= -NEGATIVE, imbalance <= IMBALANCE];
  return [
    ...(given.length > 0 ? [check("field_negative", positive, say.positive(least, NEGATIVE, positive), -least, NEGATIVE)] : []),
    check("field_energy_balance", balanced, say.balanced(imbalance, IMBALANCE, balanced), imbalance, IMBALANCE),
  ];
}

function offset(minimum: FieldMinimum): Check {
  const { z, amplitude } = scoreTest(minimum, new Float64Array(minimum.at.model.length).fill(1));
  const holds = !(Math.abs(z) > OFFSET);
  return check("field_background", holds, say.background(amplitude, z, holds), Math.abs(z), OFFSET);
}

function priorPart({ priorShare }: Pick<FieldMap, "priorShare">): Check[] {
  const known = priorShare.filter((v) => !Number.isNaN(v));
  if (known.length === 0) return [];
  const share = known.filter((v) => v > PRIOR).length / known.length;
  return [check("field_prior", share <= PRIOR_PART, say.priorShare(share, PRIOR), share, PRIOR_PART)];
}

function meanSeen(share: number): Check {
  const holds = share <= MEAN_PART;
  return check("field_mean_prior", holds, say.meanSeen(share, holds), share, MEAN_PART);
}

function closed({ low, high }: Gamma2Profile): Check {
  const holds = low > 0 && Number.isFinite(high);
  return check("field_gamma2_limit", holds, holds ? say.gamma2Closed(low, high) : say.gamma2Limit(low, high));
}
