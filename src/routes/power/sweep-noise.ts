import { type Check, check } from "../../core/check.ts";
import { lineShape, referenceNoSigma } from "../../core/messages/power.ts";
import type { Complex } from "../../physics/complex.ts";
import { extinctionOf } from "../../physics/saturation.ts";
import { noiseComponents } from "./noise-components.ts";
import { noiseFromScatter } from "./noise-from-scatter.ts";
import { type PowerTrace, sweepPoints } from "./power-traces.ts";
import { everyPort, type ScatteringPoint, type ScatteringTrace } from "./scattering-traces.ts";
import { fitSweep, type SweepFit } from "./sweep-fit.ts";

/** Noise that the file does not state, from the scatter along the trace. */
export function withNoise(trace: ScatteringTrace): ScatteringTrace {
  return everyPort(trace, (points) => {
    if (points.every((p) => Number.isFinite(p.sigma))) return points;
    const sigma = noiseFromScatter(points, trace.complex);
    return points.map((p) => ({ ...p, sigma }));
  });
}

/** Whether the files state the noise of S, and of its reference. */
export interface NoiseStated {
  readonly own: boolean;
  readonly reference: boolean;
}

/**
 * The fit, and the traces with their noise. Noise that no file states comes from the scatter along each trace, which a line that is not finely
 * sampled inflates: the residuals of a fit that describes the data are the better measure, trace by trace.
 */
export function fitWithNoise(
  traces: readonly PowerTrace[],
  stated: NoiseStated,
): { fit: SweepFit; traces: readonly PowerTrace[] } | undefined {
  const fit = fitSweep(sweepPoints(traces));
  if (!fit) return undefined;
  if (fit.noiseFromResiduals) {
    const own = traces.map((t) => ({
      ...t,
      points: t.points.map((p) => ({ ...p, sigma: fit.noiseOf({ sigma: p.sigma, power: t.pFit }) })),
    }));
    return { fit, traces: own };
  }
  if (stated.own || !fit.free.includes("gamma2")) return { fit, traces };
  const refined = withResidualNoise(
    traces,
    (p, t) => {
      const x = extinctionOf(fit.law, 2 * Math.PI * p.frequency, t.pFit);
      return { re: 1 - x.re, im: -fit.sign * x.im };
    },
    fit.free.length,
    stated.reference,
  );
  const again = fitSweep(sweepPoints(refined), fit);
  return again ? { fit: again, traces: refined } : { fit, traces };
}

/**
 * The traces with the noise that the residuals of a fit show. What exceeds the scatter along a trace by more than that is uncertain is misfit, not noise.
 * @param modelOf fitted S of a point
 */
export function withResidualNoise<T extends { readonly points: readonly ScatteringPoint[] }>(
  traces: readonly T[],
  modelOf: (point: ScatteringPoint, trace: T) => Complex,
  parameters: number,
  referenceStated: boolean,
): T[] {
  if (traces.some((t) => 2 * t.points.length < FEWEST_FOR_NOISE)) return [...traces];
  const residuals = traces.map((t) =>
    t.points.map((p) => {
      const s = modelOf(p, t);
      return { ...p, s: { re: p.re, im: p.im }, re: p.re - s.re, im: p.im - s.im };
    }),
  );
  const { own, reference } = noiseComponents(residuals, parameters, referenceStated);
  const within = (factor: number) => (factor < MISFIT ? factor : 1);
  return traces.map((t, i) => ({
    ...t,
    points: t.points.map((p) => ({ ...p, sigma: within(own[i]!) * p.sigma, eta: within(reference) * p.eta })),
  }));
}

/** Three standard deviations of a noise amplitude from the scatter along one trace. */
const MISFIT = 1.4;

/** Residuals (two per point) below which a trace says little about its noise. */
const FEWEST_FOR_NOISE = 18;

/** Whether the line shape describes the data, and whether the reference's noise is known. */
export function noiseChecks(traces: readonly PowerTrace[], fitted: ReturnType<typeof fitWithNoise>, stated: boolean): Check[] {
  const checks: Check[] = [];
  if (traces.some((t) => t.points.some((p) => Number.isNaN(p.eta)))) checks.push(check("reference_no_sigma", false, referenceNoSigma()));
  if (!fitted || fitted.fit.noiseFromResiduals || !(fitted.fit.dof > 0)) return checks;
  const { fit } = fitted;
  const reduced = fit.chi2 / fit.dof;
  const limit = 1 + 5 * Math.sqrt(chi2Variance(fitted.traces, fit) / fit.dof ** 2 + noiseVariance(traces, stated));
  checks.push(check("line_shape", reduced < limit, lineShape(reduced), reduced, limit));
  return checks;
}

/** Relative variance of a noise power from the scatter along one trace (median of some 80 steps that overlap). */
const NOISE_VARIANCE = 0.06;

/** Of noise that was estimated trace by trace: relative variance of its power on average. */
export function noiseVariance(traces: readonly unknown[], stated: boolean): number {
  return stated ? 0 : NOISE_VARIANCE / traces.length;
}

/** Variance of chi2: 2 dof for independent residuals; the reference's noise is the same at every power and makes them vary together. */
function chi2Variance(traces: readonly PowerTrace[], fit: SweepFit): number {
  const byFrequency = new Map<number, { sum: number; squares: number }>();
  for (const p of traces.flatMap((t) => t.points)) {
    const reference = p.eta ** 2 * (p.re * p.re + p.im * p.im);
    const share = reference > 0 ? reference / (p.sigma ** 2 + reference) : 0;
    const g = byFrequency.get(p.frequency) ?? { sum: 0, squares: 0 };
    byFrequency.set(p.frequency, { sum: g.sum + share, squares: g.squares + share * share });
  }
  const quadratures = fit.free.includes("gamma2") ? 2 : 1;
  let together = 0;
  for (const { sum, squares } of byFrequency.values()) together += sum * sum - squares;
  return 2 * fit.dof + 2 * quadratures * together;
}
