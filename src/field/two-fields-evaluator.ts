import { gram } from "../numerics/gram.ts";
import type { Evaluator, Linearisation, Resolution } from "./evaluator.ts";
import { numberOf, type Parameter } from "./parameters.ts";
import type { Parametrisation } from "./parametrisation.ts";
import type { FieldProblem } from "./problem.ts";
import { type Bath, type Scales, type TwoFieldModel, type TwoFieldReading, uncertainScales } from "./two-fields-model.ts";

/** Slope, rate and diffusion of the bath, the uncertain scales of sources and, after them, the one-field parameters. */
export interface TwoFieldEvaluator extends Evaluator {
  at(theta: Float64Array): TwoFieldLinearisation;
  /** What the model is read with: the one-field part of theta, the bath and the scales that the rest stands for. */
  split(theta: Float64Array): [oneField: Float64Array, bath: Bath, scales: Scales];
}

export interface TwoFieldLinearisation extends Linearisation {
  readonly largest: number;
  /** Derivative of the largest U with respect to each parameter. */
  largestGradient(): Float64Array;
}

/** Step in theta, whose entries are of order one, for differences forward: its error is near 1e-6 of the derivative. */
const STEP = 1e-6;

/** @param reference numbers at which the bath's entries of theta are 0 (rate, diffusion: logarithms) and the size of the slope's entry */
function bathParameters(dimensions: 1 | 2, reference: Bath): readonly Parameter[] {
  const number = { kind: "bath", size: 1, coefficient: false } as const;
  return [
    { ...number, name: "bath_slope", unit: dimensions === 1 ? "m/J" : "m^2/J", log: false, reference: 0, size: reference.slope },
    { ...number, name: "bath_rate", unit: "1/s", log: true, reference: reference.rate },
    { ...number, name: "bath_diffusion", unit: "m^2/s", log: true, reference: reference.diffusion },
  ];
}

/** Standard deviation of the weak prior on log G_B and log D, which keeps what the data leave open from running away: a factor 50. */
const WEAK = Math.log(50);

/** theta of two fields: slope, rate and diffusion of the bath, the scales without a stated error with an assumed one as prior, then theta of one field. */
export function jointParametrisation(problem: FieldProblem, one: Parametrisation, reference: Bath): Parametrisation {
  const scales = uncertainScales(problem);
  const scaled = scales.map(
    ({ name }): Parameter => ({ kind: "scale", name: `scale ${name}`, unit: "1", log: true, reference: 1, size: 1, coefficient: false }),
  );
  const bath = bathParameters(problem.dimensions, reference);
  const before = bath.length + scaled.length;
  const parameters = [...bath, ...scaled, ...one.parameters];
  const p = parameters.length;
  const weak = new Float64Array(p * p);
  for (const j of [1, 2]) weak[j * (p + 1)] = 1 / WEAK ** 2;
  for (const [i, { sigma }] of scales.entries()) weak[(bath.length + i) * (p + 1)] = 1 / sigma ** 2;
  const own = p - before;
  for (let i = 0; i < own; i++) weak.set(one.weak.subarray(i * own, (i + 1) * own), (before + i) * p + before);
  const { field } = one;
  return { ...one, parameters, weak, ...(field && { field: { ...field, from: before + field.from } }) };
}

/** Derivatives of the model by theta, parameter after parameter, and of the largest U. */
interface Jacobian {
  readonly theta: Float64Array;
  /** theta of the differences that it was updated from. */
  readonly exactAt: Float64Array;
  readonly model: Float64Array;
  readonly rows: Float64Array;
  readonly largest: Float64Array;
}

/** Largest change of an entry of theta over which a Jacobian is updated. */
const NEAR = 0.1;

const isNear = (a: Float64Array, b: Float64Array) => a.every((v, j) => Math.abs(v - b[j]!) < NEAR);

/** The least change of a Jacobian that fits what the model did between two points (Broyden 1965, Math. Comp. 19, 577). */
function updated({ theta: before, exactAt, model: was, rows: old, largest }: Jacobian, theta: Float64Array, model: Float64Array): Jacobian {
  const n = model.length;
  const step = theta.map((v, j) => v - before[j]!);
  const square = step.reduce((s, v) => s + v * v, 0);
  const rows = old.slice();
  if (square === 0) return { theta, exactAt, model, rows, largest };
  const missed = model.map((m, i) => m - was[i]!);
  for (const [j, d] of step.entries()) if (d !== 0) for (let i = 0; i < n; i++) missed[i]! -= d * old[j * n + i]!;
  for (const [j, d] of step.entries()) if (d !== 0) for (let i = 0; i < n; i++) rows[j * n + i]! += (d / square) * missed[i]!;
  return { theta, exactAt, model, rows, largest };
}

