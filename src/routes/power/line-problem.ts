import type { Problem } from "../../numerics/least-squares.ts";
import { extinctionGradient, extinctionOf, type SaturationLaw } from "../../physics/saturation.ts";
import type { SweepPoint } from "./sweep-point.ts";

export const LAW_PARAMETERS = ["amplitude", "gamma2", "k", "resonance"] as const;
export type LawParameter = (typeof LAW_PARAMETERS)[number];

/**
 * `1 - S` of the saturated line against the points, on real and imaginary parts (on the real part alone where gamma2 is not free). Scaled variables: the
 * resonance as offset from its start, everything in units of its size.
 * @param total error per quadrature of every point
 */
export function lineProblem(
  points: readonly SweepPoint[],
  start: SaturationLaw,
  free: readonly LawParameter[],
  sign: 1 | -1,
  { total, strongest }: { readonly total: readonly number[]; readonly strongest: number },
) {
  const both = free.includes("gamma2");
  const m = points.length * (both ? 2 : 1);
  const unit: Record<LawParameter, number> = { amplitude: start.gamma2, gamma2: start.gamma2, k: 1 / strongest, resonance: start.gamma2 };
  const lawOf = (p: ArrayLike<number>): SaturationLaw => {
    const law = { ...start };
    free.forEach((name, j) => {
      law[name] = (name === "resonance" ? start.resonance : 0) + p[j]! * unit[name];
    });
    return law;
  };
  const problem: Problem = {
    points: m,
    parameters: free.length,
    lower: free.map((name) => (name === "gamma2" ? 1e-6 : name === "k" ? 0 : Number.NEGATIVE_INFINITY)),
    evaluate(p, residual, jacobian) {
      const law = lawOf(p);
      let sum = 0;
      points.forEach((point, i) => {
        const x = extinctionOf(law, point.omega, point.power);
        const rows = both
          ? ([
              [2 * i, x.re - (1 - point.re)],
              [2 * i + 1, x.im + sign * point.im],
            ] as const)
          : ([[i, x.re - (1 - point.re)]] as const);
        const gradient = jacobian && extinctionGradient(law, point.omega, point.power);
        rows.forEach(([row, difference], part) => {
          residual[row] = difference / total[i]!;
          sum += residual[row]! ** 2;
          if (!jacobian || !gradient) return;
          free.forEach((name, j) => {
            const slope = (part === 0 ? gradient.re : gradient.im)[LAW_PARAMETERS.indexOf(name)]!;
            jacobian[j * m + row] = (slope * unit[name]) / total[i]!;
          });
        });
      });
      return sum / 2;
    },
  };
  return { problem, lawOf, unit };
}
