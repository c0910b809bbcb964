import { median } from "../../numerics/quantile.ts";
import { type Complex, over } from "../../physics/complex.ts";
import { between, noiseFromScatter } from "./noise-from-scatter.ts";
import type { ScatteringPoint, ScatteringTrace } from "./scattering-traces.ts";

/** Where the qubit-off value comes from. */
export interface Reference {
  readonly trace: ScatteringTrace;
  /** Noise per quadrature relative to |S_off| of one of its points; NaN = not known. */
  readonly eta: number;
}

/** A reference with its noise: stated, else from the scatter of its points about their neighbours. */
export function referenceOf(trace: ScatteringTrace): Reference {
  const size = median(trace.points.map((p) => Math.hypot(p.re, p.im)));
  const stated = median(trace.points.map((p) => p.sigma));
  return { trace, eta: (Number.isFinite(stated) ? stated : noiseFromScatter(trace.points, trace.complex)) / size };
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

/** Beyond its ends the reference is taken as flat. */
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
  return between(a, b, span > 0 ? Math.min(1, Math.max(0, (frequency - a.frequency) / span)) : 0);
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
