import { covarianceOf } from "../numerics/covariance.ts";
import { leastSquares, type Minimum, type Options } from "../numerics/least-squares.ts";
import { type Likelihood, likelihoodOf } from "./likelihood.ts";
import type { DecayModel } from "./model.ts";
import type { Signal } from "./signal-type.ts";

/** A law at its minimum, before anything is concluded from it. */
export interface LawFit {
  readonly model: DecayModel;
  /** All parameters, fixed ones included. */
  readonly p: readonly number[];
  readonly fixed: readonly boolean[];
  /** Row-major; rows of fixed parameters are zero; in units of the unscaled residuals. */
  readonly covariance: Float64Array;
  readonly minimum: Pick<Minimum, "ending" | "objective" | "distance" | "iterations" | "atBound">;
  /** The law at every delay, whitened residuals, square roots of the points' information. */
  readonly values: Float64Array;
  readonly residual: Float64Array;
  readonly weight: Float64Array;
  /** Whitened derivatives by the free parameters, column-major: the tangent space of the law at the minimum. */
  readonly tangents: Float64Array;
  readonly likelihood: Likelihood;
  /** Points minus free parameters. */
  readonly dof: number;
  /** Pearson's: squared deviations over their variance, or the plain sum of squares where the noise is unknown. */
  readonly chi2: number;
  /** Standard deviation of a point in units of its stated weight: 1 for known noise, from the residuals otherwise. */
  readonly scale: number;
}

/**
 * Fits a law with the signal's likelihood, some parameters fixed.
 * @param start all parameters; fixed ones keep their value. @param options when to stop; default: at the last digit.
 */
export function fitLaw(
  model: DecayModel,
  signal: Signal,
  start: readonly number[],
  fixed: readonly boolean[],
  options: Options = {},
): LawFit {
  let fit = fitOnce(model, signal, likelihoodOf(signal), start, fixed, options);
  if (signal.noise.type !== "relative") return fit;
  for (let k = 0; k < 20; k++) {
    const next = fitOnce(model, signal, likelihoodOf(signal, fit.values), fit.p, fixed, options);
    const moved = Math.max(...next.p.map((v, j) => Math.abs(v - fit.p[j]!) / (Math.sqrt(next.covariance[j * next.p.length + j]!) || 1)));
    fit = next;
    if (!(moved > 1e-6)) break;
  }
  return fit;
}

function fitOnce(
  model: DecayModel,
  signal: Signal,
  likelihood: Likelihood,
  start: readonly number[],
  fixed: readonly boolean[],
  options: Options,
): LawFit {
  const { t, channel } = signal;
  const m = t.length;
  const free = [...model.parameters.keys()].filter((j) => !fixed[j]);
  const all = [...start];
  const values = new Float64Array(m);
  const weight = new Float64Array(m);
  const gradient = new Float64Array(model.parameters.length);
  const setAll = (p: Float64Array) => {
    free.forEach((j, k) => {
      all[j] = p[k]!;
    });
  };
  const evaluate = (p: Float64Array, residual: Float64Array, jacobian?: Float64Array) => {
    setAll(p);
    for (let i = 0; i < m; i++) values[i] = model.evaluate(all, t[i]!, channel?.[i]);
    const objective = likelihood.whiten(values, residual, weight);
    if (jacobian && Number.isFinite(objective))
      for (let i = 0; i < m; i++) {
        model.gradient(all, t[i]!, gradient, channel?.[i]);
        for (let k = 0; k < free.length; k++) jacobian[k * m + i] = weight[i]! * gradient[free[k]!]!;
      }
    return objective;
  };
  const bound = (side: "lower" | "upper") => free.map((j) => model.parameters[j]![side]);
  const problem = { points: m, parameters: free.length, evaluate, lower: bound("lower"), upper: bound("upper") };
  const minimum = leastSquares(
    problem,
    Float64Array.from(free, (j) => start[j]!),
    options,
  );
  const residual = new Float64Array(m);
  const tangents = new Float64Array(m * free.length);
  evaluate(minimum.p, residual, tangents);
  return assemble(model, [...all], fixed, minimum, values, residual, weight, tangents, likelihood);
}

/**
 * A law at parameters that were found elsewhere (in another form of it, `level-form.ts`), with the covariance of its own parameters.
 * @param values the law at every delay.
 */
export function lawFitAt(
  model: DecayModel,
  signal: Signal,
  likelihood: Likelihood,
  p: readonly number[],
  fixed: readonly boolean[],
  values: Float64Array,
  minimum: LawFit["minimum"],
): LawFit {
  const m = signal.t.length;
  const free = [...p.keys()].filter((j) => !fixed[j]);
  const [residual, weight, tangents] = [new Float64Array(m), new Float64Array(m), new Float64Array(m * free.length)];
  likelihood.whiten(values, residual, weight);
  const gradient = new Float64Array(p.length);
  for (let i = 0; i < m; i++) {
    model.gradient(p, signal.t[i]!, gradient, signal.channel?.[i]);
    for (let k = 0; k < free.length; k++) tangents[k * m + i] = weight[i]! * gradient[free[k]!]!;
  }
  return assemble(model, p, fixed, minimum, values, residual, weight, tangents, likelihood);
}

/** Covariance and scale at a minimum. */
function assemble(
  model: DecayModel,
  p: readonly number[],
  fixed: readonly boolean[],
  minimum: LawFit["minimum"],
  values: Float64Array,
  residual: Float64Array,
  weight: Float64Array,
  tangents: Float64Array,
  likelihood: Likelihood,
): LawFit {
  const m = residual.length;
  const free = [...p.keys()].filter((j) => !fixed[j]);
  const n = p.length;
  const covariance = new Float64Array(n * n);
  const small = covarianceOf(tangents, m, free.length).matrix;
  free.forEach((i, k) => {
    free.forEach((j, l) => {
      covariance[i * n + j] = small[k * free.length + l]!;
    });
  });
  const { chi2, dof, scale } = spread(values, residual, free.length, likelihood);
  return { model, p, fixed, covariance, minimum, values, residual, weight, tangents, likelihood, dof, chi2, scale };
}

/** chi2, degrees of freedom and the scale of the residuals. */
export function spread(values: Float64Array, residual: Float64Array, parameters: number, likelihood: Likelihood) {
  const chi2 = likelihood.chi2(values, residual);
  const dof = residual.length - parameters;
  return { chi2, dof, scale: likelihood.absolute ? 1 : Math.sqrt(chi2 / dof) };
}

/** Standard deviation of a function of the parameters with this gradient; NaN where it involves what the data do not determine. */
export function sigmaOf(fit: LawFit, gradient: readonly number[]): number {
  const n = fit.p.length;
  let variance = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      if (gradient[i] !== 0 && gradient[j] !== 0) variance += gradient[i]! * fit.covariance[i * n + j]! * gradient[j]!;
  return fit.scale * Math.sqrt(variance);
}
