import { describe, expect, it } from "vitest";
import { fitField } from "../../src/field/fit-field.ts";
import { filmProblem, GAMMA0 } from "./films.ts";

const defect = (x: number, y: number) => GAMMA0 * (1 + Math.exp(-((x - 6e-4) ** 2 + (y - 4e-4) ** 2) / (2 * 1.5e-4 ** 2)));
const times = [0.3, 0.7, 1.2, 2, 2.4, 2.8, 3.3, 4];
const NAMES = { "no-flux": "no flux", dirichlet: "u = 0 (dirichlet)" };

describe("the boundary of a film of 12 x 12 x 8 with a free field", () => {
  it.each([
    ["dirichlet", "no-flux"],
    ["no-flux", "dirichlet"],
    ["no-flux", "no-flux"],
    ["dirichlet", "dirichlet"],
  ] as const)("%s, fitted as %s", { timeout: 120_000 }, async (side, assumed) => {
    const film = { dimensions: 2, points: 12, side: { type: side }, gamma0: defect, times, noise: 0.01 } as const;
    const outcome = await fitField(filmProblem(film, { type: assumed }, 3));
    const boundary = outcome.checks.find((c) => c.code === "field_boundary")!;
    expect(boundary.holds).toBe(side === assumed);
    if (side !== assumed) expect(boundary.sentence).toContain(`Best there: ${NAMES[side]}`);
    else expect(outcome.checks.filter((c) => !c.holds).map((c) => c.code)).toEqual([]);
  });
});
