import { covarianceOf } from "../../numerics/covariance.ts";
import { ENDINGS, leastSquares } from "../../numerics/least-squares.ts";
import { extinctionOf, type SaturationLaw } from "../../physics/saturation.ts";
import { type Influence, influenceOf, referenceCovariance } from "./influence.ts";
import { LAW_PARAMETERS, type LawParameter, lineProblem } from "./line-problem.ts";
import type { SweepPoint } from "./sweep-point.ts";
import { sweepStart } from "./sweep-start.ts";

/** Joint fit of S over all powers and frequencies: the three numbers that such data identify, and the resonance. */
export interface SweepFit {
  readonly law: SaturationLaw;
  /** What the data determine. One frequency: only amplitude (of gamma2 = 1: 1 - S at weak drive) and k, taken as on resonance. */
  readonly free: readonly LawParameter[];
  /** In the order of LAW_PARAMETERS, in the law's units; 0 for what was not free, NaN for what the data leave open. */
  readonly covariance: readonly (readonly number[])[];
  readonly chi2: number;
  readonly dof: number;
  /** Sign of Im S: +1 physics (exp(-iwt)), -1 an engineering instrument. */
  readonly sign: 1 | -1;
  /** Own noise per quadrature of a point: stated, or from the residuals with the receiver's noise constant (sigma of S ~ 1/sqrt P). */
  noiseOf(point: Pick<SweepPoint, "sigma" | "power">): number;
  readonly noiseFromResiduals: boolean;
  /** How the law moves with every point that was fitted, in their order. */
  readonly influence: Influence;
}

/**
 * Least squares of `1 - S = A (G2 + i D)/(G2^2 (1+kP) + D^2)` (PHYSICS.md sec. 1, saturation sweep) on real and imaginary parts.
 * With one frequency only Re S is fitted. `from`: an earlier fit to start at. Undefined where there are too few points or no minimum.
 */
export function fitSweep(points: readonly SweepPoint[], from?: Pick<SweepFit, "law">): SweepFit | undefined {
  const frequencies = new Set(points.map((p) => p.omega)).size;
  const powers = new Set(points.map((p) => p.power)).size;
  const strongest = Math.max(...points.map((p) => p.power));
  if (!(strongest > 0) || points.some((p) => !Number.isFinite(p.omega))) return undefined;
  if (frequencies > 1 && frequencies < 5) return undefined;
  const free: LawParameter[] = frequencies === 1 ? ["amplitude"] : ["amplitude", "gamma2", "resonance"];
  // The strength of saturation is in the power dependence, and, of a complex line, in its shape: width sqrt(1+S) G2 beside slope D/G2 of Im/Re.
  if (powers > 1 || frequencies > 1) free.push("k");
  if (points.length < free.length + 1) return undefined;
  const start = from?.law ?? sweepStart(points, frequencies > 1, powers > 1);
  const signs = frequencies > 1 ? signsToTry(points, start) : ([1] as const);
  const starts = powers === 1 && frequencies > 1 && !from ? SATURATIONS.map((k) => saturated(start, k, strongest)) : [start];
  let best: SweepFit | undefined;
  for (const sign of signs) {
    for (const s of starts) {
      const fit = fitWithSign(points, s, free, sign, strongest);
      if (fit && (!best || fit.chi2 < best.chi2)) best = fit;
    }
    if (best && showsSign(best, points)) break;
  }
  return best;
}

/** S at which the fit of a single power is started: nothing in the data but the fit itself tells how saturated it is. */
const SATURATIONS = [0, 1, 10, 100];

/** The same line (width and depth at this power) read as one that is saturated by S. */
function saturated(law: SaturationLaw, s: number, power: number): SaturationLaw {
  const gamma2 = law.gamma2 / Math.sqrt(1 + s);
  return { ...law, gamma2, k: s / power, amplitude: (law.amplitude / law.gamma2) * gamma2 * (1 + s) };
}

