import { quantile } from "../../numerics/quantile.ts";
import type { DecayModel } from "../model.ts";
import { free } from "./bounds.ts";

/** `y = A exp(-rate t) + C`: one bath of any temperature, seen through any linear readout. */
export const exponential: DecayModel = {
  name: "exponential",
  formula: "A exp(-rate t) + C",
  reference: "PHYSICS.md sec. 2; Paper I eq. (2): n_e(t) - n_eq decays with rate Gamma1_total = Gamma_down + Gamma_up",
  parameters: [
    { name: "amplitude", unit: "signal", linear: true, ...free },
    { name: "rate", unit: "1/s", linear: false, ...free },
    { name: "offset", unit: "signal", linear: true, ...free },
  ],
  evaluate: (p, t) => p[0]! * Math.exp(-p[1]! * t) + p[2]!,
  gradient(p, t, out) {
    const e = Math.exp(-p[1]! * t);
    out[0] = e;
    out[1] = -p[0]! * t * e;
    out[2] = 1;
  },
  starts({ t, y }) {
    const n = t.length;
    const order = [...t.keys()].sort((i, j) => t[i]! - t[j]!);
    const few = Math.max(1, Math.floor(n / 10));
    const offset = quantile(
      order.slice(-few).map((i) => y[i]!),
      0.5,
    );
    const start = quantile(
      order.slice(0, few).map((i) => y[i]!),
      0.5,
    );
    const fallen = order.find((i) => Math.abs(y[i]! - offset) < Math.abs(start - offset) / Math.E) ?? order[n - 1]!;
    const first = t[order[0]!]!;
    const rate = 1 / (Math.max(t[fallen]! - first, (t[order[n - 1]!]! - first) / n) || 1);
    return [[(start - offset) * Math.exp(rate * first), rate, offset]];
  },
  rate: (p) => ({ value: p[1]!, gradient: [0, 1, 0] }),
  rateMeaning: "Gamma1_total = Gamma_down + Gamma_up = 1/T1",
  examples: [
    [0.9, 5e4, 0.04],
    [-0.6, 2e4, 0.7],
  ],
};
