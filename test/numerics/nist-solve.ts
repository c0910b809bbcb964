import { existsSync, readdirSync, readFileSync } from "node:fs";
import { covarianceOf } from "../../src/numerics/covariance.ts";
import { ENDINGS, leastSquares, type Problem } from "../../src/numerics/least-squares.ts";
import { secondOpinion } from "../../src/numerics/second-opinion.ts";
import { type NistProblem, parseNist } from "./nist-problem.ts";

const folder = new URL("../../../shared/data/nist-strd/", import.meta.url);
const FILES = existsSync(folder) ? readdirSync(folder).filter((f) => f.endsWith(".dat")) : [];
export const METHODS = ["analytic", "central", "forward"] as const;
export type Method = (typeof METHODS)[number];

/** Correct digits, -log10 of the largest relative error; NIST certifies 11. */
export interface Digits {
  readonly parameters: number;
  readonly errors: number;
  readonly sum: number;
}
const digits = (found: readonly number[], certified: readonly number[]) =>
  Math.min(11, -Math.log10(Math.max(...found.map((v, j) => Math.abs(v / certified[j]! - 1)), 1e-11)));

function problemOf(nist: NistProblem, derivatives: Method): Problem {
  const [m, n] = [nist.y.length, nist.certified.length];
  return {
    points: m,
    parameters: n,
    derivatives,
    evaluate(p, residual, jacobian) {
      let sum = 0;
      for (let i = 0; i < m; i++) {
        const { v, d } = nist.model(p, nist.x[i]!);
        residual[i] = v - nist.y[i]!;
        sum += residual[i]! ** 2;
        if (jacobian) for (let j = 0; j < n; j++) jacobian[j * m + i] = d[j]!;
      }
      return sum / 2;
    },
  };
}

export function solve(nist: NistProblem, start: number, derivatives: Method): Digits & { readonly converged: boolean } {
  const problem = problemOf(nist, derivatives);
  const [m, n] = [problem.points, problem.parameters];
  const minimum = leastSquares(problem, nist.starts[start]!, { maxEvaluations: 5000 });
  // The printed degrees of freedom of Rat43 (9) are a misprint: its certified residual deviation is that of 15 - 4.
  const s = Math.sqrt((2 * minimum.objective) / (m - n));
  const { matrix } = covarianceOf(minimum.jacobian, m, n);
  const sigma = nist.sigma.map((_, j) => s * Math.sqrt(matrix[j * n + j]!));
  return {
    converged: ENDINGS[minimum.ending].converged,
    parameters: digits([...minimum.p], nist.certified),
    errors: digits(sigma, nist.sigma),
    sum: digits([2 * minimum.objective], [nist.residualSum]),
  };
}

/** The second opinion's only claim is where it stopped: does it lie on the certified values? */
export function opinionDigits(nist: NistProblem, start: number): number {
  const law = {
    points: nist.y.length,
    y: Float64Array.from(nist.y),
    value: (p: readonly number[], i: number) => nist.model(p, nist.x[i]!).v,
    gradient: (p: readonly number[], i: number) => nist.model(p, nist.x[i]!).d,
  };
  const from = nist.starts[start]!;
  const found = secondOpinion(
    law,
    from,
    from.map((v) => Math.abs(v) || 1),
  );
  return found ? digits(found, nist.certified) : 0;
}

/** All problems; empty without ../shared/data. */
export const PROBLEMS = FILES.map((file) => parseNist(file.replace(".dat", ""), readFileSync(new URL(file, folder), "latin1")));
