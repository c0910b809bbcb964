import { looksLike, oneWithin } from "../../core/messages/laws.ts";
import { digamma } from "../../numerics/digamma.ts";
import { logGamma } from "../../numerics/gamma-function.ts";
import type { DecayModel, FittedLaw } from "../model.ts";
import { free, positive } from "./bounds.ts";
import { bestApart, type Candidate, constantColumn, onColumns, scaleDelays } from "./start-search.ts";

const BETAS = [0.3, 0.45, 0.65, 0.9, 1.3, 2];

/** `y = A exp(-(rate t)^beta) + C`: a spread of relaxation rates (beta < 1). Delays are counted from the pulse: t <= 0 gives A + C. */
export const stretched: DecayModel = {
  name: "stretched",
  formula: "A exp(-(rate t)^beta) + C",
  reference:
    "R. Kohlrausch, Ann. Phys. 167, 179 (1854); mean relaxation time: C. P. Lindsey and G. D. Patterson, J. Chem. Phys. 73, 3348 (1980)",
  parameters: [
    { name: "amplitude", unit: "signal", linear: true, ...free },
    { name: "rate", unit: "1/s", linear: false, ...positive },
    { name: "beta", unit: "1", linear: false, lower: 0.1, upper: 4, searchLimits: true },
    { name: "offset", unit: "signal", linear: true, ...free },
  ],
  evaluate: (p, t) => p[0]! * Math.exp(-power(p[1]! * t, p[2]!)) + p[3]!,
  gradient(p, t, out) {
    const [a, rate, beta] = p as readonly [number, number, number];
    const u = power(rate * t, beta);
    const e = Math.exp(-u);
    out[0] = e;
    // At t = 0 the value is A + C whatever rate and beta are.
    out[1] = u > 0 ? (-a * e * u * beta) / rate : 0;
    out[2] = u > 0 ? -a * e * u * Math.log(rate * t) : 0;
    out[3] = 1;
  },
  starts(trace) {
    const { x, rates, window } = scaleDelays(trace);
    const one = constantColumn(x);
    const tried: Candidate[] = [];
    for (const g of rates)
      for (const beta of BETAS) tried.push({ theta: [g, beta], ...onColumns([x.map((v) => Math.exp(-power(g * v, beta))), one], trace.y) });
    return bestApart(tried, 3).map(({ theta: [g, beta], linear: [a, c] }) => [a!, g! / window, beta!, c!]);
  },
  rate(p) {
    const [, rate, beta] = p as readonly [number, number, number];
    const value = rate / Math.exp(logGamma(1 + 1 / beta));
    return { value, gradient: [0, value / rate, (value * digamma(1 + 1 / beta)) / (beta * beta), 0] };
  },
  rateMeaning:
    "1/<tau> with the mean relaxation time <tau> = Gamma(1/beta)/(beta rate), the area under the decay over its height: finite for every beta, while the slope at t = 0 is infinite for beta < 1",
  degenerate({ p, sigma }: FittedLaw) {
    if (Math.abs(p[2]! - 1) > 2 * sigma([0, 0, 1, 0])) return undefined;
    return looksLike("stretched", "exponential", oneWithin("beta"), ["beta"]);
  },
  examples: [
    [0.9, 5e4, 0.7, 0.05],
    [-0.5, 2e4, 0.8, 0.8],
    [0.8, 3e4, 1.4, 0.1],
  ],
};

const power = (x: number, beta: number): number => (x > 0 ? x ** beta : 0);
