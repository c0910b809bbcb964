import { EXPECTED, P, PEARSON } from "./counts-slots.ts";
import { CONVERGED, NOT_CONVERGED } from "./endings.ts";
import type { Plan } from "./plan.ts";
import type { Rates } from "./results.ts";

/** Share of a parameter's information that the others leave, below which the data do not determine it. */
const DEPENDENT = 1e-12;

/**
 * Amplitude at delay 0, rate and offset of counts with their standard deviations from the expected information, by (a, b, g), written to a row.
 * All free parameters count, those on a bound too (as in the general engine).
 */
export function finishCounts(plan: Plan, out: Rates, row: number): number {
  const { counts, axis, work } = plan;
  const free0 = plan.freeAmplitude;
  const free1 = plan.freeOffset;
  const aa = free0 ? counts[EXPECTED]! : 1;
  const ab = free0 && free1 ? counts[EXPECTED + 1]! : 0;
  const ag = free0 ? counts[EXPECTED + 2]! : 0;
  const bb = free1 ? counts[EXPECTED + 3]! : 1;
  const bg = free1 ? counts[EXPECTED + 4]! : 0;
  const gg = counts[EXPECTED + 5]!;
  // Inverse by cofactors; the three determinants say whether anything is left of each parameter.
  const c00 = bb * gg - bg * bg;
  const c11 = aa * gg - ag * ag;
  const c22 = aa * bb - ab * ab;
  const c01 = ag * bg - ab * gg;
  const c02 = ab * bg - ag * bb;
  const c12 = ab * ag - aa * bg;
  const det = aa * c00 + ab * c01 + ag * c02;
  if (!(det > DEPENDENT * aa * c00 && det > DEPENDENT * bb * c11 && det > DEPENDENT * gg * c22)) return NOT_CONVERGED;
  const va = free0 ? c00 / det : 0;
  const vb = free1 ? c11 / det : 0;
  const vg = c22 / det;
  const cab = free0 && free1 ? c01 / det : 0;
  const cag = free0 ? c02 / det : 0;
  const cbg = free1 ? c12 / det : 0;
  const a = counts[P]!;
  const b = counts[P + 1]!;
  const g = counts[P + 2]!;
  const swing = a - b;
  const shift = axis.origin / axis.window;
  const atZero = shift === 0 ? 1 : Math.exp(g * shift);
  // Derivatives of amplitude and offset by a, b and g.
  const end = free1 ? Math.exp(-g) : 0;
  const whole = free1 ? -Math.expm1(-g) : 1;
  const tail = end / whole;
  const pa = atZero / whole;
  const pg = swing * atZero * (-tail / whole + shift / whole);
  const qb = 1 + tail;
  const qg = (swing * tail) / whole;
  const vA = pa * pa * (va + vb - 2 * cab) + pg * pg * vg + 2 * pa * pg * (cag - cbg);
  const vC = tail * tail * va + qb * qb * vb + qg * qg * vg - 2 * tail * qb * cab - 2 * tail * qg * cag + 2 * qb * qg * cbg;
  if (!(vA >= 0 && vC >= 0 && vA + vC + vg < Number.POSITIVE_INFINITY)) return NOT_CONVERGED;
  out.amplitude[row] = pa * swing;
  out.sigmaAmplitude[row] = free0 ? Math.sqrt(vA) : 0;
  out.rate[row] = g / axis.window;
  out.sigmaRate[row] = Math.sqrt(vg) / axis.window;
  out.offset[row] = b - swing * tail;
  out.sigmaOffset[row] = free1 ? Math.sqrt(vC) : 0;
  out.chi2[row] = counts[PEARSON]!;
  out.iterations[row] = work.count;
  return CONVERGED;
}
