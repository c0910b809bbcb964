import { type Check, type CheckCode, check } from "../core/check.ts";
import * as say from "../core/messages/two-fields.ts";
import { discreteModel } from "./discrete-model.ts";
import type { FieldMinimum } from "./evaluator.ts";
import { residualChecks } from "./field-checks.ts";
import { DESCENT_ENDINGS } from "./gauss-newton.ts";
import type { Grid } from "./grid.ts";
import { coarseGrid, gridFor } from "./grid-choice.ts";
import { chi2Of } from "./noise.ts";
import type { FieldComparison, TwoFieldOutcome } from "./outcome.ts";
import type { Parametrisation } from "./parametrisation.ts";
import type { FieldProblem } from "./problem.ts";
import { jointParametrisation, twoFieldEvaluator } from "./two-fields-evaluator.ts";
import { type FitOptions, type JointFit, jointFit, shiftBy } from "./two-fields-fit.ts";
import { type Bath, type TwoFieldModel, type TwoFieldReading, twoFieldModel, uncertainScales } from "./two-fields-model.ts";
import { numbersOf } from "./two-fields-numbers.ts";
import { DRAWS, type TwoFieldTest, twoFieldTest } from "./two-fields-test.ts";

/** A converged one-field fit: what it was made of, how its law of gamma0 compared with others, and its checks. */
export interface OneFieldFit {
  readonly problem: FieldProblem;
  readonly parametrisation: Parametrisation;
  readonly minimum: FieldMinimum;
  /** Of the smooth field's prior; 0 without one. */
  readonly strength: number;
  readonly comparisons: readonly FieldComparison[];
  readonly checks: readonly Check[];
}

export interface TwoFieldComparison {
  readonly twoFields: TwoFieldOutcome;
  /** Absent where the data could not tell. */
  readonly comparison?: FieldComparison;
  /** That one field is enough. */
  readonly check?: Check;
}

/** Probability below which one field is rejected. */
const RISK = 0.01;
/** Shift in sigma by which a number may still move; halvings of the time steps, and rounds of taking the fine grid along. */
const [STEADY, MOST_HALVINGS, MOST_ROUNDS] = [0.1, 5, 6];
/** The part of chi2 that a second field leaves at least, to begin with: its gain is a first-order promise. */
const SMALLEST_LEFT = 0.01;
/** Data that would not see gamma0 change by this much of itself cannot tell one field from two. */
const SEEN = 1 / 3;

/**
 * One field against two: 1 whether such data can tell at all, 2 a score test over second fields of every rate and diffusion (`two-fields-test.ts`), and
 * only where it rejects one field 3 a joint fit of the medium and the bath: with derivatives on the data's own grid, to which the difference to a finer
 * one is added round by round, so that the minimum is that of the fine grid.
 */
export async function compareTwoFields(one: OneFieldFit, options: FitOptions = {}): Promise<TwoFieldComparison> {
  try {
    return await compared(one, options);
  } catch (error) {
    // Outside a law's domain, or no steady state of two fields: the one-field fit stands.
    if (error instanceof RangeError) return { twoFields: { state: "untold", sentence: say.failed(error.message) } };
    throw error;
  }
}

