import type { DecayModel } from "../model.ts";
import { exponential } from "./exponential.ts";

const free = { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY };

/** `y = A1 exp(-rate1 t) + A2 exp(-rate2 t) + C`: two components. Its rate is the mean rate of the initial decay, weighted by amplitude. */
export const biexponential: DecayModel = {
  name: "biexponential",
  formula: "A1 exp(-rate1 t) + A2 exp(-rate2 t) + C",
  reference: "PHYSICS.md sec. 2",
  parameters: [
    { name: "amplitude1", unit: "signal", linear: true, ...free },
    { name: "rate1", unit: "1/s", linear: false, ...free },
    { name: "amplitude2", unit: "signal", linear: true, ...free },
    { name: "rate2", unit: "1/s", linear: false, ...free },
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
    const [amplitude, rate, offset] = exponential.starts(trace)[0] as readonly [number, number, number];
    return [[0.6 * amplitude, 0.6 * rate, 0.4 * amplitude, 3 * rate, offset]];
  },
  rate(p) {
    const [a1, g1, a2, g2] = p as unknown as [number, number, number, number];
    const a = a1 + a2;
    const value = (a1 * g1 + a2 * g2) / a;
    return { value, gradient: [(g1 - value) / a, a1 / a, (g2 - value) / a, a2 / a, 0] };
  },
  examples: [[0.6, 4e4, 0.3, 4e5, 0.05]],
};
