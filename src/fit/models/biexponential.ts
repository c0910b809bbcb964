import { equalRates, looksLike, vanishingComponent } from "../../core/messages/laws.ts";
import type { DecayModel, FittedLaw } from "../model.ts";
import { free, positive } from "./bounds.ts";
import { bestApart, type Candidate, constantColumn, decayColumn, onColumns, scaleDelays } from "./start-search.ts";

/** `y = A1 exp(-rate1 t) + A2 exp(-rate2 t) + C`, rate1 < rate2: shots or times with two relaxation rates. */
export const biexponential: DecayModel = {
  name: "biexponential",
  formula: "A1 exp(-rate1 t) + A2 exp(-rate2 t) + C, rate1 <= rate2",
  reference: "PHYSICS.md sec. 2; the mean of exponentials over a two-valued rate",
  parameters: [
    { name: "amplitude1", unit: "signal", linear: true, ...free },
    { name: "rate1", unit: "1/s", linear: false, ...positive },
    { name: "amplitude2", unit: "signal", linear: true, ...free },
    { name: "rate2", unit: "1/s", linear: false, ...positive },
    { name: "offset", unit: "signal", linear: true, ...free },
  ],
  evaluate: (p, t) => p[0]! * Math.exp(-p[1]! * t) + p[2]! * Math.exp(-p[3]! * t) + p[4]!,
  gradient(p, t, out) {
    const e1 = Math.exp(-p[1]! * t);
    const e2 = Math.exp(-p[3]! * t);
    out[0] = e1;
    out[1] = -p[0]! * t * e1;
    out[2] = e2;
    out[3] = -p[2]! * t * e2;
    out[4] = 1;
  },
  starts(trace) {
    const { x, rates, window } = scaleDelays(trace);
    const columns = rates.map((g) => decayColumn(g, x));
    const one = constantColumn(x);
    const tried: Candidate[] = [];
    for (let i = 0; i < rates.length; i++)
      for (let j = i + 1; j < rates.length; j++)
        tried.push({ theta: [rates[i]!, rates[j]!], ...onColumns([columns[i]!, columns[j]!, one], trace.y) });
    return bestApart(tried, 5).map(({ theta: [g1, g2], linear: [a1, a2, c] }) => [a1!, g1! / window, a2!, g2! / window, c!]);
  },
  rate(p) {
    const [a1, g1, a2, g2] = p as unknown as [number, number, number, number];
    const a = a1 + a2;
    const value = (a1 * g1 + a2 * g2) / a;
    return { value, gradient: [(g1 - value) / a, a1 / a, (g2 - value) / a, a2 / a, 0] };
  },
  rateMeaning:
    "mean of the two rates weighted by amplitude, the slope at t = 0: the mean of 1/T1 over the ensemble, which a saturated drive measures too",
  canonical: (p) => (p[1]! <= p[3]! ? p : [p[2]!, p[3]!, p[0]!, p[1]!, p[4]!]),
  degenerate({ p, sigma }: FittedLaw) {
    const says = (why: string, names: string[]) => looksLike("biexponential", "exponential", why, names);
    if (!(Math.abs(p[3]! - p[1]!) > 2 * sigma([0, -1, 0, 1, 0]))) return says(equalRates(), ["amplitude1", "amplitude2"]);
    if (!(Math.abs(p[2]!) > 2 * sigma([0, 0, 1, 0, 0]))) return says(vanishingComponent("faster"), ["amplitude2", "rate2"]);
    if (!(Math.abs(p[0]!) > 2 * sigma([1, 0, 0, 0, 0]))) return says(vanishingComponent("slower"), ["amplitude1", "rate1"]);
    return undefined;
  },
  examples: [
    [0.6, 4e4, 0.3, 4e5, 0.05],
    [-0.3, 1e4, -0.4, 8e4, 0.9],
  ],
};
