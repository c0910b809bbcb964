import { gram } from "../numerics/gram.ts";
import type { Evaluator, Linearisation, Resolution } from "./evaluator.ts";
import { numberOf, type Parameter } from "./parameters.ts";
import type { Parametrisation } from "./parametrisation.ts";
import type { FieldProblem } from "./problem.ts";
import { type Bath, type TwoFieldModel, type TwoFieldReading, uncertainScales } from "./two-fields-model.ts";

/** The one-field parameters and, after them, the uncertain scales of sources, and slope, rate and diffusion of the bath. */
export interface TwoFieldEvaluator extends Evaluator {
  at(theta: Float64Array): TwoFieldLinearisation;
  /** What the model is read with: the one-field part of theta, the bath and the scales that the rest stands for. */
  split(theta: Float64Array): [oneField: Float64Array, bath: Bath, scales: ReadonlyMap<string, number>];
}

export interface TwoFieldLinearisation extends Linearisation {
  readonly largest: number;
  /** Derivative of the largest U with respect to each parameter. */
  largestGradient(): Float64Array;
}

/** Step in theta, whose entries are of order one, for differences forward: its error is near 1e-6 of the derivative. */
const STEP = 1e-6;

/** @param reference numbers at which the bath's entries of theta are 0 (rate, diffusion: logarithms) and the size of the slope's entry */
export function bathParameters(dimensions: 1 | 2, reference: Bath): readonly Parameter[] {
  const number = { kind: "bath", size: 1, coefficient: false } as const;
  return [
    { ...number, name: "bath_slope", unit: dimensions === 1 ? "m/J" : "m^2/J", log: false, reference: 0, size: reference.slope },
    { ...number, name: "bath_rate", unit: "1/s", log: true, reference: reference.rate },
    { ...number, name: "bath_diffusion", unit: "m^2/s", log: true, reference: reference.diffusion },
  ];
}

/**
 * The two-field model as a function of theta, with the whole Jacobian by differences.
 * @param finer what a finer solution adds to this one, near the theta where it was taken
 */
export function twoFieldEvaluator(
  problem: FieldProblem,
  parametrisation: Parametrisation,
  model: TwoFieldModel,
  resolution: Resolution,
  reference: Bath,
  finer?: TwoFieldReading,
): TwoFieldEvaluator {
  const scaled = uncertainScales(problem).map(
    ({ name }): Parameter => ({ kind: "scale", name: `scale ${name}`, unit: "1", log: true, reference: 1, size: 1, coefficient: false }),
  );
  const names = uncertainScales(problem).map(({ name }) => name);
  const bath = bathParameters(problem.dimensions, reference);
  const parameters = [...parametrisation.parameters, ...scaled, ...bath];
  const p = parameters.length;
  const n = model.data.values.length;
  const own = parametrisation.parameters.length;
  const afterScales = own + scaled.length;
  const split = (theta: Float64Array): [Float64Array, Bath, ReadonlyMap<string, number>] => {
    const [slope, rate, diffusion] = bath.map((b, i) => numberOf(b, theta[afterScales + i]!)) as [number, number, number];
    const scales = new Map(names.map((name, i) => [name, Math.exp(theta[own + i]!)]));
    return [theta.subarray(0, own), { slope, rate, diffusion }, scales];
  };
  const read = (theta: Float64Array): TwoFieldReading => {
    const coarse = model.read(...split(theta));
    return finer ? { model: coarse.model.map((m, i) => m + finer.model[i]!), largest: coarse.largest + finer.largest } : coarse;
  };

  const at = (given: Float64Array): TwoFieldLinearisation => {
    const theta = given.slice();
    const here = read(theta);
    const { gamma0, gamma2 } = model.laws.at(theta.subarray(0, own));
    const columns: ({ model: Float64Array; largest: number } | undefined)[] = [];
    const column = (j: number) => {
      const known = columns[j];
      if (known) return known;
      const moved = theta.slice();
      moved[j]! += STEP;
      const there = read(moved);
      const made = { model: there.model.map((m, i) => (m - here.model[i]!) / STEP), largest: (there.largest - here.largest) / STEP };
      columns[j] = made;
      return made;
    };
    return {
      theta,
      model: here.model,
      largest: here.largest,
      medium: { gamma0, gamma2 },
      solutions: [],
      transposed: (w) => Float64Array.from({ length: p }, (_, j) => column(j).model.reduce((s, v, i) => s + v * w[i]!, 0)),
      along(direction) {
        const out = new Float64Array(n);
        for (const [j, d] of direction.entries()) if (d !== 0) for (let i = 0; i < n; i++) out[i]! += d * column(j).model[i]!;
        return out;
      },
      information(weight, held = new Set()) {
        const rows = new Float64Array(p * n);
        for (let j = 0; j < p; j++)
          if (!held.has(j)) for (let i = 0; i < n; i++) rows[j * n + i] = Math.sqrt(weight[i]!) * column(j).model[i]!;
        return gram(rows, p, n);
      },
      alongScale(source) {
        const j = names.indexOf(source);
        if (j < 0) throw new RangeError(`the scale of ${source} is no parameter`);
        return column(own + j).model;
      },
      largestGradient: () => Float64Array.from({ length: p }, (_, j) => column(j).largest),
    };
  };
  return { resolution, parameters, data: model.data, steps: model.steps, at, split };
}
