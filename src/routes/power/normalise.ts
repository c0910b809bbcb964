import { median } from "../../numerics/quantile.ts";
import { type Complex, over } from "../../physics/complex.ts";
import type { ScatteringPoint, ScatteringTrace } from "./scattering-traces.ts";

/** Where the qubit-off value comes from. */
export interface Reference {
  readonly trace: ScatteringTrace;
  /** Noise per quadrature relative to |S_off| of one of its points; NaN = not known. */
  readonly eta: number;
}

/** A reference with its noise: stated, else from the scatter of its points about the mean of their neighbours. */
export function referenceOf(trace: ScatteringTrace): Reference {
  const stated = median(trace.points.map((p) => p.sigma / Math.hypot(p.re, p.im)));
  return { trace, eta: Number.isFinite(stated) ? stated : scatterOf(trace.points) };
}

/** S over S_off, interpolated in amplitude and phase at each point's frequency (a point without frequency takes the mean of the reference). */
export function normalised(trace: ScatteringTrace, reference: Reference): ScatteringTrace {
  const complex = trace.complex && reference.trace.complex;
  const points = trace.points.map((p) => {
    const off = offAt(reference.trace.points, p.frequency);
    const size = Math.hypot(off.re, off.im);
    const s = complex ? over(p, off) : { re: Math.hypot(p.re, p.im) / size, im: 0 };
    return { ...p, ...s, sigma: p.sigma / size, eta: reference.eta };
  });
  return { ...trace, complex, points };
}

/** Linear in ln|S| and phase between the two neighbours: a cable's delay turns the phase, which would shrink a mean of re and im. */
function offAt(points: readonly ScatteringPoint[], frequency: number): Complex {
  const first = points[0]!;
  if (points.length === 1) return first;
  if (!Number.isFinite(frequency)) return meanOf(points);
  let low = 0;
  let high = points.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (points[middle]!.frequency <= frequency) low = middle;
    else high = middle;
  }
  const [a, b] = [points[low]!, points[high]!];
  const span = b.frequency - a.frequency;
  const t = span > 0 ? Math.min(1, Math.max(0, (frequency - a.frequency) / span)) : 0;
  const turn = over(b, a);
  const scale = Math.hypot(turn.re, turn.im) ** t;
  const phase = Math.atan2(turn.im, turn.re) * t;
  const [c, s] = [scale * Math.cos(phase), scale * Math.sin(phase)];
  return { re: a.re * c - a.im * s, im: a.re * s + a.im * c };
}

function meanOf(points: readonly Complex[]): Complex {
  let re = 0;
  let im = 0;
  for (const p of points) {
    re += p.re / points.length;
    im += p.im / points.length;
  }
  return { re, im };
}

/** Relative noise per quadrature from second differences (robust): a smooth line drops out. NaN for fewer than five points. */
function scatterOf(points: readonly ScatteringPoint[]): number {
  const steps: number[] = [];
  for (let i = 1; i < points.length - 1; i++) {
    const between = offAt([points[i - 1]!, points[i + 1]!], points[i]!.frequency);
    const d = over(points[i]!, between);
    steps.push(Math.abs(d.re - 1), Math.abs(d.im));
  }
  // Median of |normal| is 0.6745 sigma; the mean of two neighbours adds half the variance.
  return steps.length >= 6 ? median(steps) / 0.6745 / Math.sqrt(1.5) : Number.NaN;
}
