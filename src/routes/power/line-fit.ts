import { covarianceOf } from "../../numerics/covariance.ts";
import { ENDINGS, leastSquares, type Problem } from "../../numerics/least-squares.ts";
import { type Complex, times } from "../../physics/complex.ts";
import { extinctionGradient, extinctionOf, type SaturationLaw } from "../../physics/saturation.ts";
import { referenceCovariance } from "./influence.ts";
import { LAW_PARAMETERS } from "./line-problem.ts";
import { type Exchange, type LineParameter, LineShape } from "./line-shape.ts";
import { type LineStart, lineStart } from "./line-start.ts";
import { type Nuisance, nuisancesOf } from "./nuisance.ts";
import type { ScatteringPoint, ScatteringTrace } from "./scattering-traces.ts";
import { plausible, showsSign } from "./sweep-fit.ts";
import { type NoiseStated, withResidualNoise } from "./sweep-noise.ts";

/** Fewer points than this leave nothing to tell a line from a resonance. */
const FEWEST = 12;
/** With the wrong sign of Im S there is no minimum to be found: a good start needs a dozen. */
const MOST_EVALUATIONS = 100;

export interface FittedLine {
  readonly traces: readonly ScatteringTrace[];
  /** What the fitted numbers leave open, as independent directions of one s.d. each. */
  readonly nuisances: readonly Nuisance[];
  readonly shape: LineShape;
  readonly sign: 1 | -1;
  /** Standard deviation of each fitted number. */
  readonly sigma: Readonly<Partial<Record<LineParameter, number>>>;
  /** Half-widths between the resonance and the nearer end of the span, at the strongest power. */
  readonly reach: number;
}

/**
 * What stands between the instrument and the qubit, common to all powers, fitted together with the resonance:
 * `S_measured = L (1 - M (1 - S(D, P)))`, `L = exp(g + t x + i(p + d x))` the line (gain, tilt, phase, delay; x = frequency in half spans from the
 * middle), M how the qubit's wave comes out: `e^{i phi}/cos phi` of a mismatched hanger, `e^{i(a + b x)}` where that wave alone is measured.
 * The far and the saturated points carry L, the orientation of the circle carries M. Undefined where the traces are too short, or no resonance stands
 * inside the span.
 * @param line whether L is free (there is no reference) or 1
 * @param stated whether the noise is; else the residuals tell it trace by trace, and the fit is repeated with them
 */
export function fitLine(
  traces: readonly ScatteringTrace[],
  line: boolean,
  exchange: Exchange,
  shared: string,
  stated: NoiseStated,
): FittedLine | undefined {
  if (traces.some((t) => !t.complex || t.points.length < FEWEST || t.points.some((p) => !(p.sigma > 0)))) return undefined;
  const frequencies = traces.flatMap((t) => t.points.map((p) => p.frequency));
  const [low, high] = [Math.min(...frequencies), Math.max(...frequencies)];
  if (!(high > low)) return undefined;
  const empty = new LineShape(low, high, line, exchange);
  const start = lineStart(traces, empty);
  if (!start) return undefined;
  let best: ReturnType<typeof minimumOf>;
  for (const sign of start.signs) {
    const found = minimumOf(traces, empty, start, sign);
    if (found && (!best || found.minimum.objective < best.minimum.objective)) best = found;
    if (best && showsSign({ law: best.law, chi2: 2 * best.minimum.objective, dof: best.points.length }, best.points)) break;
  }
  if (!best) return undefined;
  const own = stated.own ? traces : withOwnNoise(traces, best, empty, stated.reference);
  const values = Array.from(best.minimum.p.subarray(LAW_PARAMETERS.length));
  if (!stated.own) best = minimumOf(own, empty, { law: best.law, values, signs: [best.sign] }, best.sign) ?? best;
  const found = uncertain(best, empty);
  if (!found) return undefined;
  const { law, sign } = best;
  const { shape, covariance } = found;
  const strongest = Math.max(...traces.map((t) => t.pSource));
  const width = law.gamma2 * Math.sqrt(1 + law.k * strongest);
  return {
    traces: own.map((t) => ({ ...t, points: t.points.map((p) => shape.corrected(p)) })),
    nuisances: nuisancesOf(shape, covariance, shared),
    shape,
    sign,
    sigma: Object.fromEntries(shape.parameters.map((name, j) => [name, Math.sqrt(covariance[j]![j]!)])),
    reach: Math.min(law.resonance - 2 * Math.PI * low, 2 * Math.PI * high - law.resonance) / width,
  };
}

type Minimum = NonNullable<ReturnType<typeof minimumOf>>;

