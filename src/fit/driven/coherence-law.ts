import type { DecayModel, Trace } from "../model.ts";
import { free, positive } from "../models/bounds.ts";
import { bestApart, type Candidate, constantColumn, decayColumn, onColumns, scaleDelays } from "../models/start-search.ts";

/** What a coherence may do beyond decaying: oscillate at the detuning of the frame, and fall off faster than an exponential. */
export interface CoherenceShape {
  readonly oscillating: boolean;
  /** A factor exp(-b t^2): quasi-static frequency noise of standard deviation sqrt(2 b). */
  readonly gaussian: boolean;
}

/** `y = C + e^{-G2 t - b t^2} (A cos(w t) + B sin(w t))`; echo: w = 0, B = 0; b = 0 for white frequency noise. */
export function coherenceLaw({ oscillating, gaussian }: CoherenceShape): DecayModel {
  const parts = (p: readonly number[], t: number) => {
    const [cosine, rate, offset] = p as readonly [number, number, number];
    const [sine, omega] = oscillating ? [p[3]!, p[4]!] : [0, 0];
    const envelope = Math.exp(-rate * t - (gaussian ? p.at(-1)! : 0) * t * t);
    const [cos, sin] = [Math.cos(omega * t), Math.sin(omega * t)];
    return { offset, envelope, cos, sin, wave: cosine * cos + sine * sin, slope: sine * cos - cosine * sin };
  };
  return {
    name: `coherence${oscillating ? "_oscillating" : ""}${gaussian ? "_gaussian" : ""}`,
    formula: `C + exp(-rate t${gaussian ? " - b t^2" : ""}) ${oscillating ? "(A cos(w t) + B sin(w t))" : "A"}`,
    reference: "PHYSICS.md sec. 0: the coherence decays with G2 = G1tot/2 + Gphi, dissipator (Gphi/2) D[sigma_z]",
    parameters: [
      { name: "cosine", unit: "signal", linear: true, ...free },
      { name: "rate", unit: "1/s", linear: false, ...positive },
      { name: "offset", unit: "signal", linear: true, ...free },
      ...(oscillating
        ? [
            { name: "sine", unit: "signal", linear: true, ...free } as const,
            { name: "frequency", unit: "1/s", linear: false, ...positive } as const,
          ]
        : []),
      ...(gaussian ? [{ name: "b", unit: "1", linear: false, ...positive } as const] : []),
    ],
    oscillates: oscillating,
    evaluate(p, t) {
      const { offset, envelope, wave } = parts(p, t);
      return offset + envelope * wave;
    },
    gradient(p, t, out) {
      const { envelope, cos, sin, wave, slope } = parts(p, t);
      out[0] = envelope * cos;
      out[1] = -t * envelope * wave;
      out[2] = 1;
      if (oscillating) {
        out[3] = envelope * sin;
        out[4] = t * envelope * slope;
      }
      if (gaussian) out[oscillating ? 5 : 3] = -t * t * envelope * wave;
    },
    starts: (trace) => startsOf(trace, { oscillating, gaussian }),
    rate: (p) => ({ value: p[1]!, gradient: p.map((_, j) => (j === 1 ? 1 : 0)) }),
    rateMeaning: "G2, the decay rate of the coherence",
    examples: [[0.45, 4e4, 0.5, ...(oscillating ? [0.1, 1.2e6] : []), ...(gaussian ? [1e9] : [])]],
  };
}

const RATES = [0.3, 1, 3, 10];

function startsOf(trace: Trace, { oscillating, gaussian }: CoherenceShape): readonly (readonly number[])[] {
  const { x, window } = scaleDelays(trace);
  const one = constantColumn(x);
  const tried: Candidate[] = [];
  const highest = oscillating ? Math.max(2, Math.floor(x.length / 2)) : 0;
  for (const rate of RATES) {
    const envelope = decayColumn(rate, x);
    if (!oscillating) tried.push({ theta: [rate], ...onColumns([envelope, one], trace.y) });
    for (let k = 0.5; k <= highest; k += Math.min(0.25, k / 4)) {
      const omega = 2 * Math.PI * k;
      const [cos, sin] = [envelope.map((e, i) => e * Math.cos(omega * x[i]!)), envelope.map((e, i) => e * Math.sin(omega * x[i]!))];
      tried.push({ theta: [rate, omega], ...onColumns([cos, one, sin], trace.y) });
    }
  }
  return bestApart(tried, oscillating ? 4 : 2, 1.3).map(({ theta, linear }) => {
    const [rate, omega] = theta as [number, number | undefined];
    const [a, c, b] = linear as [number, number, number | undefined];
    // Half of the decay is left to the quadratic term.
    const share = gaussian ? 0.5 : 1;
    return [
      ...[a, (share * rate) / window, c],
      ...(omega === undefined ? [] : [b ?? 0, omega / window]),
      ...(gaussian ? [(rate / window) ** 2 / 2] : []),
    ];
  });
}
