import type { DecayModel } from "../model.ts";
import { positive } from "./bounds.ts";
import { type Candidate, constantColumn, decayColumn, onColumns, scaleDelays } from "./start-search.ts";

const population = { unit: "1", lower: 0, upper: 1, linear: true } as const;
const inside = (x: number) => Math.min(Math.max(x, 0.001), 0.999);

/**
 * `n_e(t) = n_eq + (n0 - n_eq) exp(-gamma1_total t)`: a two-level qubit relaxing to the population of its baths. The signal is the population itself
 * (readout corrected); n_eq is a parameter, so that it may be fixed, or carry what temperature and readout say.
 */
export const thermal: DecayModel = {
  name: "thermal",
  formula: "n_eq + (n0 - n_eq) exp(-gamma1_total t); gamma1 = gamma1_total (1 - 2 n_eq)",
  reference: "Paper I eq. (2): G1tot = G1 (1 + 2 n_th), n_eq = Gu/G1tot; PHYSICS.md sec. 0",
  parameters: [
    { name: "n0", ...population },
    { name: "rate", unit: "1/s", linear: false, ...positive },
    { name: "n_eq", ...population },
  ],
  evaluate: (p, t) => p[2]! + (p[0]! - p[2]!) * Math.exp(-p[1]! * t),
  gradient(p, t, out) {
    const e = Math.exp(-p[1]! * t);
    out[0] = e;
    out[1] = -(p[0]! - p[2]!) * t * e;
    out[2] = 1 - e;
  },
  starts(trace) {
    const { x, rates, window } = scaleDelays(trace);
    const one = constantColumn(x);
    const tried: Candidate[] = rates.map((g) => ({ theta: [g], ...onColumns([decayColumn(g, x), one], trace.y) }));
    const best = tried.reduce((a, b) => (b.sum < a.sum ? b : a));
    const [a, c] = best.linear as readonly [number, number];
    return [[inside(a + c), best.theta[0]! / window, inside(c)]];
  },
  rate: (p) => ({ value: p[1]!, gradient: [0, 1, 0] }),
  rateMeaning: "gamma1_total = Gamma_down + Gamma_up, the rate at which n_e - n_eq decays",
  derived: (p) => [
    { name: "gamma1", unit: "1/s", value: p[1]! * (1 - 2 * p[2]!), gradient: [0, 1 - 2 * p[2]!, -2 * p[1]!] },
    { name: "gamma_down", unit: "1/s", value: p[1]! * (1 - p[2]!), gradient: [0, 1 - p[2]!, -p[1]!] },
    { name: "gamma_up", unit: "1/s", value: p[1]! * p[2]!, gradient: [0, p[2]!, p[1]!] },
  ],
  examples: [
    [0.95, 5e4, 0.03],
    [0.02, 3e4, 0.3],
  ],
};
