import type { NoiseThatWouldDo } from "../../core/messages/line-free.ts";
import { fitJoint } from "../../fit/joint/joint-fit.ts";
import type { JointParameter } from "../../fit/joint/joint-problem.ts";
import { scatteringBlock } from "../../fit/joint/saturation-blocks.ts";
import type { Sweep } from "./sweep.ts";
import type { SweepFit } from "./sweep-fit.ts";

/** chi2 that the noise must gain. */
const GAIN = 9;

/**
 * The quasi-static Gaussian frequency noise that describes the sweep better than the Lorentzian, and what the Lorentzian makes of the rate; undefined where
 * none does. A sweep on resonance alone knows the noise as a share of gamma2 only.
 */
export function noiseThatWouldDo(sweep: Sweep, fit: SweepFit): NoiseThatWouldDo | undefined {
  const { law } = fit;
  const resolved = fit.free.includes("gamma2");
  const points = sweep.traces.flatMap((t) =>
    t.points.map((p) => ({
      omega: 2 * Math.PI * p.frequency,
      power: t.pFit,
      re: p.re,
      im: resolved ? fit.sign * p.im : 0,
      sigma: Math.hypot(p.sigma, p.eta * Math.hypot(p.re, p.im)),
    })),
  );
  const blocks = [scatteringBlock("S", points, law.resonance)];
  const fitWith = (variance: JointParameter) =>
    fitJoint({
      parameters: [
        { name: "amplitude", unit: "1/s", start: law.amplitude, lower: 0 },
        { name: "gamma2", unit: "1/s", start: law.gamma2, lower: 1e-3 * law.gamma2, fixed: !resolved },
        { name: "k", unit: "1", start: law.k, lower: 0 },
        { name: "offset", unit: "1/s", start: 0, fixed: !resolved },
        variance,
      ],
      blocks,
    });
  const without = fitWith({ name: "variance", unit: "1", start: 0, fixed: true });
  const found = fitWith({ name: "variance", unit: "1", start: (0.3 * law.gamma2) ** 2, lower: 0 });
  if (found.state !== "converged" || without.state !== "converged" || !(without.chi2 - found.chi2 > GAIN)) return undefined;
  const value = (name: string) => found.parameter(name).value;
  const sigma = Math.sqrt(value("variance"));
  // G1 goes with amplitude/(gamma2 k).
  const bias = law.amplitude / (law.gamma2 * law.k) / (value("amplitude") / (value("gamma2") * value("k"))) - 1;
  return { sigma: resolved ? sigma : Number.NaN, share: sigma / value("gamma2"), bias };
}
