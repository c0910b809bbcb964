import { median } from "../../numerics/quantile.ts";
import { type Complex, over } from "../../physics/complex.ts";

/** Linear in ln|S| and phase between two points: a cable's delay turns the phase, which would shrink a mean of re and im. */
export function between(a: Complex, b: Complex, t: number): Complex {
  const turn = over(b, a);
  const scale = Math.hypot(turn.re, turn.im) ** t;
  const phase = Math.atan2(turn.im, turn.re) * t;
  const [c, s] = [scale * Math.cos(phase), scale * Math.sin(phase)];
  return { re: a.re * c - a.im * s, im: a.re * s + a.im * c };
}

/**
 * Noise per quadrature of a trace from the distance of each point to the middle of its neighbours (median, so that a sharp line does not count);
 * NaN for fewer than nine points. Assumes noise that is independent from point to point.
 * @param complex false: magnitude only, one quadrature.
 */
export function noiseFromScatter(points: readonly (Complex & { readonly frequency: number })[], complex: boolean): number {
  if (points.length < 9) return Number.NaN;
  const steps: number[] = [];
  for (let i = 1; i < points.length - 1; i++) {
    const [a, p, b] = [points[i - 1]!, points[i]!, points[i + 1]!];
    const t = b.frequency > a.frequency ? (p.frequency - a.frequency) / (b.frequency - a.frequency) : 0.5;
    const middle = between(a, b, t);
    // The mean of two neighbours adds their variance with weights (1-t)^2 and t^2.
    const spread = Math.sqrt(1 + (1 - t) ** 2 + t ** 2);
    steps.push(Math.abs(p.re - middle.re) / spread);
    if (complex) steps.push(Math.abs(p.im - middle.im) / spread);
  }
  return median(steps) / MEDIAN_OF_NORMAL;
}

/** Median of |z| of a standard normal. */
const MEDIAN_OF_NORMAL = 0.6744897501960817;
