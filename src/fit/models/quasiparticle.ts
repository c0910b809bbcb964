import { looksLike, zeroWithin } from "../../core/messages/laws.ts";
import type { DecayModel, FittedLaw } from "../model.ts";
import { free, positive } from "./bounds.ts";
import { bestApart, type Candidate, constantColumn, onColumns, scaleDelays } from "./start-search.ts";

const NUMBERS = [0.25, 0.7, 2, 5];

/** `y = A exp(n_qp (exp(-gamma_qp t) - 1)) exp(-gamma_r t) + C`: a Poissonian number of quasiparticles, mean n_qp, each relaxing the qubit at gamma_qp. */
export const quasiparticle: DecayModel = {
  name: "quasiparticle",
  formula: "A exp(n_qp (exp(-gamma_qp t) - 1)) exp(-gamma_r t) + C; gamma_qp = 1/T1qp, gamma_r = 1/T1r",
  reference: "PHYSICS.md sec. 2; I. M. Pop et al., Nature 508, 369 (2014); S. Gustavsson et al., Science 354, 1573 (2016)",
  parameters: [
    { name: "amplitude", unit: "signal", linear: true, ...free },
    { name: "n_qp", unit: "1", linear: false, lower: 0, upper: 100, searchLimits: true },
    { name: "gamma_qp", unit: "1/s", linear: false, ...positive },
    { name: "gamma_r", unit: "1/s", linear: false, ...positive },
    { name: "offset", unit: "signal", linear: true, ...free },
  ],
  evaluate: (p, t) => p[0]! * Math.exp(p[1]! * Math.expm1(-p[2]! * t) - p[3]! * t) + p[4]!,
  gradient(p, t, out) {
    const [a, n, g, r] = p as readonly [number, number, number, number];
    const lost = Math.expm1(-g * t);
    const e = Math.exp(n * lost - r * t);
    out[0] = e;
    out[1] = a * e * lost;
    out[2] = -a * e * n * t * Math.exp(-g * t);
    out[3] = -a * e * t;
    out[4] = 1;
  },
  starts(trace) {
    const { x, rates, window } = scaleDelays(trace);
    const one = constantColumn(x);
    const tried: Candidate[] = [];
    for (const [k, r] of rates.entries())
      for (const g of rates.slice(Math.max(0, k - 2)))
        for (const n of NUMBERS) {
          const shape = x.map((v) => Math.exp(n * Math.expm1(-g * v) - r * v));
          tried.push({ theta: [n, g, r], ...onColumns([shape, one], trace.y) });
        }
    return bestApart(tried, 6).map(({ theta: [n, g, r], linear: [a, c] }) => [a!, n!, g! / window, r! / window, c!]);
  },
  rate: (p) => ({ value: p[3]!, gradient: [0, 0, 0, 1, 0] }),
  rateMeaning:
    "gamma_r = 1/T1r, the residual rate without quasiparticles, as labs quote it beside n_qp and T1qp; the rate at t = 0 is gamma_r + n_qp gamma_qp (initial_rate)",
  derived: (p) => [{ name: "initial_rate", unit: "1/s", value: p[3]! + p[1]! * p[2]!, gradient: [0, p[2]!, p[1]!, 1, 0] }],
  degenerate({ p, sigma }: FittedLaw) {
    const says = (name: string, names: string[]) => looksLike("quasiparticle", "exponential", zeroWithin(name), names);
    if (!(p[1]! > 2 * sigma([0, 1, 0, 0, 0]))) return says("n_qp", ["n_qp", "gamma_qp"]);
    if (!(p[2]! > 2 * sigma([0, 0, 1, 0, 0]))) return says("gamma_qp", ["n_qp", "gamma_qp", "gamma_r"]);
    return undefined;
  },
  examples: [
    [0.9, 1.2, 2e5, 2e4, 0.05],
    [-0.6, 0.8, 4e5, 3e4, 0.8],
  ],
};
