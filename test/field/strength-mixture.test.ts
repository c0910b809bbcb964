import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { entry } from "../../src/field/posterior.ts";
import { mapPoints } from "../../src/field/sampling.ts";
import { strengthMixture } from "../../src/field/strength-mixture.ts";
import { choleskyInverse } from "../../src/numerics/cholesky.ts";
import { filmProblem, fitted, GAMMA0, SIDE } from "./films.ts";

/** Square roots of the diagonal of the inverse Hessian. */
function laplaceSigmas(factor: Float64Array, p: number): Float64Array {
  const inverse = choleskyInverse(factor, p);
  return Float64Array.from({ length: p }, (_, j) => Math.sqrt(inverse[j * (p + 1)]!));
}

const NO_FLUX = { type: "no-flux" } as const;
const times = [0.2, 0.5, 1, 1.5, 2, 2.4, 2.8, 3.4];
const medium = (x: number) => GAMMA0 * Math.exp(0.5 * Math.cos((2 * Math.PI * x) / SIDE));
const problem = filmProblem({ dimensions: 1, points: 20, side: NO_FLUX, gamma0: medium, times, noise: 0.01 }, NO_FLUX, 31);
const { minimum, parametrisation, strength } = fitted(problem);
const mixture = strengthMixture(minimum, parametrisation, strength, mapPoints(problem));
const n = minimum.at.theta.length;

describe("errors averaged over the strength of the smoothness", () => {
  it("are near those of the most probable one where the data know it, and never much below", () => {
    const one = laplaceSigmas(minimum.factor, n);
    for (let j = 0; j < n; j++) {
      const ratio = mixture.sigma(entry(j, n)) / one[j]!;
      expect(ratio).toBeGreaterThan(0.8);
      expect(ratio).toBeLessThan(2);
    }
  });
  it("are those of its draws", () => {
    const source = random(3);
    const draws = Array.from({ length: 3000 }, () => mixture.draw(source));
    for (const j of [0, n - 1, n >> 1]) {
      const square = draws.reduce((s, d) => s + d[j]! ** 2, 0) / draws.length;
      expect(Math.abs(Math.sqrt(square) / mixture.sigma(entry(j, n)) - 1)).toBeLessThan(0.06);
    }
  });
  it("are those of the Hessian alone without a smooth field", () => {
    const constant = fitted({ ...problem, gamma0: { type: "constant" } });
    const alone = strengthMixture(constant.minimum, constant.parametrisation, constant.strength, mapPoints(problem));
    const p = constant.minimum.at.theta.length;
    const own = laplaceSigmas(constant.minimum.factor, p);
    for (let j = 0; j < p; j++) expect(alone.sigma(entry(j, p)) / own[j]!).toBeCloseTo(1, 12);
    expect([...alone.prior].every(Number.isNaN)).toBe(true);
  });
});
