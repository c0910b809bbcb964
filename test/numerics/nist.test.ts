import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { covarianceOf } from "../../src/numerics/covariance.ts";
import { ENDINGS, leastSquares } from "../../src/numerics/least-squares.ts";
import { parseNist } from "./nist-problem.ts";

const folder = new URL("../../../shared/data/nist-strd/", import.meta.url);
const files = existsSync(folder) ? readdirSync(folder).filter((f) => f.endsWith(".dat")) : [];

describe.skipIf(files.length === 0)(
  "NIST StRD nonlinear regression (certified values and standard errors; skipped without ../shared/data)",
  () => {
    it("has all 27 problems", () => expect(files).toHaveLength(27));
    for (const file of files) {
      const problem = parseNist(file.replace(".dat", ""), readFileSync(new URL(file, folder), "latin1"));
      it.each([0, 1])(`${problem.name}, start %i`, (k) => {
        const [m, n] = [problem.y.length, problem.certified.length];
        const minimum = leastSquares(
          {
            points: m,
            parameters: n,
            evaluate: (p, residual, jacobian) => {
              let sum = 0;
              for (let i = 0; i < m; i++) {
                const { v, d } = problem.model(p, problem.x[i]!);
                residual[i] = v - problem.y[i]!;
                sum += residual[i]! ** 2;
                if (jacobian) for (let j = 0; j < n; j++) jacobian[j * m + i] = d[j]!;
              }
              return sum / 2;
            },
          },
          problem.starts[k]!,
          { maxEvaluations: 5000 },
        );
        expect(ENDINGS[minimum.ending].converged).toBe(true);
        // Lanczos1's residuals are 1e-13 of its data: sum and errors are rounding-limited (README of the data).
        const limited = problem.name === "Lanczos1";
        // The printed degrees of freedom of Rat43 (9) are a misprint: its certified residual deviation is that of 15 - 4.
        const s = Math.sqrt((2 * minimum.objective) / (m - n));
        const { matrix, undetermined } = covarianceOf(minimum.jacobian, m, n);
        expect(undetermined).toEqual([]);
        for (let j = 0; j < n; j++) {
          expect(Math.abs(minimum.p[j]! / problem.certified[j]! - 1)).toBeLessThan(1e-6);
          expect(Math.abs((s * Math.sqrt(matrix[j * n + j]!)) / problem.sigma[j]! - 1)).toBeLessThan(limited ? 5e-2 : 1e-5);
        }
        expect(Math.abs((2 * minimum.objective) / problem.residualSum - 1)).toBeLessThan(limited ? 5e-2 : 1e-8);
      });
    }
  },
);
