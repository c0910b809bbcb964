import { jacobianOf } from "./finite-differences.ts";
import type { Problem } from "./least-squares-problem.ts";
import type { Linearised } from "./linearised.ts";
import { applyQTransposed, type PivotedQr, pivotedQr, rankOf } from "./qr.ts";
import { trustStep } from "./trust-step.ts";
import { unitColumns } from "./unit-columns.ts";

/** A problem with its whole Jacobian in memory. Buffers are made once; `residual` and `jacobian` are those of the current state. */
export interface DenseModel extends Linearised {
  readonly residual: Float64Array;
  /** Column-major. */
  readonly jacobian: Float64Array;
}

export function denseModel(problem: Problem, fixed?: ArrayLike<boolean>): DenseModel {
  const [m, n] = [problem.points, problem.parameters];
  const analytic = (problem.derivatives ?? "analytic") === "analytic";
  const differences = analytic ? undefined : jacobianOf(problem);
  let residual = new Float64Array(m);
  let jacobian = new Float64Array(m * n);
  let trialResidual = new Float64Array(m);
  let trialJacobian = new Float64Array(m * n);
  let trialPoint: Float64Array | undefined;
  const factors = new Float64Array(m * n);
  const qtr = new Float64Array(m);
  let free: readonly number[] | undefined;
  let qr: PivotedQr | undefined;
  return {
    points: m,
    parameters: n,
    get residual() {
      return residual;
    },
    get jacobian() {
      return jacobian;
    },
    evaluate(p) {
      trialPoint = p;
      return analytic ? problem.evaluate(p, trialResidual, trialJacobian) : problem.evaluate(p, trialResidual);
    },
    differentiate() {
      if (differences && trialPoint) differences(trialPoint, trialResidual, trialJacobian, fixed);
      for (let i = 0; i < trialJacobian.length; i++) if (!Number.isFinite(trialJacobian[i]!)) return false;
      return true;
    },
    accept() {
      [residual, trialResidual] = [trialResidual, residual];
      [jacobian, trialJacobian] = [trialJacobian, jacobian];
    },
    residualNorm: () => norm(residual, 0, m),
    columnNorm: (j) => norm(jacobian, j * m, m),
    gradient(j) {
      let s = 0;
      for (let i = 0; i < m; i++) s += jacobian[j * m + i]! * residual[i]!;
      return s;
    },
    factorise(held) {
      free = held.length === 0 ? undefined : others(n, held);
      const count = free?.length ?? n;
      const into = factors.subarray(0, m * count);
      if (free) for (let k = 0; k < count; k++) into.set(jacobian.subarray(free[k]! * m, (free[k]! + 1) * m), k * m);
      else into.set(jacobian);
      qr = pivotedQr(into, m, count);
      qtr.set(residual);
      applyQTransposed(qr, qtr);
    },
    step(scale, radius, damping, step) {
      const trust = trustStep(qr!, qtr, free ? Float64Array.from(free, (j) => scale[j]!) : scale, radius, damping);
      if (!free) step.set(trust.step);
      else {
        step.fill(0);
        for (let k = 0; k < free.length; k++) step[free[k]!] = trust.step[k]!;
      }
      return trust;
    },
    predicted(step) {
      let first = 0;
      let second = 0;
      for (let i = 0; i < m; i++) {
        let js = 0;
        for (let j = 0; j < n; j++) js += jacobian[j * m + i]! * step[j]!;
        first += js * residual[i]!;
        second += js * js;
      }
      return { value: -first - second / 2, slope: first };
    },
    // |Q^T r| over the span of the columns, each brought to unit length so that the rank does not depend on units.
    distance(held) {
      const which = others(n, held);
      const scaled = new Float64Array(m * which.length);
      which.forEach((j, k) => {
        scaled.set(jacobian.subarray(j * m, (j + 1) * m), k * m);
      });
      unitColumns(scaled, m, which.length);
      const decomposition = pivotedQr(scaled, m, which.length);
      const b = residual.slice();
      applyQTransposed(decomposition, b);
      let s = 0;
      for (let k = 0; k < rankOf(decomposition, Math.max(m, n) * Number.EPSILON); k++) s += b[k]! ** 2;
      return Math.sqrt(s);
    },
  };
}

function others(n: number, held: readonly number[]): number[] {
  return [...Array(n).keys()].filter((j) => !held.includes(j));
}

function norm(a: Float64Array, from: number, length: number): number {
  let s = 0;
  for (let i = from; i < from + length; i++) s += a[i]! * a[i]!;
  return Math.sqrt(s);
}
