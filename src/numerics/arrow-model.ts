import { type Elimination, eliminateLocals, localStep } from "./arrow-elimination.ts";
import type { ArrowProblem, Triangle } from "./arrow-problem.ts";
import { echelon } from "./echelon.ts";
import type { Linearised } from "./linearised.ts";
import { applyQTransposed, pivotedQr, rankOf, rEntry } from "./qr.ts";
import { scaledNorm } from "./trust-step.ts";
import { unitColumns } from "./unit-columns.ts";

/** The linear algebra of a joint fit: every block is kept as its triangle only. */
export interface ArrowModel extends Linearised {
  readonly triangles: readonly Triangle[];
  /** F of each block at the current point. */
  readonly objectives: Float64Array;
}

export function arrowModel(problem: ArrowProblem): ArrowModel {
  const n = problem.parameters;
  const widths = problem.blocks.map((b) => b.local.length + b.shared.length + 1);
  const makeTriangles = (): Triangle[] => widths.map((size) => ({ size, values: new Float64Array(size * size) }));
  let [current, trial] = [makeTriangles(), makeTriangles()];
  let [objectives, trialObjectives] = [new Float64Array(problem.blocks.length), new Float64Array(problem.blocks.length)];
  const scratch = new Float64Array(problem.blocks.reduce((most, b, k) => Math.max(most, b.points * widths[k]!), 0));
  const own = problem.blocks.map((_, k) => new Float64Array(widths[k]! - 1));
  /** Where a parameter stands: pairs of block and column. */
  const places: [number, number][][] = Array.from({ length: n }, () => []);
  problem.blocks.forEach((block, b) => {
    for (const [k, j] of block.local.entries()) places[j]!.push([b, k]);
    for (const [k, c] of block.shared.entries()) places[problem.shared[c]!]!.push([b, block.local.length + k]);
  });
  const free: boolean[] = new Array(n).fill(true);
  let finite = true;
  const product = (b: number, c: number, d: number) => {
    const { size, values } = current[b]!;
    let s = 0;
    for (let i = 0; i < size; i++) s += values[c * size + i]! * values[d * size + i]!;
    return s;
  };
  const solve = (scale: Float64Array, damping: number, step: Float64Array) => {
    const system = eliminateLocals(problem, current, free, damping, scale);
    const { x } = solveShared(system);
    step.fill(0);
    system.shared.forEach((j, c) => {
      step[j] = x[c]!;
    });
    for (const block of system.blocks) localStep(block, x, step);
    return scaledNorm(step, scale);
  };
  return {
    points: problem.blocks.reduce((s, b) => s + b.points, 0),
    parameters: n,
    get triangles() {
      return current;
    },
    get objectives() {
      return objectives;
    },
    evaluate(p) {
      let sum = 0;
      finite = true;
      for (const [b, block] of problem.blocks.entries()) {
        const [m, size, q] = [block.points, widths[b]!, own[b]!];
        for (const [k, j] of block.local.entries()) q[k] = p[j]!;
        for (const [k, c] of block.shared.entries()) q[block.local.length + k] = p[problem.shared[c]!]!;
        const [jacobian, residual] = [scratch.subarray(0, m * (size - 1)), scratch.subarray(m * (size - 1), m * size)];
        const objective = block.evaluate(q, residual, jacobian);
        if (!Number.isFinite(objective)) return Number.POSITIVE_INFINITY;
        trialObjectives[b] = objective;
        sum += objective;
        for (let i = 0; i < m * size; i++) if (!Number.isFinite(scratch[i]!)) finite = false;
        const rows = echelon(scratch, m, size);
        const { values } = trial[b]!;
        values.fill(0);
        for (let c = 0; c < size; c++) for (let i = 0; i < rows; i++) values[c * size + i] = scratch[c * m + i]!;
      }
      return sum;
    },
    differentiate: () => finite,
    accept() {
      [current, trial] = [trial, current];
      [objectives, trialObjectives] = [trialObjectives, objectives];
    },
    residualNorm: () => Math.sqrt(widths.reduce((s, w, b) => s + product(b, w - 1, w - 1), 0)),
    columnNorm: (j) => Math.sqrt(places[j]!.reduce((s, [b, c]) => s + product(b, c, c), 0)),
    gradient: (j) => places[j]!.reduce((s, [b, c]) => s + product(b, c, widths[b]! - 1), 0),
    factorise(held) {
      free.fill(true);
      for (const j of held) free[j] = false;
    },
    step(scale, radius, start, step) {
      const gauss = solve(scale, 0, step);
      if (gauss <= 1.1 * radius) return { damping: 0, length: gauss };
      // Hebden (1973): 1/|D s(damping)| is nearly a straight line in the damping; secants from the Gauss-Newton step on.
      let [lower, upper] = [0, Number.POSITIVE_INFINITY];
      let [before, inverseBefore] = [0, 1 / gauss];
      let damping = start > 0 ? start : 1e-3;
      let length = gauss;
      for (let k = 0; k < 20; k++) {
        length = solve(scale, damping, step);
        if (Math.abs(length - radius) <= 0.1 * radius) break;
        if (length > radius) lower = damping;
        else upper = damping;
        const slope = (1 / length - inverseBefore) / (damping - before);
        const next = damping + (1 / radius - 1 / length) / slope;
        [before, inverseBefore] = [damping, 1 / length];
        const limit = upper === Number.POSITIVE_INFINITY ? 1e3 * damping : upper;
        damping =
          next > lower && next < limit
            ? next
            : lower > 0 && limit < 1e3 * lower
              ? (lower + limit) / 2
              : Math.sqrt(Math.max(lower, 1e-6 * limit) * limit);
      }
      return { damping, length };
    },
    predicted(step) {
      let [first, second] = [0, 0];
      for (const [b, block] of problem.blocks.entries()) {
        const { size, values } = current[b]!;
        for (let i = 0; i < size; i++) {
          let s = 0;
          for (const [k, j] of block.local.entries()) s += values[k * size + i]! * step[j]!;
          for (const [k, c] of block.shared.entries()) s += values[(block.local.length + k) * size + i]! * step[problem.shared[c]!]!;
          first += s * values[(size - 1) * size + i]!;
          second += s * s;
        }
      }
      return { value: -first - second / 2, slope: first };
    },
    distance(held) {
      this.factorise(held);
      const system = eliminateLocals(problem, current, free, 0, []);
      let sum = solveShared(system).explained;
      for (const block of system.blocks) {
        const column = block.local.length + block.shared.length;
        for (let i = 0; i < block.rank; i++) sum += block.values[column * block.rows + i]! ** 2;
      }
      return Math.sqrt(sum);
    },
  };
}

/** Least-squares solution of what is left for the shared parameters, columns brought to unit length; dependent ones stay at rest. */
function solveShared({ left, rows: m, shared }: Elimination): { readonly x: Float64Array; readonly explained: number } {
  const n = shared.length;
  const a = left.slice(0, m * n);
  const b = left.slice(m * n, m * (n + 1));
  const size = unitColumns(a, m, n).map((length) => length || 1);
  const qr = pivotedQr(a, m, n);
  applyQTransposed(qr, b);
  const rank = rankOf(qr, Math.max(m, n) * Number.EPSILON);
  const x = new Float64Array(n);
  let explained = 0;
  for (let i = rank - 1; i >= 0; i--) {
    let s = -b[i]!;
    for (let k = i + 1; k < rank; k++) s -= rEntry(qr, i, k) * x[qr.pivot[k]!]!;
    x[qr.pivot[i]!] = s / rEntry(qr, i, i);
    explained += b[i]! ** 2;
  }
  for (let j = 0; j < n; j++) x[j]! /= size[j]!;
  return { x, explained };
}