function minimumOf(traces: readonly ScatteringTrace[], empty: LineShape, first: LineStart, sign: 1 | -1) {
  const points = traces.flatMap((t) => t.points.map((p) => ({ ...p, omega: 2 * Math.PI * p.frequency, power: t.pSource })));
  const total = points.map((p) => Math.hypot(p.sigma, (p.eta || 0) * Math.hypot(p.re, p.im)));
  const names = empty.parameters;
  const { law: start } = first;
  const unit = [start.gamma2, start.gamma2, start.k || 1 / Math.max(...points.map((p) => p.power)), start.gamma2];
  const lawOf = (p: ArrayLike<number>): SaturationLaw => ({
    amplitude: p[0]! * unit[0]!,
    gamma2: p[1]! * unit[1]!,
    k: p[2]! * unit[2]!,
    resonance: start.resonance + p[3]! * unit[3]!,
  });
  const own = LAW_PARAMETERS.length;
  const n = own + names.length;
  const m = 2 * points.length;
  const problem: Problem = {
    points: m,
    parameters: n,
    lower: [Number.NEGATIVE_INFINITY, 1e-6, 0, Number.NEGATIVE_INFINITY, ...names.map((name) => (name === "mismatch" ? -1.4 : -Infinity))],
    upper: [...Array(own).fill(Infinity), ...names.map((name) => (name === "mismatch" ? 1.4 : Infinity))],
    evaluate(p, residual, jacobian) {
      const law = lawOf(p);
      const shape = empty.with(p.subarray(own));
      let sum = 0;
      points.forEach((point, i) => {
        const size = total[i]!;
        const x = extinctionOf(law, point.omega, point.power);
        const s = { re: 1 - x.re, im: -sign * x.im };
        const model = shape.seen(s, point.frequency);
        residual[2 * i] = (model.re - point.re) / size;
        residual[2 * i + 1] = (model.im - point.im) / size;
        sum += residual[2 * i]! ** 2 + residual[2 * i + 1]! ** 2;
        if (!jacobian) return;
        const put = (j: number, d: Complex) => {
          jacobian[j * m + 2 * i] = d.re / size;
          jacobian[j * m + 2 * i + 1] = d.im / size;
        };
        const g = extinctionGradient(law, point.omega, point.power);
        const through = shape.throughAt(point.frequency);
        LAW_PARAMETERS.forEach((_, j) => {
          put(j, times(through, { re: -g.re[j]! * unit[j]!, im: -sign * g.im[j]! * unit[j]! }));
        });
        names.forEach((name, j) => {
          put(own + j, shape.seenBy(name, s, point.frequency));
        });
      });
      return sum / 2;
    },
  };
  const begin = [start.amplitude / unit[0]!, start.gamma2 / unit[1]!, start.k / unit[2]!, 0, ...first.values];
  const minimum = leastSquares(problem, begin, { ftol: 1e-10, maxEvaluations: MOST_EVALUATIONS });
  return ENDINGS[minimum.ending].converged ? { minimum, law: lawOf(minimum.p), unit: unit[0]!, points, total, sign } : undefined;
}

/** The traces with the noise that their residuals show: a line that is not finely sampled inflates their scatter. */
function withOwnNoise(traces: readonly ScatteringTrace[], found: Minimum, empty: LineShape, referenceStated: boolean): ScatteringTrace[] {
  const { minimum, law, sign } = found;
  const shape = empty.with(minimum.p.subarray(LAW_PARAMETERS.length));
  const modelOf = (p: ScatteringPoint, t: ScatteringTrace) => {
    const x = extinctionOf(law, 2 * Math.PI * p.frequency, t.pSource);
    return shape.seen({ re: 1 - x.re, im: -sign * x.im }, p.frequency);
  };
  return withResidualNoise(traces, modelOf, minimum.p.length, referenceStated);
}

/** The shape at the minimum with the covariance of its numbers: each point's own noise, and the reference's, which is the same at every power. */
function uncertain(found: Minimum, empty: LineShape) {
  const { minimum, law, points, total, unit } = found;
  const own = LAW_PARAMETERS.length;
  const n = own + empty.parameters.length;
  const m = 2 * points.length;
  const matrix = covarianceOf(minimum.jacobian, m, n).matrix;
  const derivatives = Array.from({ length: n }, (_, j) => {
    const d = { re: new Float64Array(points.length), im: new Float64Array(points.length) };
    for (let i = 0; i < points.length; i++)
      for (let k = 0; k < n; k++) {
        const c = matrix[j * n + k]! / total[i]!;
        d.re[i]! += c * minimum.jacobian[k * m + 2 * i]!;
        d.im[i]! += c * minimum.jacobian[k * m + 2 * i + 1]!;
      }
    return d;
  });
  const reference = referenceCovariance(
    derivatives,
    points.map((p) => ({ ...p, eta: p.eta || 0 })),
  );
  const all = derivatives.map((a, j) =>
    derivatives.map((b, k) =>
      points.reduce((sum, p, i) => sum + p.sigma ** 2 * (a.re[i]! * b.re[i]! + a.im[i]! * b.im[i]!), reference[j]![k]!),
    ),
  );
  if (!plausible(law, Math.sqrt(all[0]![0]!) * unit, points)) return undefined;
  if (all.some((row, j) => !(row[j]! > 0))) return undefined;
  const covariance = all.slice(own).map((row) => row.slice(own));
  return { shape: empty.with(minimum.p.subarray(own)), covariance };
}
