import { median } from "../../numerics/quantile.ts";
import { type Complex, over } from "../../physics/complex.ts";

/** Linear in ln|S| and phase between two points: a cable's delay turns the phase, which would shrink a mean of re and im. */
export function between(a: Complex, b: Complex, t: number): Complex {
  // Nothing has no phase.
  if ((a.re === 0 && a.im === 0) || (b.re === 0 && b.im === 0)) return { re: a.re + t * (b.re - a.re), im: a.im + t * (b.im - a.im) };
  const turn = over(b, a);
  const scale = Math.hypot(turn.re, turn.im) ** t;
  const phase = Math.atan2(turn.im, turn.re) * t;
  const [c, s] = [scale * Math.cos(phase), scale * Math.sin(phase)];
  return { re: a.re * c - a.im * s, im: a.re * s + a.im * c };
}

/**
 * Noise per quadrature of a trace from the distance of each point to the cubic through its four neighbours (median, so that a sharp line does not
 * count); NaN for fewer than nine points. Assumes noise that is independent from point to point.
 * @param complex false: magnitude only, one quadrature.
 */
export function noiseFromScatter(points: readonly (Complex & { readonly frequency: number })[], complex: boolean): number {
  if (points.length < 9) return Number.NaN;
  const steps: number[] = [];
  for (let i = 2; i < points.length - 2; i++) {
    const p = points[i]!;
    const near = middleOf(points[i - 1]!, p, points[i + 1]!);
    const far = middleOf(points[i - 2]!, p, points[i + 2]!);
    // (4 near - far)/3 drops the curvature, which a coarsely sampled line has plenty of.
    const spread = Math.sqrt(1 + (16 * near.variance + far.variance) / 9);
    steps.push(Math.abs(p.re - (4 * near.re - far.re) / 3) / spread);
    if (complex) steps.push(Math.abs(p.im - (4 * near.im - far.im) / 3) / spread);
  }
  return median(steps) / MEDIAN_OF_NORMAL;
}

type Point = Complex & { readonly frequency: number };

/** Between two points at the place of a third, and the variance of that mean for unit noise. */
function middleOf(a: Point, p: Point, b: Point): Complex & { readonly variance: number } {
  const t = b.frequency > a.frequency ? (p.frequency - a.frequency) / (b.frequency - a.frequency) : 0.5;
  return { ...between(a, b, t), variance: (1 - t) ** 2 + t ** 2 };
}

/** Median of |z| of a standard normal. */
const MEDIAN_OF_NORMAL = 0.6744897501960817;
