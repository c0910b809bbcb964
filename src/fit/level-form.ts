import { leastSquares } from "../numerics/least-squares.ts";
import { type LawFit, lawFitAt } from "./law-fit.ts";
import { likelihoodOf } from "./likelihood.ts";
import type { DecayModel } from "./model.ts";
import type { Signal } from "./signal-type.ts";

/** Standard deviations from its minimum at which a fit of counts has run into the edge. */
export const EDGE_DISTANCE = 1e-3;

/** A law whose first amplitude a and offset c are replaced by its values u and v at two delays. */
interface Levels {
  readonly a: number;
  readonly c: number;
  /** Delays of u and v, s; at infinity v is the offset itself. */
  readonly first: number;
  readonly last: number;
}

/**
 * Fits counts with the law in its level form: amplitude and offset are replaced by the values at the first and the last delay, which are
 * bounded by 0 and 1, so that a fit on that edge is a fit on simple bounds. An oscillating law can pass its end values in between: where that happened,
 * its levels are taken at delay 0 and infinity, between which it always lies. Other linear parts move with them:
 * d/dq at fixed u, v follows from the law's gradients at the two delays. Undefined where the law has no free amplitude and offset.
 */
export function fitLevels(model: DecayModel, signal: Signal, start: readonly number[], fixed: readonly boolean[]): LawFit | undefined {
  const forms = levelsOf(model, signal, fixed).map((levels) => fitForm(model, signal, start, fixed, levels));
  return forms.find((fit) => fit && fit.minimum.distance < EDGE_DISTANCE) ?? forms[0];
}

function fitForm(
  model: DecayModel,
  signal: Signal,
  start: readonly number[],
  fixed: readonly boolean[],
  levels: Levels,
): LawFit | undefined {
  const { a, c } = levels;
  const likelihood = likelihoodOf(signal);
  const n = start.length;
  const m = signal.t.length;
  const free = [...start.keys()].filter((j) => !fixed[j]);
  const all = [...start];
  const [g0, g1, g] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  const values = new Float64Array(m);
  const weight = new Float64Array(m);
  const atEnds = () => {
    model.gradient(all, levels.first, g0);
    if (levels.last === Number.POSITIVE_INFINITY) g1.fill(0);
    else model.gradient(all, levels.last, g1);
    g1[c] = 1;
  };
  /** Turns u, v in the places of a and c into the law's own parameters. */
  const toLaw = (p: ArrayLike<number>) => {
    free.forEach((j, k) => {
      all[j] = p[k]!;
    });
    const [u, v] = [all[a]!, all[c]!];
    all[a] = 1;
    all[c] = 0;
    atEnds();
    // With a = 1, c = 0 the rest at both delays is the value less the amplitude's own shape.
    const rest0 = model.evaluate(all, levels.first) - g0[a]!;
    const rest1 = levels.last === Number.POSITIVE_INFINITY ? 0 : model.evaluate(all, levels.last) - g1[a]!;
    all[a] = (u - v - rest0 + rest1) / (g0[a]! - g1[a]!);
    all[c] = v - rest1 - all[a]! * g1[a]!;
    atEnds();
  };
  const evaluate = (p: Float64Array, residual: Float64Array, jacobian?: Float64Array) => {
    toLaw(p);
    for (let i = 0; i < m; i++) values[i] = snap(model.evaluate(all, signal.t[i]!));
    const objective = likelihood.whiten(values, residual, weight);
    if (!jacobian || !Number.isFinite(objective)) return objective;
    const shape = g0[a]! - g1[a]!;
    for (let i = 0; i < m; i++) {
      model.gradient(all, signal.t[i]!, g);
      free.forEach((j, k) => {
        // u moves a alone and leaves v, v the opposite way; any other parameter drags a and c along so that both levels stay.
        const da = j === a ? 1 / shape : j === c ? -1 / shape : -(g0[j]! - g1[j]!) / shape;
        const dc = j === a ? -g1[a]! * da : j === c ? 1 - g1[a]! * da : -g1[j]! - g1[a]! * da;
        jacobian[k * m + i] = weight[i]! * ((j === a || j === c ? 0 : g[j]!) + g[a]! * da + dc);
      });
    }
    return objective;
  };
  const level = (t: number) => Math.min(Math.max(t === Number.POSITIVE_INFINITY ? start[c]! : model.evaluate(start, t), 0), 1);
  const from = [...start];
  from[a] = level(levels.first);
  from[c] = level(levels.last);
  const bound = (side: "lower" | "upper") =>
    free.map((j) => (j === a || j === c ? (side === "lower" ? 0 : 1) : model.parameters[j]![side]));
  const minimum = leastSquares(
    { points: m, parameters: free.length, evaluate, lower: bound("lower"), upper: bound("upper") },
    free.map((j) => from[j]!),
  );
  toLaw(minimum.p);
  if (!all.every(Number.isFinite)) return undefined;
  const found = signal.t.map((t) => snap(model.evaluate(all, t)));
  return lawFitAt(model, signal, likelihood, [...all], fixed, found, minimum);
}

function levelsOf(model: DecayModel, { t }: Signal, fixed: readonly boolean[]): Levels[] {
  const c = model.parameters.findIndex((p) => p.name === "offset");
  const a = model.parameters.findIndex((p) => p.linear && p.unit === "signal" && p.name !== "offset");
  if (a < 0 || c < 0 || fixed[a] || fixed[c]) return [];
  const ends = { a, c, first: t.reduce((x, y) => Math.min(x, y)), last: t.reduce((x, y) => Math.max(x, y)) };
  return model.oscillates ? [ends, { a, c, first: 0, last: Number.POSITIVE_INFINITY }] : [ends];
}

/** A value that rounding put beyond the level which a bound holds at 0 or 1. */
function snap(v: number): number {
  if (v < 0 && v > -1e-12) return 0;
  return v > 1 && v < 1 + 1e-12 ? 1 : v;
}
