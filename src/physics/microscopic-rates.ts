import * as say from "../core/messages/microscopic.ts";
import { type CoupledSites, type MicroscopicMoments, momentsOf, separation, squareOf } from "./microscopic-moments.ts";

export type { CoupledSites, MicroscopicLimit, MicroscopicMoments } from "./microscopic-moments.ts";

/** What the gradient expansion without dephasing gives: for comparison, never a medium. */
export interface NaiveExpansion {
  /** `sum_j G_ij` and `-1/(2d) sum_j G_ij r_ij^2` at the site in the middle, 1/s and m^2/s. */
  readonly gamma0: number;
  readonly gamma2: number;
}

export type MicroscopicRates =
  | (MicroscopicMoments & { readonly state: "accepted"; readonly naive?: NaiveExpansion })
  | {
      readonly state: "refused";
      readonly sentence: string;
      /** What the formulas give outside their range; absent where they give nothing. */
      readonly formula?: MicroscopicMoments;
      readonly naive?: NaiveExpansion;
    };

/**
 * gamma0 and gamma2 of the field equation from microscopic couplings. With dephasing the coherences follow the populations, which then hop:
 * `kappa_ij = G_ij^2/(4 Gphi)` or `J_ij^2/Gphi`, `gamma2 = 1/(2d) sum_j rate_ij r_ij^2`, `gamma0 = G_ii - 2 sum_j kappa_ij` (coherent: the decay rate).
 * Refused: no dephasing (negative or no diffusion), gamma2 <= 0, gamma0 <= 0, and every condition of `limits` that does not hold.
 */
export function microscopicRates(sites: CoupledSites): MicroscopicRates {
  const wrong = faultOf(sites);
  if (wrong) return { state: "refused", sentence: say.badSites(wrong) };
  const naive = sites.coupling === "dissipative" ? { naive: naiveExpansion(sites) } : {};
  if (sites.dephasing === 0) {
    const gamma2 = naive.naive?.gamma2;
    const sentence = gamma2 === undefined ? say.ballistic() : gamma2 < 0 ? say.antiDiffusion(gamma2) : say.notClosed(gamma2);
    return { state: "refused", sentence, ...naive };
  }
  const formula = momentsOf(sites);
  const failed = formula.limits.find((l) => !l.holds);
  const sentence = !(formula.gamma2 > 0) ? say.noTransport() : !(formula.gamma0 > 0) ? say.noDecay(formula.gamma0) : failed?.sentence;
  return sentence === undefined ? { state: "accepted", ...formula, ...naive } : { state: "refused", sentence, formula, ...naive };
}

function faultOf({ positions, matrix, coupling, decay, dephasing }: CoupledSites): string | undefined {
  const n = positions.length;
  const d = positions[0]?.length ?? 0;
  if (n < 2 || d < 1 || d > 3) return "at least two sites with one to three coordinates are needed";
  if (!positions.every((r) => r.length === d && r.every(Number.isFinite)))
    return "every position needs the same number of finite coordinates";
  const square = matrix.length === n && matrix.every((row) => row.length === n);
  if (!square) return `the matrix of couplings must have ${n} rows and columns, one per site`;
  const size = Math.max(...matrix.map((row) => Math.max(...row.map(Math.abs))));
  if (!matrix.every((row, i) => row.every((g, j) => Math.abs(g - matrix[j]![i]!) <= 1e-9 * size)))
    return "the matrix of couplings is not symmetric and finite";
  if (!(dephasing >= 0 && dephasing < Number.POSITIVE_INFINITY)) return "the dephasing rate must be a number of 0 or above";
  if (coupling === "dissipative") {
    if (!matrix.every((row, i) => row[i]! > 0)) return "every diagonal element (the decay rate of a site) must be positive";
    const physical = matrix.every((row, i) => row.every((g, j) => g * g <= (1 + 1e-9) * row[i]! * matrix[j]![j]!));
    return physical ? undefined : "|G_ij| exceeds sqrt(G_ii G_jj), so that a collective mode would gain energy instead of losing it";
  }
  const rates = typeof decay === "number" ? [decay] : (decay ?? []);
  const enough = typeof decay === "number" || rates.length === n;
  return enough && rates.every((g) => g > 0) ? undefined : "coherent couplings need the decay rate of the sites as well, above 0";
}

/** The expansion `Gamma(k) = gamma0 + gamma2 k^2` of the decay rate of a plane wave of amplitudes: negative gamma2 for every positive kernel. */
function naiveExpansion({ positions, matrix }: CoupledSites): NaiveExpansion {
  const second = (i: number, weight: (j: number) => number) =>
    positions.reduce((s, _, j) => s + weight(j) * squareOf(separation(positions, i, j)), 0);
  const remoteness = positions.map((_, i) => second(i, () => 1));
  const middle = remoteness.indexOf(Math.min(...remoteness));
  const row = matrix[middle]!;
  return { gamma0: row.reduce((s, g) => s + g, 0), gamma2: -second(middle, (j) => row[j]!) / (2 * positions[0]!.length) };
}
