import { shape, shapeWithSlope } from "../../numerics/exponential-basis.ts";
import { fitLaw, type LawFit } from "../law-fit.ts";
import type { DecayModel } from "../model.ts";
import { exponential } from "../models/exponential.ts";
import type { Signal } from "../signal-type.ts";

/**
 * The same minimum of a free exponential fitted to counts, written by its values at the first and last delay and its rate (`exponential-basis.ts`).
 * A population of exactly 0 or 1 at an end is then a bound, which the optimiser follows; in amplitude and offset it is an edge, where every step that
 * is not along it is impossible and the search stops. Other fits are returned as they are.
 */
export function betweenEnds(fit: LawFit, signal: Signal): LawFit {
  if (fit.model !== exponential || fit.fixed.some(Boolean) || !fit.likelihood.bounded) return fit;
  const [first, last] = [signal.t[0]!, signal.t[signal.t.length - 1]!];
  const inside = (v: number) => Math.min(Math.max(v, 0), 1);
  const start = [inside(exponential.evaluate(fit.p, first)), inside(exponential.evaluate(fit.p, last)), fit.p[1]!];
  return fitLaw(exponentialBetweenEnds(first, last), signal, start, [false, false, false]);
}

/** `last + (first - last) phi_g(x)` with x the share of the window and g = rate * window; both ends a population. */
function exponentialBetweenEnds(from: number, to: number): DecayModel {
  const window = to - from;
  const [x, phi, slope] = [new Float64Array(1), new Float64Array(1), new Float64Array(1)];
  const population = { unit: "signal", lower: 0, upper: 1, linear: true } as const;
  return {
    ...exponential,
    parameters: [
      { name: "first", ...population },
      { name: "last", ...population },
      { name: "rate", unit: "1/s", lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY, linear: false },
    ],
    evaluate(p, t) {
      x[0] = (t - from) / window;
      shape(p[2]! * window, x, phi);
      return p[1]! + (p[0]! - p[1]!) * phi[0]!;
    },
    gradient(p, t, out) {
      x[0] = (t - from) / window;
      shapeWithSlope(p[2]! * window, x, phi, slope);
      out[0] = phi[0]!;
      out[1] = 1 - phi[0]!;
      out[2] = (p[0]! - p[1]!) * slope[0]! * window;
    },
    starts: () => [],
    rate: (p) => ({ value: p[2]!, gradient: [0, 0, 1] }),
    examples: [],
  };
}
