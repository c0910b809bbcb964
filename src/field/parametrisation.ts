import type { Block, BlockOnGrid, Change, Fields } from "./blocks.ts";
import type { Grid } from "./grid.ts";
import { distinct, latticeOf } from "./lattice.ts";
import type { Parameter } from "./parameters.ts";
import type { FieldProblem, Points } from "./problem.ts";
import { regionLaw } from "./region-law.ts";
import { smoothLaw, startLaw } from "./smooth-law.ts";
import { sourceLaw } from "./source-law.ts";
import { bendingEnergy, type SplineField, splineField, unbent } from "./spline-field.ts";
import { spotLaw } from "./spot-law.ts";

/** Numbers that make theta of order one: a rate, a diffusivity, and the largest energy density of each experiment. */
export interface References {
  readonly gamma0: number;
  readonly gamma2: number;
  readonly u: readonly number[];
}

/** theta: its parameters, the laws that they belong to, and which of them have a prior. */
export interface Parametrisation {
  readonly parameters: readonly Parameter[];
  readonly blocks: readonly { readonly block: Block; readonly from: number }[];
  /** The smooth field of log gamma0, the last parameters: its prior is `tau theta^T energy theta` with null vectors that no prior holds. */
  readonly field?: {
    readonly spline: SplineField;
    readonly from: number;
    readonly energy: Float64Array;
    readonly rank: number;
  };
  /** Unknown starts of experiments. */
  readonly starts: readonly { readonly experiment: number; readonly spline: SplineField; readonly from: number }[];
  /**
   * Priors (row-major over all parameters) of the unknown starts, weak: second differences of the size of the data, and of the sizes of sources
   * that are stated with an error.
   */
  readonly weak: Float64Array;
}

/** Largest entry of theta that is taken for a number: ten decades of a rate. */
const FURTHEST = 25;

/** Most coefficients of a field along a line, and on a rectangle. */
const MOST = [200, 400] as const;

/** theta for a problem: gamma2, sources, background, unknown starts, and gamma0 last. */
export function parametrise(problem: FieldProblem, references: References): Parametrisation {
  const spline = splineField(problem, coefficientCounts(problem));
  const blocks: { block: Block; from: number }[] = [];
  const parameters: Parameter[] = [];
  const add = (block: Block): number => {
    const from = parameters.length;
    blocks.push({ block, from });
    parameters.push(...block.parameters);
    return from;
  };
  add(regionLaw("gamma2", problem.gamma2.type === "regions" ? problem.gamma2.regions : undefined, references.gamma2));
  add(sourceLaw(problem));
  if (problem.background) add(backgroundLaw(problem.dimensions, Math.max(...references.u)));
  const starts: { experiment: number; from: number; spline: SplineField }[] = [];
  problem.experiments.forEach(({ name, start }, index) => {
    if (start === "unknown") starts.push({ experiment: index, from: add(startLaw(spline, { index, name }, references.u[index]!)), spline });
  });
  const from = add(gamma0Law(problem, spline, references.gamma0));
  const n = parameters.length;
  const weak = new Float64Array(n * n);
  for (const start of starts) addPrior(weak, n, start.from, start.spline.count, secondDifferences(start.spline), 1);
  for (const [j, { stated }] of parameters.entries()) if (stated) weak[j * n + j] = 1 / stated.sigma ** 2;
  return {
    parameters,
    blocks,
    starts,
    weak,
    ...(problem.gamma0.type === "field" && {
      field: { spline, from, energy: bendingEnergy(spline), rank: spline.count - unbent(spline).length },
    }),
  };
}

/** Adds `factor` times a matrix of `count` parameters from `from` on to the prior's precision over all n. */
export function addPrior(prior: Float64Array, n: number, from: number, count: number, matrix: Float64Array, factor: number): void {
  for (let i = 0; i < count; i++) for (let j = 0; j < count; j++) prior[(from + i) * n + from + j]! += factor * matrix[i * count + j]!;
}