/**
 * The two-field model as a function of theta. The information is computed with the whole Jacobian by differences; short steps in between update the last one,
 * so that their gradients cost no solution. Each round of noise and strength begins with the very Jacobian (`fitWithPrior`), which is that of the minimum at the end.
 * @param finer what a finer solution adds to this one, near the theta where it was taken
 */
export function twoFieldEvaluator(
  problem: FieldProblem,
  { parameters }: Parametrisation,
  model: TwoFieldModel,
  resolution: Resolution,
  finer?: TwoFieldReading,
): TwoFieldEvaluator {
  const names = uncertainScales(problem).map(({ name }) => name);
  const bath = parameters.slice(0, 3);
  const own = bath.length + names.length;
  const p = parameters.length;
  const n = model.data.values.length;
  const split = (theta: Float64Array): [Float64Array, Bath, Scales] => {
    const [slope, rate, diffusion] = bath.map((b, i) => numberOf(b, theta[i]!)) as [number, number, number];
    const scales = new Map(names.map((name, i) => [name, Math.exp(theta[bath.length + i]!)]));
    return [theta.subarray(own), { slope, rate, diffusion }, scales];
  };
  const read = (theta: Float64Array): TwoFieldReading => {
    const coarse = model.read(...split(theta));
    return finer ? { model: coarse.model.map((m, i) => m + finer.model[i]!), largest: coarse.largest + finer.largest } : coarse;
  };

  /** By differences: p solutions. */
  const differences = (theta: Float64Array, here: TwoFieldReading): Jacobian => {
    const rows = new Float64Array(p * n);
    const largest = new Float64Array(p);
    for (let j = 0; j < p; j++) {
      const moved = theta.slice();
      moved[j]! += STEP;
      const there = read(moved);
      for (let i = 0; i < n; i++) rows[j * n + i] = (there.model[i]! - here.model[i]!) / STEP;
      largest[j] = (there.largest - here.largest) / STEP;
    }
    return { theta, exactAt: theta, model: here.model, rows, largest };
  };

  let nearest: Jacobian | undefined;
  let last: TwoFieldLinearisation | undefined;
  const at = (given: Float64Array): TwoFieldLinearisation => {
    if (last?.theta.every((v, j) => v === given[j])) return last;
    const theta = given.slice();
    const here = read(theta);
    const { gamma0, gamma2 } = model.laws.at(theta.subarray(own));
    let exact: Jacobian | undefined;
    let near: Jacobian | undefined;
    const fresh = () => {
      exact ??= differences(theta, here);
      nearest = exact;
      return exact;
    };
    const jacobian = () => {
      near ??= nearest && isNear(nearest.exactAt, theta) ? updated(nearest, theta, here.model) : undefined;
      nearest = exact ?? near ?? fresh();
      return nearest;
    };
    last = {
      theta,
      model: here.model,
      largest: here.largest,
      medium: { gamma0, gamma2 },
      solutions: [],
      transposed(w) {
        const { rows } = jacobian();
        return Float64Array.from({ length: p }, (_, j) => {
          let s = 0;
          for (let i = 0; i < n; i++) s += rows[j * n + i]! * w[i]!;
          return s;
        });
      },
      along(direction) {
        const { rows } = jacobian();
        const out = new Float64Array(n);
        for (const [j, d] of direction.entries()) if (d !== 0) for (let i = 0; i < n; i++) out[i]! += d * rows[j * n + i]!;
        return out;
      },
      information(weight, held = new Set(), each) {
        const rows = fresh().rows.map((v, k) => (held.has(Math.floor(k / n)) ? 0 : Math.sqrt(weight[k % n]!) * v));
        if (each)
          for (const e of problem.experiments.keys())
            each(
              gram(
                rows.map((v, k) => (model.data.experiment[k % n] === e ? v : 0)),
                p,
                n,
              ),
            );
        return gram(rows, p, n);
      },
      alongScale(source) {
        const j = names.indexOf(source);
        if (j < 0) throw new RangeError(`the scale of ${source} is no parameter`);
        const from = (bath.length + j) * n;
        return jacobian().rows.slice(from, from + n);
      },
      largestGradient: () => fresh().largest,
    };
    return last;
  };
  return { resolution, parameters, data: model.data, steps: model.steps, at, split };
}
