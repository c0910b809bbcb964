import { kernels } from "./basis.ts";
import { polish } from "./climb.ts";
import { CONVERGED, NOT_CONVERGED } from "./endings.ts";
import type { Plan } from "./plan.ts";
import { centreTrace } from "./prepare.ts";
import type { Rates } from "./results.ts";

/** Below this share of the sum of squares the residuals are summed one by one: a difference would lose their digits. */
const CANCELLED = 1e-5;
/** Squared sine between the two columns of the Jacobian below which the data do not determine the parameters. */
const DEPENDENT = 1e-13;

/** Weighted residual sum at the maximum, in units of `plan.sigma`^2 = 1, into `work.residuals`. */
export function residualSum(plan: Plan): void {
  const { work } = plan;
  const rest = work.squares - work.gain;
  work.residuals = rest;
  if (!(rest < CANCELLED * work.squares)) return;
  centreTrace(plan);
  polish(plan);
  const { trace, weight, sums, axis } = plan;
  const g = work.g;
  const beta = plan.freeAmplitude ? work.y / work.d : plan.amplitude;
  const mean = plan.freeOffset ? work.b / plan.totalWeight : 0;
  let sum = 0;
  for (let i = 0; i < axis.points; i++) {
    const x = axis.x[i]!;
    let b = 0;
    if (work.straight === 1) {
      kernels(g * x, sums);
      b = x * sums[0]!;
    } else b = Math.exp(-g * x);
    const r = trace[i]! - beta * (b - mean);
    sum += weight[i]! * r * r;
  }
  work.residuals = sum;
}

/**
 * Amplitude at delay 0, rate and offset with their standard deviations from the 3 x 3 information of y = alpha + beta b(x; g), written to a row.
 * With C = the centred scalar products of b and b', det = C00 C11 - C01^2: var beta = C11/det, var g = C00/(beta^2 det),
 * cov = -C01/(beta det), and alpha = mean - beta mean(b) - beta mean(b') dg.
 */
export function finish(plan: Plan, out: Rates, row: number): number {
  const { work, totalWeight, axis } = plan;
  const g = work.g;
  const rest = work.residuals;
  const known = plan.noise === "sigma";
  const variance = known ? plan.sigma * plan.sigma : rest / plan.dof;
  const c00 = work.d;
  const c01 = work.dG / 2;
  const c11 = work.c11;
  const beta = plan.freeAmplitude ? work.y / c00 : plan.amplitude;
  const det = c00 * c11 - c01 * c01;
  let vb = 0;
  let vg = 1 / (beta * beta * c11);
  let cbg = 0;
  if (plan.freeAmplitude) {
    if (!(det > DEPENDENT * c00 * c11)) return NOT_CONVERGED;
    vb = c11 / det;
    vg = c00 / (beta * beta * det);
    cbg = -c01 / (beta * det);
  }
  let alpha = plan.offset;
  let va = 0;
  let cab = 0;
  let cag = 0;
  if (plan.freeOffset) {
    const m0 = work.b / totalWeight;
    const m1 = (beta * work.bG) / totalWeight;
    alpha = work.centre - beta * m0;
    cab = -(m0 * vb + m1 * cbg);
    cag = -(m0 * cbg + m1 * vg);
    va = 1 / totalWeight - m0 * cab - m1 * cag;
  }
  let a = beta;
  let vA = vb;
  let cAg = cbg;
  if (work.straight === 1) {
    // psi = (1 - e)/g: e has the amplitude -beta/g, the offset is alpha + beta/g.
    const s = 1 / g;
    const t = beta / (g * g);
    a = -beta * s;
    vA = s * s * vb - 2 * s * t * cbg + t * t * vg;
    cAg = -s * cbg + t * vg;
    alpha -= a;
    va += s * s * vb + t * t * vg + 2 * s * cab - 2 * t * cag - 2 * s * t * cbg;
  }
  const shift = axis.origin / axis.window;
  const factor = shift === 0 ? 1 : Math.exp(g * shift);
  const lever = a * shift;
  vA = factor * factor * (vA + 2 * lever * cAg + lever * lever * vg);
  if (!(variance * (vg + vA + va) < Number.POSITIVE_INFINITY && variance >= 0)) return NOT_CONVERGED;
  out.amplitude[row] = factor * a;
  out.sigmaAmplitude[row] = plan.freeAmplitude ? Math.sqrt(variance * vA) : 0;
  out.rate[row] = g / axis.window;
  out.sigmaRate[row] = Math.sqrt(variance * vg) / axis.window;
  out.offset[row] = alpha;
  out.sigmaOffset[row] = Math.sqrt(variance * va);
  out.chi2[row] = known ? rest / variance : rest;
  out.iterations[row] = work.count;
  return CONVERGED;
}
