import { extinctionGradient, extinctionOf, type SaturationLaw } from "../../physics/saturation.ts";
import type { JointBlock } from "./joint-problem.ts";

/** A complex reflection or transmission under drive, normalised to the qubit-off line, physics sign. */
export interface ScatteringPoint {
  /** Drive frequency, rad/s. */
  readonly omega: number;
  /** W, where it is stated. */
  readonly power: number;
  readonly re: number;
  readonly im: number;
  /** One standard deviation of each quadrature. */
  readonly sigma: number;
}

/** An excited population under drive. */
export interface PopulationPoint {
  readonly omega: number;
  readonly power: number;
  readonly population: number;
  readonly sigma: number;
}

/** What a saturation sweep knows by itself (`physics/saturation.ts`); `offset` = resonance minus a reference frequency, rad/s. */
export const SWEEP_NAMES = ["amplitude", "gamma2", "k", "offset"] as const;

function lawAt(amplitude: number, gamma2: number, k: number, offset: number, reference: number): SaturationLaw {
  return { amplitude, gamma2, k, resonance: reference + offset };
}

/** `1 - S` at every point, real and imaginary part. @param reference frequency that `offset` counts from, rad/s: near the resonance. */
export function scatteringBlock(name: string, points: readonly ScatteringPoint[], reference: number): JointBlock {
  const m = 2 * points.length;
  return {
    name,
    points: m,
    parameters: SWEEP_NAMES,
    evaluate(p, residual, jacobian) {
      const law = lawAt(p[0]!, p[1]!, p[2]!, p[3]!, reference);
      let sum = 0;
      for (const [i, { omega, power, re, im, sigma }] of points.entries()) {
        const value = extinctionOf(law, omega, power);
        const slope = extinctionGradient(law, omega, power);
        residual[2 * i] = (value.re - (1 - re)) / sigma;
        residual[2 * i + 1] = (value.im + im) / sigma;
        sum += residual[2 * i]! ** 2 + residual[2 * i + 1]! ** 2;
        for (let j = 0; j < 4; j++) {
          jacobian[j * m + 2 * i] = slope.re[j]! / sigma;
          jacobian[j * m + 2 * i + 1] = slope.im[j]! / sigma;
        }
      }
      return sum / 2;
    },
  };
}

/** `n_e = n_eq + (1 - 2 n_eq) S/(2 (1+S))`, `S = k P (w_0/w_d)/(1 + (D/G2)^2)`, with parameters gamma2, k, offset, n_eq. */
export function populationBlock(name: string, points: readonly PopulationPoint[], reference: number): JointBlock {
  const m = points.length;
  return {
    name,
    points: m,
    parameters: ["gamma2", "k", "offset", "n_eq"],
    evaluate(p, residual, jacobian) {
      const [gamma2, k, offset, nEq] = p as unknown as [number, number, number, number];
      let sum = 0;
      for (const [i, { omega, power, population, sigma }] of points.entries()) {
        const resonance = reference + offset;
        const d = omega - resonance;
        const width = gamma2 * gamma2 + d * d;
        const s = (k * power * (resonance / omega) * gamma2 * gamma2) / width;
        const filled = s / (2 * (1 + s));
        // d filled = dS/(2 (1+S)^2), dS = S d ln S.
        const byLog = ((1 - 2 * nEq) * s) / (2 * (1 + s) ** 2) / sigma;
        residual[i] = (nEq + (1 - 2 * nEq) * filled - population) / sigma;
        sum += residual[i]! ** 2;
        jacobian[i] = byLog * (2 / gamma2 - (2 * gamma2) / width);
        jacobian[m + i] = byLog / k;
        jacobian[2 * m + i] = byLog * (1 / resonance + (2 * d) / width);
        jacobian[3 * m + i] = (1 - 2 * filled) / sigma;
      }
      return sum / 2;
    },
  };
}
