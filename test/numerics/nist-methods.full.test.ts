import { afterAll, describe, expect, it } from "vitest";
import { METHODS, type Method, opinionDigits, PROBLEMS, solve } from "./nist-solve.ts";

describe.skipIf(PROBLEMS.length === 0)("NIST StRD without derivatives, and by the second opinion (skipped without ../shared/data)", () => {
  const table: string[] = [];
  const solved: Record<Method, number> = { analytic: 0, central: 0, forward: 0 };
  let opinions = 0;
  for (const nist of PROBLEMS)
    it.each([0, 1])(`${nist.name}, start %i`, (k) => {
      const found = METHODS.map((method) => solve(nist, k, method));
      METHODS.forEach((method, i) => {
        if (found[i]!.parameters >= 6) solved[method]++;
        expect(found[i]!.converged).toBe(true);
        // A forward difference keeps about half of the digits of the residuals.
        expect(found[i]!.parameters).toBeGreaterThan(5);
        expect(found[i]!.errors).toBeGreaterThan(nist.name === "Lanczos1" ? 2.5 : 4);
      });
      const opinion = opinionDigits(nist, k);
      if (opinion >= 6) opinions++;
      const columns = found.map((d) => `${d.parameters.toFixed(1).padStart(7)}${d.errors.toFixed(1).padStart(5)}`);
      table.push(`${nist.name.padEnd(9)}${k + 1}${columns.join("")}${opinion.toFixed(1).padStart(7)}`);
    });
  it("central differences solve all but the hardest", () => expect(solved.central).toBeGreaterThanOrEqual(53));
  afterAll(() => {
    const counts = `>= 6 digits on the parameters, of 54: ${METHODS.map((m) => `${m} ${solved[m]}`).join(", ")}, ml-levenberg-marquardt ${opinions}`;
    console.log(
      ["digits of parameters and errors: analytic, central, forward; parameters: ml-levenberg-marquardt", ...table, counts].join("\n"),
    );
  });
});
