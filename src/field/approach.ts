import { discreteModel } from "./discrete-model.ts";
import type { Resolution } from "./evaluator.ts";
import { type FirstGuess, firstGuess, thetaOf } from "./first-guess.ts";
import { type Descent, descend, settle } from "./gauss-newton.ts";
import { noiseOf, weightsOf } from "./noise.ts";
import { numberOf, type ParameterKind } from "./parameters.ts";
import { type Parametrisation, parametrise } from "./parametrisation.ts";
import type { FieldProblem } from "./problem.ts";

/** Where the fit proper begins. */
export interface Approach {
  readonly parametrisation: Parametrisation;
  readonly theta: Float64Array;
  /** Factor on sigma per experiment, so far. */
  readonly noise: readonly number[];
}

/** Decades of gamma2 about the first guess (energy diffuses over a tenth of the domain before it is lost). */
const DECADES = [-4, -3, -2, -1, 0, 1, 2, 3];
/** Steps at each of them, and from the best two on. */
const [FEW, MANY] = [4, 25];

/**
 * From the data alone to the neighbourhood of the minimum, on the coarse grid: 1 rates from the balance of energy, 2 for gamma2 in every decade the best
 * few other numbers, with gamma0 constant (spots as given) and the starts as in the first snapshots, 3 from the best two on with gamma2 free.
 */
export function approach(problem: FieldProblem, coarse: Resolution): Approach {
  // 1
  const guess = firstGuess(problem, coarse.grid);
  const simple: FieldProblem = problem.gamma0.type === "field" ? { ...problem, gamma0: { type: "constant" } } : problem;
  const parametrisation = parametrise(simple, guess.references);
  const start = thetaOf(problem, parametrisation, guess);
  const { parameters } = parametrisation;
  const starts = indices(parametrisation, (p) => p.kind === "start");
  const shapes = indices(parametrisation, (p) => p.kind === "gamma0" && p.unit === "m");
  const gamma2 = indices(parametrisation, (p) => p.kind === "gamma2");
  const run = (theta: Float64Array, held: ReadonlySet<number>, most: number): Descent => {
    const evaluator = discreteModel(simple, parametrisation, coarse, theta);
    const weight = weightsOf(evaluator.data, roughNoise(problem, guess));
    const prior = parametrisation.weak;
    return settle(descend({ evaluator, weight, prior }, theta, { refresh: "always", held, most, tolerance: 0.05, lowest: -30 }));
  };
  // 2
  const tried: Descent[] = [];
  for (const decade of DECADES) {
    const theta = start.map((v, j) => (gamma2.has(j) ? decade * Math.LN10 : v));
    tried.push(run(theta, new Set([...starts, ...shapes, ...gamma2]), FEW));
  }
  tried.sort((a, b) => a.objective - b.objective);
  // 3
  const best = tried
    .slice(0, 2)
    .map(({ at }) => run(at.theta, new Set([...starts, ...shapes]), MANY))
    .reduce((a, b) => (b.objective < a.objective ? b : a));
  const evaluator = discreteModel(simple, parametrisation, coarse, best.at.theta);
  const some = problem.experiments.map(() => (parameters.length - starts.size) / problem.experiments.length);
  const noise = noiseOf(evaluator.data, best.at.model, some).map((v, e) => (evaluator.data.absolute[e] ? 1 : v));
  const at = best.at.theta;
  const numberAt = (kind: ParameterKind) => {
    const j = parameters.findIndex((p) => p.kind === kind);
    return numberOf(parameters[j]!, at[j]!);
  };
  const [least, most] = visible(problem, coarse, numberAt("gamma0"));
  const field = simple !== problem;
  const full = parametrise(problem, { ...guess.references, gamma2: least, ...(field && { gamma0: numberAt("gamma0") }) });
  const theta = new Float64Array(full.parameters.length);
  theta.set(field ? at.subarray(0, full.field!.from) : at);
  for (const j of gamma2) theta[j] = Math.log(Math.min(Math.max(numberOf(parameters[j]!, at[j]!), least), most) / least);
  return { parametrisation: full, theta, noise };
}

function indices(parametrisation: Parametrisation, has: (parameter: Parametrisation["parameters"][number]) => boolean): Set<number> {
  return new Set([...parametrisation.parameters.keys()].filter((j) => has(parametrisation.parameters[j]!)));
}

/**
 * Between them diffusion shows: over half a cell of the data's own grid, and over three times the domain, before the energy is lost. A constant gamma0 may drive
 * gamma2 out of them (to nothing, where a narrow defect stands in the data), where no derivative leads back.
 */
function visible({ domain }: FieldProblem, { grid }: Resolution, gamma0: number): [least: number, most: number] {
  const longest = Math.max(...domain.map(([low, high]) => high - low));
  const cell = Math.max(...grid.x.widths);
  return [gamma0 * (cell / 2) ** 2, gamma0 * (3 * longest) ** 2];
}

/** Before there is any fit: a hundredth of the largest value where no sigma is stated. */
function roughNoise(problem: FieldProblem, guess: FirstGuess): number[] {
  return problem.experiments.map(({ sigma }, e) => (sigma ? 1 : guess.references.u[e]! / 100));
}