async function compared(one: OneFieldFit, options: FitOptions): Promise<TwoFieldComparison> {
  const { problem, parametrisation, minimum } = one;
  // 1
  const untold = whyUntold(one);
  if (untold) return { twoFields: { state: "untold", sentence: untold } };
  // 2
  options.progress?.(say.testing());
  const { grid, refinement } = minimum.evaluator.resolution;
  const { theta } = minimum.at;
  const rough = coarseGrid(problem);
  const level = Math.round(Math.log2(refinement));
  const scales = uncertainScales(problem);
  const coarse = twoFieldModel(problem, parametrisation, rough.grid, theta, level);
  const finest = finestGrid(problem, grid);
  const fineModel = (more: number) => twoFieldModel(problem, parametrisation, finest, theta, level + more);
  const test = twoFieldTest(
    minimum,
    discreteModel(problem, parametrisation, rough, theta).at(theta),
    coarse,
    fineModel(1),
    bathsToTry(problem, grid, minimum),
    scales,
  );
  if (!test || !(test.finest < SEEN)) return { twoFields: { state: "untold", sentence: say.hidden(test?.finest ?? 1) } };
  if (!(test.probability < RISK)) return unneeded(minimum, test);
  // 3
  const reference: Bath = { ...test.best.bath, slope: 1 / test.best.largest };
  const joint = jointParametrisation(problem, parametrisation, reference);
  if (jacobianWork(coarse, rough.grid, joint) > MOST_WORK) return unfitted(minimum, test);
  const { absolute } = minimum.evaluator.data;
  // What one field leaves over has widened even stated errors; the second field is said to take `gain` of it.
  const left = Math.sqrt(Math.max(SMALLEST_LEFT, 1 - test.best.gain / minimum.chi2));
  let start = {
    theta: Float64Array.of(test.best.change, 0, 0, ...scales.map(() => 0), ...theta) as Float64Array,
    noise: minimum.noise.map((v, e) => (absolute[e] ? 1 : v * left)) as readonly number[],
    strength: one.strength,
  };
  let finer: TwoFieldReading | undefined;
  let halvings = 1;
  for (let round = 1; ; round++) {
    const evaluator = twoFieldEvaluator(problem, joint, coarse, rough, finer);
    const fit = await jointFit(evaluator, joint, start, options);
    const found = evaluator.split(fit.at.theta);
    const fineAt = (more: number) => fineModel(more).read(...found);
    let fine = fineAt(halvings);
    // The steps were chosen for one field: halved until that moves no number by a noticeable part of its error.
    for (let moved = Number.POSITIVE_INFINITY; round === 1 && moved > STEADY && halvings < MOST_HALVINGS; halvings++) {
      const next = fineAt(halvings + 1);
      moved = shiftBy(fit, minus(next.model, fine.model)).sigmas;
      fine = next;
    }
    const shift = shiftBy(fit, minus(fine.model, fit.at.model));
    if (shift.sigmas < STEADY || round === MOST_ROUNDS || options.signal?.aborted)
      return rejected(one, test, numbersOf(coarse.laws, fit, scales), fit);
    const base = coarse.read(...found);
    finer = { model: minus(fine.model, base.model), largest: fine.largest - base.largest };
    start = { theta: shift.theta, noise: fit.noise, strength: fit.strength };
  }
}

const minus = (a: Float64Array, b: Float64Array) => a.map((v, i) => v - b[i]!);

/** Cells beyond which the grid of the one-field fit is fine enough. */
const MOST_CELLS = 5e4;

/** Five cells per spacing of the data, or as many as the one-field fit has. */
function finestGrid(problem: FieldProblem, grid: Grid): Grid {
  const finer = gridFor(problem, 5);
  return finer.cells > grid.cells && finer.cells <= MOST_CELLS ? finer : grid;
}

/** Why data of this kind cannot tell; undefined where they may. */
function whyUntold({ problem: { experiments, gamma0 }, comparisons }: OneFieldFit): string | undefined {
  const better = comparisons.find(({ simpler, preferred }) => simpler === gamma0.type && preferred !== gamma0.type);
  if (better) return say.otherLaw(gamma0.type, better.preferred);
  const unknown = experiments.find(({ start, times }) => times && start === "unknown");
  if (unknown) return say.startUnknown(unknown.name);
  if (experiments.every(({ sources }) => sources.length === 0)) return say.noSource();
  if (experiments.length === 1 && !experiments[0]!.times) return say.onePower();
  return undefined;
}

/** Rates and diffusion lengths of U between what the data resolve and what they span. */
function bathsToTry({ experiments, domain }: FieldProblem, grid: Grid, { at }: FieldMinimum): Omit<Bath, "slope">[] {
  const films = experiments.flatMap(({ times }) => (times && times.length > 1 ? [times] : []));
  const typical = at.medium.gamma0.reduce((a, b) => a + b, 0) / at.medium.gamma0.length;
  const spans = films.map((times) => times.at(-1)! - times[0]!);
  const steps = films.map((times, f) => spans[f]! / (times.length - 1));
  // Without films nothing tells G_B: gamma0 itself, and only D/G_B counts.
  const rates = films.length > 0 ? between(0.3 / Math.max(...spans), Math.max(3 * typical, 1 / Math.min(...steps)), 5) : [typical];
  const lengths = between(
    grid.x.widths.reduce((a, b) => Math.min(a, b)),
    2 * Math.max(...domain.map(([low, high]) => high - low)),
    3,
  );
  return rates.flatMap((rate) => lengths.map((length) => ({ rate, diffusion: length ** 2 * rate })));
}

