import { type Check, check } from "../../core/check.ts";
import { lineShape, referenceNoSigma } from "../../core/messages/power.ts";
import { extinctionOf } from "../../physics/saturation.ts";
import { noiseFromScatter } from "./noise-from-scatter.ts";
import { type PowerTrace, sweepPoints } from "./power-traces.ts";
import { everyPort, type ScatteringTrace } from "./scattering-traces.ts";
import { fitSweep, type SweepFit } from "./sweep-fit.ts";

/** Noise that the file does not state, from the scatter along the trace. */
export function withNoise(trace: ScatteringTrace): ScatteringTrace {
  return everyPort(trace, (points) => {
    if (points.every((p) => Number.isFinite(p.sigma))) return points;
    const sigma = noiseFromScatter(points, trace.complex);
    return points.map((p) => ({ ...p, sigma }));
  });
}

/**
 * The fit, and the traces with their noise. Noise that no file states comes from the scatter along each trace, which a line that is not finely
 * sampled inflates: the residuals of a fit that describes the data are the better measure, trace by trace.
 */
export function fitWithNoise(traces: readonly PowerTrace[], stated: boolean): { fit: SweepFit; traces: readonly PowerTrace[] } | undefined {
  const fit = fitSweep(sweepPoints(traces));
  if (!fit) return undefined;
  if (fit.noiseFromResiduals) {
    const own = traces.map((t) => ({
      ...t,
      points: t.points.map((p) => ({ ...p, sigma: fit.noiseOf({ sigma: p.sigma, power: t.pFit }) })),
    }));
    return { fit, traces: own };
  }
  if (stated || !fit.free.includes("gamma2")) return { fit, traces };
  const refined = traces.map((t) => withResidualNoise(t, fit));
  const again = fitSweep(sweepPoints(refined), fit);
  return again ? { fit: again, traces: refined } : { fit, traces };
}

function withResidualNoise(trace: PowerTrace, fit: SweepFit): PowerTrace {
  let square = 0;
  let reference = 0;
  for (const p of trace.points) {
    const x = extinctionOf(fit.law, 2 * Math.PI * p.frequency, trace.pFit);
    square += (1 - p.re - x.re) ** 2 + (p.im + fit.sign * x.im) ** 2;
    reference += 2 * p.eta ** 2 * (p.re * p.re + p.im * p.im);
  }
  const n = 2 * trace.points.length;
  if (n < FEWEST_FOR_NOISE) return trace;
  return { ...trace, points: trace.points.map((p) => ({ ...p, sigma: residualNoise(square, reference, n, p.sigma) })) };
}

/**
 * Noise of a trace from n residuals. What the reference puts into them is not the trace's own; a tenth is left where it is nearly all. What exceeds
 * the scatter along the trace by more than both are uncertain is misfit, not noise; the smaller of two estimates would always be too small.
 */
export function residualNoise(square: number, reference: number, n: number, scatter: number): number {
  const own = Math.sqrt(Math.max(square - reference, 0.1 * square) / (n - 2));
  return own < MISFIT * scatter ? own : scatter;
}

/** One standard deviation of a noise amplitude from the scatter along one trace, and a little. */
const MISFIT = 1.15;

/** Residuals (two per point) below which a trace says little about its noise. */
const FEWEST_FOR_NOISE = 18;

/** Whether the line shape describes the data, and whether the reference's noise is known. */
export function noiseChecks(traces: readonly PowerTrace[], fitted: ReturnType<typeof fitWithNoise>, stated: boolean): Check[] {
  const checks: Check[] = [];
  if (traces.some((t) => t.points.some((p) => Number.isNaN(p.eta)))) checks.push(check("reference_no_sigma", false, referenceNoSigma()));
  if (!fitted || fitted.fit.noiseFromResiduals || !(fitted.fit.dof > 0)) return checks;
  const { fit } = fitted;
  const reduced = fit.chi2 / fit.dof;
  // Noise that was estimated trace by trace is itself uncertain, and by so much on average.
  const estimated = stated ? 0 : NOISE_VARIANCE / traces.length;
  const limit = 1 + 5 * Math.sqrt(chi2Variance(fitted.traces, fit) / fit.dof ** 2 + estimated);
  checks.push(check("line_shape", reduced < limit, lineShape(reduced), reduced, limit));
  return checks;
}

/** Relative variance of a noise power from the scatter along one trace (median of some 80 steps that overlap). */
const NOISE_VARIANCE = 0.06;

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
