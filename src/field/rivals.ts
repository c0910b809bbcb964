import { type Check, check } from "../core/check.ts";
import * as say from "../core/messages/field-checks.ts";
import { median } from "../numerics/quantile.ts";
import { proposeSpots } from "./defect-spots.ts";
import { discreteModel } from "./discrete-model.ts";
import type { FieldMinimum, Resolution } from "./evaluator.ts";
import { type FitSoFar, minimumOf } from "./fit-phases.ts";
import { descend } from "./gauss-newton.ts";
import { coarseGrid } from "./grid-choice.ts";
import { type ComparedLaws, compareNested, compareOther, LAW_RISK } from "./model-comparison.ts";
import type { FieldComparison, FieldMap } from "./outcome.ts";
import { parametrise } from "./parametrisation.ts";
import type { FieldProblem, Gamma0Law } from "./problem.ts";
import { fitWithPrior } from "./smooth-fit.ts";

/** The fit that others are compared with: on any grid, the others go to the same one. */
type Fitted = Pick<FitSoFar, "parametrisation" | "fit">;

/** The law of a fit against others, and whether the data ask for more than it. */
export interface Rivals {
  readonly comparisons: readonly FieldComparison[];
  readonly checks: readonly Check[];
}

/** A minimum beyond this distance (in sigma) is no fit to compare with. */
const NEAR = 0.5;

/**
 * Laws of gamma0 against the one that was fitted, on its grid and from its minimum on: a field or a list of spots or regions against a constant, a field
 * also against the spots that its map suggests, a constant against a field. Yields what it is at.
 * @param dof of noise that was estimated; infinite where it is stated
 */
export function* compareRivals(problem: FieldProblem, main: Fitted, map: FieldMap, dof: number): Generator<string, Rivals> {
  const used = { name: problem.gamma0.type, minimum: minimumOf(main.fit) };
  const comparisons: ComparedLaws[] = [];
  for (const law of rivalsOf(problem, map)) {
    const minimum = yield* fitRival({ ...problem, gamma0: law }, main, say.comparing(used.name, law.type));
    if (!minimum || !(minimum.distance < NEAR)) continue;
    const rival = { name: law.type, minimum };
    if (law.type === "constant") comparisons.push(compareNested(rival, used, dof, placesOf(problem)));
    else if (used.name === "constant") comparisons.push(compareNested(used, rival, dof));
    else comparisons.push(compareOther(used, rival));
  }
  const rejected = comparisons.find((c) => c.simpler === used.name && c.preferred !== used.name);
  const deciding = rejected ?? comparisons[0];
  if (!deciding) return { comparisons, checks: [] };
  return { comparisons, checks: [check("field_law", !rejected, deciding.sentence, deciding.chance, LAW_RISK)] };
}

function rivalsOf({ gamma0 }: FieldProblem, map: FieldMap): Gamma0Law[] {
  if (gamma0.type === "constant") return [{ type: "field" }];
  const spots = gamma0.type === "field" ? proposeSpots(map) : [];
  return [{ type: "constant" }, ...(spots.length > 0 ? [{ type: "spots", spots } as const] : [])];
}

/** How many places a spot could have stood at by chance: its own areas that the domain holds. */
function placesOf({ gamma0, domain }: FieldProblem): number {
  if (gamma0.type !== "spots") return 1;
  const width = Math.min(...gamma0.spots.map((s) => s.width));
  return domain.reduce((n, [low, high]) => n * Math.max(1, (high - low) / (2 * width)), 1);
}

/** The minimum of another law of gamma0 on the same grid; undefined where it has none. */
function* fitRival(problem: FieldProblem, main: Fitted, sentence: string): Generator<string, FieldMinimum | undefined> {
  const { evaluator, noise } = main.fit;
  const { parametrisation, theta } = beginning(problem, main);
  const modelOn = (where: Resolution, at: Float64Array) => discreteModel(problem, parametrisation, where, at);
  try {
    // Noise, smoothness and Hessian on the data's own grid; there the minimum is near enough for chord steps on the finer one.
    const rough = fitWithPrior(modelOn(coarseGrid(problem), theta), parametrisation, { theta, noise, strength: 0 });
    let begun = rough.next();
    for (; !begun.done; begun = rough.next()) yield sentence;
    const { prior, weight, descent } = begun.value;
    const from = descent.at.theta;
    const fine = modelOn(evaluator.resolution, from);
    const steps = descend({ evaluator: fine, weight, prior }, from, { information: descent.information, tolerance: 0.05 });
    let state = steps.next();
    for (; !state.done; state = steps.next()) yield sentence;
    return minimumOf({ ...begun.value, evaluator: fine, descent: state.value });
  } catch (error) {
    // A law without a minimum in its domain is no rival.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The other law's theta at the main fit: gamma0 at its mean, everything else as found. */
function beginning(problem: FieldProblem, { parametrisation: own, fit }: Fitted) {
  const { theta, medium } = fit.descent.at;
  const gamma2 = own.parameters.find(({ kind }) => kind === "gamma2")!.reference;
  const u = problem.experiments.map(({ values }) => values.reduce((top, v) => (Math.abs(v) > top ? Math.abs(v) : top), 0) || 1);
  const parametrisation = parametrise(problem, { gamma0: median(medium.gamma0), gamma2, u });
  const found = new Map(own.parameters.map(({ name, kind }, j) => [name, kind === "gamma0" ? 0 : theta[j]!]));
  return { parametrisation, theta: Float64Array.from(parametrisation.parameters, ({ name }) => found.get(name) ?? 0) };
}