/** `count` numbers from low to high in geometric progression. */
const between = (low: number, high: number, count: number) =>
  Array.from({ length: count }, (_, i) => low * (high / low) ** (i / (count - 1)));

function unneeded(minimum: FieldMinimum, { best, probability }: TwoFieldTest): TwoFieldComparison {
  const sentence = say.unneeded(probability, DRAWS, Math.abs(best.change) + 1.96 * best.sigma);
  const whole = chi2Of(minimum.evaluator.data, minimum.at.model, minimum.noise);
  const chi2 = [whole, whole - best.gain] as const;
  return {
    twoFields: { state: "unneeded", sentence },
    comparison: comparisonOf(minimum, chi2, say.ONE_FIELD, sentence),
    check: check("field_two_fields", true, sentence, probability, RISK),
  };
}

/** Values of cells that a Jacobian by differences takes at most (some five seconds): a joint fit needs five to ten of them. */
const MOST_WORK = 2e8;
/** Time steps that a steady pair costs as much as: a factorization in each of its rounds. */
const STEADY_STEPS = 1500;

const jacobianWork = ({ steps }: TwoFieldModel, { cells }: Grid, { parameters }: Parametrisation) =>
  cells * parameters.length * steps.reduce((sum, count) => sum + (count || STEADY_STEPS), 0);

/** One field is rejected, and two are more than can be fitted. */
function unfitted(minimum: FieldMinimum, { best, probability }: TwoFieldTest): TwoFieldComparison {
  const sentence = `${say.preferred(probability, DRAWS)} ${say.tooLarge(best.change, best.sigma)}`;
  const whole = chi2Of(minimum.evaluator.data, minimum.at.model, minimum.noise);
  return {
    twoFields: { state: "untold", sentence },
    comparison: comparisonOf(minimum, [whole, whole - best.gain], say.TWO_FIELDS, sentence),
    check: check("field_two_fields", false, sentence, probability, RISK),
  };
}

function comparisonOf(minimum: FieldMinimum, chi2: FieldComparison["chi2"], preferred: string, sentence: string): FieldComparison {
  const parameters = [minimum.effective, minimum.effective + 3] as const;
  return { simpler: say.ONE_FIELD, richer: say.TWO_FIELDS, chi2, parameters, preferred, sentence };
}

/** Checks that judge the one-field model itself. */
const OF_ONE_FIELD: readonly CheckCode[] = [
  "field_background",
  "field_boundary",
  "field_chi2",
  "field_law",
  "field_maps_disagree",
  "field_residuals_space",
  "field_residuals_time",
  "field_source_scale",
];

function rejected(
  { problem, minimum, checks }: OneFieldFit,
  test: TwoFieldTest,
  { numbers, inputs }: ReturnType<typeof numbersOf>,
  fit: JointFit,
): TwoFieldComparison {
  const law = say.law(fit.at.theta[0]! > 0);
  const open = numbers.filter(({ sigma }) => Number.isNaN(sigma)).map(({ name }) => name);
  const converged = fit.ending !== undefined && DESCENT_ENDINGS[fit.ending].converged;
  const failed = converged ? "" : ` ${say.stopped(fit.ending ? DESCENT_ENDINGS[fit.ending].sentence : "it was interrupted")}`;
  const sentence = `${say.preferred(test.probability, DRAWS)}${say.openNumbers(open)}${failed}`;
  const { data } = minimum.evaluator;
  const n = data.values.length;
  const chi2 = chi2Of(data, fit.at.model, fit.noise);
  const own = residualChecks(problem, { ...fit, chi2, distance: 0 });
  const twoFields: TwoFieldOutcome = {
    state: converged ? "fitted" : "stopped",
    ...{ law, numbers, inputs, sentence, chi2, dof: n - fit.effective, n },
    checks: [...checks.filter(({ code }) => !OF_ONE_FIELD.includes(code)), ...own],
  };
  return {
    twoFields,
    comparison: comparisonOf(minimum, [chi2Of(data, minimum.at.model, fit.noise), chi2], say.TWO_FIELDS, `${sentence} ${law}`),
    check: check("field_two_fields", false, sentence, test.probability, RISK),
  };
}