/** Both signs of Im S, the likelier first. */
export function signsToTry(points: readonly SweepPoint[], law: SaturationLaw): readonly (1 | -1)[] {
  const sum = points.reduce((a, p) => a - p.im * extinctionOf(law, p.omega, p.power).im, 0);
  return sum < 0 ? [-1, 1] : [1, -1];
}

/** The fit describes the data, and Im S is so large that the other sign cannot: there it would differ from them by more than 20 sigma. */
export function showsSign({ law, chi2, dof }: Pick<SweepFit, "law" | "chi2" | "dof">, points: readonly SweepPoint[]): boolean {
  const size = points.reduce((a, p) => a + (extinctionOf(law, p.omega, p.power).im / Math.hypot(p.sigma, p.eta)) ** 2, 0);
  return chi2 < 2 * dof && size > 100;
}

/**
 * Whether a minimum is a resonance of these data: inside the span, no wider than it, deeper than nothing by 3 sigma.
 * A fit that ran away is no result, however well it converged.
 */
export function plausible(law: SaturationLaw, sigmaAmplitude: number, points: readonly Pick<SweepPoint, "omega">[]): boolean {
  const omegas = points.map((p) => p.omega);
  const [low, high] = [Math.min(...omegas), Math.max(...omegas)];
  const inside = law.resonance >= low && law.resonance <= high;
  const narrow = high === low || law.gamma2 < high - low;
  return inside && narrow && law.amplitude > 3 * sigmaAmplitude;
}

function fitWithSign(
  points: readonly SweepPoint[],
  start: SaturationLaw,
  free: readonly LawParameter[],
  sign: 1 | -1,
  strongest: number,
): SweepFit | undefined {
  const known = points.every((p) => Number.isFinite(p.sigma));
  const own = (p: Pick<SweepPoint, "sigma" | "power">) => (known ? p.sigma : Math.sqrt(strongest / p.power));
  const total = points.map((p) => Math.hypot(own(p), known ? p.eta * Math.hypot(p.re, p.im) : 0));
  if (total.some((s) => !(s > 0))) return undefined;
  const { problem, lawOf, unit } = lineProblem(points, start, free, sign, { total, strongest });
  const minimum = leastSquares(
    problem,
    free.map((name) => (name === "resonance" ? 0 : start[name] / unit[name])),
  );
  if (!ENDINGS[minimum.ending].converged) return undefined;
  const chi2 = 2 * minimum.objective;
  const { points: m, parameters: n } = problem;
  const dof = m - n;
  const scale = known ? 1 : Math.sqrt(chi2 / dof);
  const noiseOf = (p: Pick<SweepPoint, "sigma" | "power">) => own(p) * scale;
  const place = free.map((name) => LAW_PARAMETERS.indexOf(name));
  const influence = influenceOf(minimum.jacobian, covarianceOf(minimum.jacobian, m, n).matrix, total, {
    both: free.includes("gamma2"),
    sign,
    place,
    unit: free.map((name) => unit[name]),
    all: LAW_PARAMETERS.length,
  });
  const covariance = fitCovariance(influence, points, noiseOf);
  const law = lawOf(minimum.p);
  if (!plausible(law, Math.sqrt(covariance[0]![0]!), points)) return undefined;
  return {
    law,
    free,
    covariance,
    chi2: known ? chi2 : dof,
    dof,
    sign,
    noiseOf,
    influence,
    noiseFromResiduals: !known,
  };
}

/** Each point's own noise, and the reference's, which is the same at every power. */
function fitCovariance(influence: Influence, points: readonly SweepPoint[], noiseOf: SweepFit["noiseOf"]): number[][] {
  const derivatives = LAW_PARAMETERS.map((_, j) => ({ re: influence.re[j]!, im: influence.im[j]! }));
  const reference = referenceCovariance(derivatives, points);
  const variance = points.map((p) => noiseOf(p) ** 2);
  return derivatives.map((a, j) =>
    derivatives.map((b, k) => {
      let sum = reference[j]![k]!;
      for (let i = 0; i < points.length; i++) sum += (a.re[i]! * b.re[i]! + a.im[i]! * b.im[i]!) * variance[i]!;
      return sum;
    }),
  );
}