/** All laws of a parametrisation on one grid. */
export interface LawsOnGrid {
  readonly blocks: readonly { readonly block: BlockOnGrid; readonly from: number; readonly to: number }[];
  /** @throws RangeError outside the laws' domain */
  at(theta: Float64Array): Fields;
  /** Derivative with respect to entry j; `fields` are those at theta. */
  change(theta: Float64Array, j: number, fields: Fields): Change;
}

export function lawsOn(grid: Grid, { blocks }: Pick<Parametrisation, "blocks">, experiments: FieldProblem["experiments"]): LawsOnGrid {
  const on = blocks.map(({ block, from }) => ({ block: block.on(grid), from, to: from + block.parameters.length }));
  return {
    blocks: on,
    at(theta) {
      const fields: Fields = {
        gamma0: new Float64Array(0),
        gamma2: new Float64Array(0),
        densities: experiments.map(() => []),
        starts: experiments.map(() => undefined),
        background: 0,
      };
      for (const { block, from, to } of on) {
        const own = theta.subarray(from, to);
        if (!own.every((v) => Math.abs(v) <= FURTHEST)) throw new RangeError("the fit ran away from its first guess");
        block.put(own, fields);
      }
      return fields;
    },
    change(theta, j, fields) {
      const { block, from, to } = on.find((law) => j < law.to)!;
      return block.change(theta.subarray(from, to), j - from, fields);
    },
  };
}

function gamma0Law(problem: FieldProblem, spline: SplineField, reference: number): Block {
  const law = problem.gamma0;
  switch (law.type) {
    case "constant":
      return regionLaw("gamma0", undefined, reference);
    case "regions":
      return regionLaw("gamma0", law.regions, reference);
    case "spots":
      return spotLaw(law.spots, reference);
    case "field":
      return smoothLaw(spline, reference);
  }
}

/** One coefficient per position of the data along each axis, as far as the most allow; from the density of points where they are scattered. */
function coefficientCounts(problem: Pick<FieldProblem, "domain" | "experiments">): number[] {
  const lengths = problem.domain.map(([low, high]) => high - low);
  const most = MOST[lengths.length - 1]!;
  let best: number[] = [];
  let places = 0;
  for (const { points } of problem.experiments)
    if (points.x.length > places) {
      places = points.x.length;
      best = countsOf(points, lengths);
    }
  const total = best.reduce((a, b) => a * b, 1);
  if (total <= most) return best.map((n) => Math.max(2, n));
  const shrink = (most / total) ** (1 / best.length);
  return best.map((n) => Math.max(2, Math.floor(n * shrink)));
}

function countsOf(points: Points, lengths: readonly number[]): number[] {
  if (!points.y) return [distinct(points.x).length];
  const lattice = latticeOf(points);
  if (lattice?.ys) return [lattice.xs.length, lattice.ys.length];
  const spacing = Math.sqrt((lengths[0]! * lengths[1]!) / points.x.length);
  return lengths.map((length) => Math.max(2, Math.round(length / spacing)));
}

/** Sum of squared second differences of neighbouring coefficients, the bending energy with equal weights per unit. */
function secondDifferences(spline: SplineField): Float64Array {
  const energy = bendingEnergy(spline);
  const length = Math.max(spline.x.spacing * spline.x.count, (spline.y?.spacing ?? 0) * (spline.y?.count ?? 0));
  const cell = (spline.x.spacing * (spline.y?.spacing ?? length)) / length ** 2;
  const unit = cell * (length / spline.x.spacing) ** 4;
  return energy.map((v) => v / unit);
}

function backgroundLaw(dimensions: 1 | 2, size: number): Block {
  const unit = dimensions === 1 ? "J/m" : "J/m^2";
  return {
    parameters: [{ kind: "background", name: "background", unit, log: false, reference: 0, size, coefficient: false }],
    on: () => ({
      put(theta, fields) {
        fields.background = size * theta[0]!;
      },
      change: () => ({ background: size }),
    }),
  };
}
