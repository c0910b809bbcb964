import type { NoiseThatWouldDo } from "../../core/messages/line-free.ts";
import { fitJoint } from "../../fit/joint/joint-fit.ts";
import { scatteringBlock } from "../../fit/joint/saturation-blocks.ts";
import type { Sweep } from "./sweep.ts";
import type { SweepFit } from "./sweep-fit.ts";

/** chi2 that the noise must gain. */
const GAIN = 9;

/** The quasi-static Gaussian frequency noise that describes the sweep better than the Lorentzian, and what the Lorentzian makes of the rate; undefined where none does. */
export function noiseThatWouldDo(sweep: Sweep, fit: SweepFit): NoiseThatWouldDo | undefined {
  const { law } = fit;
  const points = sweep.traces.flatMap((t) =>
    t.points.map((p) => ({
      omega: 2 * Math.PI * p.frequency,
      power: t.pFit,
      re: p.re,
      im: fit.sign * p.im,
      sigma: Math.hypot(p.sigma, p.eta * Math.hypot(p.re, p.im)),
    })),
  );
  const found = fitJoint({
    parameters: [
      { name: "amplitude", unit: "1/s", start: law.amplitude, lower: 0 },
      { name: "gamma2", unit: "1/s", start: law.gamma2, lower: 1e-3 * law.gamma2 },
      { name: "k", unit: "1", start: law.k, lower: 0 },
      { name: "offset", unit: "1/s", start: 0 },
      { name: "variance", unit: "1", start: (0.3 * law.gamma2) ** 2, lower: 0 },
    ],
    blocks: [scatteringBlock("S", points, law.resonance)],
  });
  if (found.state !== "converged" || !(fit.chi2 - found.chi2 > GAIN)) return undefined;
  const [amplitude, gamma2, k, variance] = ["amplitude", "gamma2", "k", "variance"].map((name) => found.parameter(name).value) as [
    number,
    number,
    number,
    number,
  ];
  const sigma = Math.sqrt(variance);
  // G1 goes with amplitude/(gamma2 k).
  const bias = law.amplitude / (law.gamma2 * law.k) / (amplitude / (gamma2 * k)) - 1;
  return { sigma, share: sigma / gamma2, bias };
}
