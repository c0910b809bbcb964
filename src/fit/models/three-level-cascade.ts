import { looksLike, nothingWithin } from "../../core/messages/laws.ts";
import { pairExponential } from "../../numerics/pair-exponential.ts";
import type { DecayModel, FittedLaw } from "../model.ts";
import { cascadeStarts } from "./three-level-cascade-starts.ts";

const population = { unit: "1", lower: 0, upper: 1 } as const;
const positive = { unit: "1/s", lower: 0, upper: Number.POSITIVE_INFINITY, linear: false } as const;
const pair = new Float64Array(6);
const state = new Float64Array(14);

/**
 * Populations of levels 1 and 2 with their derivatives: state[0..1] = p1, p2, state[2 + 2 j ..] = d(p1, p2)/d parameter j.
 * x' = M x + b, x = (p1, p2): x(t) = x_eq + [C + S (M + s)] (x0 - x_eq), 2 s = -tr M, D = s^2 - det M.
 */
function populations(p: readonly number[], t: number): void {
  const [rate, n, g21, g12, p10, p20] = p as readonly [number, number, number, number, number, number];
  const up = rate * n;
  const [m11, m12] = [-(rate + g12), g21 - up];
  const s = (rate + g12 + g21) / 2;
  const det = rate * g21 + g12 * up;
  pairExponential(s * s - det, 0, s, t, pair);
  const [c, , h, , k] = pair as unknown as [number, number, number, number, number];
  const [e1, e2] = det > 0 ? [(up * g21) / det, (up * g12) / det] : [0, 0];
  const [d1, d2] = [p10 - e1, p20 - e2];
  const [n1, n2] = [(m11 + s) * d1 + m12 * d2, g12 * d1 + (s - g21) * d2];
  state[0] = e1 + c * d1 + h * n1;
  state[1] = e2 + c * d2 + h * n2;
  const by = (j: number, dUp: number, dRate: number, d21: number, d12: number) => {
    const ds = (dRate + d12 + d21) / 2;
    const dDet = dRate * g21 + rate * d21 + d12 * up + g12 * dUp;
    const dD = 2 * s * ds - dDet;
    const dc = -t * c * ds + ((t * h) / 2) * dD;
    const dh = -t * h * ds + k * dD;
    const de1 = det > 0 ? (dUp * g21 + up * d21 - e1 * dDet) / det : 0;
    const de2 = det > 0 ? (dUp * g12 + up * d12 - e2 * dDet) / det : 0;
    const dn1 = (ds - dRate - d12) * d1 + (d21 - dUp) * d2 - (m11 + s) * de1 - m12 * de2;
    const dn2 = d12 * d1 + (ds - d21) * d2 - g12 * de1 - (s - g21) * de2;
    state[2 + 2 * j] = de1 + dc * d1 - c * de1 + dh * n1 + h * dn1;
    state[3 + 2 * j] = de2 + dc * d2 - c * de2 + dh * n2 + h * dn2;
  };
  by(0, n, 1, 0, 0);
  by(1, rate, 0, 0, 0);
  by(2, 0, 0, 1, 0);
  by(3, 0, 0, 0, 1);
  state[10] = c + h * (m11 + s);
  state[11] = h * g12;
  state[12] = h * m12;
  state[13] = c + h * (s - g21);
}

/**
 * A qutrit relaxing 2 -> 1 -> 0, each step with its upward rate: p0' = -Gu p0 + Gd p1, p2' = gamma12 p1 - gamma21 p2, p0 + p1 + p2 = 1, with
 * Gd = rate (1 - n_eq) and Gu = rate n_eq. No direct 2 -> 0 rate: a transmon's parity forbids it. The upward rates are free; fix n_eq and gamma12
 * (gamma12 = gamma21 n_eq/(1 - n_eq) for one bath and a small anharmonicity) where the temperature is known.
 * Channels: p1, p2, and p1/(1 - p2), what counts of 1 are of the shots not found in 2: with p2 it makes the multinomial likelihood (`qutrit-counts.ts`).
 */
export const threeLevelCascade: DecayModel = {
  name: "three_level_cascade",
  formula: "p1' = Gu p0 + gamma21 p2 - (Gd + gamma12) p1, p2' = gamma12 p1 - gamma21 p2; Gd = rate (1 - n_eq), Gu = rate n_eq",
  reference:
    "Paper I sec. 4.4 (multi-level rates G_ij); PHYSICS.md sec. 1-2; M. J. Peterer et al., Phys. Rev. Lett. 114, 010501 (2015), sequential decay",
  channels: ["p1", "p2", "p1/(1 - p2)"],
  parameters: [
    { name: "rate", ...positive },
    { name: "n_eq", ...population, linear: false },
    { name: "gamma21", ...positive },
    { name: "gamma12", ...positive },
    { name: "p1_0", ...population, linear: true },
    { name: "p2_0", ...population, linear: true },
  ],
  evaluate(p, t, channel = 0) {
    populations(p, t);
    if (channel === 2) return state[0]! / (1 - state[1]!);
    return state[channel]!;
  },
  gradient(p, t, out, channel = 0) {
    populations(p, t);
    const rest = 1 - state[1]!;
    for (let j = 0; j < 6; j++) {
      const [d1, d2] = [state[2 + 2 * j]!, state[3 + 2 * j]!];
      out[j] = channel === 0 ? d1 : channel === 1 ? d2 : d1 / rest + (state[0]! * d2) / (rest * rest);
    }
  },
  starts: cascadeStarts,
  rate: (p) => ({ value: p[0]!, gradient: [1, 0, 0, 0, 0, 0] }),
  rateMeaning: "Gamma1_total = Gamma_10 + Gamma_01 of the two lowest levels, free of what level 2 adds to the decay of p1",
  derived: (p) => [
    { name: "gamma10", unit: "1/s", value: p[0]! * (1 - p[1]!), gradient: [1 - p[1]!, -p[0]!, 0, 0, 0, 0] },
    { name: "gamma01", unit: "1/s", value: p[0]! * p[1]!, gradient: [p[1]!, p[0]!, 0, 0, 0, 0] },
  ],
  degenerate({ fixed, sigma }: FittedLaw) {
    if (fixed[2] || Number.isFinite(sigma([0, 0, 1, 0, 0, 0]))) return undefined;
    return looksLike("three_level_cascade", "thermal", nothingWithin("gamma21"), ["gamma21", "gamma12", "p2_0"]);
  },
  examples: [
    [5e4, 0.03, 8e4, 2e3, 0.06, 0.9],
    [4e4, 0.1, 7e4, 9e3, 0.8, 0.05],
  ],
};
