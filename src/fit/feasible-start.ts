import { mean } from "../numerics/quantile.ts";
import { likelihoodOf } from "./likelihood.ts";
import type { DecayModel } from "./model.ts";
import { onColumns } from "./models/start-search.ts";
import type { Signal } from "./signal-type.ts";

/**
 * A start within the law's bounds and, for counts, with every population inside 0..1, where the likelihood is finite: the linear parameters are drawn
 * towards those of a constant, the data's mean, no further than needed.
 */
export function feasibleStart(model: DecayModel, signal: Signal, start: readonly number[], fixed: readonly boolean[]): number[] {
  const bounded = start.map((v, j) => (fixed[j] ? v : Math.min(Math.max(v, model.parameters[j]!.lower), model.parameters[j]!.upper)));
  if (!likelihoodOf(signal).bounded || inside(model, signal, bounded)) return bounded;
  const linear = [...bounded.keys()].filter((j) => model.parameters[j]!.linear && !fixed[j]);
  const out = new Float64Array(bounded.length);
  const columns = linear.map(() => new Float64Array(signal.t.length));
  for (let i = 0; i < signal.t.length; i++) {
    model.gradient(bounded, signal.t[i]!, out, signal.channel?.[i]);
    linear.forEach((j, k) => {
      columns[k]![i] = out[j]!;
    });
  }
  const centre = Math.min(Math.max(mean(signal.y), 0.01), 0.99);
  const flat = onColumns(columns, new Float64Array(signal.t.length).fill(centre)).linear;
  for (const keep of [0.999, 0.99, 0.97, 0.93, 0.85, 0.7, 0.5, 0.25, 0]) {
    const p = [...bounded];
    linear.forEach((j, k) => {
      p[j] = keep * bounded[j]! + (1 - keep) * flat[k]!;
    });
    if (inside(model, signal, p)) return p;
  }
  return bounded;
}

function inside(model: DecayModel, { t, channel }: Signal, p: readonly number[]): boolean {
  for (let i = 0; i < t.length; i++) {
    const v = model.evaluate(p, t[i]!, channel?.[i]);
    if (!(v > 1e-4 && v < 1 - 1e-4)) return false;
  }
  return true;
}
