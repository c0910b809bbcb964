import { describe, expect, it } from "vitest";
import { boundaryCheck } from "../../src/field/boundary-check.ts";
import { fieldChecks } from "../../src/field/field-checks.ts";
import { compareNested } from "../../src/field/model-comparison.ts";
import { profileGamma2 } from "../../src/field/profile.ts";
import { filmProblem, fitted, GAMMA0, GAMMA2 } from "./films.ts";

const SEEDS = 120;
const NO_FLUX = { type: "no-flux" } as const;
const MEDIA = {
  defect: (x: number) => GAMMA0 * (1 + Math.exp(-((x - 6e-4) ** 2) / (2 * 1.5e-4 ** 2))),
  constant: () => GAMMA0,
};

/** Right models over noise: what the checks, the profile and the comparison of laws say. */
describe.each(Object.entries(MEDIA))("a right model, gamma0 with a %s medium, 30 points x 10 times, 1 %% noise", (name, gamma0) => {
  const alarms = new Map<string, number>();
  let [covered, asField] = [0, 0];
  it(`is fitted for ${SEEDS} seeds`, { timeout: 600_000 }, () => {
    for (let seed = 0; seed < SEEDS; seed++) {
      const times = [0.2, 0.5, 1, 1.5, 2, 2.3, 2.6, 3, 3.5, 4];
      const problem = filmProblem({ dimensions: 1, points: 30, side: NO_FLUX, gamma0, times, noise: 0.01 }, NO_FLUX, 1000 + seed);
      const field = fitted(problem);
      const { minimum } = field;
      const profile = profileGamma2(minimum, Number.POSITIVE_INFINITY)!;
      const checks = [
        boundaryCheck(minimum, problem.boundary, 1, (b) => field.evaluatorWith(b, 1)),
        ...fieldChecks({ problem, minimum, profile, grid: { cells: [90], steps: 1, error: 0 } }),
      ];
      for (const { code, holds } of checks) alarms.set(code, (alarms.get(code) ?? 0) + (holds ? 0 : 1));
      if (profile.low < GAMMA2 && GAMMA2 < profile.high) covered++;
      const constant = { name: "constant", minimum: fitted({ ...problem, gamma0: { type: "constant" } }).minimum };
      if (compareNested(constant, { name: "field", minimum }, Number.POSITIVE_INFINITY).preferred === "field") asField++;
    }
    expect(alarms.size).toBeGreaterThan(8);
  });
  it("raises no false alarm in more than 1 % of the cases, by any check", () => {
    for (const [code, count] of alarms) expect([code, count <= 0.01 * SEEDS]).toEqual([code, true]);
  });
  it("covers gamma2 by its profile in 68 +- 10 %", () => {
    expect(Math.abs(covered / SEEDS - 0.683)).toBeLessThan(0.1);
  });
  it("is called a field where it is one, and else in at most 5 %", () => {
    if (name === "constant") expect(asField / SEEDS).toBeLessThanOrEqual(0.05);
    else expect(asField).toBe(SEEDS);
  });
});
