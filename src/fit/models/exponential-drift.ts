import { looksLike, zeroWithin } from "../../core/messages/laws.ts";
import type { DecayModel, FittedLaw } from "../model.ts";
import { free, positive } from "./bounds.ts";
import { bestApart, type Candidate, constantColumn, decayColumn, onColumns, scaleDelays } from "./start-search.ts";

/** `y = A exp(-rate t) + C + D t`: an exponential whose readout drifted linearly while the delays were measured once, in order. */
export const exponentialDrift: DecayModel = {
  name: "exponential_drift",
  formula: "A exp(-rate t) + C + D t",
  reference:
    "first-order expansion of a readout offset that drifts with measurement time, delays taken in one pass at equal repetition time",
  parameters: [
    { name: "amplitude", unit: "signal", linear: true, ...free },
    { name: "rate", unit: "1/s", linear: false, ...positive },
    { name: "offset", unit: "signal", linear: true, ...free },
    { name: "drift", unit: "signal/s", linear: true, ...free },
  ],
  evaluate: (p, t) => p[0]! * Math.exp(-p[1]! * t) + p[2]! + p[3]! * t,
  gradient(p, t, out) {
    const e = Math.exp(-p[1]! * t);
    out[0] = e;
    out[1] = -p[0]! * t * e;
    out[2] = 1;
    out[3] = t;
  },
  starts(trace) {
    const { x, rates, window } = scaleDelays(trace);
    const one = constantColumn(x);
    const tried: Candidate[] = rates.map((g) => ({ theta: [g], ...onColumns([decayColumn(g, x), one, x], trace.y) }));
    return bestApart(tried, 2).map(({ theta: [g], linear: [a, c, d] }) => [a!, g! / window, c!, d! / window]);
  },
  rate: (p) => ({ value: p[1]!, gradient: [0, 1, 0, 0] }),
  rateMeaning: "the rate of the exponential; the drift belongs to the readout",
  degenerate({ p, sigma }: FittedLaw) {
    if (Math.abs(p[3]!) > 2 * sigma([0, 0, 0, 1])) return undefined;
    return looksLike("exponential_drift", "exponential", zeroWithin("drift"), ["drift"]);
  },
  examples: [
    [0.85, 5e4, 0.05, 500],
    [-0.6, 3e4, 0.9, -400],
  ],
};
