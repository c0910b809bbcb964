import { describe, expect, it } from "vitest";
import { fitField } from "../../src/field/fit-field.ts";
import { filmProblem, GAMMA0, GAMMA2 } from "./films.ts";

const NO_FLUX = { type: "no-flux" } as const;
const DEFECT = { x: 6e-4, width: 1e-4, height: 2 * GAMMA0 };
const times = [0.2, 0.5, 1, 1.5, 2, 2.3, 2.6, 3, 3.5, 4];
const film = (gamma0: (x: number) => number) =>
  filmProblem({ dimensions: 1, points: 40, side: NO_FLUX, gamma0, times, noise: 0.005, law: { type: "spots", spots: [] } }, NO_FLUX, 21);

describe("spots without a list", () => {
  it("are found on the map of a smooth field and fitted", { timeout: 120_000 }, async () => {
    const found = await fitField(film((x) => GAMMA0 + DEFECT.height * Math.exp(-((x - DEFECT.x) ** 2) / (2 * DEFECT.width ** 2))));
    if (found.state !== "converged") throw new Error(found.sentence);
    expect(found.law).toBe("spots");
    const pull = (name: string, truth: number) => {
      const number = found.numbers.find((n) => n.name === name)!;
      return Math.abs(number.value - truth) / number.sigma;
    };
    expect(pull("gamma2", GAMMA2)).toBeLessThan(3);
    expect(pull("gamma0 ground", GAMMA0)).toBeLessThan(3);
    expect(pull("defect 1 x", DEFECT.x)).toBeLessThan(3);
    expect(pull("defect 1 width", DEFECT.width)).toBeLessThan(3);
    expect(pull("defect 1 height", DEFECT.height)).toBeLessThan(3);
    expect(found.comparisons.map((c) => [c.simpler, c.preferred])).toContainEqual(["constant", "spots"]);
  });
  it("leave a constant where there are none", { timeout: 120_000 }, async () => {
    const found = await fitField(film(() => GAMMA0));
    if (found.state !== "converged") throw new Error(found.sentence);
    expect(found.law).toBe("constant");
    expect(found.checks.filter((c) => c.code === "field_law").map((c) => c.holds)).toEqual([true]);
  });
});
