import { afterAll, describe, expect, it } from "vitest";
import { PROBLEMS, solve } from "./nist-solve.ts";

describe.skipIf(PROBLEMS.length === 0)(
  "NIST StRD nonlinear regression (certified values and standard errors; skipped without ../shared/data)",
  () => {
    const table: string[] = [];
    it("has all 27 problems", () => expect(PROBLEMS).toHaveLength(27));
    for (const nist of PROBLEMS)
      it.each([0, 1])(`${nist.name}, start %i`, (k) => {
        const { parameters, errors, sum, converged } = solve(nist, k, "analytic");
        table.push(`${nist.name.padEnd(9)}${k + 1}${[parameters, errors, sum].map((d) => d.toFixed(1).padStart(7)).join("")}`);
        // Lanczos1's residuals are 1e-13 of its data: sum and errors are rounding-limited (README of the data).
        const limited = nist.name === "Lanczos1";
        expect(converged).toBe(true);
        expect(parameters).toBeGreaterThanOrEqual(6);
        expect(errors).toBeGreaterThanOrEqual(limited ? 3 : 4);
        expect(sum).toBeGreaterThanOrEqual(limited ? 2.5 : 8);
      });
    afterAll(() => console.log(["correct digits: parameters, standard errors, residual sum (11 are certified)", ...table].join("\n")));
  },
);
