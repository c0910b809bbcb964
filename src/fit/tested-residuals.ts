import { orthonormalBasis, removeSpan } from "../numerics/orthonormal.ts";
import type { LawFit } from "./law-fit.ts";
import { CHI2_LIMIT, pearsonTail } from "./noise-checks.ts";

/** Residuals of equal scatter, with the law's tangents in the same metric: what every test of the law looks at. */
export interface TestedResiduals {
  /** Nearly normal, orthogonal to the tangents. */
  readonly residual: Float64Array;
  /** Square roots of the points' information. */
  readonly weight: Float64Array;
  /** Column-major, as in the fit. */
  readonly tangents: Float64Array;
  /** Orthonormal, of the same span. */
  readonly basis: readonly Float64Array[];
  /** Sum of the squared residuals. */
  readonly square: number;
  /** The residuals are in units of a known standard deviation, which they do not contradict; otherwise tests take their scale from the residuals. */
  readonly known: boolean;
  /** Nothing but the rounding of the numbers is left: there is nothing to test. */
  readonly rounding: boolean;
}

/** Residuals smaller than this share of the signal's swing are rounding, not noise. */
const ROUNDING = 1e-9;

/**
 * 1 residuals of few counts made nearly normal; 2 where the noise is unknown, or larger than the stated one, it may scatter evenly, like counts, or as
 * stated: the metric that describes the residuals better is taken, since uneven scatter imitates outliers and shapes; 3 orthogonal to the
 * tangents in that metric. Noise beyond the stated one is thus no wrong law: that is what chi2 is for.
 */
export function testedResiduals(fit: LawFit): TestedResiduals {
  const m = fit.residual.length;
  const normal = fit.likelihood.normalised(fit.values, fit.residual);
  const known = fit.likelihood.absolute && !(stated(fit) < CHI2_LIMIT);
  const scatter = known ? undefined : otherScatter(fit);
  const evened = (v: Float64Array) => (scatter ? v.map((x, k) => x / scatter[k % m]!) : v);
  const tangents = evened(fit.tangents);
  const basis = orthonormalBasis(tangents, m);
  const residual = scatter ? evened(normal) : normal === fit.residual ? normal.slice() : normal;
  removeSpan(residual, basis);
  const square = residual.reduce((s, r) => s + r * r, 0);
  const rounding = !(Math.sqrt(fit.chi2 / m) > ROUNDING * swingOf(fit));
  return { residual, weight: evened(fit.weight), tangents, basis, square, known, rounding };
}

/** Probability of a larger chi2 under the stated noise. */
const stated = (fit: LawFit) => pearsonTail(fit.chi2, fit.likelihood.excessVariance(fit.values), fit.dof);

/** What the whitened residuals are to be divided by where another scatter describes them better than the one they were whitened with. */
function otherScatter(fit: LawFit): Float64Array | undefined {
  const { residual, weight, values } = fit;
  const scatter = fit.likelihood.absolute ? weight : countScatter(values);
  if (!scatter) return undefined;
  const jacobian = scatter.reduce((s, v) => s + Math.log(v), 0);
  const other = logLikelihood(residual.map((r, i) => r / scatter[i]!)) - jacobian;
  return other > logLikelihood(residual) ? scatter : undefined;
}

/** sqrt(m (1 - m)) at every point: how counts of an unknown number of shots scatter. Undefined for what is no population. */
function countScatter(values: Float64Array): Float64Array | undefined {
  if (values.some((v) => !(v > -0.05 && v < 1.05))) return undefined;
  return values.map((v) => {
    const m = Math.min(Math.max(v, 0.002), 0.998);
    return Math.sqrt(m * (1 - m));
  });
}

/** Tails of the distribution by which the two are compared: a far point must not decide how far it is. */
const TAILS = 5;

/** Largest log-likelihood of residuals under Student's t with a free scale, up to a constant (Lange, Little and Taylor, JASA 84, 881 (1989)). */
function logLikelihood(residual: Float64Array): number {
  const n = residual.length;
  let variance = residual.reduce((s, r) => s + r * r, 0) / n;
  for (let k = 0; k < 20; k++) {
    let sum = 0;
    for (const r of residual) sum += (r * r * (TAILS + 1)) / (TAILS + (r * r) / variance);
    variance = sum / n;
  }
  let sum = (-n / 2) * Math.log(variance);
  for (const r of residual) sum -= ((TAILS + 1) / 2) * Math.log1p((r * r) / variance / TAILS);
  return sum;
}

function swingOf(fit: LawFit): number {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < fit.values.length; i++) {
    const v = fit.values[i]! * fit.weight[i]!;
    if (v < low) low = v;
    if (v > high) high = v;
  }
  return high - low;
}
