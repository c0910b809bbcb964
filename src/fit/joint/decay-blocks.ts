import type { Likelihood } from "../likelihood.ts";
import type { Signal } from "../signal-type.ts";
import type { JointBlock } from "./joint-problem.ts";
import { READOUT_NAMES } from "./readout-levels.ts";

/** A trace in a joint fit, with the chi2 that says whether the law describes it. */
export interface DecayBlock extends JointBlock {
  /** Pearson's chi2 at p, and by how much its variance exceeds twice the degrees of freedom. */
  pearson(p: Float64Array): { readonly chi2: number; readonly excessVariance: number };
}

/** `A exp(-rate t) + C` with parameters rate, amplitude, offset. */
export function freeBlock(name: string, signal: Signal, likelihood: Likelihood, names: readonly [string, string, string]): DecayBlock {
  return block(name, signal, likelihood, names, (p, t, out) => {
    const [rate, amplitude, offset] = p as unknown as [number, number, number];
    const e = Math.exp(-rate * t);
    out[0] = -amplitude * t * e;
    out[1] = e;
    out[2] = 1;
    return amplitude * e + offset;
  });
}

/**
 * `p = e0 + Fid n(t)`, `n(t) = n_eq + (n_1 - n_eq) exp(-rate t)`, `Fid = 1 - e0 - e1` (PHYSICS.md sec. 2), with parameters rate and `READOUT_NAMES`.
 */
export function tiedBlock(name: string, signal: Signal, likelihood: Likelihood, rateName: string): DecayBlock {
  return block(name, signal, likelihood, [rateName, ...READOUT_NAMES], (p, t, out) => {
    const [rate, e0, e1, excited, equilibrium] = p as unknown as [number, number, number, number, number];
    const e = Math.exp(-rate * t);
    const fidelity = 1 - e0 - e1;
    const n = equilibrium + (excited - equilibrium) * e;
    out[0] = -fidelity * (excited - equilibrium) * t * e;
    out[1] = 1 - n;
    out[2] = -n;
    out[3] = fidelity * e;
    out[4] = fidelity * (1 - e);
    return e0 + fidelity * n;
  });
}

/** @param law value at t; fills its derivatives. */
function block(
  name: string,
  { t }: Signal,
  likelihood: Likelihood,
  parameters: readonly string[],
  law: (p: Float64Array, t: number, out: Float64Array) => number,
): DecayBlock {
  const m = t.length;
  const [values, weight] = [new Float64Array(m), new Float64Array(m)];
  const gradient = new Float64Array(parameters.length);
  const residual = new Float64Array(m);
  return {
    name,
    points: m,
    pearson(p) {
      for (let i = 0; i < m; i++) values[i] = law(p, t[i]!, gradient);
      likelihood.whiten(values, residual, weight);
      return { chi2: likelihood.chi2(values, residual), excessVariance: likelihood.excessVariance(values) };
    },
    parameters,
    evaluate(p, residual, jacobian) {
      for (let i = 0; i < m; i++) {
        values[i] = law(p, t[i]!, gradient);
        for (let j = 0; j < gradient.length; j++) jacobian[j * m + i] = gradient[j]!;
      }
      const objective = likelihood.whiten(values, residual, weight);
      for (let j = 0; j < gradient.length; j++) for (let i = 0; i < m; i++) jacobian[j * m + i]! *= weight[i]!;
      return objective;
    },
  };
}
