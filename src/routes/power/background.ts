import { covarianceOf } from "../../numerics/covariance.ts";
import { ENDINGS, leastSquares, type Problem } from "../../numerics/least-squares.ts";
import { type Complex, over, times } from "../../physics/complex.ts";
import { extinctionGradient, extinctionOf, type SaturationLaw } from "../../physics/saturation.ts";
import { logLinear } from "./log-linear.ts";
import type { ScatteringTrace } from "./scattering-traces.ts";
import { LAW_PARAMETERS, plausible } from "./sweep-fit.ts";
import type { SweepPoint } from "./sweep-point.ts";
import { sweepStart } from "./sweep-start.ts";

/** Fewer points than this leave nothing to tell a line from a resonance. */
const FEWEST = 12;

export interface FittedBackground {
  readonly traces: readonly ScatteringTrace[];
  /** One s.d. of ln(gain), common to all points. */
  readonly sigmaAmplitude: number;
  /**
   * Covariance of the law with the background free, in the order of LAW_PARAMETERS; amplitude, gamma2 and k relative, the resonance in rad/s:
   * a fit to the divided traces alone would take the background as known.
   */
  readonly covariance: readonly (readonly number[])[];
}

/**
 * Gain, its tilt, phase and delay of the line, common to all powers, fitted together with the resonance:
 * `S_measured = exp(g + t x + i(p + d x)) S(D, P)`, x = frequency in half spans from the middle. The far and the saturated points carry it.
 * Used only where there is no reference trace. Undefined where the traces are too short, one power alone (depth and gain cannot be told apart
 * safely then), or no resonance inside the span.
 */
export function fittedBackground(traces: readonly ScatteringTrace[]): FittedBackground | undefined {
  if (new Set(traces.map((t) => t.pSource)).size < 2) return undefined;
  if (traces.some((t) => !t.complex || t.points.length < FEWEST || t.points.some((p) => !(p.sigma > 0)))) return undefined;
  const all = traces.flatMap((t) => t.points);
  const low = Math.min(...all.map((p) => p.frequency));
  const high = Math.max(...all.map((p) => p.frequency));
  if (!(high > low)) return undefined;
  const at = (frequency: number) => (2 * frequency - low - high) / (high - low);
  const strongest = traces.reduce((a, b) => (b.pSource > a.pSource ? b : a));
  const edge = Math.max(2, Math.floor(strongest.points.length / 6));
  const ends = strongest.points.filter((_, i, p) => i < edge || i >= p.length - edge);
  const first = logLinear(ends.map((p) => ({ ...p, x: at(p.frequency) })));
  const best = ([1, -1] as const)
    .map((sign) => fitTogether(traces, first, sign, at))
    .reduce((a, b) => (b && (!a || b.objective < a.objective) ? b : a), undefined);
  if (!best) return undefined;
  return { traces: traces.map((t) => divided(t, best.background, at)), sigmaAmplitude: best.sigmaGain, covariance: best.covariance };
}

/** ln gain, tilt, phase, delay. */
type Background = readonly [gain: number, tilt: number, phase: number, delay: number];

function lineAt(b: ArrayLike<number>, x: number): Complex {
  const scale = Math.exp(b[0]! + b[1]! * x);
  const turn = b[2]! + b[3]! * x;
  return { re: scale * Math.cos(turn), im: scale * Math.sin(turn) };
}

function divided(trace: ScatteringTrace, b: Background, at: (frequency: number) => number): ScatteringTrace {
  return {
    ...trace,
    points: trace.points.map((p) => {
      const line = lineAt(b, at(p.frequency));
      return { ...p, ...over(p, line), sigma: p.sigma / Math.hypot(line.re, line.im) };
    }),
  };
}

function fitTogether(traces: readonly ScatteringTrace[], first: Background, sign: 1 | -1, at: (frequency: number) => number) {
  const points: (SweepPoint & { readonly x: number })[] = traces.flatMap((t) =>
    t.points.map((p) => ({ ...p, x: at(p.frequency), omega: 2 * Math.PI * p.frequency, power: t.pSource })),
  );
  const clean = traces.flatMap((t) =>
    divided(t, first, at).points.map((p) => ({ ...p, omega: 2 * Math.PI * p.frequency, power: t.pSource })),
  );
  const start = sweepStart(clean, true, true);
  const unit = [start.gamma2, start.gamma2, start.k || 1 / Math.max(...points.map((p) => p.power)), start.gamma2];
  const lawOf = (p: ArrayLike<number>): SaturationLaw => ({
    amplitude: p[0]! * unit[0]!,
    gamma2: p[1]! * unit[1]!,
    k: p[2]! * unit[2]!,
    resonance: start.resonance + p[3]! * unit[3]!,
  });
  const n = 8;
  const m = 2 * points.length;
  const problem: Problem = {
    points: m,
    parameters: n,
    lower: [Number.NEGATIVE_INFINITY, 1e-6, 0, ...Array(5).fill(Number.NEGATIVE_INFINITY)],
    evaluate(p, residual, jacobian) {
      const law = lawOf(p);
      const background = p.subarray(4);
      let sum = 0;
      points.forEach((point, i) => {
        const line = lineAt(background, point.x);
        const x = extinctionOf(law, point.omega, point.power);
        const model = times(line, { re: 1 - x.re, im: -sign * x.im });
        residual[2 * i] = (model.re - point.re) / point.sigma;
        residual[2 * i + 1] = (model.im - point.im) / point.sigma;
        sum += residual[2 * i]! ** 2 + residual[2 * i + 1]! ** 2;
        if (!jacobian) return;
        const put = (j: number, d: Complex) => {
          jacobian[j * m + 2 * i] = d.re / point.sigma;
          jacobian[j * m + 2 * i + 1] = d.im / point.sigma;
        };
        const g = extinctionGradient(law, point.omega, point.power);
        LAW_PARAMETERS.forEach((_, j) => {
          put(j, times(line, { re: -g.re[j]! * unit[j]!, im: -sign * g.im[j]! * unit[j]! }));
        });
        const turned = { re: -model.im, im: model.re };
        put(4, model);
        put(5, { re: point.x * model.re, im: point.x * model.im });
        put(6, turned);
        put(7, { re: point.x * turned.re, im: point.x * turned.im });
      });
      return sum / 2;
    },
  };
  const minimum = leastSquares(problem, [start.amplitude / unit[0]!, start.gamma2 / unit[1]!, start.k / unit[2]!, 0, ...first], {
    ftol: 1e-10,
  });
  const law = lawOf(minimum.p);
  // Noise from the scatter along a coarse trace is too large, never too small.
  const scale = Math.min(1, (2 * minimum.objective) / (m - n));
  const matrix = covarianceOf(minimum.jacobian, m, n).matrix.map((c) => c * scale);
  const sigmaGain = Math.sqrt(matrix[4 * n + 4]!);
  const sigmaDepth = Math.sqrt(matrix[0]!);
  if (!ENDINGS[minimum.ending].converged || !plausible(law, sigmaDepth * unit[0]!, points) || !(sigmaGain > 0)) return undefined;
  const background: Background = [minimum.p[4]!, minimum.p[5]!, minimum.p[6]!, minimum.p[7]!];
  const per = [minimum.p[0]!, minimum.p[1]!, minimum.p[2]!, 1 / unit[3]!];
  const covariance = per.map((a, i) => per.map((b, j) => matrix[i * n + j]! / a / b));
  return { background, sigmaGain, objective: minimum.objective, covariance };
}
