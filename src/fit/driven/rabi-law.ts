import { pairExponential } from "../../numerics/pair-exponential.ts";
import type { DecayModel, Trace } from "../model.ts";
import { free, positive } from "../models/bounds.ts";
import { bestApart, type Candidate, constantColumn, onColumns, scaleDelays } from "../models/start-search.ts";

const pair = new Float64Array(6);

/**
 * Population of a two-level system against the duration of a resonant drive that starts at equilibrium (Bloch equations, PHYSICS.md sec. 0):
 * `y = C + A [cosh(sqrt(D) t) + l sinh(sqrt(D) t)/sqrt(D)] e^{-l t}` with `l = (G1tot + G2)/2` and `D = (G2 - l)^2 - Omega^2`, so that
 * `Omega^2 = nu^2 + (G2 - l)^2` for oscillations at nu, and the same law holds where they are overdamped. Linear readout: A and C are free.
 * The data know l and D; the Rabi frequency follows with the coherence rate, `d Omega^2/d G2 = 2 (G2 - l)`.
 * @param gamma2 coherence rate, 1/s.
 */
export function rabiLaw(gamma2: number): DecayModel {
  const shape = (p: readonly number[], t: number) => {
    const [, rate, omega] = p as readonly [number, number, number];
    const apart = gamma2 - rate;
    pairExponential(apart * apart - omega * omega, 0, rate, t, pair);
    return { rate, omega, apart, c: pair[0]!, s: pair[2]!, u: pair[4]! };
  };
  return {
    name: "rabi",
    formula: "A exp(-rate t) (cosh(sqrt(D) t) + rate sinh(sqrt(D) t)/sqrt(D)) + C; D = (gamma2 - rate)^2 - rabi^2",
    reference: "Bloch equations of PHYSICS.md sec. 0 on resonance; the docstring derives it, the tests hold it against their integration",
    parameters: [
      { name: "amplitude", unit: "signal", linear: true, ...free },
      // G1tot = 2 rate - gamma2 is no rate that grows.
      { name: "rate", unit: "1/s", linear: false, lower: gamma2 / 2, upper: Number.POSITIVE_INFINITY },
      { name: "rabi", unit: "1/s", linear: false, ...positive },
      { name: "offset", unit: "signal", linear: true, ...free },
    ],
    oscillates: true,
    evaluate(p, t) {
      const { rate, c, s } = shape(p, t);
      return p[0]! * (c + rate * s) + p[3]!;
    },
    gradient(p, t, out) {
      const { rate, omega, apart, c, s, u } = shape(p, t);
      const byD = (t * s) / 2 + rate * u;
      out[0] = c + rate * s;
      out[1] = p[0]! * (-t * (c + rate * s) + s - 2 * apart * byD);
      out[2] = p[0]! * -2 * omega * byD;
      out[3] = 1;
    },
    starts: (trace) => startsOf(trace, gamma2),
    rate: (p) => ({ value: p[1]!, gradient: [0, 1, 0, 0] }),
    rateMeaning: "mean of G1tot and G2: the damping of resonant Rabi oscillations",
    examples: [
      [-0.45, 6e4, 2e6, 0.47],
      [-0.3, 8e4, 3e4, 0.4],
    ],
  };
}

/** Oscillations from half a period in the window up to the sampling limit, under envelopes from none to strong. */
function startsOf(trace: Trace, gamma2: number): readonly (readonly number[])[] {
  const { x, window } = scaleDelays(trace);
  const least = (gamma2 * window) / 2;
  const rates = [1.02, 1.5, 3, 8].map((f) => f * least);
  const highest = Math.max(2, Math.floor(x.length / 2));
  const tried: Candidate[] = [];
  for (let k = 0.125; k <= highest; k += Math.max(0.125, Math.min(0.25, k / 8))) {
    const nu = 2 * Math.PI * k;
    for (const rate of rates) {
      const column = x.map((v) => Math.exp(-rate * v) * (Math.cos(nu * v) + (rate / nu) * Math.sin(nu * v)));
      tried.push({ theta: [nu, rate], ...onColumns([column, constantColumn(x)], trace.y) });
    }
  }
  return bestApart(tried, 4, 1.3).map(({ theta, linear }) => {
    const [nu, rate] = theta as [number, number];
    return [linear[0]!, rate / window, Math.hypot(nu, least * 2 - rate) / window, linear[1]!];
  });
}
